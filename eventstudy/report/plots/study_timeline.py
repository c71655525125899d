"""Every event at its date: how large its move was, which way, and how unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.report import _study_words as words
from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _study_calendar as calendar
from eventstudy.report.plots import _study_places as places
from eventstudy.report.plots import _study_rows as rows
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._study_base import register_study
from eventstudy.report.plots._timeline_marks import Marks, marks_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OVERLAP = "windows overlap"
ROW, TALLEST = 38.0, 330.0  # points of a row; of all of them
STRIP, HEAD = 17.0, 13.0  # points of the row of overlaps, and over the numbers
LARGEST, SMALLEST = 24.0, 3.2  # points of the side of a triangle
FULL = 0.5  # share of a row that its marks may take
REFERENCE, FEWEST = 0.995, 200  # of many events, the largest few are drawn alike
NAMED, NAMED_NARROW = 7, 4
SLACK = 3.0  # points that a name may reach over the edge of its row
AIR = 1.05  # of the width of a name: letters are set on whole pixels
LONGEST, LONGEST_NARROW = 32, 17  # letters of a name
CROWD = 300  # from where on pictures stand for marks, so that files stay small


def height(view: Snapshot) -> float:
    """Height of the figure in inches."""
    marks = marks_of(view)
    pitch = _pitch(marks) if len(marks.kinds) else ROW
    strip = STRIP if marks.overlaps.any() else 0.0
    inside = max(len(marks.kinds), 1) * pitch + HEAD + strip
    return 2.25 + inside / style.POINTS


def _pitch(marks: Marks) -> float:
    """Points of a row: taller where many events share it."""
    wanted = ROW + 0.4 * float(marks.count().max())
    return max(min(wanted, TALLEST / len(marks.kinds)), ROW)


@register_study("timeline", height=height, left=rows.LEFT)
def timeline(view: Snapshot, ax: Axes) -> Axes:
    """Draw a triangle an event at its date, a row a kind of event.

    Kinds are the values of the caller's column ``category``; without one, the firms
    where they are few.  Dark ones are unusual at the level of the study after Holm's
    adjustment for the number of events.

    Parameters
    ----------
    view : Snapshot
    ax : Axes

    Returns
    -------
    Axes
        The same; the x axis counts days, rows go downwards.
    """
    title = words.car_name(view)
    if study_axes.no_events(ax, view, title):
        return ax
    marks, narrow = marks_of(view), style.is_narrow(ax)
    style.panel(ax, title, "", _note(view, marks))
    ax.set_yticks([])
    side = _sides(marks, ax)
    names = [*marks.kinds, OVERLAP] if marks.overlaps.any() else marks.kinds
    left = rows.name_room(ax, names)
    right = 10.0 if narrow else rows.RIGHT
    day = calendar.date_axis(ax, marks.days, left, right, float(side.max()) / 2.0 + 2.0)
    point = _rows(ax, marks)
    x = (marks.days - ax.get_xlim()[0]) * day
    ax.set_xlabel("Day 0 of each event", loc="left", labelpad=5, **style.NOTE)
    y = marks.row + _offsets(marks, x, side, 0.5 / point) * point
    _triangles(ax, marks, y, side)
    _numbers(ax, marks)
    _overlaps(ax, marks)
    _names(ax, marks, np.column_stack([x, y / point, side]))
    return ax


def _note(view: Snapshot, marks: Marks) -> str:
    level = formats.level(1.0 - view.design.confidence)
    many = f"{len(marks.value):,} events" if len(marks.value) > 1 else "one event"
    silent = len(view) - len(marks.value)
    more = f"; {silent:,} without a return" if silent else ""
    largest = formats.percent(float(np.abs(marks.value).max()), 0)
    return (
        f"area: size, at most {largest}; dark: unusual at {level} among {many} "
        f"(Holm){more}"
    )


def _sides(marks: Marks, ax: Axes) -> FloatArray:
    """Sides of the triangles, points: areas as the moves, all within their rows."""
    size = np.abs(marks.value)
    many = size.size >= FEWEST
    most = float(np.quantile(size, REFERENCE) if many else size.max()) or 1.0
    share = np.minimum(size / most, 1.0)
    fullest = float(np.bincount(marks.row, share).max())
    pitch = _row_height(ax, marks)
    room = FULL * pitch * 0.7 * style.width_of(ax)
    largest = min(LARGEST, 0.8 * pitch, float(np.sqrt(room / max(fullest, 1e-9))))
    return np.asarray(
        np.maximum(np.sqrt(share) * largest, min(SMALLEST, 0.4 * largest))
    )


def _row_height(ax: Axes, marks: Marks) -> float:
    """Points of a row in these axes."""
    strip = STRIP if marks.overlaps.any() else 0.0
    return max((style.height_of(ax) - HEAD - strip) / len(marks.kinds), 6.0)


def _rows(ax: Axes, marks: Marks) -> float:
    """Set rows from 0 downwards with their names; returns the rows in a point."""
    point = 1.0 / _row_height(ax, marks)
    last = len(marks.kinds) - 0.5 + (STRIP * point if marks.overlaps.any() else 0.0)
    ax.set_ylim(last, -0.5 - HEAD * point)
    ends = ax.spines["bottom"].get_bounds()
    ax.hlines(
        np.arange(len(marks.kinds)), *ends, color=style.LINE, linewidth=0.8,
        linestyle="-", zorder=1.0, label="rows",
    )  # fmt: skip
    for y, name in enumerate(marks.kinds):
        rows.name(ax, float(y), name, style.INK)
    return point


def _offsets(marks: Marks, x: FloatArray, side: FloatArray, half: float) -> FloatArray:
    found = np.zeros(x.size)
    for row in range(len(marks.kinds)):
        inside = np.flatnonzero(marks.row == row)
        found[inside] = places.stacked(x[inside], side[inside], half)
    return found


def _triangles(ax: Axes, marks: Marks, y: FloatArray, side: FloatArray) -> None:
    """Four groups: rises and falls, unusual and not; the unusual above."""
    rise = marks.value >= 0.0
    thin = 0.4 if side.size > CROWD else 0.8
    for dark, up in ((False, True), (False, False), (True, True), (True, False)):
        chosen = (marks.unusual == dark) & (rise == up)
        look: dict[str, Any] = (
            {"facecolor": style.ACCENT, "edgecolor": "white", "zorder": 4.0}
            if dark
            else {"facecolor": style.LINE, "edgecolor": style.MUTED, "zorder": 3.0}
        )
        ax.scatter(
            marks.days[chosen], y[chosen], side[chosen] ** 2, marker="^" if up else "v",
            linewidths=thin, clip_on=False, rasterized=side.size > CROWD,
            label=f"{'unusual' if dark else 'usual'} {'rise' if up else 'fall'}",
            **look,
        )  # fmt: skip


def _numbers(ax: Axes, marks: Marks) -> None:
    """How many of each row are unusual."""
    top = ax.get_ylim()[1] + 0.5
    rows.number(ax, -0.5 + 0.5 * top, "unusual", style.MUTED)
    found = zip(marks.count(marks.unusual), marks.count(), strict=True)
    for y, (dark, all_) in enumerate(found):
        color = style.ACCENT if dark else style.MUTED
        rows.number(ax, float(y), f"{dark:,} of {all_:,}", color)


def _overlaps(ax: Axes, marks: Marks) -> None:
    """A tick an event whose event window shares days with another of its firm."""
    if not marks.overlaps.any():
        return
    low = len(marks.kinds) - 0.5
    high = ax.get_ylim()[0]
    ends = low + 0.25 * (high - low), high - 0.2 * (high - low)
    ax.vlines(
        marks.days[marks.overlaps], *ends, color=style.MUTED, linewidth=1.0,
        linestyle="-", zorder=3.0, label="overlaps",
    )  # fmt: skip
    middle = sum(ends) / 2.0
    rows.name(ax, middle, OVERLAP, style.MUTED)
    number = f"{int(marks.overlaps.sum()):,} of {marks.days.size:,}"
    rows.number(ax, middle, number, style.MUTED)


def _names(ax: Axes, marks: Marks, placed: FloatArray) -> None:
    """Name the largest moves where there is room; ``placed`` as in ``free_place``."""
    names: list[places.Place] = []
    most = NAMED_NARROW if style.is_narrow(ax) else NAMED
    for i in np.argsort(-np.abs(marks.value), kind="stable")[: 3 * NAMED]:
        text = _name(marks, int(i), style.is_narrow(ax))
        x, y, side = (float(number) for number in placed[i])
        tried = places.around(x, y, side, AIR * rows.text_width(text))
        frame = _frame(ax, marks, int(marks.row[i]))
        place = places.free_place(tried, frame, names, placed, marks.unusual)
        if place is not None and len(names) < most:
            names.append(place)
            _write(ax, marks, place, text, bool(marks.unusual[i]))


def _frame(ax: Axes, marks: Marks, row: int) -> places.Box:
    """The part of the axes in which names of a row may stand, points."""
    pitch = _row_height(ax, marks)
    top, bottom = (row - 0.5) * pitch - SLACK, (row + 0.5) * pitch + SLACK
    left, right = ax.spines["bottom"].get_bounds()
    across = (np.array([left, right]) - ax.get_xlim()[0]) * _day(ax)
    return places.Box(
        across[0], top - (0.0 if row else HEAD - SLACK), across[1], bottom
    )


def _day(ax: Axes) -> float:
    """Points of a day."""
    first, last = ax.get_xlim()
    return style.width_of(ax) / (last - first)


def _name(marks: Marks, i: int, narrow: bool) -> str:
    said = formats.shortened(marks.said[i], LONGEST_NARROW if narrow else LONGEST)
    return said if narrow else f"{said} {formats.percent(marks.value[i], 0)}"


def _write(ax: Axes, marks: Marks, place: places.Place, text: str, dark: bool) -> None:
    """A name, and the line to its mark where it stands off."""
    box, pitch, day = place.name, _row_height(ax, marks), _day(ax)
    start = ax.get_xlim()[0]
    color = style.INK if dark else style.MUTED
    if place.leader is not None:
        line = place.leader
        ax.vlines(
            start + (line.left + line.right) / 2.0 / day, line.top / pitch,
            line.bottom / pitch, color=color, linewidth=0.7, linestyle="-", zorder=5,
            label="leader",
        )  # fmt: skip
    x, y = (box.left + box.right) / 2.0, (box.top + box.bottom) / 2.0
    font: dict[str, Any] = {**rows.FONT, "color": color, "ha": "center"}
    shown = ax.text(start + x / day, y / pitch, text, va="center", zorder=6, **font)
    style.halo(shown)
