"""The first pass that screening makes, which the study goes on with."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from eventstudy._typing import IntArray
from eventstudy.design import Design
from eventstudy.engine import Prepared, Source, prepare
from eventstudy.passes import Estimates, Executor, Progress, first_pass


class Work(NamedTuple):
    """Where the first pass runs, and what is kept of it; as for ``first_pass``."""

    keep_ar: bool = False
    executor: Executor | None = None
    progress: Progress | None = None


class Estimated(NamedTuple):
    """What the first pass over the windows of the design came to."""

    prepared: Prepared
    estimates: Estimates


def estimated(source: Source, design: Design, work: Work) -> Estimated:
    """Estimate all events once.

    Parameters
    ----------
    source : Source
        N events, one at least.
    design : Design
    work : Work
    """
    prepared = prepare(source.panel, source.events, design)
    found = first_pass(
        prepared, design, design.windows, keep_ar=work.keep_ar, executor=work.executor,
        progress=work.progress,
    )  # fmt: skip
    return Estimated(prepared, found)


def without_return(source: Source, design: Design, found: Estimated) -> IntArray:
    """Positions of the events that have no return in their event window, sorted."""
    # An event that is measured in any window has one; the few others are looked at.
    measured = found.estimates.first.member.any(axis=0)
    rows = np.sort(found.estimates.order[~measured])
    if not rows.size:
        return rows
    prepared = prepare(source.panel, source.events.take(rows), design)
    again = first_pass(prepared, design, [design.event_window], keep_ar=True)
    none = ~np.isfinite(again.abnormal_returns).any(axis=1)
    return np.asarray(np.sort(rows[again.order[none]]))
