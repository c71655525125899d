"""What goes wrong at Yahoo, in our own errors, and when asking again may help."""

from __future__ import annotations

import re

from eventstudy.errors import (
    EventStudyError,
    NoDataError,
    ProviderUnavailableError,
    RateLimitedError,
    UnknownTickerError,
)

SYMBOL = re.compile(r"[A-Za-z0-9^][A-Za-z0-9.^=&_-]{0,31}")
SHARE_CLASS = re.compile(r"[A-Za-z]+\.[A-Za-z]")
UNKNOWN = ("no data found", "not found", "no timezone found")
OUT_OF_RANGE = "data doesn't exist"
REASON_IN_WORDS = re.compile(r'Yahoo error = "(.*)"')
PATIENCE = 10.0
GONE = "Check the spelling; Yahoo drops the tickers of firms acquired or delisted."
LATER = "Try again later."


def check_symbol(ticker: str) -> None:
    """Refuse what cannot be one of Yahoo's symbols, before anything is asked."""
    if not SYMBOL.fullmatch(ticker):
        raise UnknownTickerError(
            "ticker",
            ticker,
            "Yahoo Finance has no such symbols: letters, digits and .^=&_- only",
            "Write it as on finance.yahoo.com, such as 'XOM', '7203.T' or '^GSPC'.",
        )


def own_error(error: Exception, ticker: str) -> EventStudyError:
    """The error of our family for whatever was raised behind the wall.

    Parameters
    ----------
    error : Exception
    ticker : str

    Returns
    -------
    EventStudyError
        ``UnknownTickerError``, ``NoDataError``, ``RateLimitedError`` or
        ``ProviderUnavailableError``; an error of ours comes back as it is.
    """
    if isinstance(error, EventStudyError):
        return error
    name, status = type(error).__name__, _status(error)
    if name == "YFRateLimitError" or status == 429:
        bound = "Yahoo Finance asks to be asked less often (429)"
        way_out = "Wait some minutes and ask again."
        return RateLimitedError("ticker", ticker, bound, way_out)
    if status == 404:
        return _unknown(ticker)
    if hasattr(error, "rationale") or name == "YFPricesMissingError":
        return _missing(error, ticker)
    if isinstance(error, OSError):
        return _not_reached(error, ticker)
    bound = f"Yahoo Finance gave an answer that cannot be read ({_in_short(error)})"
    way_out = f"{LATER} If it lasts: pip install --upgrade yfinance."
    return ProviderUnavailableError("ticker", ticker, bound, way_out)


def pause_before(
    error: EventStudyError, cause: Exception, attempt: int
) -> float | None:
    """Seconds after which asking again may help; None = it would not.

    Parameters
    ----------
    error : EventStudyError
    cause : Exception
        What was raised behind the wall.
    attempt : int
        How often it was asked again before.
    """
    if isinstance(error, RateLimitedError):
        return PATIENCE if attempt == 0 else None
    # Without a network it fails at once for ever; a time-out was waited for already.
    hopeless = "DNS" in type(cause).__name__ or "Timeout" in type(cause).__name__
    if hopeless or not isinstance(error, ProviderUnavailableError):
        return None
    return float(2**attempt)


def _missing(error: Exception, ticker: str) -> EventStudyError:
    """Yahoo answered, and there are no prices in it: why, by its own words."""
    text = str(error)
    if any(words in text.lower() for words in UNKNOWN):
        return _unknown(ticker)
    in_words = REASON_IN_WORDS.search(text)
    reason = getattr(error, "yahoo_reason", None) or (in_words and in_words[1])
    if reason and OUT_OF_RANGE not in reason.lower():
        bound = f"Yahoo Finance could not answer: {reason}"
        return ProviderUnavailableError("ticker", ticker, bound, LATER)
    if "status_code" in text:
        bound = f"Yahoo Finance could not answer ({_in_short(error)})"
        return ProviderUnavailableError("ticker", ticker, bound, LATER)
    bound = "Yahoo Finance knows it, but has no daily prices of it"
    return NoDataError("ticker", ticker, bound, GONE)


def _unknown(ticker: str) -> UnknownTickerError:
    bound = "Yahoo Finance knows no such ticker"
    dashed = ticker.replace(".", "-").upper()
    hint = f"A class of shares has a dash there: {dashed!r}. "
    hint = hint if SHARE_CLASS.fullmatch(ticker) else ""
    return UnknownTickerError("ticker", ticker, bound, hint + GONE)


def _not_reached(error: OSError, ticker: str) -> ProviderUnavailableError:
    late = "Timeout" in type(error).__name__
    failed = "did not answer in time" if late else "could not be reached"
    bound = f"Yahoo Finance {failed} ({_in_short(error)})"
    way_out = f"Check the connection to the internet. {LATER}"
    return ProviderUnavailableError("ticker", ticker, bound, way_out)


def _status(error: Exception) -> int | None:
    """The HTTP status where the error carries a response."""
    return getattr(getattr(error, "response", None), "status_code", None)


def _in_short(error: Exception, limit: int = 160) -> str:
    said = " ".join(str(error).split()).partition(" See http")[0].rstrip(".")
    text = f"{type(error).__name__}: {said}"
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
