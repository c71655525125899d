"""What a significance test is, and how it is registered and found.

A test is one file of this package: a function of a :class:`Sample` that returns a
:class:`Statistic`, decorated with :func:`register`.  No other file is edited.
"""

from __future__ import annotations

import dataclasses
import inspect
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from eventstudy._registry import Registry
from eventstudy._typing import BoolArray, FloatArray
from eventstudy.inference._cross_section import CrossSection
from eventstudy.inference._options import check_options, literal
from eventstudy.inference._sample import Codes, Sample, uncovered
from eventstudy.inference._statistic import Condition, Golden, Statistic, never

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "TESTS",
    "Condition",
    "CrossSection",
    "Golden",
    "Outcome",
    "Sample",
    "Statistic",
    "Test",
    "find_test",
    "list_tests",
    "never",
    "register",
    "uncovered",
]

Kind: TypeAlias = Literal["single", "sample"]

BELOW_MINIMUM = Condition("below_minimum", lambda _sample, _options: np.asarray(False))


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
    reason: Codes


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
        With fewer a sample test is shown as not valid, ``below_minimum``.
    golden : Golden
        The hand-checkable example.
    reads : tuple of str
        Reducers of the residual pass that a sample test reads, it or its conditions.
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
    reads: tuple[str, ...] = ()
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
            For an option that the test does not have, or a value it does not take.
        """
        check_options(self.key.partition("|")[0], self.compute, options)
        words = [
            name if value is True else f"{name}={value}"
            for name, value in options.items()
        ]
        return dataclasses.replace(
            self, key="|".join([self.key, *words]), options={**self.options, **options}
        )

    def __reduce__(self) -> tuple[Any, ...]:
        # A name in the registry stands for a function that its decorator hides.
        key = self.key.partition("|")[0]
        if key in TESTS and TESTS[key].compute is self.compute:
            return _with_options, (key, dict(self.options))
        return type(self), tuple(
            getattr(self, f.name) for f in dataclasses.fields(self)
        )

    def __call__(self, sample: Sample | CrossSection) -> Outcome:
        """Apply the test.

        Parameters
        ----------
        sample : Sample, or CrossSection for a sample test

        Returns
        -------
        Outcome
        """
        statistic = self.compute(sample, **self.options)
        missing = np.isnan(statistic.value)
        valid = ~missing
        reason: Codes = np.full(statistic.value.shape, "", dtype="<U48")
        if statistic.reason is not None:
            reason = np.where(missing, statistic.reason, reason)
        few = self.kind == "sample" and sample.n_events < self.min_events
        conditions = (BELOW_MINIMUM,) if few else self.conditions
        for condition in conditions:
            fails = valid & ~condition.holds(sample, self.options)
            reason = np.where(fails, condition.reason, reason)
            valid = valid & ~fails
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
    **facts: Any,
) -> Callable[[Callable[..., Statistic]], Test]:
    """Register the decorated function as a test.

    Parameters
    ----------
    key, name, null, reference : str
        How users name it; how people read it; its null hypothesis, a sentence; author,
        year, journal, pages.
    golden : Golden
        The hand-checkable example.
    kind : {"single", "sample"}
        Whether it tests each event or the sample.
    **facts
        ``min_events``, ``reads``, ``conditions``, ``laws``, ``variants``.

    Returns
    -------
    callable
        The decorator.
    """

    def add(compute: Callable[..., Statistic]) -> Test:
        text = inspect.getdoc(compute) or ""
        compute.__doc__ = f"{text}\n\nReferences\n----------\n{reference}\n"
        facts.setdefault("min_events", 1)
        asked = [
            facts.get("reads", ()),
            *(c.reads for c in facts.get("conditions", ())),
        ]
        facts["reads"] = tuple(dict.fromkeys(itertools.chain.from_iterable(asked)))
        test = Test(
            key=key, name=name, compute=compute, null=null, reference=reference,
            kind=kind, golden=golden, **facts,
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
    values = {name: literal(value) for name, value in pairs.items()}
    return found.using(**values) if values else found


def _with_options(key: str, options: Mapping[str, Any]) -> Test:
    return TESTS[key].using(**options) if options else TESTS[key]


def list_tests() -> pd.DataFrame:
    """All significance tests, one row each.

    Returns
    -------
    DataFrame
        Index ``key``; columns ``name``, ``kind`` (``single``: each event,
        ``sample``: the events together), ``null`` (a sentence), ``reference``,
        ``min_events``, ``options`` (words).

    Examples
    --------
    >>> import eventstudy as es
    >>> es.list_tests().loc["placebo", "options"]
    'non_overlapping, raw, tails'
    """
    import pandas as pd

    rows = [
        {
            "key": test.key,
            "name": test.name,
            "kind": test.kind,
            "null": test.null,
            "reference": test.reference,
            "min_events": test.min_events,
            "options": ", ".join(list(inspect.signature(test.compute).parameters)[1:]),
        }
        for test in TESTS.values()
    ]
    return pd.DataFrame(rows).set_index("key")
