"""Size and power of tests: how often each rejects, beside the level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from eventstudy.report.plots import _style as style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from eventstudy.report.plots._figure import EventFigure

ROW = 0.24  # inches
LEFT, RIGHT, TOP, BOTTOM = 2.35, 0.55, 0.95, 0.62


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
    view: RatesView, window: str, ax: Axes | None = None
) -> EventFigure | Axes:
    """One row a test: its size with two standard errors, its power for each shock.

    Parameters
    ----------
    view : RatesView
    window : str
        Label of the window shown.
    ax : Axes, optional
        Draw there.

    Returns
    -------
    EventFigure or Axes
    """
    rows = view.table[view.table["window"] == window]
    order = _by_size(rows)
    if ax is not None:
        _rates(ax, rows, order, view)
        return ax
    from eventstudy.report.plots._figure import EventFigure

    height = TOP + BOTTOM + ROW * len(order)
    figure = EventFigure((8.4, height))
    width = 8.4 - LEFT - RIGHT
    box = (LEFT / 8.4, BOTTOM / height, width / 8.4, ROW * len(order) / height)
    _rates(figure.add_axes(box), rows, order, view)
    words = f"How often each test rejects, window {window.replace('-', chr(0x2212))}"
    figure.text(0.02, 1 - 0.26 / height, words, va="center", **style.TITLE)
    return figure


def _by_size(rows: pd.DataFrame) -> list[str]:
    """Tests, the one nearest to its level on top."""
    size = rows[rows["effect"] == 0].set_index("test")["rate"]
    return [str(key) for key in size.sort_values(kind="stable").index[::-1]]


def _rates(ax: Axes, rows: pd.DataFrame, order: list[str], view: RatesView) -> None:
    y = pd.Series(np.arange(len(order)), order)
    error = 2 * math.sqrt(view.level * (1 - view.level) / view.replications)
    ax.axvspan(view.level - error, view.level + error, color=style.BAND, lw=0, zorder=0)
    ax.axvline(view.level, color=style.INK, lw=1.0, ls=":", zorder=1)
    effects = sorted(rows["effect"].unique(), key=abs)
    for effect in effects:
        mine = rows[rows["effect"] == effect]
        at = y[list(mine["test"])].to_numpy()
        colour = style.ACCENT if effect == 0 else style.FAINT
        marker = "o" if effect == 0 else "D"
        face = np.where(mine["valid"].to_numpy() > 0.5, colour, "white")
        ax.scatter(
            mine["rate"], at, s=26 if effect == 0 else 18, c=face, edgecolors=colour,
            linewidths=1.1, marker=marker, zorder=3,
        )  # fmt: skip
    shocks = ", ".join(f"{100 * effect:g} %" for effect in effects if effect)
    power = f"; diamonds: power, shocks of {shocks} on day 0" if shocks else ""
    note = f"dots: size, no shock{power}; hollow: not valid here"
    style.panel(ax, "", "")
    ax.set_title("", loc="left")
    ax.annotate(
        f"{view.replications:,} placebo studies of {view.n_events} events on "
        f"{view.dates} dates; band: {view.level:.0%} ± two standard errors\n{note}",
        (0, 1), xycoords="axes fraction", xytext=(0, 6), textcoords="offset points",
        va="bottom", annotation_clip=False, **style.NOTE,
    )  # fmt: skip
    ax.set_yticks(np.arange(len(order)), order)
    ax.set_ylim(-0.7, len(order) - 0.3)
    ax.grid(axis="y", color=style.LINE, lw=0.5, zorder=0)
    high = max(float(rows["rate"].max()), view.level + error)
    ax.set_xlim(-0.01, min(high * 1.08 + 0.01, 1.03))
    ticks = [t for t in ax.get_xticks() if 0 <= t <= 1]
    ax.set_xticks(ticks, [f"{100 * t:g} %" for t in ticks])
    ax.set_xlabel("share of placebo studies in which the test rejects", **style.NOTE)
