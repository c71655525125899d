"""What a significance test reads, what it returns, and how it is registered."""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np

from eventstudy._registry import Registry
from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.pvalues import Alternative, Distribution, p_values
from eventstudy.errors import ArgumentError

Kind: TypeAlias = Literal["single", "sample"]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """N events and one test window: all that a significance test may read.

    Every linear expected-return model comes to the same form here.  ``A`` is the
    inverse cross-product of the estimation rows; rows are whitened, so that
    ``x_t' A x_u`` is the dot product of two of them (methods: V, c and zeta).

    Parameters
    ----------
    window : tuple of int
        First and last event day, both included; L days.
    abnormal_returns : ndarray of shape (N, L)
        Prediction errors in decimals.  NaN = no observation ends on that day, or
        its span leaves the window.
    spans : ndarray of shape (N, L)
        Trading days each abnormal return covers; 0 where it is missing.
    rows : ndarray of shape (N, L, k)
        Whitened regressor rows of the event days; 0 where missing.
    sigma : ndarray of shape (N,)
        Residual standard deviation per day; NaN where it is zero.
    df : ndarray of shape (N,)
        Residual degrees of freedom of the model.
    residuals : ndarray of shape (N, M)
        Estimation-day residuals in decimals, untransformed: column j is the j-th
        calendar day of the estimation window.  NaN = no observation ends there.
    residual_spans : ndarray of shape (N, M)
        As ``spans``, for the estimation days.
    residual_rows : ndarray of shape (N, M, k)
        As ``rows``, for the estimation days.
    parameters : int
        Estimated mean parameters k, the intercept included.
    level : float
        Significance level, 1 - confidence.
    keys : ndarray of shape (N,), uint64
        A number for each event's id; resampling draws hang on it, so that order
        and company of an event change none of its draws.
    seed : int
        Root of every random stream.
    """

    window: tuple[int, int]
    abnormal_returns: FloatArray
    spans: FloatArray
    rows: FloatArray
    sigma: FloatArray
    df: FloatArray
    residuals: FloatArray
    residual_spans: FloatArray
    residual_rows: FloatArray
    parameters: int
    level: float = 0.05
    keys: IntArray = field(default_factory=lambda: np.zeros(0, np.uint64))
    seed: int = 0

    @property
    def n_events(self) -> int:
        """N."""
        return int(self.sigma.shape[0])

    @property
    def n_rows(self) -> IntArray:
        """Valid abnormal returns in the window, (N,)."""
        return np.asarray((self.spans > 0).sum(axis=1))

    @property
    def n_estimation(self) -> IntArray:
        """Valid estimation rows M, (N,)."""
        return np.asarray((self.residual_spans > 0).sum(axis=1))

    @property
    def length(self) -> FloatArray:
        """Trading days covered by the abnormal returns of the window, (N,)."""
        return np.asarray(self.spans.sum(axis=1))

    @property
    def covered(self) -> BoolArray:
        """Whether the event enters the window: an AR in it, and one on day 0 if 0 is in it."""
        first, last = self.window
        enough = self.n_rows > 0
        if not first <= 0 <= last:
            return enough
        day = np.arange(first, last + 1)
        on_zero = (day >= 0) & (day - self.spans + 1 <= 0) & (self.spans > 0)
        return enough & on_zero.any(axis=1)

    @property
    def car(self) -> FloatArray:
        """Cumulative abnormal return, (N,), decimals; NaN where not ``covered``."""
        return np.where(self.covered, np.nansum(self.abnormal_returns, axis=1), np.nan)

    @property
    def scale(self) -> FloatArray:
        """c = variance of the CAR over sigma squared, (N,): days plus parameter error."""
        return self.length + (self.rows.sum(axis=1) ** 2).sum(axis=1)

    @property
    def variance(self) -> FloatArray:
        """Variance of the CAR with the full prediction-error matrix, (N,)."""
        return np.where(self.covered, self.sigma**2 * self.scale, np.nan)

    @property
    def scar(self) -> FloatArray:
        """Standardised cumulative abnormal return, CAR / sqrt(variance), (N,)."""
        return self.car / np.sqrt(self.variance)

    @property
    def sar(self) -> FloatArray:
        """Standardised abnormal returns of the window, (N, L)."""
        leverage = (self.rows**2).sum(axis=2)
        return self.abnormal_returns / (self.sigma[:, None] * np.sqrt(self.spans + leverage))

    @property
    def residual_sar(self) -> FloatArray:
        """Studentised residuals e / (s sqrt(d - h)), (N, M); NaN where missing."""
        leverage = (self.residual_rows**2).sum(axis=2)
        room = np.where(self.residual_spans > 0, self.residual_spans - leverage, np.nan)
        return self.residuals / (self.sigma[:, None] * np.sqrt(room))

    def stream(self, test: str, event: int) -> np.random.Generator:
        """The random stream of one test, window and event.

        Parameters
        ----------
        test : str
            Key of the test.
        event : int
            Position of the event in this sample.

        Returns
        -------
        numpy.random.Generator
        """
        name = hashlib.sha256(f"{test}{self.window}".encode()).digest()[:8]
        words = [self.seed, int.from_bytes(name, "little"), int(self.keys[event])]
        return np.random.default_rng(np.random.SeedSequence(words))


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
    reason: np.ndarray[Any, np.dtype[np.str_]] | None = None

    def p_value(self, alternative: Alternative = "two-sided") -> FloatArray:
        """P-value, shape of ``value``."""
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

    sample: Callable[[], Sample]
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
        Sample -> bool array, shape of the statistic.
    """

    reason: str
    holds: Callable[[Sample], BoolArray]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A test applied to a sample.  All arrays have the shape of the statistic.

    Parameters
    ----------
    test : Test
        The test, with its options.
    statistic : Statistic
        As the test returned it.
    p_value : ndarray
        NaN where the statistic is.
    valid : ndarray of bool
        Whether its level is assured for this sample.
    reason : ndarray of str
        Why it is missing or not valid; empty where it is neither.
    """

    test: Test
    statistic: Statistic
    p_value: FloatArray
    valid: BoolArray
    reason: np.ndarray[Any, np.dtype[np.str_]]


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """A significance test: a function of a :class:`Sample` and what is known of it.

    Parameters
    ----------
    key, name : str
        How users name it; how people read it.
    compute : callable
        Sample -> Statistic.
    null : str
        The null hypothesis, a sentence.
    reference : str
        Author, year, journal, equation.
    kind : {"single", "sample"}
        Whether it tests each event or the sample.
    min_events : int
        Fewer give NaN with ``needs_more_events``.
    golden : Golden
        The hand-checkable example.
    conditions : tuple of Condition
        When its level is assured.
    laws : frozenset of str
        Laws of the contract suite that it breaks by design.
    variants : tuple of dict
        Options under which it is shown as well, each a row of its own.
    options : mapping
        The options in force.
    """

    key: str
    name: str
    compute: Callable[..., Statistic]
    null: str
    reference: str
    kind: Kind
    min_events: int
    golden: Golden
    conditions: tuple[Condition, ...] = ()
    laws: frozenset[str] = frozenset()
    variants: tuple[Mapping[str, Any], ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    __test__ = False  # pytest must not collect the class

    def using(self, **options: Any) -> Test:
        """The same test with other options.

        Parameters
        ----------
        **options
            Keyword options of the test's function.

        Returns
        -------
        Test
            Its key is ``key|option`` (or ``key|option=value``).

        Raises
        ------
        ArgumentError
            For an option that the test does not have.
        """
        allowed = [name for name in inspect.signature(self.compute).parameters][1:]
        for name in options:
            if name not in allowed:
                bound = f"{self.key} has {'the options ' + ', '.join(allowed) if allowed else 'no options'}"
                raise ArgumentError("tests", name, bound, "Leave the option out.")
        words = [name if value is True else f"{name}={value}" for name, value in options.items()]
        return dataclasses.replace(
            self, key="|".join([self.key, *words]), options={**self.options, **options}
        )

    def __call__(self, sample: Sample) -> Outcome:
        """Apply the test.

        Parameters
        ----------
        sample : Sample

        Returns
        -------
        Outcome
        """
        statistic = self.compute(sample, **self.options)
        missing = np.isnan(statistic.value)
        valid = ~missing
        reason = np.full(statistic.value.shape, "", dtype="<U48")
        for condition in self.conditions:
            fails = valid & ~condition.holds(sample)
            reason[fails], valid = condition.reason, valid & ~fails
        if statistic.reason is not None:
            reason = np.where(missing, statistic.reason, reason)
        return Outcome(self, statistic, statistic.p_value(), valid, reason)


TESTS: Registry[Test] = Registry("tests", "eventstudy.inference")


def register(
    key: str,
    *,
    name: str,
    null: str,
    reference: str,
    golden: Golden,
    kind: Kind = "single",
    min_events: int = 1,
    conditions: tuple[Condition, ...] = (),
    laws: frozenset[str] = frozenset(),
    variants: tuple[Mapping[str, Any], ...] = (),
) -> Callable[[Callable[..., Statistic]], Test]:
    """Register the decorated function as a test; parameters as in :class:`Test`."""

    def add(compute: Callable[..., Statistic]) -> Test:
        compute.__doc__ = f"{inspect.getdoc(compute) or ''}\n\nReferences\n----------\n{reference}\n"
        test = Test(
            key, name, compute, null, reference, kind, min_events, golden,
            conditions, laws, variants,
        )  # fmt: skip
        TESTS.add(key, test)
        return test

    return add


def find_test(test: str | Test) -> Test:
    """The test of a key, with options behind bars: ``"placebo|non_overlapping"``.

    Parameters
    ----------
    test : str or Test
        An object is handed back as it is.

    Returns
    -------
    Test

    Raises
    ------
    ArgumentError
        For a key or an option that does not exist; the message lists what does.
    """
    if isinstance(test, Test):
        return test
    key, *options = str(test).split("|")
    found = TESTS[key]
    pairs = dict(word.partition("=")[::2] for word in options)
    return found.using(**{name: _literal(value) for name, value in pairs.items()}) if pairs else found


def _literal(text: str) -> Any:
    """An option's value from a key: nothing is True, numbers are numbers."""
    if text in {"", "True"}:
        return True
    if text == "False":
        return False
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text


def why(missing: BoolArray, code: str) -> np.ndarray[Any, np.dtype[np.str_]]:
    """Reason codes: ``code`` where missing, empty elsewhere."""
    return np.where(missing, code, "")


def uncovered(sample: Sample) -> np.ndarray[Any, np.dtype[np.str_]]:
    """The reason why an event has no (standardised) CAR in the window, or empty."""
    reason = np.where(np.isnan(sample.sigma), "zero_variance", "")
    reason = np.where(sample.covered, reason, "no_event_day_return")
    return np.where(sample.n_rows == 0, "no_abnormal_return", reason)
