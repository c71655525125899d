"""The tables of a study as written cells, the same in text and on pages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from eventstudy._reasons import sentence
from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report._study_words import listed
from eventstudy.report._tables import Table, df_words, held
from eventstudy.report.formats import between, number, p_value, percent

ROLES = ("headline", "confirming")


def windows(view: Snapshot) -> Table:
    """Means of the reported windows."""
    head = (
        "Window", "Events", "Mean CAR", "Std. err.", "t", "p",
        f"{formats.level(view.design.confidence)} interval", "Placebo p",
    )  # fmt: skip
    rows = tuple(_window(row) for row in view.windows.to_dict(orient="records"))
    return Table(head, rows, "<>>>>><>")


def windows_note(view: Snapshot) -> str:
    """What stands in the table, and why what is missing is missing."""
    notes = ["Standard errors, t, p and intervals allow for events that share days."]
    placebo = view.windows["empirical_p_value"].notna()
    if placebo.any():
        gaps = "" if placebo.all() else ", n/a where that is not valid"
        notes.append(
            f"Placebo p: all events moved together through the time before{gaps}."
        )
    return " ".join([*notes, *missing_words(view)])


def missing_words(view: Snapshot) -> Iterator[str]:
    """Why windows have no mean, or no interval."""
    missing = view.windows[view.windows["reason"] != ""]
    for reason, rows in missing.groupby("reason", sort=False):
        labels = map(formats.window_label, rows["start"], rows["end"])
        what = "No mean" if rows["value"].isna().all() else "No interval"
        yield f"{what} for {listed(list(labels))}: {sentence(str(reason))}."


def _window(row: Mapping[Any, Any]) -> tuple[str, ...]:
    return (
        formats.window_label(row["start"], row["end"]),
        formats.count(row["n"]),
        percent(row["value"]),
        percent(row["std_error"]),
        number(row["t"]),
        p_value(row["p_value"]),
        between(row["ci_low"], row["ci_high"]),
        p_value(row["empirical_p_value"]),
    )


def tests(view: Snapshot) -> Table:
    """Tests of the headline window: the verdict's first, then valid ones, the rest."""
    rows = tuple(
        (named(view, row["test"]), row["null"], *_figures(row), held(row))
        for row in view.tests.to_dict(orient="records")
    )
    head = ("Test", "Null hypothesis", "Statistic", "df", "p", "Holds its level")
    return Table(head, rows, "<<>>><")


def valid_tests(view: Snapshot) -> Table:
    """The tests of the verdict, and the others whose level is assured."""
    part = [key for key in view.headline_keys if key]
    shown = view.tests[view.tests["valid"] | view.tests["test"].isin(part)]
    rows = tuple(
        (named(view, row["test"]), *_figures(row))
        for row in shown.to_dict(orient="records")
    )
    return Table(("Test", "Statistic", "df", "p"), rows, "<>>>")


def other_tests(view: Snapshot) -> list[str]:
    """The tests whose level is not assured, by their reason."""
    frame = view.tests[~view.tests["valid"]]
    missing = frame["statistic"].isna()
    groups = frame.groupby([missing, "reason"], sort=False)
    return [
        f"{'Not computed' if lost else 'Not valid here'}, "
        f"{sentence(str(reason))}: {'; '.join(_briefly(view, rows))}."
        for (lost, reason), rows in groups
    ]


def _briefly(view: Snapshot, frame: pd.DataFrame) -> list[str]:
    return [
        view.test_name(key) + ("" if math.isnan(p) else f" ({formats.p_words(p)})")
        for key, p in zip(frame["test"], frame["p_value"], strict=True)
    ]


def _figures(row: Mapping[Any, Any]) -> tuple[str, ...]:
    return number(row["statistic"]), df_words(row["df"]), p_value(row["p_value"])


def named(view: Snapshot, key: str) -> str:
    """A test's name, and its part in the verdict."""
    roles = dict(zip(view.headline_keys, ROLES, strict=True))
    role = roles.get(key, "")
    return view.test_name(key) + (f" ({role})" if role else "")


def events(view: Snapshot, most: int, width: int = 60) -> Table:
    """Events by their abnormal return; of many, those at both ends.

    Parameters
    ----------
    view : Snapshot
    most : int
        Rows at most.
    width : int
        Characters of a headline.
    """
    frame = view.cars.sort_values("value", kind="stable").dropna(subset=["value"])
    if len(frame) > most:
        half = most // 2
        frame = pd.concat([frame.iloc[:half], frame.iloc[-half:]])
    said = _headlines(view)
    head = (
        "Event", "Day 0", "CAR", f"{formats.level(view.design.confidence)} interval",
        "t", *(("News",) if said is not None else ()),
    )  # fmt: skip
    rows = tuple(_event(name, row, said, width) for name, row in _rows(frame))
    return Table(head, rows, "<<><>" + ("<" if said is not None else ""))


def without(table: Table, column: int) -> Table:
    """The table less one of its columns."""

    def cut(cells: tuple[str, ...]) -> tuple[str, ...]:
        return (*cells[:column], *cells[column + 1 :])

    align = table.align[:column] + table.align[column + 1 :]
    return Table(cut(table.head), tuple(map(cut, table.rows)), align)


def _rows(frame: pd.DataFrame) -> Iterable[tuple[str, Mapping[Any, Any]]]:
    records = frame.to_dict(orient="records")
    return zip(map(str, frame.index), records, strict=True)


def _headlines(view: Snapshot) -> pd.Series | None:
    """What was said on each event, if the caller's table has it."""
    return view.events.get("headline")


def _event(
    name: str, row: Mapping[Any, Any], said: pd.Series | None, width: int
) -> tuple[str, ...]:
    cells = (
        formats.shortened(name, 24),
        formats.iso_day(row["day0"]),
        percent(row["value"]),
        between(row["ci_low"], row["ci_high"]),
        number(row["t"]),
    )
    if said is None:
        return cells
    news = said.get(name)
    return (*cells, formats.shortened(news, width) if isinstance(news, str) else "")


def excluded(view: Snapshot, most: int) -> Table:
    """Events left out, each with its reason."""
    frame = view.excluded.head(most)
    rows = tuple(
        (formats.shortened(name, 30), _date(row["date"]), str(row["reason"]))
        for name, row in _rows(frame)
    )
    return Table(("Event", "Date", "Reason"), rows, "<<<")


def _date(value: Any) -> str:
    return (
        formats.iso_day(value) if isinstance(value, pd.Timestamp) else str(value or "")
    )


def days(view: Snapshot) -> Table:
    """The means of the event window day by day."""
    head = (
        "Day", "Events", "Mean AR", "Std. err.",
        f"{formats.level(view.design.confidence)} interval", "p", "Mean CAR",
    )  # fmt: skip
    frame = view.aar.assign(caar=view.caar_path["caar"])
    records = zip(frame.index, frame.to_dict(orient="records"), strict=True)
    rows = tuple(_day(int(day), row) for day, row in records)
    return Table(head, rows, "<>>><>>")


def _day(day: int, row: Mapping[Any, Any]) -> tuple[str, ...]:
    return (
        formats.relative_day(day),
        formats.count(row["n"]),
        percent(row["aar"]),
        percent(row["std_error"]),
        between(row["ci_low"], row["ci_high"]),
        p_value(row["p_value"]),
        percent(row["caar"]),
    )
