"""Where the numbers come from, and the firms that can be had."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from eventstudy._typing import ReturnKind
from eventstudy.alignment.delistings import delisted
from eventstudy.alignment.exchanges import require_exchange
from eventstudy.alignment.sources import Sources
from eventstudy.alignment.stored_firms import stored_firms
from eventstudy.design import Design
from eventstudy.errors import ArgumentError, EventStudyError
from eventstudy.prices.chain import find_series
from eventstudy.prices.delisting import NAME, Delisting
from eventstudy.prices.firm_blocks import FirmBlocks, returns_held
from eventstudy.prices.opened import open_prices
from eventstudy.prices.track import Track


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Where the numbers come from: arguments of :func:`eventstudy.analyze` by name."""

    prices: Any = None
    returns: Any = None
    market: Any = "^GSPC"
    industry: Any = None
    factors: Any = None
    delistings: Mapping[str, Delisting] = field(default_factory=dict)
    sources: Sources = field(default_factory=Sources)


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
        In the order of ``tickers``; of blocks in the order of the blocks.
    problems : dict
        By ticker, in words.
    """
    if isinstance(inputs.returns, FirmBlocks):
        if inputs.delistings:
            raise ArgumentError(
                NAME,
                len(inputs.delistings),
                "returns in blocks are read as they stand",
                "Put the delisting returns into the blocks.",
            )
        return stored_firms(tickers, inputs.returns, design.return_kind)
    firms, problems = [], {}
    track_of = firm_tracks(inputs, design, len(tickers))
    for ticker in tickers:
        try:
            firms.append(track_of(ticker))
        except EventStudyError as error:
            problems[ticker] = f"{error.parameter}: {error.bound}"
    return firms, problems


def firm_tracks(
    inputs: Inputs, design: Design, most: int = 1
) -> Callable[[str], Track]:
    """What finds so many tickers' histories; a frame or file is read once, now."""
    if inputs.returns is not None:
        return _returns_tracks(inputs, design.return_kind, most)
    prices = open_prices(inputs.prices)

    def found(ticker: str) -> Track:
        search = inputs.sources.for_firm(ticker, design)
        track = Track.of_prices(find_series(ticker, prices, search=search))
        require_exchange(track, "ticker", design.calendar)
        return delisted(track, inputs.delistings, design.return_kind)

    return found


def _returns_tracks(
    inputs: Inputs, kind: ReturnKind, most: int
) -> Callable[[str], Track]:
    """The same for returns as given; those of a frame share one array."""
    held = returns_held(inputs.returns)
    if isinstance(held, FirmBlocks):
        return lambda ticker: delisted(
            held.track(ticker, kind), inputs.delistings, kind
        )
    # Memory is taken where rows are written: one that is refused is written over.
    rows, row = np.empty((most, len(held.days))), 0

    def found(ticker: str) -> Track:
        nonlocal row
        own = held.row_track(ticker, kind, rows, row)
        track = delisted(own, inputs.delistings, kind)
        row += 1
        return track

    return found
