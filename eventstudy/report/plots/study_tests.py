"""The p-value of every test, and whether it holds its level here."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._reasons import sentence
from eventstudy.report import _study_tables as tables
from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.formats import window_words
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _study_rows as rows
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._study_base import register_study

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 13.0  # points
ABOVE_HEADING = 0.55  # rows
LEAST = 1e-4
TICKS, NARROW_TICKS = (1e-4, 1e-3, 0.01, 0.1, 1.0), (1e-4, 0.01, 1.0)
VERDICT = "What the verdict rests on"
VALID = "Other tests whose level is assured here"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart: a heading, or a test.

    Parameters
    ----------
    text : str
    part : str
        ``heading``, ``verdict`` or ``other``.
    p : float
        NaN for a heading, and where it does not exist.
    solid : bool
        Whether the level is assured.
    """

    text: str
    part: str
    p: float = math.nan
    solid: bool = False


def height(view: Snapshot) -> float:
    """Height of the figure in inches."""
    return 2.25 + (places(lines_of(view))[-1] + 2.0) * ROW / style.POINTS


@register_study("tests", height=height, left=rows.LEFT)
def tests(view: Snapshot, ax: Axes) -> Axes:
    """Draw the p-value of each test on a logarithmic axis, with the level.

    Parameters
    ----------
    view : Snapshot
    ax : Axes

    Returns
    -------
    Axes
        The same.  Full dots hold their level here, open ones do not, and their
        headings say why.
    """
    lines, level = lines_of(view, style.is_narrow(ax)), 1.0 - view.design.confidence
    note = "p-values; open dots: the test may reject too often or too rarely here"
    style.panel(ax, f"Tests of {window_words(*view.window)}", "", note)
    ax.set_yticks([])
    if not lines:
        ax.set_xticks([])
        style.message(ax, "No test was asked for.")
        return ax
    at = places(lines)
    ax.set_ylim(at[-1] + 0.7, -1.3)
    _axis(ax, lines)
    _level(ax, level)
    for y, line in zip(at, lines, strict=True):
        rows.heading(ax, y, line.text) if line.part == "heading" else _test(ax, y, line)
    return ax


def lines_of(view: Snapshot, short: bool = False) -> list[Line]:
    """Headings and tests, in the order of weight; ``short`` names have no role."""
    frame = view.tests
    part = frame["test"].isin([key for key in view.headline_keys if key])
    groups = [(VERDICT, frame[part]), (VALID, frame[~part & frame["valid"]])]
    rest = frame[~part & ~frame["valid"]]
    missing = rest["statistic"].isna()
    for (lost, reason), group in rest.groupby([missing, "reason"], sort=False):
        what = "Not computed" if lost else "Level not assured"
        groups.append((f"{what}: {sentence(str(reason))}", group))
    return [
        line
        for heading, group in groups
        if len(group)
        for line in (Line(heading, "heading"), *_rows(view, heading, group, short))
    ]


def _rows(
    view: Snapshot, heading: str, frame: pd.DataFrame, short: bool
) -> Iterator[Line]:
    part = "verdict" if heading == VERDICT else "other"
    for row in frame.to_dict(orient="records"):
        key = str(row["test"])
        text = view.test_name(key) if short else tables.named(view, key)
        yield Line(text, part, float(row["p_value"]), bool(row["valid"]))


def places(lines: list[Line]) -> list[float]:
    """Where each line stands, in rows; headings stand a little apart."""
    at = -1.0 - ABOVE_HEADING
    found = []
    for line in lines:
        at += 1.0 + (ABOVE_HEADING if line.part == "heading" else 0.0)
        found.append(at)
    return found or [0.0]


def _axis(ax: Axes, lines: list[Line]) -> None:
    """P-values on a logarithmic axis, between names and numbers."""
    narrow = style.is_narrow(ax)
    names = [line.text for line in lines if line.part == "other"]
    bold = [line.text for line in lines if line.part == "verdict"]
    low, high = math.log10(LEAST), 0.0
    room = 0.03 * (high - low)
    left = rows.name_room(ax, names, bold)
    right = 14.0 if narrow else rows.RIGHT
    study_axes.span_axis(ax, low - room, high + room, left, right)
    ticks = NARROW_TICKS if narrow else TICKS
    words = [f"{p:g}" if p > LEAST else f"≤ {LEAST:.4f}" for p in ticks]
    ax.set_xticks(np.log10(ticks), words)
    study_axes.dress_row_axis(ax, low - room, high + room, np.log10(ticks))


def _level(ax: Axes, level: float) -> None:
    """The line below which a test rejects."""
    x = math.log10(level)
    line = ax.axvline(x, color=style.INK, linewidth=0.9, zorder=2, marker="")
    line.set_linestyle((0, (1.5, 2.5)))
    line.set_label("level")
    text = ax.annotate(
        f"level {formats.level(level)}", (x, 1.0), xycoords=("data", "axes fraction"),
        xytext=(4.0, -2.0), textcoords="offset points", ha="left", va="top", zorder=6,
        **{**style.TICK, "color": style.INK},
    )  # fmt: skip
    style.halo(text)


def _test(ax: Axes, y: float, line: Line) -> None:
    """Name, dot and number of a test."""
    verdict = line.part == "verdict"
    color = style.ACCENT if verdict else style.MUTED
    rows.name(ax, y, line.text, color, bold=verdict)
    if math.isnan(line.p):
        return
    rows.number(ax, y, formats.p_value(line.p), color, bold=verdict)
    small = line.p < LEAST
    ax.plot(
        [math.log10(max(line.p, LEAST))], [y], linestyle="", zorder=4,
        marker="<" if small else "o", markersize=7.0 if verdict else 5.5,
        color=color, markerfacecolor=color if line.solid else "white",
        markeredgecolor=color, markeredgewidth=1.1,
        label="level assured" if line.solid else "level not assured",
    )  # fmt: skip
