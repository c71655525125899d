"""How numbers are written; expected words by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from eventstudy.report import formats
from eventstudy.report.text import effect_sentence


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-0.410879728, "−41.09 %"),
        (0.0, "0.00 %"),
        (-0.000001, "0.00 %"),
        (9.0, "900.00 %"),
        (12.3456, "1,234.56 %"),
        (math.nan, "n/a"),
        (-math.inf, "−∞ %"),
    ],
)
def test_percent(value: float, written: str) -> None:
    assert formats.percent(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-234_222_061.0, "−$234.2 million"),
        (570_050_160.0, "$570.1 million"),
        (999_960_000.0, "$1.00 billion"),
        (2.5e12, "$2.50 trillion"),
        (999_949.0, "$999,949"),
        (-0.0, "$0"),
        (math.nan, "n/a"),
        (math.inf, "∞"),
    ],
)
def test_money(value: float, written: str) -> None:
    assert formats.money(value) == written


def test_amounts_beside_millions_are_in_millions():
    shown = formats.amounts((-53.8e6, 519_361.0, -12_000.0, 1.2e9, math.nan))
    assert shown == [
        "−$53.8 million", "$0.5 million", "$0.0 million", "$1.20 billion", "n/a",
    ]  # fmt: skip
    assert formats.amounts((-80_123.0, 300_000.0)) == ["−$80,123", "$300,000"]
    assert formats.amounts((999_960.0, 5.0)) == ["$1.0 million", "$0.0 million"]


@pytest.mark.parametrize(
    ("value", "written"),
    [(8.39, "$8.39"), (0.1115, "$0.1115"), (612_345.6, "$612,346"), (-2.5, "−$2.50")],
)
def test_price_of_a_share(value: float, written: str) -> None:
    assert formats.price(value, "$") == written


@pytest.mark.parametrize(
    ("value", "table", "sentence"),
    [
        (1e-30, "<0.001", "p < 0.001"),
        (0.001, "0.001", "p = 0.001"),
        (1 / 251, "0.004", "p = 0.004"),
        (1.0, "1.000", "p = 1.000"),
        (math.nan, "n/a", "p = n/a"),
    ],
)
def test_p_value(value: float, table: str, sentence: str) -> None:
    assert formats.p_value(value) == table
    assert formats.p_words(value) == sentence


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.16317, "0.163"),
        (0.01, "0.01"),
        (-0.0513, "−0.0513"),
        (1.143, "1.14"),
        (2.0, "2"),
        (0.0, "0"),
        (12345.6, "12,346"),
        (math.nan, "n/a"),
    ],
)
def test_significant_digits(value: float, written: str) -> None:
    assert formats.significant(value) == written


def test_currencies() -> None:
    assert formats.currency_sign("USD") == "$"
    assert formats.currency_sign("CHF") == "CHF\N{NO-BREAK SPACE}"
    assert formats.currency_sign("") == formats.currency_sign(None) == ""
    assert formats.currency_words("USD") == "US dollars"
    assert formats.currency_words("CHF") == "CHF"


def test_days_and_windows() -> None:
    day = pd.Timestamp("2010-08-27")
    assert formats.day_words(day) == "27 August 2010"
    assert formats.short_day(day) == "27 Aug 2010"
    assert formats.short_day(pd.NaT) == formats.iso_day(pd.NaT) == ""
    assert formats.iso_day(day) == "2010-08-27"
    assert formats.window_words(0, 0) == "day 0"
    assert formats.window_words(-1, 1) == "days −1 to +1"
    assert formats.window_label(-10, 10) == "[−10, +10]"
    assert formats.level(0.95) == "95 %"
    assert formats.level(0.995) == "99.5 %"


def test_text_is_cut_with_an_ellipsis() -> None:
    assert formats.shortened("IMGN", 4) == "IMGN"
    assert formats.shortened("IMGN.PREFERRED", 6) == "IMGN.…"


EFFECT = {
    "label": "AR(0)",
    "value": -0.410879728,
    "std_error": 0.0267420509,
    "t": -15.36455564,
    "df": 248.0,
    "p_value": 6.9e-38,
    "ci_low": -0.463550221,
    "ci_high": -0.358209236,
    "empirical_p_value": 1 / 251,
    "empirical_test": "sq",
    "confidence": 0.95,
    "reason": "",
    "unit": "return",
}


def test_effect_as_a_sentence() -> None:
    assert effect_sentence(**EFFECT) == (
        "AR(0) = −41.09 %, 95 % interval −46.36 % to −35.82 %, t = −15.36 (248 df), "
        "p < 0.001, sq p = 0.004."
    )


def test_missing_effect_says_why() -> None:
    missing = {**EFFECT, "value": math.nan, "reason": "zero_variance"}
    assert effect_sentence(**missing) == (
        "AR(0) is not available: the estimation-window residuals do not vary."
    )


def test_missing_parts_of_an_effect_say_why() -> None:
    shown = {**EFFECT, "empirical_p_value": math.nan, "reason": "too_few_days"}
    end = "p < 0.001, no rank p (too few valid days)."
    assert effect_sentence(**shown).endswith(end)
    nothing = {**shown, "ci_low": math.nan, "p_value": math.nan}
    flat = effect_sentence(**{**nothing, "reason": "zero_variance"})
    assert flat == (
        "AR(0) = −41.09 %, no interval (the estimation-window residuals do not vary)."
    )
    bare = {**EFFECT, "value": math.nan}
    assert effect_sentence(**bare) == "AR(0) is not available."


def test_money_effect_has_the_sign_of_its_currency() -> None:
    money = {
        **EFFECT,
        "label": "market value change",
        "value": -2e9,
        "ci_low": math.nan,
        "p_value": math.nan,
        "empirical_p_value": math.nan,
        "unit": "money",
        "currency": "GBP",
    }
    assert effect_sentence(**money) == "market value change = −£2.00 billion."
