"""Size and power of tests: how often each rejects, beside the level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from eventstudy.report.formats import level, percent, window_words
from eventstudy.report.plots import _study_rows as study_rows
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._base import axes_given
from eventstudy.report.plots._presets import Preset, preset_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from eventstudy.report.plots._figure import EventFigure

ROW, TIGHT_ROW = 0.24, 0.17  # inches
WIDTH, RIGHT, TOP, BOTTOM = 8.4, 0.45, 0.95, 0.62
BARE_TOP = 0.14
EDGE, GAP = 0.16, 0.10  # left and right of the names


class RatesView(Protocol):
    """What the figure reads."""

    @property
    def table(self) -> pd.DataFrame:
        """Rows of test, window, effect, rate, valid."""

    @property
    def n_events(self) -> int:
        """Events in each placebo study."""

    @property
    def replications(self) -> int:
        """Number of placebo studies."""

    @property
    def level(self) -> float:
        """Level of the tests."""

    @property
    def dates(self) -> str:
        """How dates were drawn."""


def draw_rejection_rates(
    view: RatesView, window: str, ax: Axes | None = None, preset: str = "screen"
) -> EventFigure | Axes:
    """One row a test: its size with two standard errors, its power for each shock.

    Parameters
    ----------
    view : RatesView
    window : str
        Label of the window shown.
    ax : Axes, optional
        Draw there.
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
    rows = view.table[view.table["window"] == window]
    if place is not None:
        return place.finish(_figure(view, window, rows, place))
    if ax is None:
        return _figure(view, window, rows)
    _rates(axes_given(ax), rows, _by_size(rows), view)
    return ax


def _figure(
    view: RatesView, window: str, rows: pd.DataFrame, place: Preset | None = None
) -> EventFigure:
    """A figure of its own; without a title where a caption says it."""
    from eventstudy.report.plots._figure import EventFigure

    order, headed = _by_size(rows), place is None or place.headed
    width = WIDTH if place is None else place.width
    top = TOP if headed else BARE_TOP
    row, least = (ROW, 0.0) if place is None else (TIGHT_ROW, place.single)
    height = max(top + BOTTOM + row * len(order), least)
    figure = EventFigure((width, height))
    left = _left(order) / width
    box = (left, BOTTOM / height, 1.0 - left - RIGHT / width,
           1.0 - (top + BOTTOM) / height)  # fmt: skip
    _rates(figure.add_axes(box), rows, order, view)
    if headed:
        first, last = (int(day) for day in window[1:-1].split(","))
        words = f"How often each test rejects, {window_words(first, last)}"
        figure.text(EDGE / width, 1 - 0.26 / height, words, va="center", **style.TITLE)
    return figure


def _left(names: list[str]) -> float:
    """Inches that the names of the tests take."""
    widest = max((study_rows.text_width(name) for name in names), default=0.0)
    scale = style.TICK["size"] / study_rows.FONT["size"] / style.POINTS
    return float(EDGE + 1.05 * widest * scale + GAP)


def _by_size(rows: pd.DataFrame) -> list[str]:
    """Tests, the one that rejects least on top."""
    size = rows[rows["effect"] == 0].set_index("test")["rate"]
    return [str(key) for key in size.sort_values(kind="stable").index[::-1]]


def _rates(ax: Axes, rows: pd.DataFrame, order: list[str], view: RatesView) -> None:
    error = 2 * math.sqrt(view.level * (1 - view.level) / view.replications)
    style.panel(ax, "", "")
    ax.set_title("", loc="left")
    note = "" if style.is_narrow(ax) else _note(rows, view)
    ax.annotate(
        note, (0, 1), xycoords="axes fraction", xytext=(0, 6), va="bottom",
        textcoords="offset points", annotation_clip=False, **style.NOTE,
    )  # fmt: skip
    ax.axvspan(view.level - error, view.level + error, color=style.BAND, lw=0, zorder=0)
    ax.axvline(view.level, color=style.INK, lw=1.0, ls=":", zorder=1, marker="")
    _marks(ax, rows, order)
    ax.set_yticks(np.arange(len(order)), order)
    ax.set_ylim(-0.7, len(order) - 0.3)
    high = max(float(rows["rate"].max()), view.level + error)
    ax.set_xlim(-0.01, min(high * 1.08 + 0.01, 1.03))
    ticks = [t for t in ax.get_xticks() if 0 <= t <= 1]
    ax.set_xticks(ticks, [f"{100 * t:g} %" for t in ticks])
    words = "Share of placebo studies in which the test rejects"
    if style.is_narrow(ax):
        words = "Share that rejects"
    ax.set_xlabel(words, loc="left", labelpad=5, **style.NOTE)


def _note(rows: pd.DataFrame, view: RatesView) -> str:
    """What is counted, and what the marks mean."""
    effects = sorted((e for e in rows["effect"].unique() if e), key=abs)
    shocks = ", ".join(percent(effect, _digits(effect)) for effect in effects)
    power = f"; diamonds: power, shocks of {shocks} on day 0" if shocks else ""
    return (
        f"{view.replications:,} placebo studies of {view.n_events} events on "
        f"{view.dates} dates; band: {level(view.level)} ± two standard errors\n"
        f"dots: size, no shock{power}; hollow: not valid here"
    )


def _digits(effect: float) -> int:
    """Decimals that a shock needs in per cent."""
    return len(f"{100 * effect:g}".partition(".")[2])


def _marks(ax: Axes, rows: pd.DataFrame, order: list[str]) -> None:
    """A dot for the size of a test, a diamond for its power, joined by a line."""
    y = pd.Series(np.arange(len(order)), order)
    ends = rows.groupby("test")["rate"].agg(["min", "max"]).loc[order]
    ax.hlines(
        y, ends["min"], ends["max"], color=style.LINE, linewidth=1.0, linestyle="-",
        zorder=2,
    )  # fmt: skip
    for effect, mine in rows.groupby("effect"):
        colour, marker, size = (
            (style.FAINT, "D", 18) if effect else (style.ACCENT, "o", 26)
        )
        face = np.where(mine["valid"].to_numpy() > 0.5, colour, "white")
        ax.scatter(
            mine["rate"], y[list(mine["test"])], s=size, c=face, edgecolors=colour,
            linewidths=1.1, marker=marker, zorder=3,
        )  # fmt: skip
