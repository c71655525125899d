"""Many events in two passes: estimates of each, then sums over their residuals.

The unit of work is a run of leaves in canonical order.  Units are independent and
their sums are added in order, so any executor gives the bits of a plain loop.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy._windows import Window
from eventstudy.core.abnormal import Fit
from eventstudy.core.residual_pass import REDUCERS, FirstPass, Leaf, State, merge_sums
from eventstudy.design import Design
from eventstudy.engine import (
    BLOCK,
    Prepared,
    canonical_order,
    sample,
)
from eventstudy.inference._base import CrossSection, Sample

LEAVES_IN_A_UNIT = 32
SCALARS = ("sigma", "df", "n_estimation", "r_squared", "condition")


class Executor(Protocol):
    """What runs units of work elsewhere: of the standard library, or a Dask client."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        """Start ``fn(*args)``; the answer's ``result()`` waits for it."""


Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """All events after the first pass, in canonical order.

    Parameters
    ----------
    order : ndarray of int, shape (N,)
        Position of each in the caller's table.
    coefficients : ndarray of shape (N, k)
    r_squared, condition : ndarray of shape (N,)
    abnormal_returns : ndarray of shape (N, L2), or (N, 0)
        Kept or not, as asked.
    sar_sum : ndarray of shape (W, N)
        Sums of the standardised abnormal returns of each window.
    first : FirstPass
        What the residual pass reads.
    """

    order: IntArray
    coefficients: FloatArray
    r_squared: FloatArray
    condition: FloatArray
    abnormal_returns: FloatArray
    sar_sum: FloatArray
    first: FirstPass


def first_pass(
    prepared: Prepared,
    design: Design,
    windows: Sequence[Window],
    *,
    keep_ar: bool = True,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Estimates:
    """Estimate all events and sum up their windows.

    Parameters
    ----------
    prepared : Prepared
        N events.
    design : Design
    windows : sequence of Window
        W test windows inside the event window.
    keep_ar : bool
        Keep the abnormal returns of the event window.
    executor : Executor, optional
        Where units of work run; here by default.
    progress : callable, optional
        Wraps the iteration over units.

    Returns
    -------
    Estimates
    """
    order = canonical_order(prepared.events)
    work = functools.partial(_estimate_unit, prepared, design, tuple(windows), keep_ar)
    units = list(_units(order))
    parts = list(_run(work, units, executor, progress, "estimating"))
    return _joined(parts, order, prepared.events.day0[order], design, windows)


def _joined(
    parts: Sequence[Mapping[str, Any]],
    order: IntArray,
    day0: IntArray,
    design: Design,
    windows: Sequence[Window],
) -> Estimates:
    """The numbers of all units together."""
    columns = {
        name: np.concatenate([part[name] for part in parts], axis=-1)
        for name in WINDOWED
    }
    rows = {
        name: np.concatenate([part[name] for part in parts])
        for name in (*SCALARS, "coefficients", "abnormal_returns")
    }
    moments = parts[0]["sar_moments"]
    for part in parts[1:]:
        moments = moments + part["sar_moments"]
    dates, date = np.unique(day0, return_inverse=True)
    event, estimation = design.event_window, design.estimation_window
    first = FirstPass(
        windows=tuple((w.start, w.end) for w in windows),
        event_window=(event.start, event.end),
        estimation_window=(estimation.start, estimation.end),
        day0=day0,
        date=date.reshape(-1),
        dates=dates,
        sigma=rows["sigma"],
        df=rows["df"],
        n_estimation=rows["n_estimation"],
        member=columns["member"],
        car=columns["car"],
        variance=columns["variance"],
        length=columns["length"],
        n_rows=columns["n_rows"],
        sar_moments=moments,
        parameters=design.parameters,
    )
    return Estimates(
        order, rows["coefficients"], rows["r_squared"], rows["condition"],
        rows["abnormal_returns"], columns["sar_sum"], first,
    )  # fmt: skip


def _units(order: IntArray) -> Iterator[IntArray]:
    """Runs of leaves; one empty unit where there is no event."""
    size = BLOCK * LEAVES_IN_A_UNIT
    for start in range(0, max(order.size, 1), size):
        yield order[start : start + size]


def _sent_once(executor: Executor, shared: tuple[Any, ...]) -> tuple[Any, ...]:
    """What all units read; a Dask client gets the first, the panel, in advance."""
    scatter = getattr(executor, "scatter", None)
    if scatter is None:
        return shared
    return (scatter(shared[0], broadcast=True), *shared[1:])


def _run(
    work: functools.partial[Any],
    units: Sequence[Any],
    executor: Executor | None,
    progress: Progress | None,
    words: str,
) -> Iterator[Any]:
    """The answers in the order of the units."""
    if executor is None:
        answers: Iterable[Any] = map(work, units)
    else:
        shared = _sent_once(executor, work.args)
        futures = [executor.submit(work.func, *shared, unit) for unit in units]
        answers = (future.result() for future in futures)
    yield from answers if progress is None else progress(answers, len(units), words)


def _estimate_unit(
    prepared: Prepared,
    design: Design,
    windows: tuple[Window, ...],
    keep_ar: bool,
    unit: IntArray,
) -> dict[str, Any]:
    """First pass over one unit, leaf by leaf."""
    parts = []
    for start in range(0, max(unit.size, 1), BLOCK):
        index = unit[start : start + BLOCK]
        fit = prepared.fit(index, keep_rows=False)
        parts.append(_leaf_scalars(fit, prepared.events.keys[index], design, windows))
        parts[-1]["abnormal_returns"] = fit.abnormal_returns[
            :, : None if keep_ar else 0
        ]
    joined = {
        name: np.concatenate(
            [part[name] for part in parts],
            axis=-1 if values.ndim == 2 and name in WINDOWED else 0,
        )
        for name, values in parts[0].items()
        if name != "sar_moments"
    }
    moments = parts[0]["sar_moments"]
    for part in parts[1:]:
        moments = moments + part["sar_moments"]
    return joined | {"sar_moments": moments}


WINDOWED = ("member", "car", "variance", "length", "n_rows", "sar_sum")


def _leaf_scalars(
    fit: Fit, keys: IntArray, design: Design, windows: tuple[Window, ...]
) -> dict[str, Any]:
    """Numbers of one leaf: (E,) for the event, (W, E) for its windows."""
    samples = [sample(fit, keys, design, window) for window in windows]
    usable = np.isfinite(fit.sigma) & (fit.n_estimation >= design.min_estimation)
    member = np.stack([s.covered & usable for s in samples])
    whole = sample(fit, keys, design, design.event_window)
    sar = np.where(usable[:, None], whole.sar, np.nan)
    known = np.isfinite(sar)
    moments = [
        known.astype(float),
        np.where(known, sar, 0.0),
        np.where(known, sar**2, 0.0),
    ]
    member_number = member.astype(float)
    return {
        **{name: getattr(fit, name) for name in SCALARS},
        "coefficients": fit.coefficients,
        "member": member,
        "car": _stacked("car", samples, member),
        "variance": _stacked("variance", samples, member),
        "length": _stacked("length", samples, member),
        "n_rows": np.stack([s.n_rows for s in samples]),
        "sar_sum": np.where(
            member, np.stack([np.nansum(s.sar, axis=1) for s in samples]), np.nan
        ),
        "sar_moments": np.stack([member_number @ m for m in moments], axis=1),
    }


def _stacked(name: str, samples: list[Sample], member: Any) -> FloatArray:
    return np.where(member, np.stack([getattr(s, name) for s in samples]), np.nan)


def residual_pass(
    prepared: Prepared,
    design: Design,
    estimates: Estimates,
    keys: Iterable[str],
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> dict[str, list[Mapping[str, Any]]]:
    """Read the residuals once more, for the reducers that tests asked for.

    Parameters
    ----------
    prepared, design
        As in :func:`first_pass`.
    estimates : Estimates
    keys : iterable of str
        Reducers; none = nothing is read.
    executor, progress
        As in :func:`first_pass`.

    Returns
    -------
    dict
        By reducer, one mapping a window.
    """
    wanted = tuple(dict.fromkeys(keys))
    if not wanted:
        return {}
    first = estimates.first
    work = functools.partial(_reduce_unit, prepared, design, first, wanted)
    starts = range(0, max(estimates.order.size, 1), BLOCK * LEAVES_IN_A_UNIT)
    units = [
        (start, unit)
        for start, unit in zip(starts, _units(estimates.order), strict=True)
    ]
    total: dict[str, State] | None = None
    for states in _run(work, units, executor, progress, "testing"):
        if total is None:
            total = states
            continue
        for key in wanted:
            merge_sums(total[key], states[key])
    assert total is not None  # noqa: S101 - there is always one unit
    return {key: REDUCERS[key].finish(total[key], first) for key in wanted}


def _reduce_unit(
    prepared: Prepared,
    design: Design,
    first: FirstPass,
    keys: tuple[str, ...],
    unit: tuple[int, IntArray],
) -> dict[str, State]:
    """Sums of one unit, leaf by leaf."""
    offset, positions = unit
    states = {key: REDUCERS[key].start(first) for key in keys}
    for start in range(0, positions.size, BLOCK):
        index = positions[start : start + BLOCK]
        fit = prepared.fit(index)
        place = offset + start + np.arange(index.size)
        leaf = _leaf(prepared, design, fit, index, place)
        for key in keys:
            REDUCERS[key].accumulate(states[key], leaf, first)
    return states


def _leaf(
    prepared: Prepared, design: Design, fit: Fit, index: IntArray, place: IntArray
) -> Leaf:
    """What reducers read of the events at some positions."""
    whole = sample(fit, prepared.events.keys[index], design, design.event_window)
    returns, regressors = _explained(prepared, fit, index)
    return Leaf(
        index=place,
        residuals=fit.residuals,
        residual_spans=fit.residual_spans,
        residual_rows=fit.residual_rows,
        abnormal_returns=fit.abnormal_returns,
        spans=fit.spans,
        residual_sar=whole.residual_sar,
        sar=whole.sar,
        returns=returns,
        regressors=regressors,
    )


def _explained(
    prepared: Prepared, fit: Fit, index: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Single-day responses of the event window, and their regressors."""
    basis = prepared.basis
    x = basis.x_event[prepared.date[index]].transpose(0, 2, 1)
    slopes = fit.coefficients[:, int(basis.intercept) :]
    expected = (x @ slopes[..., None])[..., 0]
    if basis.intercept:
        expected += fit.coefficients[:, :1]
    return np.where(fit.spans == 1, fit.abnormal_returns + expected, np.nan), x


def cross_section(
    estimates: Estimates,
    sums: Mapping[str, list[Mapping[str, Any]]],
    id_rank: IntArray,
    design: Design,
    window: int,
) -> CrossSection:
    """What the tests of one window read.

    Parameters
    ----------
    estimates : Estimates
    sums : mapping
        From :func:`residual_pass`.
    id_rank : ndarray of int, shape (N,)
        Rank of each event's id, in canonical order.
    design : Design
    window : int
        Position among the windows of the passes.

    Returns
    -------
    CrossSection
    """
    first = estimates.first
    inside = first.member[window]
    order = np.argsort(np.argsort(id_rank[inside]))
    return CrossSection(
        window=first.windows[window],
        car=first.car[window, inside],
        variance=first.variance[window, inside],
        sar_sum=estimates.sar_sum[window, inside],
        sigma=first.sigma[inside],
        df=first.df[inside],
        length=first.length[window, inside],
        n_rows=first.n_rows[window, inside],
        n_estimation=first.n_estimation[inside],
        day0=first.day0[inside],
        order=order,
        parameters=first.parameters,
        level=design.level,
        seed=design.seed,
        sums={key: found[window] for key, found in sums.items()},
    )


def placebo_samples(
    prepared: Prepared, design: Design, fit: Fit, index: IntArray, keys: Iterable[str]
) -> list[CrossSection]:
    """What the tests read of a few events that are estimated already.

    Parameters
    ----------
    prepared : Prepared
    design : Design
        Its windows are those of the samples.
    fit : Fit
        With ``keep_rows``: the E events, up to one leaf.
    index : ndarray of int, shape (E,)
        Their positions among the prepared events.
    keys : iterable of str
        Reducers that the tests read.

    Returns
    -------
    list of CrossSection
        One a window.
    """
    own = prepared.events.keys[index]
    part = _leaf_scalars(fit, own, design, design.windows)
    part["abnormal_returns"] = fit.abnormal_returns
    day0, order = prepared.events.day0[index], np.arange(index.size)
    estimates = _joined([part], order, day0, design, design.windows)
    leaf = _leaf(prepared, design, fit, index, order)
    sums = {}
    for key in keys:
        state = REDUCERS[key].start(estimates.first)
        REDUCERS[key].accumulate(state, leaf, estimates.first)
        sums[key] = REDUCERS[key].finish(state, estimates.first)
    return [
        cross_section(estimates, sums, order, design, window)
        for window in range(len(design.windows))
    ]
