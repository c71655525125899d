"""What can go wrong, each with the parameter, the value, the bound and the way out."""

from __future__ import annotations


class EventStudyError(Exception):
    """Base of every error this package raises.

    Parameters
    ----------
    parameter : str
        The argument, column or field at fault, as the caller spells it.
    value : object
        What was received.
    bound : str
        What was violated, as a clause: "the start lies after the end".
    way_out : str
        What to do, as a sentence: "Swap the two numbers."

    Notes
    -----
    Each child is also the builtin it refines, so ``except ValueError`` and
    ``except EventStudyError`` both work.  The four parts stay readable as
    attributes; the message is made from them.
    """

    def __init__(self, parameter: str, value: object, bound: str, way_out: str) -> None:
        super().__init__(parameter, value, bound, way_out)
        self.parameter = parameter
        self.value = value
        self.bound = bound
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.parameter}={_short(self.value)}: {self.bound}. {self.way_out}"

    def __reduce__(self) -> tuple[object, ...]:
        # OSError keeps two arguments only; workers must get all four back.
        return type(self), (self.parameter, self.value, self.bound, self.way_out)


class UnknownTickerError(EventStudyError, LookupError):
    """No source holds this ticker."""


class NoDataError(EventStudyError, LookupError):
    """The source is known, but does not hold what was asked of it."""


class ProviderUnavailableError(EventStudyError, OSError):
    """A data source could not be reached or gave no usable answer."""


class RateLimitedError(ProviderUnavailableError):
    """A data source asked us to slow down."""


class BadDataError(EventStudyError, ValueError):
    """Prices, returns or factors that would falsify a result."""


class WindowError(EventStudyError, ValueError):
    """Windows that are reversed, empty, overlapping or outside the event window."""


class InsufficientDataError(EventStudyError, ValueError):
    """Too few valid days to estimate what was asked."""


class CollinearFactorsError(EventStudyError, ValueError):
    """Regressors of which one is a combination of the others."""


class EventDateError(EventStudyError, ValueError):
    """A date that cannot be read, is ambiguous, or has no trading day."""


class PressReleaseError(EventStudyError, ValueError):
    """A press release from which no single event can be read."""


class ArgumentError(EventStudyError, ValueError):
    """An argument whose value is not among those allowed."""


def _short(value: object, limit: int = 120) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."
