"""Where the numbers come from, and the firms that can be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventstudy._typing import ReturnKind
from eventstudy.design import Design
from eventstudy.errors import EventStudyError
from eventstudy.prices.chain import find_series
from eventstudy.prices.track import Track, find_returns


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Where the numbers come from: arguments of :func:`eventstudy.analyze` by name."""

    prices: Any = None
    returns: Any = None
    market: Any = "^GSPC"
    industry: Any = None
    factors: Any = None


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
            firms.append(firm_track(ticker, inputs, design.return_kind))
        except EventStudyError as error:
            problems[ticker] = f"{error.parameter}: {error.bound}"
    return firms, problems


def firm_track(ticker: str, inputs: Inputs, kind: ReturnKind) -> Track:
    """The history of a ticker, from the caller's frame or the sources."""
    if inputs.returns is not None:
        return find_returns(ticker, inputs.returns, kind)
    return Track.of_prices(find_series(ticker, inputs.prices))
