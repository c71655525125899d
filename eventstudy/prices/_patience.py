"""Patience with a source that asks to be asked less often, shared by many questions."""

from __future__ import annotations

import time
from collections.abc import Callable

from eventstudy.errors import EventStudyError, RateLimitedError

RESTS = 60.0  # seconds for which nothing more is asked
WAITS_AGAIN_AFTER = 600.0


class Patience:
    """What one call, or one provider, still bears of a source's refusals.

    It waits once for all questions; a source that refuses again is not asked for
    other tickers for a minute, whoever wants to.

    Parameters
    ----------
    clock : callable
        Seconds that only grow.

    Examples
    --------
    >>> patience = Patience()
    >>> patience.pause(10.0), patience.pause(10.0)
    (10.0, None)
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waited: float | None = None
        self._refused: tuple[float, str] | None = None

    def pause(self, seconds: float | None) -> float | None:
        """Seconds to wait after a refusal; None = there was a wait already."""
        now = self._clock()
        waited = self._waited is not None and now - self._waited < WAITS_AGAIN_AFTER
        if seconds is None or waited:
            return None
        self._waited = now
        return seconds

    def heed(self, error: EventStudyError) -> None:
        """Remember a refusal that was not overcome."""
        if isinstance(error, RateLimitedError):
            self._refused = self._clock(), str(error.value)

    def require(self, ticker: str, source: str) -> None:
        """Refuse to ask while the source rests.

        Raises
        ------
        RateLimitedError
            It names the ticker at which the source refused.
        """
        if self._refused is None or self._refused[1] == ticker:
            return  # who asks for the same again means it
        if self._clock() - self._refused[0] >= RESTS:
            return
        raise RateLimitedError(
            "ticker",
            ticker,
            f"{source} was not asked for it, because it had asked to be asked less "
            f"often (429) at {self._refused[1]}",
            "Wait some minutes and ask again; what was fetched is in the cache.",
        )
