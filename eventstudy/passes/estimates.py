"""The first pass: the estimates of each event, and the sums of its windows."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy._windows import Window
from eventstudy.core.residual_pass import FirstPass
from eventstudy.design import Design
from eventstudy.engine import BLOCK, Prepared, canonical_order
from eventstudy.passes.executors import Executor, Progress, run_units, units
from eventstudy.passes.leaves import SCALARS, WINDOWED, leaf_scalars


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
    todo = [unit for _, unit in units(order)]
    parts = run_units(work, todo, executor, progress, "estimating")
    return joined(parts, order, prepared.events.day0[order], design, windows)


def joined(
    parts: Iterable[Mapping[str, Any]],
    order: IntArray,
    day0: IntArray,
    design: Design,
    windows: Sequence[Window],
) -> Estimates:
    """The numbers of all units together; each unit is let go once it is written."""
    columns, moments = _collected(parts, order.size)
    dates, date = np.unique(day0, return_inverse=True)
    event, estimation = design.event_window, design.estimation_window
    first = FirstPass(
        windows=tuple((w.start, w.end) for w in windows),
        event_window=(event.start, event.end),
        estimation_window=(estimation.start, estimation.end),
        day0=day0,
        date=date.reshape(-1),
        dates=dates,
        sigma=columns["sigma"],
        df=columns["df"],
        n_estimation=columns["n_estimation"],
        member=columns["member"],
        car=columns["car"],
        variance=columns["variance"],
        length=columns["length"],
        n_rows=columns["n_rows"],
        sar_moments=moments,
        parameters=design.parameters,
        straddling=design.boundary == "include",
    )
    return Estimates(
        order, columns["coefficients"], columns["r_squared"], columns["condition"],
        columns["abnormal_returns"], columns["sar_sum"], first,
    )  # fmt: skip


def _collected(
    parts: Iterable[Mapping[str, Any]], n: int
) -> tuple[dict[str, Any], FloatArray]:
    """The arrays of N events filled unit by unit, and the sums of all units."""
    columns: dict[str, Any] = {}
    moments: FloatArray | None = None
    first = 0
    for part in parts:
        last = first + part["sigma"].size
        for name in (*WINDOWED, *SCALARS, "coefficients", "abnormal_returns"):
            axis = part[name].ndim - 1 if name in WINDOWED else 0
            if name not in columns:
                columns[name] = _room(part[name], axis, n)
            columns[name][*[slice(None)] * axis, first:last] = part[name]
        found = part["sar_moments"]
        moments = found if moments is None else moments + found
        first = last
    assert moments is not None  # noqa: S101 - there is always one unit
    return columns, moments


def _room(values: Any, axis: int, n: int) -> Any:
    """An array like some values, with n things along an axis; not filled."""
    shape = list(values.shape)
    shape[axis] = n
    return np.empty(shape, values.dtype)


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
        parts.append(leaf_scalars(fit, prepared.events.take(index), design, windows))
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
