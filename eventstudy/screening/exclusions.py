"""One reason a function: rows of a table that cannot be studied, and why in words."""

from __future__ import annotations

import bisect
from collections.abc import Mapping

import numpy as np

from eventstudy._reasons import sentence
from eventstudy._typing import IntArray
from eventstudy.alignment import Aligned
from eventstudy.core.abnormal import is_collinear
from eventstudy.design import Design
from eventstudy.engine import Source
from eventstudy.news.own_columns import OwnColumns
from eventstudy.screening.estimated import Estimated, without_return

NO_RETURN = "no valid return lies in the event window"
COLLINEAR = "model: regressors are combinations of each other"


def not_comparable(firm: IntArray, own: OwnColumns, aligned: Aligned) -> dict[int, str]:
    """Events whose own benchmark cannot be had, or is their firm itself."""
    found: dict[int, str] = {}
    for (number, choice), words in aligned.problems.items():
        rows = np.flatnonzero((firm == number) & (own.choice == choice))
        found |= dict.fromkeys(rows.tolist(), words)
    return found


def on_other_days(
    positions: IntArray, own: OwnColumns, aligned: Aligned, design: Design
) -> dict[int, str]:
    """Events whose market has other trading days in their windows than the study."""
    found: dict[int, str] = {}
    for choice, days in enumerate(aligned.differing):
        rows = np.flatnonzero((own.choice == choice) & (positions >= 0))
        if not days.size or not rows.size:
            continue
        start, _ = estimation_bounds(own, rows, design)
        # A return of the first day reaches back to the day before.
        begin = np.searchsorted(days, positions[rows] + start - 1)
        end = np.searchsorted(
            days, positions[rows] + _last_days(own, design)[rows], "right"
        )
        market = own.choices[choice].market or "market="
        for n in np.flatnonzero(end > begin):
            day = aligned.calendar[min(days[begin[n]], len(aligned.calendar) - 1)]
            found[int(rows[n])] = (
                f"market: {market} has other trading days than the study's calendar, "
                f"{end[n] - begin[n]} in the windows of this event, the first about "
                f"{day.date()}; study the events of each exchange by themselves"
            )
    return found


def outside_factors(
    positions: IntArray,
    own: OwnColumns,
    aligned: Aligned,
    design: Design,
    reasons: Mapping[int, str],
) -> dict[int, str]:
    """Events whose windows the factors do not cover."""
    if aligned.factor_frame is None:
        return {}
    covered = aligned.calendar.isin(aligned.factor_frame.index)
    known = np.flatnonzero(covered)
    last = len(aligned.calendar) - 1
    begin, _ = estimation_bounds(own, np.arange(positions.size), design)
    start = np.maximum(positions + begin, 0)
    end = np.minimum(positions + _last_days(own, design), last)
    bad = (
        np.ones(positions.size, bool)
        if not known.size
        else (start < known[0]) | (end > known[-1])
    )
    days = aligned.factor_frame.index
    words = f"factors: they cover {days[0].date()} to {days[-1].date()} only"
    return {int(row): words for row in np.flatnonzero(bad) if row not in reasons}


def estimation_bounds(
    own: OwnColumns, rows: IntArray, design: Design
) -> tuple[IntArray, IntArray]:
    """First and last relative estimation day of some events."""
    if own.estimation is None:
        start, end = design.estimation_window
        return np.full(rows.size, start), np.full(rows.size, end)
    return own.estimation[rows, 0], own.estimation[rows, 1]


def _last_days(own: OwnColumns, design: Design) -> IntArray:
    """Last relative day of each event window, (N,)."""
    if own.event is None:
        return np.full(own.choice.size, design.event_window.end)
    return own.event[:, 1]


def not_estimable(source: Source, design: Design, found: Estimated) -> dict[int, str]:
    """Events with too few days, regressors that cannot be told apart, or no return."""
    estimates, needed = found.estimates, design.min_estimation
    order, days = estimates.order, estimates.first.n_estimation
    flat = order[~np.isfinite(estimates.first.sigma)]
    words = dict.fromkeys(np.sort(flat).tolist(), sentence("zero_variance"))
    no_return = without_return(source, design, found)
    words |= dict.fromkeys(no_return.tolist(), NO_RETURN)
    collinear = order[is_collinear(estimates.condition)]
    words |= dict.fromkeys(np.sort(collinear).tolist(), COLLINEAR)
    for at in np.flatnonzero(days < needed):
        said = f"{days[at]} valid estimation days, needs {needed}"
        words[int(order[at])] = said
    return words


def later_ones(source: Source, rows: IntArray, design: Design) -> dict[int, str]:
    """Events whose window shares days with that of an earlier one that stays."""
    events = source.events
    first, last = events.around(design.event_window)
    found: dict[int, str] = {}
    firm, starts, kept = -1, list[int](), list[int]()
    for row in rows[np.lexsort((rows, events.day0[rows], events.firm[rows]))].tolist():
        if events.firm[row] != firm:
            firm, starts, kept = events.firm[row], [], []
        # Those kept share no day: only the neighbours can share one with this.
        at = bisect.bisect_right(starts, first[row])
        beside = kept[max(at - 1, 0) : at + 1]
        shares = [k for k in beside if first[k] <= last[row] and first[row] <= last[k]]
        if shares:
            found[row] = (
                f"overlaps: its event window shares days with that of "
                f"{source.ids[shares[0]]}, which comes first"
            )
        else:
            starts.insert(at, int(first[row]))
            kept.insert(at, row)
    return found
