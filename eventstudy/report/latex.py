"""Results as tables for LaTeX: booktabs, with notes that make them stand alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from eventstudy._reasons import sentence
from eventstudy.report import _study_tables, _study_words, _tables, _words, formats
from eventstudy.report._base import Designed, EventView
from eventstudy.report._escapes import latex
from eventstudy.report._study_snapshot import Snapshot, snapshot
from eventstudy.report._study_words import listed
from eventstudy.report._tables import Table
from eventstudy.report.formats import number, p_value, window_label
from eventstudy.report.study_view import StudyView

HEAD = "% needs \\usepackage{booktabs}"
DAGGER = "\N{DAGGER}"
DAYS = "over trading days counted from day 0"


def event_table(view: EventView) -> str:
    """Make the table of one event: the windows with CAR, error, tests and interval.

    Parameters
    ----------
    view : EventView

    Returns
    -------
    str
        A whole ``table`` with caption, label and notes; CARs in per cent.
    """
    records = view.windows.to_dict(orient="records")
    head = ("Window", "Days", "CAR", "Std. err.", "t", "p",
            f"{formats.level(view.confidence)} interval", "Rank p")  # fmt: skip
    rows = tuple(_event_row(row) for row in records)
    name, day = _words.name(view), formats.day_words(view.day0)
    caption = f"Cumulative abnormal returns of {name} around {day}"
    label = f"{name}-{formats.iso_day(view.day0)}"
    return written_table(
        Table(head, rows, "lrrrrrcr"), caption, label, _event_notes(view)
    )


def study_table(view: StudyView | Snapshot) -> str:
    """Make the table of a study: means of the windows, and the tests of the verdict.

    Parameters
    ----------
    view : StudyView

    Returns
    -------
    str
        A whole ``table`` with caption, label and notes; means in per cent.
    """
    study = snapshot(view)
    keys = [key for key in study.headline_keys if key]
    head = ("Window", "N", "Mean CAR", "S.E.",
            f"{formats.level(study.design.confidence)} interval", "Median", "Positive",
            *(f"p ({i})" for i, _ in enumerate(keys, 1)))  # fmt: skip
    records = study.windows.to_dict(orient="records")
    tests = _verdict_tests(study, keys)
    rows = tuple(
        _study_row(study, row, frame)
        for row, frame in zip(records, tests.values(), strict=True)
    )
    table = Table(head, rows, "lrrrcrr" + "r" * len(keys))
    many = _study_words.events_words(len(study))
    caption = (
        f"Mean cumulative abnormal returns of {many}, {_study_words.subject(study)}"
    )
    return written_table(
        table, caption, "event-study", [*_study_notes(study, keys), *_exceptions(tests)]
    )


def _event_row(row: Mapping[Any, Any]) -> tuple[str, ...]:
    return (
        window_label(row["start"], row["end"]),
        formats.count(row["n"]),
        _percent(row["value"]),
        _percent(row["std_error"]),
        number(row["t"]),
        p_value(row["p_value"]),
        _interval(row),
        p_value(row["empirical_p_value"]),
    )


def _study_row(
    study: Snapshot, row: Mapping[Any, Any], tests: pd.DataFrame
) -> tuple[str, ...]:
    window = row["start"], row["end"]
    cars = study.cars_of(*window)["value"].dropna()
    share = float((cars > 0).mean()) if len(cars) else math.nan
    return (
        window_label(*window),
        formats.count(row["n"]),
        _percent(row["value"]),
        _percent(row["std_error"]),
        _interval(row),
        _percent(float(cars.median()) if len(cars) else math.nan),
        number(share * 100.0, 0),
        *(_p(test) for test in tests.to_dict(orient="records")),
    )


def _p(test: Mapping[Any, Any]) -> str:
    """A p-value, with a dagger where the level of the test is not assured."""
    p = float(test["p_value"])
    return p_value(p) + ("" if test["valid"] or math.isnan(p) else DAGGER)


def _verdict_tests(study: Snapshot, keys: list[str]) -> dict[str, pd.DataFrame]:
    """For each window the tests of the verdict, in their order."""
    records = study.windows.to_dict(orient="records")
    return {
        window_label(row["start"], row["end"]): study.tests_of(row["start"], row["end"])
        .set_index("test")
        .reindex(keys)
        .assign(valid=lambda frame: frame["valid"].fillna(value=False).astype(bool))
        for row in records
    }


def _exceptions(tests: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Why p-values are missing, or marked, and in which windows."""
    found: dict[tuple[str, int, str], list[str]] = {}
    for label, frame in tests.items():
        for place, row in enumerate(frame.to_dict(orient="records"), 1):
            if not row["valid"] and isinstance(row["reason"], str):
                mark = formats.NOT_AVAILABLE if math.isnan(row["p_value"]) else DAGGER
                found.setdefault((mark, place, row["reason"]), []).append(label)
    for (mark, place, reason), labels in found.items():
        yield f"{mark} ({place}) for {listed(labels)}: {sentence(reason)}."


def _percent(value: float) -> str:
    """A decimal in per cent; the unit stands in the notes."""
    return number(value * 100.0)


def _interval(row: Mapping[Any, Any]) -> str:
    low, high = row["ci_low"], row["ci_high"]
    if math.isnan(low) or math.isnan(high):
        return formats.NOT_AVAILABLE
    return f"[{_percent(low)}, {_percent(high)}]"


def _event_notes(view: EventView) -> list[str]:
    df = formats.count(view.model.df)
    how = (
        "Standard errors hold the error of the estimated coefficients. t and p: exact "
        f"t test, two-sided, Student's t with {df} degrees of freedom; the intervals "
        "are its own."
    )
    return [
        f"Cumulative abnormal {_kind(view)} (CAR) in per cent {DAYS}; N = 1 event.",
        f"Expected returns: {_words.model_words(view)}: {_words.model_sentence(view)}",
        how,
        _tables.windows_note(view),
    ]


def _kind(view: Designed) -> str:
    """Log returns must not be read as simple ones."""
    return "log returns" if view.design.return_kind == "log" else "returns"


def _study_notes(study: Snapshot, keys: list[str]) -> list[str]:
    what = (
        f"Mean cumulative abnormal {_kind(study)} (CAR), standard errors (S.E.), "
        f"intervals and medians in per cent {DAYS}; N: events with a return in the "
        "window; Positive: their share above zero, in per cent."
    )
    return [
        what,
        f"Sample: {_study_words.sample_words(study)}",
        f"Expected returns: {_study_words.model_words(study)}.",
        "Standard errors and intervals allow for events that share days.",
        *_study_tables.missing_words(study),
        _roles(study, keys),
    ]


def _roles(study: Snapshot, keys: list[str]) -> str:
    """Which tests the p-values are of."""
    if not keys:
        return "No test: fewer than three events."
    roles = enumerate(zip(keys, _study_tables.ROLES, strict=False), 1)
    said = [f"({i}) {study.test_name(key)}, {role}" for i, (key, role) in roles]
    return f"Two-sided p-values: {'; '.join(said)}."


def written_table(table: Table, caption: str, label: str, notes: list[str]) -> str:
    """The table as LaTeX; every text is escaped here, and only here."""
    lines = [
        HEAD,
        r"\begin{table}[htbp]",
        r"\centering",
        rf"\caption{{{latex(caption)}}}",
        rf"\label{{tab:{_label(label)}}}",
        r"\par\smallskip",
        r"\small\setlength{\tabcolsep}{3.5pt}",
        rf"\begin{{tabular}}{{@{{}}{table.align}@{{}}}}",
        r"\toprule",
        _row([latex(cell) for cell in table.head]),
        r"\midrule",
        *(_row([latex(cell) for cell in row]) for row in table.rows),
        r"\bottomrule",
        r"\end{tabular}",
        r"\par\medskip",
        r"\begin{minipage}{\linewidth}",
        r"\footnotesize\textit{Notes.} " + latex(" ".join(filter(None, notes))),
        r"\end{minipage}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"


def _label(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "event"
