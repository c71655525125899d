"""Results as workbooks: what was found on the first sheet, then a table a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from eventstudy.errors import NoDataError
from eventstudy.report import _study_words, _words, formats
from eventstudy.report._base import EventView, Sourced
from eventstudy.report._study_snapshot import Snapshot, snapshot
from eventstudy.report._workbook import Chart, Sheet, flat, workbook_bytes
from eventstudy.report.html import facts, figure_words
from eventstudy.report.study_html import facts as study_facts
from eventstudy.report.study_view import StudyView

DAYS = "Trading days from the event"
PERCENT = (
    "actual", "expected", "abnormal", "std_error", "ci_low", "ci_high", "car",
    "car_std_error", "bhar", "value", "mde", "aar", "caar", "alpha", "sigma",
    "abnormal_return", "headline_without",
)  # fmt: skip
MONEY = ("value", "std_error", "ci_low", "ci_high")
BY_NAME = {
    **dict.fromkeys(PERCENT, "percent"),
    **dict.fromkeys(("t", "statistic"), "number"),
    "holm": "p",
    **dict.fromkeys(("n", "n_estimation", "df", "start", "end", "event_day"), "count"),
}
BY_START = (
    ("car[", "percent"), ("scar[", "number"), ("beta", "coefficient"),
    ("r_squared", "coefficient"),
)  # fmt: skip
FACTS = ("What", "Finding", "Detail")


def event_workbook(view: EventView) -> bytes:
    """Make the workbook of one event.

    Parameters
    ----------
    view : EventView

    Returns
    -------
    bytes
        Sheets ``summary`` (with a chart), ``abnormal_returns`` (as ``to_frame()``),
        ``windows``, ``impact``, ``tests``, ``model``, ``prices``, ``diagnostics``,
        ``confounders``, ``provenance``.

    Raises
    ------
    ArgumentError
        Without XlsxWriter.
    """
    summary = summary_sheet(_event_rows(view))
    price = dict.fromkeys(("price", "expected_price"), "price")
    sheets = [
        summary,
        sheet("abnormal_returns", view.abnormal_returns),
        sheet("windows", view.windows),
        Sheet("impact", _impact(view), dict.fromkeys(MONEY, "money")),
        sheet("tests", view.tests(*_words.headline_window(view))),
        Sheet("model", _model(view), dict.fromkeys(("value", "std_error"),
              "coefficient")),
        Sheet("prices", view.price_path, price),
        Sheet("diagnostics", view.diagnostics,
              dict.fromkeys(("value", "threshold"), "coefficient")),
        sheet("confounders", view.confounders),
        provenance_sheet(view),
    ]  # fmt: skip
    chart = Chart(
        "summary", len(summary.frame) + 2, _words.title(view), DAYS, figure_words(view),
        "event_day", ("abnormal_returns", "abnormal", "Abnormal return"),
        ("abnormal_returns", "car", "Cumulative abnormal return"),
    )  # fmt: skip
    return workbook_bytes(sheets, chart, _words.title(view))


def study_workbook(view: StudyView | Snapshot) -> bytes:
    """Make the workbook of a study.

    Parameters
    ----------
    view : StudyView

    Returns
    -------
    bytes
        Sheets ``summary`` (with a chart), ``events`` (as ``to_frame()``), ``windows``,
        ``tests``, ``aar`` and ``caar`` (means of the days), ``abnormal_returns``
        (events by days, where they were kept), ``excluded``, ``provenance``.

    Raises
    ------
    ArgumentError
        Without XlsxWriter, or for more events than a sheet has rows.
    """
    study = snapshot(view)
    summary = summary_sheet(_study_rows(study))
    sheets = [
        summary,
        sheet("events", study.events, frozen=2),
        sheet("windows", study.windows),
        sheet("tests", study.tests),
        sheet("aar", study.aar),
        sheet("caar", study.caar_path),
        *_kept_returns(study),
        sheet("excluded", study.excluded),
        provenance_sheet(study),
    ]
    title = _study_words.title(study)
    chart = Chart(
        "summary", len(summary.frame) + 2, title, DAYS,
        f"Two series. {_study_words.spread_words(study)}", "event_day",
        ("aar", "aar", "Mean abnormal return"),
        ("caar", "caar", "Mean cumulative abnormal return"),
    )  # fmt: skip
    return workbook_bytes(sheets, chart, title)


def sheet(name: str, frame: pd.DataFrame, frozen: int = 1) -> Sheet:
    """A frame as a sheet, its numbers written as the names of its columns say."""
    return Sheet(name, frame, _formats(flat(frame)), frozen)


def _formats(frame: pd.DataFrame) -> dict[Any, str]:
    """A number format for each column whose name says what it holds."""
    return {column: _format(str(column)) for column in frame.columns}


def _format(column: str) -> str:
    if column.endswith("p_value"):
        return "p"
    starts = (style for start, style in BY_START if column.startswith(start))
    return BY_NAME.get(column) or next(starts, "general")


def summary_sheet(rows: Iterable[tuple[str, str, str]]) -> Sheet:
    """What was found, in words: what, finding, detail."""
    frame = pd.DataFrame(list(rows), columns=list(FACTS))
    return Sheet("summary", frame, prose=True)


def _event_rows(view: EventView) -> Iterable[tuple[str, str, str]]:
    yield "Event", _words.title(view), view.headline
    yield "Day 0", formats.iso_day(view.day0), view.day_zero.sentence
    yield "Verdict", view.verdict, ""
    yield from facts(view)
    yield "Model", _words.model_words(view), _words.model_sentence(view)
    for note in _words.notes(view):
        yield "Note", note, ""
    yield "Made by", repr(view.design), ""


def _study_rows(view: Snapshot) -> Iterable[tuple[str, str, str]]:
    yield "Events", _study_words.title(view), _study_words.sample_words(view)
    yield "Verdict", view.verdict, ""
    yield from study_facts(view)
    yield "Model", _study_words.model_words(view), ""
    for note in _study_words.notes(view):
        yield "Note", note, ""
    yield "Made by", repr(view.design), ""


def _impact(view: EventView) -> pd.DataFrame:
    """A row a window: the change of market value, and on what it rests."""
    named = view.windows[["window", "start", "end"]].to_dict(orient="records")
    return pd.DataFrame([row | _worth(view, row["start"], row["end"]) for row in named])


def _worth(view: EventView, start: int, end: int) -> dict[Any, Any]:
    effect, value = view.impact(start, end), view.market_value_before(start)
    return {
        **{name: getattr(effect, name) for name in MONEY},
        "currency": view.currency,
        "shares": value.shares,
        "shares_date": value.shares_date,
        "close": value.close,
        "close_date": value.close_date,
        "reason": effect.reason or value.reason,
    }  # fmt: skip


def _model(view: EventView) -> pd.DataFrame:
    """A row a coefficient, then the measures of fit."""
    model = view.model
    rows = [
        (str(name), float(value), float(model.std_errors.get(name, float("nan"))))
        for name, value in model.params.items()
    ]
    fit = ("sigma", "r_squared", "nobs", "df")
    rows += [(name, float(getattr(model, name)), float("nan")) for name in fit]
    return pd.DataFrame(rows, columns=["name", "value", "std_error"])


def _kept_returns(view: Snapshot) -> Iterable[Sheet]:
    """The returns of each event; nothing where the study kept none."""
    try:
        frame = view.abnormal_returns
    except NoDataError:
        return
    yield Sheet("abnormal_returns", frame, dict.fromkeys(frame.columns, "percent"))


def provenance_sheet(view: Sourced) -> Sheet:
    """A row a fact: of which series or package, what it is called, what it is."""
    rows = [
        (str(role), str(name), value)
        for role, found in view.provenance.items()
        for name, value in (
            found if isinstance(found, Mapping) else {"": found}
        ).items()
    ]
    columns = ["role", "name", "value"]
    return Sheet("provenance", pd.DataFrame(rows, columns=columns))
