"""Firms and benchmarks on one calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.alignment.benchmarks import (
    FROM_PRICES,
    Factors,
    benchmark_track,
    factor_series,
    factors_of,
    per_firm,
    single_days,
)
from eventstudy.alignment.firms import Inputs, firm_tracks
from eventstudy.alignment.origins import notes_of, provenance_of
from eventstudy.design import Design
from eventstudy.engine import Panel
from eventstudy.models._base import needed
from eventstudy.prices.quality import check_benchmark
from eventstudy.prices.track import Track


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Firms and benchmarks on one calendar.

    Parameters
    ----------
    calendar : DatetimeIndex
        The T trading days.
    panel : Panel
    closes : ndarray of shape (F, T)
        Unadjusted closes; NaN = none.
    tickers : tuple of str
        Names of the firms.
    listed : list of tuple of int
        First and last calendar position on which each firm has a price or return.
    provenance : dict
        By role: ``firm``, ``market``, ``industry``, ``factors``.
    currency : str or None
        Of the first firm's prices.
    notes : tuple of str
        What the reader should know; what is known of shipped data stands in their
        provenance alone.
    factor_frame : DataFrame or None
        The factor returns used, to say which days they cover.
    """

    calendar: pd.DatetimeIndex
    panel: Panel
    closes: FloatArray
    tickers: tuple[str, ...]
    listed: list[tuple[int, int]]
    provenance: dict[str, Any]
    currency: str | None
    notes: tuple[str, ...]
    factor_frame: pd.DataFrame | None


def align(tickers: Sequence[str], design: Design, inputs: Inputs) -> Aligned:
    """Find firms and put them, and the benchmarks of a model, on one calendar.

    Raises
    ------
    UnknownTickerError, NoDataError, BadDataError, ArgumentError
        From the sources; the message names the argument.
    """
    track_of = firm_tracks(inputs, design)
    return align_firms([track_of(ticker) for ticker in tickers], design, inputs)


def align_firms(firms: list[Track], design: Design, inputs: Inputs) -> Aligned:
    """Put firms and the benchmarks of a model on one calendar.

    Parameters
    ----------
    firms : list of Track
        F firms.
    design : Design
    inputs : Inputs

    Returns
    -------
    Aligned

    Raises
    ------
    UnknownTickerError, NoDataError, BadDataError, ArgumentError
        From the sources; the message names the argument.
    """
    kind = design.return_kind
    names = [name for name in FROM_PRICES if name in needed(design.model)]
    benchmarks = {name: benchmark_track(name, firms, inputs, design) for name in names}
    factors = factors_of(firms, design, inputs)
    calendar = _calendar(firms, benchmarks, factors, inputs)
    tracks = [firm.on(calendar, kind) for firm in firms]
    returns = np.stack([returns for returns, _ in tracks])
    spans = np.stack([spans for _, spans in tracks])
    if design.missing == "available":
        returns, spans = (
            np.where(spans > 1, np.nan, returns),
            np.where(spans > 1, 0.0, spans),
        )
    series = {
        name: single_days(track, calendar, design) for name, track in benchmarks.items()
    }
    for name, values in series.items():
        for firm in returns:
            check_benchmark(firm, values, name)
    if factors is not None:
        series |= factor_series(factors.frame, calendar, kind)
    return Aligned(
        calendar=calendar,
        panel=Panel(returns, spans, per_firm(series, returns, design)),
        closes=np.stack([firm.closes(calendar) for firm in firms]),
        tickers=tuple(firm.ticker for firm in firms),
        listed=[firm.listed(calendar) for firm in firms],
        provenance=provenance_of(firms, benchmarks, factors),
        currency=firms[0].currency,
        notes=notes_of(firms, benchmarks, factors, calendar, inputs, design),
        factor_frame=None if factors is None else factors.frame,
    )


def _calendar(
    firms: list[Track],
    benchmarks: Mapping[str, Track],
    factors: Factors | None,
    inputs: Inputs,
) -> pd.DatetimeIndex:
    """The market's trading days, or the frame's; without a market the firms' own."""
    if inputs.returns is not None:
        return firms[0].days
    if "market" in benchmarks:
        return benchmarks["market"].days
    days = firms[0].days
    for firm in firms[1:]:
        days = days.union(firm.days)
    if factors is None or not len(days):
        return days
    published = pd.DatetimeIndex(factors.frame.index)
    return days.union(published[(published >= days[0]) & (published <= days[-1])])
