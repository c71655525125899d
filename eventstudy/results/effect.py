"""The noun that every result speaks in: an effect with its uncertainty."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from eventstudy.report import text

Unit: TypeAlias = Literal["return", "money"]


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """An estimated effect with its standard error, tests and interval.

    Parameters
    ----------
    value : float
        The effect: a decimal return, or an amount of money.  NaN = it does not
        exist, and ``reason`` says why.
    std_error : float
        Standard error with the full prediction-error variance, unit of ``value``.
    t : float
        The t statistic of the underlying return effect.
    df : float
        Its degrees of freedom.
    p_value : float
        Two-sided p-value of ``t``.
    ci_low, ci_high : float
        Interval at ``confidence``, unit of ``value``.
    empirical_p_value : float
        Distribution-free companion; NaN where it does not exist.
    empirical_test : str
        Which test that is: ``sq`` for a day, ``placebo`` for more.
    mde : float
        Minimum detectable effect: what is found with 80 % power at this level.
    n : int
        Observations behind the value: days of an event, events of a study.
    reason : str
        Why something is NaN; empty otherwise.
    confidence : float
        Level of the interval.
    label : str
        What the effect is of, as it stands within a sentence: "CAR[-1,+1]".
    unit : {"return", "money"}
        How it is written.
    currency : str
        Of an amount of money, a code such as "USD"; empty if unknown.
    """

    value: float
    std_error: float = math.nan
    t: float = math.nan
    df: float = math.nan
    p_value: float = math.nan
    ci_low: float = math.nan
    ci_high: float = math.nan
    empirical_p_value: float = math.nan
    empirical_test: str = ""
    mde: float = math.nan
    n: int = 0
    reason: str = ""
    confidence: float = 0.95
    label: str = "effect"
    unit: Unit = "return"
    currency: str = ""

    def __float__(self) -> float:
        return float(self.value)

    def to_dict(self) -> dict[str, float | int | str]:
        """All fields, raw numbers."""
        return dataclasses.asdict(self)

    def __repr__(self) -> str:
        label = self.label[:1].upper() + self.label[1:]
        return text.effect_sentence(**{**dataclasses.asdict(self), "label": label})
