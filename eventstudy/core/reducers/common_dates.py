"""Correlation between events that share calendar days (methods 4.7, 4.7b)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.correlation import DateSums, mean_correlation
from eventstudy.core.group_sums import add_by_group
from eventstudy.core.loose_events import LooseEvents, LooseRows
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
            "missing": np.zeros((n_dates, m), np.int32),
            "sums": np.zeros((n_dates, 2 * m + 3)),
            # Their sums by date take as much room as twice so many events.
            "loose": LooseEvents(
                _columns(first), _short(first), 2 * sum(rows) * loose_dates
            ),
        }

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Standardise the residuals of the members, and add them to their dates."""
        used = np.flatnonzero(first.member[:, leaf.index].any(axis=0))
        rows = _standardised(leaf, used, first.date[leaf.index])
        whole = _whole(first, leaf.index)[used]
        if not whole.all():
            covered = _covered(leaf, first)[used]
            scores = _named(rows.sums)["scores"]
            every = LooseRows(rows.date, covered, rows.known, scores, rows.scale)
            state["loose"].add(every.part(~whole))
        # Few residuals are missing as a rule, and soon counted.
        missing = np.flatnonzero(whole[:, None] & ~rows.known)
        event, column = np.divmod(missing, rows.known.shape[1])
        np.add.at(state["missing"], (rows.date[event], column), 1)
        add_by_group([(state["sums"], rows.sums)], rows.date, np.flatnonzero(whole))

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Per window the fields of ``MeanCorrelation``."""
        kept = dict(state["loose"].by_date())
        tables = (_table(state, first, w, kept) for w in range(len(first.windows)))
        return [asdict(mean_correlation(sums, first.min_overlap)) for sums in tables]


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
    lacks = first.length[:, index] != days
    if first.straddling:
        # Days before the window make up for none in it.
        lacks |= first.n_rows[:, index] != days
    return np.asarray(first.member[:, index] & lacks)


def _short(first: FirstPass) -> tuple[bool, ...]:
    """Windows in which some member lacks a day."""
    return tuple(bool(short) for short in np.any(_lacks(first, slice(None)), axis=1))


def _whole(first: FirstPass, index: IntArray | slice = slice(None)) -> BoolArray:
    """Events that are members of every window with all its days, (E,)."""
    everywhere = first.member[:, index].all(axis=0)
    return np.asarray(everywhere & ~_lacks(first, index).any(axis=0))


class _Rows(NamedTuple):
    """Residuals of the members of a leaf: what is summed; ``scale`` (E,): their sd."""

    date: IntArray
    known: BoolArray
    scale: FloatArray
    sums: FloatArray


def _standardised(leaf: Leaf, used: IntArray, date: IntArray) -> _Rows:
    """Residuals on one-day scale less their mean, and over their standard deviation."""
    known, errors, spans = leaf.known, leaf.errors, leaf.residual_spans
    if used.size < date.size:
        known, errors, spans = known[used], errors[used], spans[used]
        date = date[used]
    if not leaf.whole_days:
        errors = errors / np.sqrt(np.maximum(spans, 1.0))
    days = known.sum(axis=1, dtype=np.int32)
    sums = np.empty((len(errors), 2 * errors.shape[1] + 3))
    part = _named(sums)
    deviations = part["deviations"]
    np.subtract(errors, (errors.sum(axis=1) / days)[:, None], out=deviations)
    if days.min(initial=known.shape[1]) < known.shape[1]:
        np.copyto(deviations, 0.0, where=~known)
    part["number"][:] = 1.0
    part["squares"][:] = (deviations[:, None] @ deviations[..., None])[:, 0, 0]
    part["variance"][:] = part["squares"] / days
    scale = np.sqrt(part["variance"])
    np.multiply(deviations, (1.0 / scale)[:, None], out=part["scores"])
    return _Rows(date, known, scale, sums)


def _named(sums: FloatArray) -> dict[str, FloatArray]:
    """Views of (n, 2 M + 3) sums: (n, M) of what has days, (n,) of numbers."""
    m = sums.shape[1] // 2 - 1
    parts = {"scores": sums[:, :m], "deviations": sums[:, m : 2 * m]}
    numbers = zip(("number", "squares", "variance"), sums.T[2 * m :], strict=True)
    return parts | dict(numbers)


def _covered(leaf: Leaf, first: FirstPass) -> BoolArray:
    """Days of each member's windows that an abnormal return covers, (E, sum of L)."""
    parts = []
    for w in range(len(first.windows)):
        spans = leaf.spans[:, first.columns(w)]
        inside = spans > 0
        if not first.straddling:
            inside &= spans <= np.arange(1, spans.shape[1] + 1)
        inside &= first.member[w, leaf.index, None]
        covered = inside.copy()
        for lag in range(1, int(spans.max(initial=0.0, where=inside))):
            covered[:, :-lag] |= (inside & (spans > lag))[:, lag:]
        parts.append(covered)
    return np.concatenate(parts, axis=1)


def _table(
    state: State, first: FirstPass, window: int, kept: Mapping[int, LooseRows]
) -> DateSums:
    """Sums of the dates of a window."""
    loose: LooseEvents = state["loose"]
    length, by_day = _length(first, window), loose.by_day[window]
    part = _named(state["sums"])
    number = part["number"].copy()
    total = {"number": number, "known": number[:, None] - state["missing"]}
    total |= {"own": length * part["squares"], "variance": length * part["variance"]}
    shared = {name: part[name] for name in ("scores", "deviations")}
    if not by_day:
        total |= {name: values.copy() for name, values in shared.items()}
    dates = loose.dates(window, kept)
    for date in dates:
        for sums in loose.of_date(window, date, kept):
            for name, values in total.items():
                values[date] += np.squeeze(getattr(sums, name))
    here = np.flatnonzero(total["number"])
    parts = {name: values[here] for name, values in (shared | total).items()}
    gappy = np.isin(here, [*dates]) if by_day else np.zeros(here.size, bool)

    def by_window_day(date: int) -> tuple[FloatArray, FloatArray]:
        return _by_day(state, int(here[date]), window, kept, length)

    return DateSums(
        length, first.dates[here], by_day=by_window_day, gappy=gappy, **parts
    )


def _by_day(
    state: State, date: int, window: int, kept: Mapping[int, LooseRows], length: int
) -> tuple[FloatArray, FloatArray]:
    """Scores and deviations of a date by window day, (L, M) each."""
    part = _named(state["sums"][date, None])
    scores, deviations = np.empty((2, length, part["scores"].shape[1]))
    scores[:] = part["scores"] / np.sqrt(length)
    deviations[:] = part["deviations"]
    for sums in state["loose"].of_date(window, date, kept):
        scores += sums.scores
        deviations += sums.deviations
    return scores, deviations


register_reducer(CommonDates())
