"""Events whose firm has no price to the end of the event window."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eventstudy._typing import BoolArray, IntArray
from eventstudy.alignment import Aligned
from eventstudy.design import Design
from eventstudy.engine import Events, Source
from eventstudy.errors import InsufficientDataError
from eventstudy.prices.delisting import NAME

NAMED = 4


def ends_early(events: Events, aligned: Aligned, design: Design) -> BoolArray:
    """Whether the last return of the firm comes before the window's last day, (N,)."""
    last = _last(events, aligned)
    _, end = events.around(design.event_window)
    return np.asarray(last < np.minimum(end, len(aligned.calendar) - 1))


def ending_notes(source: Source, aligned: Aligned, design: Design) -> tuple[str, ...]:
    """Say which firms' prices end in the event window, with nothing known of after.

    Parameters
    ----------
    source : Source
        The events used.
    aligned : Aligned
    design : Design

    Returns
    -------
    tuple of str
        One sentence at most.
    """
    events = source.events
    known = np.array(aligned.delisted, bool)[events.firm]
    rows = np.flatnonzero(ends_early(events, aligned, design) & ~known)
    if not rows.size:
        return ()
    last = _last(events, aligned)[rows]
    said = [
        f"{source.ids[row]}: {aligned.calendar[end].date()}, day {end - day:+d}"
        for row, end, day in zip(
            rows[:NAMED].tolist(), last, events.day0[rows], strict=False
        )
    ]
    more = f" and {rows.size - NAMED} more" if rows.size > NAMED else ""
    what = "prices of the firm end" if len(source.ids) == 1 else "prices of firms end"
    words = (
        f"The {what} in the event window ({'; '.join(said)}{more}): what holders lost "
        f"or received at the end is not in these numbers. If the firm was delisted, "
        f"pass {NAME}=."
    )
    return (words,)


def dropped(events: Events, aligned: Aligned, design: Design) -> dict[int, str]:
    """Events to leave out because their firm was delisted (proceeds="drop")."""
    if design.proceeds != "drop":
        return {}
    rows = np.flatnonzero(ends_early(events, aligned, design))
    days = aligned.calendar[_last(events, aligned)[rows]]
    return {
        int(row): (
            f"the last price or delisting return of the firm is of {day.date()}, "
            "before the end of the event window (proceeds='drop')"
        )
        for row, day in zip(rows, days, strict=True)
    }


def require_to_the_end(source: Source, aligned: Aligned, design: Design) -> None:
    """Refuse a single event that would be dropped.

    Raises
    ------
    InsufficientDataError
    """
    for words in dropped(source.events, aligned, design).values():
        raise InsufficientDataError(
            "proceeds", "drop", words.removesuffix(" (proceeds='drop')"),
            "Use proceeds='benchmark' or 'cash', or a shorter event_window=.",
        )  # fmt: skip


def _last(events: Events, aligned: Aligned) -> IntArray:
    """Position of the last return of each event's firm, (N,)."""
    listed: Sequence[tuple[int, int]] = aligned.listed
    return np.asarray(np.array(listed, int).reshape(-1, 2)[events.firm, 1])
