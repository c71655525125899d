"""What a significance test returns, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eventstudy._typing import BoolArray, FloatArray
from eventstudy.core.pvalues import Alternative, Distribution, p_values
from eventstudy.inference._cross_section import CrossSection
from eventstudy.inference._sample import Codes, Sample


@dataclass(frozen=True, slots=True, eq=False)
class Statistic:
    """What a test returns; :mod:`eventstudy.core.pvalues` makes the p-value of it.

    Parameters
    ----------
    value : ndarray of shape (N,) for a single-event test, () for a sample test
        The statistic.  NaN = it does not exist, and ``reason`` says why.
    distribution : str
        What it is compared with.
    df : ndarray, optional
        Degrees of freedom, same shape; (..., 2) for ``f``.
    exceed, draws : ndarray, optional
        ``empirical``: placebo statistics at least as extreme, and their number;
        ``bound``: numerator and denominator of the bound.
    reason : ndarray of str, optional
        Same shape as ``value``; a code of ``eventstudy._reasons``, or empty.
    """

    value: FloatArray
    distribution: Distribution
    df: FloatArray | None = None
    exceed: FloatArray | None = None
    draws: FloatArray | None = None
    reason: Codes | None = None

    def p_value(self, alternative: Alternative = "two-sided") -> FloatArray:
        """P-value, shape of ``value``.

        Parameters
        ----------
        alternative : {"two-sided", "less", "greater"}

        Returns
        -------
        ndarray
        """
        return p_values(
            self.distribution, self.value, self.df, self.exceed, self.draws, alternative
        )


@dataclass(frozen=True, slots=True, eq=False)
class Golden:
    """A sample small enough to work by hand, and what must come out.

    Parameters
    ----------
    sample : callable
        Builds the sample; called by the tests only.
    value, p_value : float
        Expected statistic and p-value of the (first) event.
    source : str
        How the numbers were found: "by hand: ...".
    """

    sample: Callable[[], Sample | CrossSection]
    value: float
    p_value: float
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A condition under which a test that exists can be relied on.

    Parameters
    ----------
    reason : str
        Code shown where the condition fails.
    holds : callable
        Sample and options of the test -> bool array, shape of the statistic.
    reads : tuple of str
        Reducers of the residual pass that it reads.
    """

    reason: str
    holds: Callable[[Any, Mapping[str, Any]], BoolArray]
    reads: tuple[str, ...] = ()


def never(sample: Sample, options: Mapping[str, Any]) -> BoolArray:  # noqa: ARG001
    """The condition of tests that are shown, but never decide."""
    return sample.n_rows < 0
