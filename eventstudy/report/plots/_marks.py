"""What is drawn for days: bands, lone points, and words where there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._reasons import sentence
from eventstudy._typing import FloatArray, IntArray
from eventstudy.report._base import EventView
from eventstudy.report._words import headline_effect
from eventstudy.report.plots import _style as style

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def columns_band(
    ax: Axes, days: IntArray, low: FloatArray, high: FloatArray, name: str
) -> None:
    """Shade a column a day between two ends: days without a value stay gaps."""
    edges = np.repeat(days.astype(float), 2) + np.tile([-0.5, 0.5], days.size)
    low, high = np.repeat(low, 2), np.repeat(high, 2)
    ax.fill_between(
        edges, low, high, where=np.isfinite(low), color=style.BAND, linewidth=0,
        zorder=1.0, label=name,
    )  # fmt: skip


def path_band(
    ax: Axes, days: IntArray, low: FloatArray, high: FloatArray, name: str
) -> None:
    """Shade between two paths; a day between two gaps becomes a column."""
    lone = isolated(pd.Series(low)).to_numpy()
    ax.fill_between(
        days.astype(float), low, high, where=np.isfinite(low) & ~lone, color=style.BAND,
        linewidth=0, zorder=1.0, label=name,
    )  # fmt: skip
    if lone.any():
        columns_band(ax, days[lone], low[lone], high[lone], f"{name}, lone days")


def lone_points(ax: Axes, values: pd.Series, color: str) -> None:
    """Mark values between two gaps, which a line would not show."""
    lone = values[isolated(values)]
    if len(lone):
        ax.plot(
            lone.index.to_numpy(), lone, color=color, linestyle="", marker="o",
            markersize=4.0, zorder=4, label="lone day",
        )  # fmt: skip


def last_valid(values: pd.Series) -> tuple[float, float] | None:
    """Day and value of the last value that exists."""
    kept = values.dropna()
    return (float(kept.index[-1]), float(kept.iloc[-1])) if len(kept) else None


def isolated(values: pd.Series) -> pd.Series:
    """Which values exist while neither neighbour does: a line would not show them."""
    known = values.notna()
    return (
        known & ~known.shift(1, fill_value=False) & ~known.shift(-1, fill_value=False)
    )


def gaps(values: pd.Series) -> str:
    """How many days have no value, for the note of a panel."""
    missing = int(values.isna().sum())
    if missing in (0, len(values)):
        return ""
    return f"; {missing} day{'s' if missing > 1 else ''} without a return"


def why_empty(view: EventView) -> str:
    """Why there is no abnormal return to draw."""
    reason = sentence(headline_effect(view).reason or "no_abnormal_return")
    return f"No abnormal return to show: {reason}."
