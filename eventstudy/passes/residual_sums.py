"""The residual pass: the sums that tests read, reduced unit by unit."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from eventstudy._typing import IntArray
from eventstudy.core.residual_pass import REDUCERS, FirstPass, State, merge_sums
from eventstudy.design import Design
from eventstudy.engine import BLOCK, Prepared
from eventstudy.passes.estimates import Estimates
from eventstudy.passes.executors import Executor, Progress, run_units, units
from eventstudy.passes.leaves import residual_leaf


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
    todo = units(estimates.order)
    total: dict[str, State] | None = None
    for states in run_units(work, todo, executor, progress, "testing"):
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
    with_rows = any(getattr(REDUCERS[key], "reads_rows", False) for key in keys)
    for start in range(0, positions.size, BLOCK):
        index = positions[start : start + BLOCK]
        fit = prepared.fit(index, keep_rows=True if with_rows else "spread")
        place = offset + start + np.arange(index.size)
        leaf = residual_leaf(prepared, design, fit, index, place)
        for key in keys:
            REDUCERS[key].accumulate(states[key], leaf, first)
    return states
