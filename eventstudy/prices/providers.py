"""An object with a method ``get(ticker)``, asked, whatever form its answer has."""

from __future__ import annotations

from eventstudy.errors import UnknownTickerError
from eventstudy.prices._base import PriceProvider, PriceSeries
from eventstudy.prices.frames import read_frame
from eventstudy.prices.layouts import find_frame


def provider_series(provider: PriceProvider, ticker: str) -> PriceSeries:
    """What a provider has of a ticker, as a series.

    Parameters
    ----------
    provider : PriceProvider
        The caller's own may answer with a frame or a Series; None or a KeyError means
        that it does not hold the ticker.
    ticker : str

    Returns
    -------
    PriceSeries
        Not yet through the gate of :func:`eventstudy.prices.quality.admit`.

    Raises
    ------
    UnknownTickerError
        When it does not hold the ticker.
    BadDataError
        When the answer cannot be read as prices.
    """
    try:
        answer: object = provider.get(ticker)
    except KeyError:
        answer = None
    if isinstance(answer, PriceSeries):
        return answer
    frame = None if answer is None else find_frame({ticker: answer}, ticker, alone=True)
    if frame is None:
        name = type(provider).__name__
        raise UnknownTickerError(
            "ticker",
            ticker,
            f"the provider {name} does not hold it",
            "Ask another provider, or pass prices= that hold it.",
        )
    return read_frame(frame, ticker, f"provider {type(provider).__name__}")
