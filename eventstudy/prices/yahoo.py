"""Yahoo Finance through yfinance, behind a wall: our frames, our errors, no noise."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any, TypeVar

from eventstudy.errors import EventStudyError, RateLimitedError
from eventstudy.prices._base import PriceSeries, ShareSeries
from eventstudy.prices._patience import Patience
from eventstudy.prices._renewal import utc_now
from eventstudy.prices._yahoo_errors import check_symbol, own_error, pause_before
from eventstudy.prices._yahoo_history import History, as_series
from eventstudy.prices._yahoo_shares import SharesHistory, share_series
from eventstudy.prices._yahoo_wall import ask_yfinance

Answer = TypeVar("Answer")


class Yahoo:
    """Price provider that asks Yahoo Finance; it keeps nothing.

    Parameters
    ----------
    timeout : float
        Seconds that each request may take: for prices, for share counts, for the cookie
        and the key that Yahoo likes to see; without these prices are asked for as well.
    retries : int
        How often a failure that may pass is followed by another try: after 1, 2, 4 ...
        seconds, and once after 10 where Yahoo asks to be asked less often.  A ticker
        that Yahoo does not know, a time-out and a lacking network are none of these.
        Where Yahoo refuses again, no other ticker is asked for within a minute.
    sleep : callable
        Waits for a number of seconds.
    clock : callable
        The time, with zone, by which a session is over or not.
    patience : Patience, optional
        Shared with others that ask in the same call; its own by default.

    Notes
    -----
    Closes are adjusted for splits, not for dividends; ``adj_close`` for both.  All
    failures are errors of our own, also those that yfinance tells as an empty frame.

    Examples
    --------
    The default chain asks it through the cache.  As ``prices=`` it is asked even for
    tickers that are shipped: ``es.analyze("IBB", day, prices=es.Cached(es.Yahoo()))``.

    >>> import eventstudy as es
    >>> es.Yahoo(retries=0).get("no symbol")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    UnknownTickerError: ticker='no symbol': Yahoo Finance has no such symbols
    """

    name = "Yahoo Finance"
    libraries = ("yfinance",)

    def __init__(
        self,
        *,
        timeout: float = 10.0,
        retries: int = 2,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], dt.datetime] = utc_now,
        patience: Patience | None = None,
    ) -> None:
        self.timeout = timeout
        self.retries = retries
        self.sleep = sleep
        self.clock = clock
        self.patience = Patience() if patience is None else patience

    def get(self, ticker: str) -> PriceSeries:
        """The whole daily history of a ticker.

        Parameters
        ----------
        ticker : str
            As Yahoo writes it.

        Returns
        -------
        PriceSeries
            Columns open, high, low, close, adj_close, volume, dividends (money a share
            on the ex-day, 0 = none) and splits (new shares for an old one, 0 = none).
            Hundredths of a currency, such as pence, are divided by 100; a session that
            is not over is left out; the notes say both.

        Raises
        ------
        UnknownTickerError
            Yahoo does not know it, or no longer.
        NoDataError
            Yahoo knows it and has no prices.
        RateLimitedError
            Yahoo asks to be asked less often.
        ProviderUnavailableError
            Yahoo cannot be reached, or its answer cannot be read.
        BadDataError
            The adjusted closes are missing.
        """
        history = self._ask(ticker, lambda asked: History.ask(asked, self.timeout))
        return as_series(history, ticker, self.clock())

    def shares(self, ticker: str) -> ShareSeries:
        """Shares outstanding by date, on the split basis of the closes.

        Parameters
        ----------
        ticker : str

        Returns
        -------
        ShareSeries
            One count a day; what was left out or multiplied stands in the notes.

        Raises
        ------
        UnknownTickerError, NoDataError, RateLimitedError, ProviderUnavailableError
            As for :meth:`get`.
        """
        found = self._ask(ticker, lambda asked: SharesHistory.ask(asked, self.timeout))
        return share_series(found, ticker, self.clock())

    def _ask(self, ticker: str, question: Callable[[Any], Answer]) -> Answer:
        """Ask, and again where that may help."""
        check_symbol(ticker)
        self.patience.require(ticker, self.name)
        attempt = 0
        while True:
            try:
                return ask_yfinance(ticker, question, self.timeout)
            except Exception as cause:  # Whatever it is, it becomes one of ours.
                error = own_error(cause, ticker)
                pause = self._pause(error, cause, attempt)
                if pause is None:
                    self.patience.heed(error)
                    raise error from cause
            self.sleep(pause)
            attempt += 1

    def _pause(
        self, error: EventStudyError, cause: Exception, attempt: int
    ) -> float | None:
        """Seconds after which to ask again; None = not at all."""
        if attempt >= self.retries:
            return None
        pause = pause_before(error, cause, attempt)
        limited = isinstance(error, RateLimitedError)
        return self.patience.pause(pause) if limited else pause

    def __repr__(self) -> str:
        return "Yahoo()"
