"""How the events' abnormal returns of the headline window are spread."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.report import _study_words as words
from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.formats import percent
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._study_base import register_study

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHARE, FEWEST = 0.005, 100  # beyond the edges; events from which on that may be
MOST_DOTS = 150
FEWEST_BARS, MOST_BARS = 12, 60
COLUMN = 14.0  # points of a column of dots
SMALLEST_DOT, LARGEST_DOT = 5.0, 12.0  # points
EDGE = 0.12  # share of the width
TICK_ROOM = 12.0  # points, for the last label of the axis
HEAD = 34.0  # points above the highest column, where the mean is written


@register_study("distribution")
def distribution(view: Snapshot, ax: Axes) -> Axes:
    """Draw a dot an event, or a histogram of many, with the mean and its interval.

    Parameters
    ----------
    view : Snapshot
    ax : Axes

    Returns
    -------
    Axes
        The same; data are decimals, the x axis is labelled in per cent.
    """
    title = "How the events differ"
    if study_axes.no_events(ax, view, title):
        return ax
    car = view.car.to_numpy()
    ends = study_axes.robust_ends(car, SHARE, FEWEST)
    inside = car[(car >= ends[0]) & (car <= ends[1])]
    low, high = _span(view, ends)
    dotted = _edges(low, high, (high - low) * COLUMN / style.width_of(ax))
    few = _dots_fit(ax, inside, dotted)
    edges = dotted if few else _edges(low, high, _bar(car, high - low))
    style.panel(ax, title, "", _note(view, few, car.size - inside.size))
    ax.set_yticks([])
    study_axes.percent_axis(ax, float(edges[0]), float(edges[-1]), right=TICK_ROOM)
    ax.set_xlabel(words.car_name(view), loc="left", labelpad=5, **style.NOTE)
    (_dots if few else _columns)(ax, inside, edges)
    _zero(ax)
    _mean(ax, view)
    return ax


def _dots_fit(ax: Axes, car: FloatArray, edges: FloatArray) -> bool:
    """Whether the highest stack of dots still has dots that can be told apart."""
    highest = int(np.histogram(car, edges)[0].max())
    room = style.height_of(ax) - HEAD
    return bool(car.size <= MOST_DOTS and highest * SMALLEST_DOT <= room)


def _bar(car: FloatArray, span: float) -> float:
    """Width of a bar (Freedman & Diaconis), neither too many nor too few of them."""
    low, high = np.quantile(car, [0.25, 0.75])
    width = 2.0 * float(high - low) / math.cbrt(car.size)
    return min(max(width, span / MOST_BARS), span / FEWEST_BARS)


def _note(view: Snapshot, few: bool, beyond: int) -> str:
    said = ["one dot an event" if few else "number of events"]
    if beyond:
        said.append(f"{beyond:,} beyond the edges")
    if not math.isnan(view.effect.ci_low):
        level = formats.level(view.design.confidence)
        said.append(f"blue: the mean and its {level} interval")
    return "; ".join(said)


def _span(view: Snapshot, ends: tuple[float, float]) -> tuple[float, float]:
    """What the x axis holds: the events, zero, and the interval of the mean."""
    effect = view.effect
    parts = [*ends, 0.0, effect.ci_low, effect.ci_high]
    known = [part for part in parts if not math.isnan(part)]
    low, high = min(known), max(known)
    room = 0.01 * (high - low) or 0.01
    return low - room, high + room


def _edges(low: float, high: float, width: float) -> FloatArray:
    """Edges of columns of about that width, made round, one of them at zero."""
    step = study_axes.round_step(width)
    return np.arange(math.floor(low / step), math.ceil(high / step) + 1) * step


def _dots(ax: Axes, car: FloatArray, edges: FloatArray) -> None:
    """Dots stacked where events fall close together."""
    column = np.digitize(car, edges)
    height = np.zeros(car.size)
    for number in np.unique(column):
        inside = np.flatnonzero(column == number)
        height[inside[np.argsort(car[inside], kind="stable")]] = np.arange(inside.size)
    room = style.height_of(ax) - HEAD
    apart = edges[1] - edges[0]
    across = apart / (ax.get_xlim()[1] - ax.get_xlim()[0]) * style.width_of(ax)
    pitch = min(across, room / (height.max() + 1.0), 1.2 * LARGEST_DOT)
    for chosen, color, label in (
        (car < 0, style.MUTED, "below zero"),
        (car >= 0, style.FAINT, "above zero"),
    ):
        ax.plot(
            edges[0] + (column[chosen] - 0.5) * apart, height[chosen] + 0.6,
            color=color, linestyle="", marker="o", markersize=0.84 * pitch,
            markeredgewidth=0.0, zorder=3, clip_on=False, label=label,
        )  # fmt: skip
    ax.set_ylim(0.0, style.height_of(ax) / pitch)


def _columns(ax: Axes, car: FloatArray, edges: FloatArray) -> None:
    count, _ = np.histogram(car, edges)
    width = np.diff(edges)
    for chosen, color, label in (
        (edges[1:] <= 1e-12, style.MUTED, "below zero"),
        (edges[1:] > 1e-12, style.FAINT, "above zero"),
    ):
        ax.bar(
            (edges[:-1] + width * 0.04)[chosen], count[chosen], align="edge",
            width=width[chosen] * 0.92, color=color, linewidth=0, zorder=3, label=label,
        )  # fmt: skip
    height = style.height_of(ax)
    ax.set_ylim(0.0, float(count.max()) * height / (height - HEAD))
    study_axes.count_ticks(ax, int(count.max()))


def _zero(ax: Axes) -> None:
    """The line of no effect."""
    ax.axvline(
        0.0, color=style.MUTED, linewidth=0.8, linestyle="-", marker="", zorder=2.5,
        label="zero",
    )  # fmt: skip


def _mean(ax: Axes, view: Snapshot) -> None:
    """The mean with its value and its interval, above the events."""
    effect, top = view.effect, ax.get_ylim()[1]
    at = top * (1.0 - 0.6 * HEAD / style.height_of(ax))
    line: dict[str, Any] = {"color": style.ACCENT, "linestyle": "-", "zorder": 4}
    ax.vlines(effect.value, 0.0, at, linewidth=1.6, label="mean", **line)
    ax.plot(
        [effect.ci_low, effect.ci_high], [at, at], linewidth=1.6, marker="|",
        markersize=6.0, label="interval", **line,
    )  # fmt: skip
    ax.plot(
        [effect.value], [at], marker="D", markersize=5.5, color=style.ACCENT, zorder=5,
        linestyle="", label="value",
    )  # fmt: skip
    text = ax.annotate(
        f"mean {percent(effect.value)}", (effect.value, at), xytext=(0.0, 6.0),
        textcoords="offset points", ha=_side(ax, effect.value), va="bottom", zorder=6,
        **style.LABEL,
    )  # fmt: skip
    style.halo(text)


def _side(ax: Axes, x: float) -> str:
    """How a label is set so that it stays within the axes."""
    low, high = ax.get_xlim()
    share = (x - low) / (high - low)
    return "left" if share < EDGE else "right" if share > 1.0 - EDGE else "center"
