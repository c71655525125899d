"""The tables of a result as written cells, the same in text and on pages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventstudy._reasons import sentence
from eventstudy.report import _words, formats
from eventstudy.report._base import EventView
from eventstudy.report.formats import between, number, p_value, percent


@dataclass(frozen=True, slots=True)
class Table:
    """A head, rows of written cells, and the side to which each column is set."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str


def windows(view: EventView) -> Table:
    """Effects of the reported windows."""
    head = (
        "Window", "Days", "CAR", "Std. err.", "t", "p",
        f"{formats.level(view.confidence)} interval", "Rank p",
    )  # fmt: skip
    rows = tuple(_window(row) for row in view.windows.to_dict(orient="records"))
    return Table(head, rows, "<>>>>><>")


def windows_note(view: EventView) -> str:
    """What the rank p is, and why what is missing is missing."""
    frame = view.windows
    said = {
        "sq": "one day among the estimation days",
        "placebo": "several days among placebo windows of the same length",
    }
    used = dict.fromkeys(
        frame.loc[frame["empirical_p_value"].notna(), "empirical_test"]
    )
    parts = [said.get(key, _words.test_name(key)) for key in used]
    notes = [f"Rank p: {', '.join(parts)}."] if parts else []
    for row in frame[frame["reason"] != ""].to_dict(orient="records"):
        label = formats.window_label(row["start"], row["end"])
        what = "None" if math.isnan(row["value"]) else "No rank p"
        notes.append(f"{what} for {label}: {sentence(row['reason'])}.")
    return " ".join(notes)


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


def tests(view: EventView, with_null: bool) -> Table:
    """Tests of the headline window, valid or not and why."""
    frame = view.tests(*_words.headline_window(view))
    rows = tuple(_test(row, with_null) for row in frame.to_dict(orient="records"))
    null, side = (("Null hypothesis",), "<") if with_null else ((), "")
    head = ("Test", *null, "Statistic", "df", "p", "Holds its level")
    return Table(head, rows, f"<{side}>>><")


def _test(row: Mapping[Any, Any], with_null: bool) -> tuple[str, ...]:
    return (
        _words.test_name(row["test"]),
        *((row["null"],) if with_null else ()),
        number(row["statistic"]),
        df_words(row["df"]),
        p_value(row["p_value"]),
        held(row),
    )


def held(row: Mapping[Any, Any]) -> str:
    """Whether a test holds its level here, and why not."""
    reason = sentence(row["reason"]) if row["reason"] else ""
    if math.isnan(row["statistic"]):
        return f"not computed: {reason}" if reason else "not computed"
    if row["valid"]:
        return "yes"
    return f"no: {reason}" if reason else "no"


def df_words(value: Any) -> str:
    """Degrees of freedom, one number or a pair; nothing for NaN."""
    parts = value if isinstance(value, Sequence) else (value,)
    return ", ".join("" if math.isnan(part) else f"{part:.0f}" for part in parts)


def diagnostics(view: EventView, flagged_only: bool = False) -> Table:
    """Checks of the estimation, each with its limit and what to do."""
    frame = view.diagnostics
    if flagged_only:
        frame = frame[frame["flag"].astype(bool)]
    rows = tuple(_check(row) for row in frame.to_dict(orient="records"))
    return Table(("Check", "Value", "Limit", "Flag", "What to do"), rows, "<>><<")


def _check(row: Mapping[Any, Any]) -> tuple[str, ...]:
    write = p_value if str(row["check"]).endswith(" p") else formats.significant
    name = str(row["check"])
    limit = (
        "" if math.isnan(row["threshold"]) else formats.significant(row["threshold"])
    )
    flag = "look" if row["flag"] else ""
    value = write(float(row["value"]))
    return name[:1].upper() + name[1:], value, limit, flag, str(row["advice"])


def confounders(view: EventView) -> Table:
    """Other news in the windows, each with its own move, and the figure without it."""
    head = ("Date", "Day", "Own AR", "Result without", "News")
    rows = tuple(_news(row) for row in view.confounders.to_dict(orient="records"))
    return Table(head, rows, "<>>><")


def _news(row: Mapping[Any, Any]) -> tuple[str, ...]:
    without = row["headline_without"]
    return (
        formats.iso_day(row["session"]),
        formats.relative_day(int(row["event_day"])),
        percent(row["abnormal_return"]),
        "" if math.isnan(without) else percent(without),
        str(row["headline"] or row["event_id"]),
    )


def days(view: EventView) -> Table:
    """The event window day by day."""
    head = (
        "Day", "Date", "Return", "Expected", "Abnormal", "Std. error", "t", "p", "CAR",
    )  # fmt: skip
    frame = view.abnormal_returns
    # Row by row as records: a Series of a day without a return has no number in it.
    records = frame.to_dict(orient="records")
    rows = tuple(_day(int(d), row) for d, row in zip(frame.index, records, strict=True))
    return Table(head, rows, ">>>>>>>>>")


def _day(day: int, row: Mapping[Any, Any]) -> tuple[str, ...]:
    returns = ("actual", "expected", "abnormal", "std_error")
    return (
        formats.relative_day(day),
        formats.iso_day(row["date"]),
        *(percent(row[name]) for name in returns),
        number(row["t"]),
        p_value(row["p_value"]),
        percent(row["car"]),
    )
