"""Correlation between events that share calendar days (methods 4.7, 4.7b)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.correlation import DateSums, mean_correlation
from eventstudy.core.loose_events import LooseEvents, LooseRows, LooseSums
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer


class CommonDates:
    """Sums of standardised residuals by event date and estimation day.

    Events that cover every day of every window share one sum a date among all
    windows; the others are ``LooseEvents``.
    """

    key = "common_dates"

    def start(self, first: FirstPass) -> State:
        """Zeros: (D, M) for what has days, (D,) for numbers."""
        m = first.estimation_window[1] - first.estimation_window[0] + 1
        n_dates = first.dates.size
        rows = [
            _length(first, w) if short else 1 for w, short in enumerate(_short(first))
        ]
        loose = first.member.any(axis=0) & ~_whole(first)
        loose_dates = np.unique(first.date[loose]).size
        return {
            "known": np.zeros((n_dates, m), np.int32),
            "scores": np.zeros((n_dates, m)),
            "deviations": np.zeros((n_dates, m)),
            "number": np.zeros(n_dates, int),
            "squares": np.zeros(n_dates),
            "variance": np.zeros(n_dates),
            # Their sums by date take as much room as twice so many events.
            "loose": LooseEvents(
                _columns(first), _short(first), 2 * sum(rows) * loose_dates
            ),
        }

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Standardise the residuals of the members, and add them to their dates."""
        used = first.member[:, leaf.index].any(axis=0)
        whole = _whole(first, leaf.index)[used]
        date = first.date[leaf.index][used]
        scores, known, scale = _standardised(leaf, used)
        if not whole.all():
            covered = _covered(leaf, first)[used]
            every = LooseRows(date, covered, known, scores, scale)
            state["loose"].add(LooseRows(*(part[~whole] for part in every)))
            date, scores, known = date[whole], scores[whole], known[whole]
            scale = scale[whole]
        variance = scale**2
        _add_by_date(
            state, date, known=known, scores=scores,
            deviations=scores * scale[:, None], number=np.ones(date.size, int),
            squares=variance * known.sum(axis=1), variance=variance,
        )  # fmt: skip

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Per window the fields of ``MeanCorrelation``."""
        loose = dict(state["loose"].by_date())
        return [
            asdict(
                mean_correlation(
                    _dates(state, first, w, loose), _length(first, w), first.min_overlap
                )
            )
            for w in range(len(first.windows))
        ]


def _length(first: FirstPass, window: int) -> int:
    start, end = first.windows[window]
    return end - start + 1


def _columns(first: FirstPass) -> tuple[slice, ...]:
    """Columns of each window where all windows stand side by side."""
    ends = np.cumsum([_length(first, w) for w in range(len(first.windows))])
    return tuple(
        slice(int(end) - _length(first, w), int(end)) for w, end in enumerate(ends)
    )


def _lacks(first: FirstPass, index: IntArray | slice) -> BoolArray:
    """Members that do not cover all days of a window, (W, E)."""
    days = np.array([[_length(first, w)] for w in range(len(first.windows))])
    return np.asarray(first.member[:, index] & (first.length[:, index] != days))


def _short(first: FirstPass) -> tuple[bool, ...]:
    """Windows in which some member lacks a day."""
    return tuple(bool(short) for short in _lacks(first, slice(None)).any(axis=1))


def _whole(first: FirstPass, index: IntArray | slice = slice(None)) -> BoolArray:
    """Events that are members of every window with all its days, (E,)."""
    everywhere = first.member[:, index].all(axis=0)
    return np.asarray(everywhere & ~_lacks(first, index).any(axis=0))


def _standardised(
    leaf: Leaf, used: BoolArray
) -> tuple[FloatArray, BoolArray, FloatArray]:
    """Scores (E, M), 0 = none; where there are some; their event's scale (E,)."""
    errors, spans = leaf.residuals[used], leaf.residual_spans[used]
    if (spans > 1).any():
        errors = errors / np.sqrt(np.maximum(spans, 1.0))
    known = np.isfinite(errors)
    number = known.sum(axis=1)
    if not known.all():
        errors = np.where(known, errors, 0.0)
    deviations = errors - (errors.sum(axis=1) / number)[:, None]
    deviations *= known
    scale = np.sqrt(np.einsum("em,em->e", deviations, deviations) / number)
    deviations /= scale[:, None]
    return deviations, known, scale


def _covered(leaf: Leaf, first: FirstPass) -> BoolArray:
    """Days of each member's windows that an abnormal return covers, (E, sum of L)."""
    parts = []
    for w in range(len(first.windows)):
        spans = leaf.spans[:, first.columns(w)]
        inside = (spans > 0) & (spans <= np.arange(1, spans.shape[1] + 1))
        inside &= first.member[w, leaf.index, None]
        covered = inside.copy()
        for lag in range(1, int(spans.max(initial=0.0, where=inside))):
            covered[:, :-lag] |= (inside & (spans > lag))[:, lag:]
        parts.append(covered)
    return np.concatenate(parts, axis=1)


def _add_by_date(state: State, date: IntArray, **values: Any) -> None:
    """Add rows to those of their dates; equal dates are summed up first."""
    order = np.argsort(date, kind="stable")
    dates, starts = np.unique(date[order], return_index=True)
    for name, value in values.items():
        total = state[name]
        if dates.size == date.size:
            total[date] += value
        else:
            total[dates] += np.add.reduceat(
                value[order], starts, axis=0, dtype=total.dtype
            )


def _dates(
    state: State, first: FirstPass, window: int, loose: Mapping[int, LooseRows]
) -> Iterator[DateSums]:
    """All dates of a window in the order of time."""
    events: LooseEvents = state["loose"]
    by_day, length = events.by_day[window], _length(first, window)
    for date, day in enumerate(first.dates):
        sums = _whole_sums(state, date, length, by_day=by_day)
        if (folded := events.folded.get((window, date))) is not None:
            sums += folded
        if date in loose:
            kept = LooseSums.of(loose[date], events.columns[window], by_day=by_day)
            if kept is not None:
                sums += kept
        # Without rows by day a window's L equal rows are written as one.
        factor = 1.0 if by_day else np.sqrt(length)
        yield DateSums(
            int(day), sums.number, sums.known, sums.scores, factor * sums.deviations,
            sums.own, sums.variance,
        )  # fmt: skip


def _whole_sums(state: State, date: int, length: int, *, by_day: bool) -> LooseSums:
    """What the whole events of a date bring, in arrays of their own."""
    rows = length if by_day else 1
    root = np.sqrt(length) if by_day else 1.0
    m = state["scores"].shape[1]
    scores, deviations = np.empty((rows, m)), np.empty((rows, m))
    scores[:] = state["scores"][date] / root
    deviations[:] = state["deviations"][date]
    return LooseSums(
        number=int(state["number"][date]),
        known=state["known"][date].astype(float),
        scores=scores,
        deviations=deviations,
        own=length * float(state["squares"][date]),
        variance=length * float(state["variance"][date]),
    )


register_reducer(CommonDates())
