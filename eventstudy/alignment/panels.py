"""Firms and benchmarks on one calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.alignment.benchmarks import (
    FROM_PRICES,
    factor_series,
    factors_of,
    per_firm,
    single_days,
)
from eventstudy.alignment.calendars import common_calendar, differing_days
from eventstudy.alignment.comparisons import find_comparisons
from eventstudy.alignment.firms import Inputs, firm_tracks
from eventstudy.alignment.origins import notes_of, provenance_of
from eventstudy.alignment.returns_of_firms import returns_of
from eventstudy.design import Design
from eventstudy.engine import Panel
from eventstudy.errors import BadDataError
from eventstudy.models._base import needed
from eventstudy.news.own_columns import Choice
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
    delisted : tuple of bool
        Whether it is known what followed the last price of each firm.
    provenance : dict
        By role: ``firm``, ``market``, ``industry``, ``factors``.
    currency : str or None
        Of the first firm's prices.
    notes : tuple of str
        What the reader should know; what is known of shipped data stands in their
        provenance alone.
    factor_frame : DataFrame or None
        The factor returns used, to say which days they cover.
    benchmark : ndarray of int, shape (F, C)
        Which of the panel's benchmarks a firm has under each choice; -1 = none.
    problems : mapping of tuple of int to str
        By firm and choice, why they cannot be compared.
    differing : tuple of ndarray of int
        For each choice the calendar positions on which its market has other days.
    """

    calendar: pd.DatetimeIndex
    panel: Panel
    closes: FloatArray
    tickers: tuple[str, ...]
    listed: list[tuple[int, int]]
    delisted: tuple[bool, ...]
    provenance: dict[str, Any]
    currency: str | None
    notes: tuple[str, ...]
    factor_frame: pd.DataFrame | None
    benchmark: IntArray
    problems: Mapping[tuple[int, int], str]
    differing: tuple[IntArray, ...]


def align(tickers: Sequence[str], design: Design, inputs: Inputs) -> Aligned:
    """Find firms and put them, and the benchmarks of a model, on one calendar.

    Raises
    ------
    UnknownTickerError, NoDataError, BadDataError, ArgumentError
        From the sources; the message names the argument.
    """
    track_of = firm_tracks(inputs, design)
    return align_firms([track_of(ticker) for ticker in tickers], design, inputs)


def align_firms(
    firms: list[Track],
    design: Design,
    inputs: Inputs,
    choices: Sequence[Choice] = (Choice(),),
    used: BoolArray | None = None,
) -> Aligned:
    """Put firms and the benchmarks of a model on one calendar.

    Parameters
    ----------
    firms : list of Track
        F firms.
    design : Design
    inputs : Inputs
    choices : sequence of Choice
        C benchmarks by name; that of the study alone by default.
    used : ndarray of bool, shape (F, C), optional
        Whether a firm has events with a choice; all by default.

    Returns
    -------
    Aligned

    Raises
    ------
    UnknownTickerError, NoDataError, BadDataError, ArgumentError
        From the sources; the message names the argument.
    """
    used = np.ones((len(firms), len(choices)), bool) if used is None else used
    roles = [name for name in FROM_PRICES if name in needed(design.model)]
    found = find_comparisons(roles, choices, used, firms, design, inputs)
    factors = factors_of(firms, design, inputs)
    markets = found.by_role.get("market", [])
    calendar = common_calendar(firms, markets, factors, inputs)
    returns, spans = returns_of(firms, calendar, design)
    series = [_series(tracks, calendar, design) for tracks in found.tracks]
    problems = found.problems | _unlike(series, choices, used, returns)
    if factors is not None:
        shared = factor_series(factors.frame, calendar, design.return_kind)
        series = [one if one is None else one | shared for one in series]
    benchmarks, which = _benchmarks(series, used, returns, design)
    differing = tuple(
        differing_days(calendar, tracks["market"])
        if inputs.returns is None and tracks and "market" in tracks
        else np.zeros(0, int)
        for tracks in found.tracks
    )
    return Aligned(
        calendar=calendar,
        panel=Panel(returns, spans, benchmarks),
        closes=_closes(firms, calendar),
        tickers=tuple(firm.ticker for firm in firms),
        listed=[firm.listed(calendar) for firm in firms],
        delisted=tuple(firm.delisting is not None for firm in firms),
        provenance=provenance_of(firms, found.by_role, factors),
        currency=firms[0].currency,
        notes=notes_of(firms, found.by_role, factors, calendar, inputs, design),
        factor_frame=None if factors is None else factors.frame,
        benchmark=which,
        problems=problems,
        differing=differing,
    )


def _closes(firms: list[Track], calendar: pd.DatetimeIndex) -> FloatArray:
    """Unadjusted closes, (F, T); where there are none at all, one NaN for all."""
    if all(firm.close is None for firm in firms):
        return np.broadcast_to(np.nan, (len(firms), len(calendar)))
    return np.stack([firm.closes(calendar) for firm in firms])


def _series(
    tracks: Mapping[str, Track] | None, calendar: pd.DatetimeIndex, design: Design
) -> dict[str, FloatArray] | None:
    if tracks is None:
        return None
    return {role: single_days(t, calendar, design) for role, t in tracks.items()}


def _unlike(
    series: Sequence[Mapping[str, FloatArray] | None],
    choices: Sequence[Choice],
    used: BoolArray,
    returns: FloatArray,
) -> dict[tuple[int, int], str]:
    """Firms that are their own benchmark, or whose benchmark never moves.

    The study's own benchmark is refused for all.
    """
    problems: dict[tuple[int, int], str] = {}
    for c, choice in enumerate(choices):
        for role, values in (series[c] or {}).items():
            for firm in np.flatnonzero(used[:, c]).tolist():
                try:
                    check_benchmark(returns[firm], values, role)
                except BadDataError as error:
                    if getattr(choice, role) is None:
                        raise
                    problems.setdefault((firm, c), f"{role}: {error.bound}")
    return problems


def _benchmarks(
    series: Sequence[dict[str, FloatArray] | None],
    used: BoolArray,
    returns: FloatArray,
    design: Design,
) -> tuple[tuple[Mapping[str, FloatArray], ...], IntArray]:
    """What the model reads, and which of it by firm and choice, (F, C); -1 = none."""
    which = np.full(used.shape, -1)
    found: list[Mapping[str, FloatArray]] = []
    for c, one in enumerate(series):
        if one is None:
            continue
        mine = np.flatnonzero(used[:, c])
        own = per_firm(one, returns, mine, design)
        which[mine, c] = len(found) + (np.arange(mine.size) if len(own) > 1 else 0)
        found += own
    return tuple(found), which
