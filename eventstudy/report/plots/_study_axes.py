"""Axes of the figures of a study: days along, per cent along, rows downwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.report._base import Designed
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.formats import percent, relative_day
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._axes import CHARACTER, MOST_SINGLE_DAYS, STEPS, day_marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DAY_LABEL = 30.0  # points that a tick needs
PERCENT_LABEL = 52.0
FAR = 0.3  # of the inner span: what lies further out does not set the limits
DAYS = "Trading days from the event"


def day_axis(ax: Axes, view: Designed, characters: int = 9) -> None:
    """Trading days on the x axis, room for a label at the right."""
    first, last = view.design.event_window
    width = style.width_of(ax)
    room = min(characters * CHARACTER, 0.3 * width)
    days = last - first + 2.5
    ax.set_xlim(first - 1.6, last + 0.9 + days * room / (width - room))
    ax.spines["bottom"].set_bounds(first - 1.5, last + 0.5)
    label_days(ax, first, last, (width - room) / days)
    if last - first < MOST_SINGLE_DAYS:
        day_marks(ax, first, last)
    ax.set_xlabel(DAYS, loc="left", labelpad=5, **style.NOTE)


def label_days(ax: Axes, first: int, last: int, points: float) -> None:
    """Day numbers so far apart that no two meet; ``points`` is the width of a day."""
    step = next((s for s in STEPS if s * points >= DAY_LABEL), STEPS[-1])
    days = [day for day in range(first, last + 1) if day % step == 0] or [first]
    ax.set_xticks(days, [relative_day(day) for day in days])
    ax.minorticks_off()
    ax.tick_params(axis="x", which="major", length=4, width=0.8, pad=3)
    dress(ax.get_xticklabels())
    for day, label in zip(days, ax.get_xticklabels(), strict=True):
        if day == 0:
            label.set(fontweight="bold", color=style.INK)


def dress(labels: Sequence[object]) -> None:
    """Give tick labels our font, whatever the user's settings say."""
    from matplotlib.text import Text

    for label in labels:
        if isinstance(label, Text):
            label.set(
                fontfamily=style.FAMILY, fontsize=style.TICK["size"],
                color=style.MUTED, fontweight="normal",
            )  # fmt: skip


def percent_axis(
    ax: Axes, low: float, high: float, left: float = 0.0, right: float = 0.0
) -> None:
    """Per cent on the x axis between two margins, given in points.

    Rules stand at the ticks, no further than the data may go.
    """
    span_axis(ax, low, high, left, right)
    width = style.width_of(ax) - left - right
    step = nice_step((high - low) / max(width / PERCENT_LABEL, 1.0))
    ticks = np.arange(math.ceil(low / step - 1e-9), high / step + 1e-9) * step
    digits = max(-math.floor(math.log10(step) + 1e-9) - 2, 0)
    ax.set_xticks(ticks, [percent(float(tick), digits) for tick in ticks])
    dress_row_axis(ax, low, high, ticks)


def span_axis(ax: Axes, low: float, high: float, left: float, right: float) -> None:
    """Set x limits so that low to high leave so many points free on both sides."""
    width = style.width_of(ax)
    unit = (high - low) / max(width - left - right, 0.2 * width)
    ax.set_xlim(low - left * unit, high + right * unit)


def dress_row_axis(ax: Axes, low: float, high: float, ticks: FloatArray) -> None:
    """Marks, font and upright rules of an x axis that holds values."""
    ax.minorticks_off()
    ax.tick_params(axis="x", which="major", length=4, width=0.8, pad=3)
    dress(ax.get_xticklabels())
    ax.spines["bottom"].set_bounds(low, high)
    ax.vlines(
        ticks, 0.0, 1.0, transform=ax.get_xaxis_transform(), color=style.LINE,
        linewidth=0.6, linestyle="-", zorder=0.5, label="rules",
    )  # fmt: skip


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20 ... that is not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power >= least * 0.999))


def round_step(wanted: float) -> float:
    """The one of 1, 2, 5, 10, 20 ... that is nearest to ``wanted``, in ratio."""
    power = 10.0 ** math.floor(math.log10(wanted))
    steps = [m * power for m in (1, 2, 5, 10)]
    return float(min(steps, key=lambda step: abs(math.log(step / wanted))))


def count_ticks(ax: Axes, most: int) -> None:
    """A few whole numbers on the y axis."""
    step = max(int(nice_step(max(most / 3.0, 1.0))), 1)
    ticks = list(range(0, most + 1, step))
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    dress(ax.get_yticklabels())


def robust_ends(values: FloatArray, share: float, fewest: int) -> tuple[float, float]:
    """Ends that hold all values, or all but the outermost where those lie far out.

    Parameters
    ----------
    values : ndarray
        Finite ones.
    share : float
        On each side, may lie beyond.
    fewest : int
        With fewer values the ends hold them all.
    """
    low, high = float(values.min()), float(values.max())
    if values.size < fewest:
        return low, high
    inner_low, inner_high = np.quantile(values, [share, 1.0 - share])
    room = FAR * (inner_high - inner_low)
    return (
        low if low >= inner_low - room else float(inner_low),
        high if high <= inner_high + room else float(inner_high),
    )


def neighbours(values: FloatArray, most: int) -> tuple[FloatArray, int]:
    """Means of equally many neighbouring rows, so that no more than ``most`` remain.

    Returns
    -------
    means : ndarray of shape (<= most, K)
        NaN where all of a group are.
    size : int
        Rows in a group; 1 where nothing had to be done.  The last may hold fewer.
    """
    size = max(math.ceil(len(values) / most), 1)
    if size == 1:
        return values, 1
    starts = np.arange(0, len(values), size)
    known = np.isfinite(values)
    count = np.add.reduceat(known.astype(float), starts)
    total = np.add.reduceat(np.where(known, values, 0.0), starts)
    return np.where(count > 0, total / np.maximum(count, 1.0), np.nan), size


def no_events(ax: Axes, view: Snapshot, title: str) -> bool:
    """Say so where no event has a return in the headline window."""
    if len(view.car):
        return False
    style.panel(ax, title, "")
    ax.set_xticks([])
    ax.spines[:].set_visible(False)
    style.message(ax, "No event has an abnormal return in this window.")
    return True
