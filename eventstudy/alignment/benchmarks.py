"""What a model compares a firm with: market, industry and factors as series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, IntArray, ReturnKind
from eventstudy.alignment.exchanges import require_exchange, require_one_currency
from eventstudy.alignment.firms import Inputs
from eventstudy.design import Design
from eventstudy.errors import ArgumentError
from eventstudy.models._base import needed
from eventstudy.prices.chain import market_series
from eventstudy.prices.factors import factor_frame
from eventstudy.prices.firm_blocks import returns_held
from eventstudy.prices.search import Search
from eventstudy.prices.track import Track
from eventstudy.prices.wide_returns import market_returns

FROM_PRICES = ("market", "industry")


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """Factor returns in decimals, as published (simple), with their origin."""

    frame: pd.DataFrame
    provenance: dict[str, Any]
    notes: tuple[str, ...]


def benchmark_track(
    name: str, firms: list[Track], inputs: Inputs, design: Design
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
    known = inputs.sources.found
    search = inputs.sources.for_benchmark(firms, design)
    found = known.get(value) if isinstance(value, str) else None
    if found is None or not search.is_met_by(found.days):
        found = _find(name, value, inputs, design, search)
        require_exchange(found, name, design.calendar)
    if isinstance(value, str):
        known[value] = found
    require_one_currency(found, firms, name)
    return found


def _find(
    name: str, value: Any, inputs: Inputs, design: Design, search: Search
) -> Track:
    if inputs.returns is not None:
        held = returns_held(inputs.returns)
        return market_returns(value, held, name, design.return_kind, search)
    return Track.of_prices(market_series(value, inputs.prices, name, search))


def factors_of(firms: list[Track], design: Design, inputs: Inputs) -> Factors | None:
    """Factor returns, if the model reads any; all its columns must be there."""
    names = [name for name in needed(design.model) if name not in FROM_PRICES]
    if not names:
        return None
    search = inputs.sources.for_benchmark(firms, design)
    frame, provenance, notes = factor_frame(inputs.factors, tuple(names), search)
    absent = [name for name in names if name not in frame]
    if absent:
        raise ArgumentError(
            "factors",
            list(frame.columns),
            f"{design.model.key} also needs {', '.join(absent)}",
            "Add the columns, in decimals, or choose another model.",
        )
    return Factors(frame[names], provenance, tuple(notes))


def single_days(track: Track, calendar: pd.DatetimeIndex, design: Design) -> FloatArray:
    """A benchmark's single-day returns on the calendar; NaN after a missing day."""
    returns, spans = track.on(calendar, design.return_kind)
    return np.where(spans == 1, returns, np.nan)


def factor_series(
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


def per_firm(
    series: dict[str, FloatArray], returns: FloatArray, mine: IntArray, design: Design
) -> tuple[dict[str, FloatArray], ...]:
    """One benchmark for all, or one a firm that leaves its industry (methods 2.2)."""
    weight = design.industry_weight
    if weight == 0 or "industry" not in series:
        return (series,)
    log = design.return_kind == "log"
    industry = np.expm1(series["industry"]) if log else series["industry"]
    own = np.array([returns[firm] for firm in mine.tolist()])
    firms = np.expm1(own) if log else own
    without = (industry - weight * firms) / (1.0 - weight)
    without = np.log1p(without) if log else without
    return tuple({**series, "industry": row} for row in without)
