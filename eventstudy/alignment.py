"""From frames to arrays: one calendar, returns with their spans, benchmarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, ReturnKind
from eventstudy.design import Design
from eventstudy.engine import Panel
from eventstudy.errors import ArgumentError, EventStudyError
from eventstudy.models._base import needed
from eventstudy.prices.chain import find_series, market_series
from eventstudy.prices.factors import factor_frame
from eventstudy.prices.quality import check_benchmark
from eventstudy.prices.track import Track, find_returns, market_returns

FROM_PRICES = ("market", "industry")
LONG_SHORT = ("smb", "hml", "rmw", "cma", "mom")


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Where the numbers come from: arguments of :func:`eventstudy.analyze` by name."""

    prices: Any = None
    returns: Any = None
    market: Any = "^GSPC"
    industry: Any = None
    factors: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """Factor returns in decimals, as published (simple), with their origin."""

    frame: pd.DataFrame
    provenance: dict[str, Any]
    notes: tuple[str, ...]


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


def find_firms(
    tickers: Sequence[str], design: Design, inputs: Inputs
) -> tuple[list[Track], dict[str, str]]:
    """The firms that can be had, and why the others cannot.

    Parameters
    ----------
    tickers : sequence of str
        Distinct.
    design : Design
    inputs : Inputs

    Returns
    -------
    firms : list of Track
        In the order of ``tickers``.
    problems : dict
        By ticker, in words.
    """
    firms, problems = [], {}
    for ticker in tickers:
        try:
            firms.append(_firm(ticker, inputs, design.return_kind))
        except EventStudyError as error:
            problems[ticker] = f"{error.parameter}: {error.bound}"
    return firms, problems


def align(tickers: Sequence[str], design: Design, inputs: Inputs) -> Aligned:
    """Find firms and put them, and the benchmarks of a model, on one calendar.

    Raises
    ------
    UnknownTickerError, NoDataError, BadDataError, ArgumentError
        From the sources; the message names the argument.
    """
    firms = [_firm(ticker, inputs, design.return_kind) for ticker in tickers]
    return align_firms(firms, design, inputs)


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
    benchmarks = {name: _benchmark(name, firms, inputs, kind) for name in names}
    factors = _factors(design, inputs)
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
        name: _single_days(track, calendar, design)
        for name, track in benchmarks.items()
    }
    for name, values in series.items():
        for firm in returns:
            check_benchmark(firm, values, name)
    if factors is not None:
        series |= _factor_series(factors.frame, calendar, kind)
    return Aligned(
        calendar=calendar,
        panel=Panel(returns, spans, _per_firm(series, returns, design)),
        closes=np.stack([firm.closes(calendar) for firm in firms]),
        tickers=tuple(firm.ticker for firm in firms),
        listed=[firm.listed(calendar) for firm in firms],
        provenance=_provenance(firms, benchmarks, factors),
        currency=firms[0].currency,
        notes=_notes(firms, benchmarks, factors, calendar, inputs, design),
        factor_frame=None if factors is None else factors.frame,
    )


def _firm(ticker: str, inputs: Inputs, kind: ReturnKind) -> Track:
    if inputs.returns is not None:
        return find_returns(ticker, inputs.returns, kind)
    return Track.of_prices(find_series(ticker, inputs.prices))


def _benchmark(
    name: str, firms: list[Track], inputs: Inputs, kind: ReturnKind
) -> Track:
    """The market or the industry, which must not be the firm itself."""
    value = getattr(inputs, name)
    if isinstance(value, str) and value in [firm.ticker for firm in firms]:
        raise ArgumentError(
            name,
            value,
            "this is the firm itself",
            "Pass an index that it does not make up.",
        )
    if inputs.returns is not None:
        return market_returns(value, inputs.returns, name, kind)
    return Track.of_prices(market_series(value, inputs.prices, parameter=name))


def _factors(design: Design, inputs: Inputs) -> Factors | None:
    """Factor returns, if the model reads any; all its columns must be there."""
    names = [name for name in needed(design.model) if name not in FROM_PRICES]
    if not names:
        return None
    frame, provenance, notes = factor_frame(inputs.factors)
    absent = [name for name in names if name not in frame]
    if absent:
        raise ArgumentError(
            "factors",
            list(frame.columns),
            f"{design.model.key} also needs {', '.join(absent)}",
            "Add the columns, in decimals, or choose another model.",
        )
    return Factors(frame[names], provenance, tuple(notes))


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


def _single_days(
    track: Track, calendar: pd.DatetimeIndex, design: Design
) -> FloatArray:
    """A benchmark's single-day returns on the calendar; NaN after a missing day."""
    returns, spans = track.on(calendar, design.return_kind)
    return np.where(spans == 1, returns, np.nan)


def _factor_series(
    frame: pd.DataFrame, calendar: pd.DatetimeIndex, kind: ReturnKind
) -> dict[str, FloatArray]:
    """Factors on the calendar; in a log study rates and market become logarithmic."""
    columns = {
        str(name): frame[name].reindex(calendar).to_numpy(float) for name in frame
    }
    if kind == "log" and "rf" in columns:
        simple_rf = columns["rf"]
        columns["rf"] = np.log1p(simple_rf)
        if "mkt_rf" in columns:
            columns["mkt_rf"] = np.log1p(columns["mkt_rf"] + simple_rf) - columns["rf"]
    return columns


def _per_firm(
    series: dict[str, FloatArray], returns: FloatArray, design: Design
) -> tuple[dict[str, FloatArray], ...]:
    """One benchmark for all, or one a firm that leaves its industry (methods 2.2)."""
    weight = design.industry_weight
    if weight == 0 or "industry" not in series:
        return (series,)
    log = design.return_kind == "log"
    industry = np.expm1(series["industry"]) if log else series["industry"]
    firms = np.expm1(returns) if log else returns
    without = (industry - weight * firms) / (1.0 - weight)
    without = np.log1p(without) if log else without
    return tuple({**series, "industry": row} for row in without)


def _provenance(
    firms: list[Track], benchmarks: Mapping[str, Track], factors: Factors | None
) -> dict[str, Any]:
    found: dict[str, Any] = {"firm": firms[0].provenance}
    found |= {name: track.provenance for name, track in benchmarks.items()}
    if factors is not None:
        found["factors"] = factors.provenance
    return found


def _notes(
    firms: list[Track],
    benchmarks: Mapping[str, Track],
    factors: Factors | None,
    calendar: pd.DatetimeIndex,
    inputs: Inputs,
    design: Design,
) -> tuple[str, ...]:
    tracks = [track for track in [*firms, *benchmarks.values()] if not track.bundled]
    notes = [f"{track.ticker}: {note}" for track in tracks for note in track.notes]
    own = next(
        (n for n in ("returns", "prices") if getattr(inputs, n) is not None), None
    )
    notes += [
        f"{track.ticker} is not in {own}=; taken from {track.provenance['source']}"
        for track in benchmarks.values()
        if own and track.bundled
    ]
    for firm in firms:
        extra = firm.days.difference(calendar)
        if len(extra):
            notes.append(
                f"{firm.ticker} has {len(extra)} prices on days that are not in the "
                f"market's calendar, the first on {extra[0].date()}; returns pass over "
                "them."
            )
    if factors is not None:
        notes += factors.notes
        if design.return_kind == "log" and set(LONG_SHORT) & set(needed(design.model)):
            notes.append(
                "Long-short factors have no logarithmic form; their published simple "
                "returns stand beside logarithmic ones."
            )
    return tuple(dict.fromkeys(notes))
