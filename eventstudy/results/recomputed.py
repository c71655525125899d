"""One event computed again from a panel that holds its numbers already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from eventstudy import engine
from eventstudy.design import Design
from eventstudy.engine import Source
from eventstudy.news.event import Event
from eventstudy.news.sessions import DayZero
from eventstudy.results.assembly import assemble
from eventstudy.results.estimable import require_estimable
from eventstudy.results.event_result import EventResult


def recomputed(  # noqa: PLR0913 - all that a result is made of
    event: Event,
    zero: DayZero,
    design: Design,
    source: Source,
    currency: str,
    provenance: Mapping[str, Any],
    shares: Any,
    known: Sequence[Event],
    notes: Sequence[str],
) -> EventResult:
    """The result of the one event of a source.

    Parameters
    ----------
    event, zero, design, source
        What is measured, and where.
    currency, provenance, shares, known, notes
        What is known of the firm and its data, as
        :func:`eventstudy.results.assembly.assemble` takes it.

    Returns
    -------
    EventResult

    Raises
    ------
    InsufficientDataError, CollinearFactorsError
        When its model cannot be estimated.
    """
    fit = engine.estimate(source.panel, source.events, design)
    require_estimable(fit, source, design)
    bare = EventResult(
        event=event, day_zero=zero, design=design, headline=event.headline,
        currency=currency, verdict="", warnings=(), provenance=provenance,
        _shares=shares, _source=source, _fit=fit, _diagnostics=pd.DataFrame(),
        _confounders=pd.DataFrame(),
    )  # fmt: skip
    return assemble(bare, known, notes)
