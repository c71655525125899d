"""The one door to yfinance: one caller at a time, nothing printed, nothing kept."""

from __future__ import annotations

import contextlib
import logging
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

Answer = TypeVar("Answer")

# yfinance keeps its session, cookie, crumb and settings once for the process.
ONE_AT_A_TIME = threading.Lock()
ANY_ZONE = "UTC"


def ask_yfinance(
    symbol: str, question: Callable[[Any], Answer], timeout: float
) -> Answer:
    """Put a question to a ``yfinance.Ticker``.

    Parameters
    ----------
    symbol : str
    question : callable
        From the ticker object to whatever is wanted.
    timeout : float
        Seconds that each request may take, those for cookies too.

    Raises
    ------
    Exception
        Whatever yfinance and what lies below it raise; nothing is hidden.
    """
    with ONE_AT_A_TIME, _quiet() as yfinance:
        asked = yfinance.Ticker(symbol)
        # A zone spares the request by which yfinance looks one up; which one it is does
        # not matter where neither start nor end is given.
        asked._tz = ANY_ZONE
        try:
            with _bounded(asked._data._session, timeout):
                return question(asked)
        finally:
            # It remembers answers of the past, failures too.
            asked._data.cache_get.cache_clear()


@contextlib.contextmanager
def _quiet() -> Iterator[Any]:
    """The library with its voice off and its exceptions on; both as before after."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import yfinance

        logger, debug = logging.getLogger("yfinance"), yfinance.config.debug
        level, hidden = logger.level, debug.hide_exceptions
        logger.setLevel(logging.CRITICAL + 1)
        debug.hide_exceptions = False
        try:
            yield yfinance
        finally:
            logger.setLevel(level)
            debug.hide_exceptions = hidden


@contextlib.contextmanager
def _bounded(session: Any, timeout: float) -> Iterator[None]:
    """No request waits longer: yfinance lets only the one for prices be bounded."""
    own, request = vars(session).get("request"), session.request

    def bounded(*words: Any, **options: Any) -> Any:
        return request(*words, **options | {"timeout": timeout})

    session.request = bounded
    try:
        yield
    finally:
        if own is None:
            del session.request
        else:
            session.request = own
