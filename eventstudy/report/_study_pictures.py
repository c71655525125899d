"""Figures of a study inside pages: wide, narrow, and in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from eventstudy.report import _study_words as words
from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.formats import percent, window_words
from eventstudy.report.html import data_uri

WIDTH, PHONE = 8.4, 4.0  # inches
PHONE_SCALE = 1.7
HEADLESS = 0.75  # inches that title and subtitle take in a figure of its own
PAGE = ("tests", "timeline", "forest", "heatmap")


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as two data URIs.

    Parameters
    ----------
    wide, phone : str
    alt : str
        What it shows, in words.
    note : str
        What the wide one says in small print, for the narrow one.
    """

    wide: str
    phone: str
    alt: str
    note: str


def picture(view: Snapshot, kind: str, scale: float) -> Picture:
    """Draw a figure for a page that says title and source itself."""
    from eventstudy.report.plots import STUDY_PLOTS, study_figure
    from eventstudy.report.plots._study_base import own_size

    height = own_size(STUDY_PLOTS[kind], view)[1] - HEADLESS
    wide, phone = (
        data_uri(study_figure(view, kind, (width, height)).to_png(times))
        for width, times in ((WIDTH, scale), (PHONE, PHONE_SCALE))
    )
    return Picture(wide, phone, ALTS[kind](view), NOTES[kind](view))


def _level(view: Snapshot) -> str:
    return formats.level(view.design.confidence)


def _overview_alt(view: Snapshot) -> str:
    name = words.effect_name(view)
    parts = [f"Three charts of {words.events_words(len(view))}."]
    if not math.isnan(view.effect.value):
        value = percent(view.effect.value)
        parts.append(f"{name}: {value}, {words.interval(view)}.")
    path = view.caar_path["caar"].dropna()
    if len(path):
        end = percent(float(path.iloc[-1]))
        parts.append(
            f"Mean cumulative abnormal return at the end of the window: {end}."
        )
    return " ".join([*parts, words.spread_words(view)])


def _overview_note(view: Snapshot) -> str:
    return (
        f"Lines at bars, and the shaded band: {_level(view)} intervals of each day; "
        "dark bars lie away from zero. Below: the events, and in blue their mean."
    )


def _tests_alt(view: Snapshot) -> str:
    frame, day = view.tests, window_words(*view.window)
    held = int(frame["valid"].sum())
    return (
        f"P-values of {len(frame)} tests of {day}, of which {held} hold their level "
        f"here. {words.headline_words(view)}"
    )


def _tests_note(view: Snapshot) -> str:
    level = formats.level(1.0 - view.design.confidence)
    return (
        f"P-values; the dotted line is the level of {level}. Open dots: the test may "
        "reject too often or too rarely here."
    )


def _timeline_alt(view: Snapshot) -> str:
    return (
        f"{words.events_words(len(view.car))} at their dates, {_unusual(view)} of them "
        f"unusual. {words.spread_words(view)}"
    )


def _timeline_note(view: Snapshot) -> str:
    level = formats.level(1.0 - view.design.confidence)
    largest = percent(float(view.car.abs().max()), 0) if len(view.car) else "none"
    return (
        f"Area: size, at most {largest}; upwards: a rise. Dark: unusual at {level} "
        f"among {words.events_words(len(view.car))} (Holm): {_unusual(view)}."
    )


def _unusual(view: Snapshot) -> str:
    """How many events are unusual after the adjustment for their number."""
    return f"{int((view.cars['holm'] < 1.0 - view.design.confidence).sum()):,}"


def _forest_alt(view: Snapshot) -> str:
    many = words.events_words(len(view.car))
    return (
        f"{words.car_name(view)}, of {many} with intervals, the highest first. "
        f"{words.spread_words(view)}"
    )


def _forest_note(view: Snapshot) -> str:
    return f"Lines: {_level(view)} intervals; dark: away from zero; below: the mean."


def _heatmap_alt(view: Snapshot) -> str:
    many, days = words.events_words(len(view)), window_words(*view.design.event_window)
    return (
        f"Abnormal returns of {many} on {days} as colours, sorted by "
        f"{window_words(*view.window)}."
    )


def _heatmap_note(view: Snapshot) -> str:
    return f"Sorted by {window_words(*view.window)}, which dotted lines frame at day 0."


Say = Callable[[Snapshot], str]
ALTS: dict[str, Say] = {
    "overview": _overview_alt,
    "tests": _tests_alt,
    "timeline": _timeline_alt,
    "forest": _forest_alt,
    "heatmap": _heatmap_alt,
}
NOTES: dict[str, Say] = {
    "overview": _overview_note,
    "tests": _tests_note,
    "timeline": _timeline_note,
    "forest": _forest_note,
    "heatmap": _heatmap_note,
}
