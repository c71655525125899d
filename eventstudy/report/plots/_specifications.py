"""A specification curve: effects by size above, the choices behind each below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.report import formats, specification_text
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._base import axes_given
from eventstudy.report.plots._presets import PAPER, SLIDE, preset_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from eventstudy.report.plots._figure import EventFigure
    from eventstudy.report.specification_text import CurveView

RIGHT, BOTTOM, HEAD, PANEL = 0.2, 0.55, 0.72, 0.32  # inches
GAP = 0.6  # rows between kinds of choices
MARK, SHARE = 4.6, 0.57  # points of a mark; of the room of a design


@dataclass(frozen=True, slots=True)
class Sheet:
    """Inches of a figure, of the names at its left, of its effects, and of a choice.

    ``height`` is what it has where that leaves the effects enough; else it grows.
    """

    width: float
    left: float
    effects: float
    row: float
    letters: int
    height: float = 0.0


SHEETS = {
    "screen": Sheet(8.4, 1.9, 2.6, 0.175, 26),
    "paper": Sheet(PAPER.width, 1.55, 1.5, 0.155, 22),
    "slide": Sheet(SLIDE.width, 1.8, 0.9, 0.125, 26, SLIDE.single),
}


def draw_specifications(
    view: CurveView, ax: Axes | None = None, preset: str = "screen"
) -> EventFigure | Axes:
    """Draw effects with intervals by size, and under each a mark a choice.

    Parameters
    ----------
    view : CurveView
    ax : Axes, optional
        Draw the effects alone there.
    preset : {"screen", "paper", "slide"}
        Where the figure goes.

    Returns
    -------
    EventFigure or Axes

    Raises
    ------
    ArgumentError
        For an unknown preset, for one beside ``ax``, and for what is no axes.
    """
    place = preset_of(preset, ax)
    if place is not None:
        sheet = SHEETS[place.name]
        figure = specifications_figure(view, headed=place.headed, sheet=sheet)
        return place.finish(figure)
    if ax is None:
        return specifications_figure(view)
    _effects(axes_given(ax), view, _sorted(view))
    return ax


def _sorted(view: CurveView) -> pd.DataFrame:
    return view.estimated.sort_values("value", kind="stable")


def specifications_figure(
    view: CurveView, *, headed: bool = True, sheet: Sheet = SHEETS["screen"]
) -> EventFigure:
    """Draw the figure; ``headed`` = it says its title."""
    from eventstudy.report.plots._figure import EventFigure

    rows, lines = _sorted(view), _lines(view)
    lower = sheet.row * (max((y for y, *_ in lines), default=-1.0) + 1.6)
    head = (HEAD if headed else 0.06) + PANEL
    effects = max(sheet.effects, sheet.height - head - lower - BOTTOM)
    height = head + effects + lower + BOTTOM
    figure = EventFigure((sheet.width, height))
    left, share = sheet.left / sheet.width, 1.0 / height
    width = 1.0 - left - RIGHT / sheet.width
    box = (left, (BOTTOM + lower) * share, width, effects * share)
    upper = figure.add_axes(box)
    _effects(upper, view, rows)
    upper.tick_params(axis="x", bottom=False, labelbottom=False)
    box = (left, BOTTOM * share, width, lower * share)
    _choices(figure.add_axes(box), rows, lines, sheet.letters)
    if headed:
        _head(figure, view, height)
    return figure


def _head(figure: EventFigure, view: CurveView, height: float) -> None:
    left = 0.16 / float(figure.get_size_inches()[0])
    figure.text(
        left, 1 - 0.16 / height, specification_text.title(view), va="top", **style.TITLE
    )
    spread = "from {} to {}".format(*(formats.percent(end) for end in view.range))
    words = f"Median {formats.percent(view.median)}, {spread}"
    figure.text(left, 1 - 0.46 / height, words, va="top", **style.SUBTITLE)


def _effects(ax: Axes, view: CurveView, rows: pd.DataFrame) -> None:
    """Points and intervals, dark where the exact t test rejects."""
    level = formats.level(view.confidence)
    unusual = formats.level(1.0 - view.confidence)
    note = f"lines: {level} intervals; dark: unusual at {unusual}"
    style.panel(ax, "Effect", "", note)
    place = np.arange(len(rows), dtype=float)
    dark = (rows["p_value"] < 1.0 - view.confidence).to_numpy()
    value, low, high = rows[["value", "ci_low", "ci_high"]].to_numpy(float).T
    size = max(1.4, min(MARK, SHARE * style.width_of(ax) / max(len(rows), 1)))
    for chosen, color, label in (
        (dark, style.INK, "unusual"),
        (~dark, style.FAINT, "not unusual"),
    ):
        ax.vlines(
            place[chosen], low[chosen], high[chosen], color=color, alpha=0.6,
            linewidth=size / 3.0, linestyle="-", zorder=3, label=f"intervals, {label}",
        )  # fmt: skip
        ax.plot(
            place[chosen], value[chosen], linestyle="", marker="o", color=color,
            markersize=size, markeredgewidth=0.0, zorder=3.5, label=label,
        )  # fmt: skip
    _reported(ax, rows, value)
    ax.axhline(0.0, color=style.MUTED, linewidth=0.8, zorder=1.5, label="zero")
    ax.set_xlim(-0.8, max(len(rows), 1) - 0.2)
    ends = [*low[np.isfinite(low)], *high[np.isfinite(high)], 0.0]
    room = 0.05 * (max(ends) - min(ends)) or 0.01
    ax.set_ylim(min(ends) - room, max(ends) + room)
    ax.yaxis.set_major_formatter(lambda value, _: formats.percent(value, _digits(ends)))
    ax.grid(axis="y", color=style.LINE, linewidth=0.6)


def _digits(ends: list[float]) -> int:
    return 0 if max(ends) - min(ends) > 0.05 else 1


def _reported(ax: Axes, rows: pd.DataFrame, value: FloatArray) -> None:
    """Ring the design that would be reported, the first of the table."""
    at = np.flatnonzero(rows.index == 0)
    if at.size:
        ax.plot(
            at, value[at], linestyle="", marker="o", markersize=9.0, zorder=4,
            markerfacecolor="none", markeredgecolor=style.ACCENT, markeredgewidth=1.6,
            label="reported",
        )  # fmt: skip
        text = ax.annotate(
            "reported", (float(at[0]), float(value[at][0])), xytext=(0, 9),
            textcoords="offset points", ha="center", va="bottom", zorder=6,
            annotation_clip=False, **style.LABEL,
        )  # fmt: skip
        style.halo(text)


def _lines(view: CurveView) -> list[tuple[float, str, str]]:
    """Row from the top, choice and value of every choice that differs."""
    found, y = [], 0.0
    for choice in view.varied():
        for value in view.table[choice].unique():
            found.append((y, choice, str(value)))
            y += 1.0
        y += GAP
    return found


def _choices(
    ax: Axes, rows: pd.DataFrame, lines: list[tuple[float, str, str]], letters: int
) -> None:
    """A mark where a specification has the value of a row."""
    style.panel(ax, "", "")
    ax.spines["bottom"].set_visible(False)
    place = np.arange(len(rows), dtype=float)
    size = max(1.2, min(MARK, SHARE * style.width_of(ax) / max(len(rows), 1)))
    for y, choice, value in lines:
        mine = (rows[choice].astype(str) == value).to_numpy()
        ax.axhline(y, color=style.LINE, linewidth=0.5, zorder=1)
        ax.plot(
            place[mine], np.full(mine.sum(), y), linestyle="", marker="s",
            markersize=size, color=style.INK, markeredgewidth=0.0, zorder=3,
            label=f"{choice}: {value}",
        )  # fmt: skip
    words = [specification_text.choice_words(*choice) for _, *choice in lines]
    names = [formats.shortened(name, letters) for name in words]
    ax.set_yticks([y for y, *_ in lines], names)
    ax.set_xticks([])
    ax.set_xlim(-0.8, max(len(rows), 1) - 0.2)
    ax.set_ylim(max((y for y, *_ in lines), default=0.0) + 0.9, -0.9)
    along = "Designs, by the size of the effect"
    if style.is_narrow(ax):
        along = "Designs, by size"
    ax.set_xlabel(along, loc="left", **style.NOTE)
