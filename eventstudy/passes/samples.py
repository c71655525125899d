"""What the tests of one window read, from the sums of the passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from eventstudy._typing import IntArray
from eventstudy.core.abnormal import Fit
from eventstudy.core.residual_pass import REDUCERS
from eventstudy.design import Design
from eventstudy.engine import Prepared
from eventstudy.inference._base import CrossSection
from eventstudy.passes.estimates import Estimates, joined
from eventstudy.passes.leaves import leaf_scalars, residual_leaf


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
    own = prepared.events.take(index)
    part = leaf_scalars(fit, own, design, design.windows)
    part["abnormal_returns"] = fit.abnormal_returns
    day0, order = prepared.events.day0[index], np.arange(index.size)
    estimates = joined([part], order, day0, design, design.windows)
    leaf = residual_leaf(prepared, design, fit, index, order)
    sums = {}
    for key in keys:
        state = REDUCERS[key].start(estimates.first)
        REDUCERS[key].accumulate(state, leaf, estimates.first)
        sums[key] = REDUCERS[key].finish(state, estimates.first)
    return [
        cross_section(estimates, sums, order, design, window)
        for window in range(len(design.windows))
    ]
