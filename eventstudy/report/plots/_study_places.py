"""Where marks and names of a crowded chart stand, so that they do not meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray

STEP = 1.5  # points between two heights that are tried
TOUCH = 0.48  # of two marks' sides together: they touch at this distance
GAP = 2.0  # points between a mark and its name
LINE = 10.5  # points of a line of text
SHIFTS = (0.0, 0.35, -0.35, 0.5, -0.5)  # of the width of a name
LINES = 14  # that a name may stand off
MOST_HIDDEN = 2.0  # square points of a mark that a name may cover


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points from the left and downwards.

    Parameters
    ----------
    left, top, right, bottom : float
    """

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two have an area in common."""
        return (
            min(self.right, other.right) > max(self.left, other.left)
            and min(self.bottom, other.bottom) > max(self.top, other.top)
        )  # fmt: skip

    def inside(self, other: Box) -> bool:
        """Whether it lies within another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where the name of a mark may stand.

    Parameters
    ----------
    name : Box
    leader : Box or None
        A thin one from the mark to a name that stands off; None beside the mark.
    """

    name: Box
    leader: Box | None = None

    def clear_of(self, other: Place) -> bool:
        """Whether neither name nor leader meets those of another."""
        ours = [box for box in (self.name, self.leader) if box]
        theirs = [box for box in (other.name, other.leader) if box]
        return not any(a.meets(b) for a in ours for b in theirs)


def stacked(x: FloatArray, side: FloatArray, half: float) -> FloatArray:
    """How far each mark of a row moves up or down so that no two meet.

    The largest are placed first and stay in the middle.  Where all heights are taken a
    mark goes where it is covered least.

    Parameters
    ----------
    x, side : ndarray of shape (n,)
        Places and sides of the marks, points.
    half : float
        Half the height of the row, points.

    Returns
    -------
    ndarray of shape (n,)
    """
    offset = np.zeros(x.size)
    order = np.argsort(-side, kind="stable")
    for number, i in enumerate(order):
        before = order[:number]
        reach = TOUCH * (side[i] + side[before])
        across = np.abs(x[before] - x[i])
        near = across < reach
        if near.any():
            tried = _heights(half - side[i] / 2.0)
            apart = np.hypot(
                across[near][:, None], offset[before[near]][:, None] - tried
            )
            room = (apart - reach[near][:, None]).min(axis=0)
            offset[i] = tried[_first_or_best(room)]
    return offset


def _heights(most: float) -> FloatArray:
    """Heights to try, those next to the middle first."""
    steps = np.arange(1, max(int(most / STEP), 0) + 1) * STEP
    return np.concatenate([[0.0], np.column_stack([steps, -steps]).ravel()])


def _first_or_best(room: FloatArray) -> int:
    free = np.flatnonzero(room >= 0.0)
    return int(free[0] if free.size else room.argmax())


def around(x: float, y: float, side: float, width: float) -> Iterator[Place]:
    """Where a name may stand: beside its mark, over it, under it; then further off."""
    beside = side / 2.0 + GAP + width / 2.0
    for across in (beside, -beside):
        yield Place(_line(x + across, y, width))
    edge = side / 2.0
    for shift in SHIFTS:
        for way in (-1.0, 1.0):
            at = y + way * (edge + GAP / 2.0 + LINE / 2.0)
            yield Place(_line(x + shift * width, at, width))
    for lines in range(1, LINES):
        for shift in SHIFTS[:3]:
            for way in (-1.0, 1.0):
                near = y + way * edge
                far = near + way * lines * LINE
                leader = Box(x - 0.5, min(near, far), x + 0.5, max(near, far))
                name = _line(x + shift * width, far + way * LINE / 2.0, width)
                yield Place(name, leader)


def _line(x: float, y: float, width: float) -> Box:
    """A line of text around its middle."""
    half = LINE / 2.0
    return Box(x - width / 2.0, y - half, x + width / 2.0, y + half)


def free_place(
    tried: Iterator[Place], frame: Box, names: Sequence[Place], marks: FloatArray,
    unusual: BoolArray,
) -> Place | None:  # fmt: skip
    """The first place that hides hardly a mark, no unusual one, and meets no name.

    Parameters
    ----------
    tried : iterator of Place
        The best first.
    frame : Box
        All names lie within.
    names : sequence of Place
        That stand already.
    marks : ndarray of shape (n, 3)
        Place along, height, side; points.
    unusual : ndarray of shape (n,)

    Returns
    -------
    Place or None
        None where there is no such place.
    """
    for place in tried:
        box = place.name
        if not box.inside(frame) or not all(map(place.clear_of, names)):
            continue
        hidden = _hidden(box, marks)
        if not hidden[unusual].any() and hidden.max() <= MOST_HIDDEN:
            return place
    return None


def _hidden(box: Box, marks: FloatArray) -> FloatArray:
    """How much of a box the square around each mark takes, (n,)."""
    x, y, side = marks.T
    width = np.minimum(box.right, x + side / 2) - np.maximum(box.left, x - side / 2)
    height = np.minimum(box.bottom, y + side / 2) - np.maximum(box.top, y - side / 2)
    return np.asarray(np.clip(width, 0.0, None) * np.clip(height, 0.0, None))
