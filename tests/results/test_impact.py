"""Money figures of a window, the one that stands for it, and the market value."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from eventstudy.prices.shares import ShareCount
from eventstudy.report.text import MINUS
from eventstudy.results.effect import Effect
from eventstudy.results.impact import Impact, headline_figure, money_effects
from eventstudy.results.market_value import MarketValue, market_value

EXAMPLE = json.loads(
    (Path(__file__).parents[1] / "references" / "worked_example_1.json").read_text()
)["example_1"]
EXPECTED, GIVEN = EXAMPLE["expected"], EXAMPLE["inputs"]
ACTUAL = np.array(GIVEN["firm_event"])
V = np.array(EXPECTED["covariance_of_ARs"]).reshape(3, 3)
CAR = Effect(
    EXPECTED["CAR"],
    std_error=EXPECTED["CAR_se"],
    t=EXPECTED["CAR_t"],
    df=10.0,
    p_value=EXPECTED["CAR_p"],
    ci_low=EXPECTED["CAR_ci95"][0],
    ci_high=EXPECTED["CAR_ci95"][1],
    mde=EXPECTED["mde80_CAR_noncentral"],
    n=3,
    label="CAR[-1,+1]",
)


def example(**changed):
    before = GIVEN["market_cap_before_event"] * np.cumprod(
        1 + np.append(0, ACTUAL[:-1])
    )
    facts = {
        "window": (-1, 1),
        "car": CAR,
        "market_value": MarketValue(GIVEN["market_cap_before_event"]),
        "actual": ACTUAL,
        "expected": ACTUAL - EXPECTED["AR"],
        "covariance": V,
        "market_values": before,
    }
    return Impact(**{**facts, **changed})


@pytest.mark.parametrize(
    ("figure", "kind", "value", "interval"),
    [
        ("simple", "simple", "dollar_simple_first_order", "dollar_simple_ci95"),
        ("buy_and_hold", "simple", "dollar_bhar_simple", "dollar_bhar_ci95"),
        ("daily_sum", "simple", "dollar_sum_daily", "dollar_sum_daily_ci95"),
        ("log", "log", "dollar_if_log_returns", "dollar_if_log_returns_ci95"),
    ],
)
def test_worked_example(figure, kind, value, interval):
    effect = money_effects(example(return_kind=kind))[figure]
    low, high = EXPECTED[interval]
    assert effect.value == pytest.approx(EXPECTED[value], rel=1e-9)
    assert effect.ci_low == pytest.approx(low, rel=1e-9)
    assert effect.ci_high == pytest.approx(high, rel=1e-9)
    assert (effect.t, effect.df, effect.p_value) == (CAR.t, 10.0, CAR.p_value)
    assert effect.unit == "money"
    assert effect.label == f"market value change, days {MINUS}1 to +1"


def test_shown_as_a_sentence_that_begins_with_a_capital():
    effect = money_effects(example())["simple"]
    assert effect.label.startswith("market value change")
    assert repr(effect).startswith(f"Market value change, days {MINUS}1 to +1 = ")
    assert repr(CAR).startswith("CAR[-1,+1] = ")


def test_standard_errors_and_mde_of_the_worked_example():
    effects = money_effects(example())
    errors = {
        "simple": 1e9 * EXPECTED["CAR_se"],
        "buy_and_hold": 1e9 * EXPECTED["bhar_se"],
        "daily_sum": EXPECTED["dollar_sum_daily_se"],
    }
    for key, error in errors.items():
        assert effects[key].std_error == pytest.approx(error, rel=1e-9)
        assert effects[key].mde == pytest.approx(
            1e9 * EXPECTED["mde80_CAR_noncentral"], rel=1e-12
        )


def test_headline_of_the_worked_example():
    assert headline_figure(example()) == EXPECTED["money_headline"]


@pytest.mark.parametrize(
    ("actual", "expected", "window", "kind", "figure"),
    [
        ([-0.06, -0.05], [0.0, 0.0], (0, 1), "simple", "buy_and_hold"),  # CAR -11 %
        ([-0.05, -0.04], [0.0, 0.0], (0, 1), "simple", "simple"),  # gap 0.2 points
        ([-0.10, 0.10], [0.0, 0.0], (0, 1), "simple", "buy_and_hold"),  # gap 1 point
        ([-0.40], [0.0], (0, 0), "simple", "simple"),
        ([-0.40, 0.0], [0.0, 0.0], (0, 1), "log", "log"),
    ],
)
def test_headline_rule(actual, expected, window, kind, figure):
    actual, expected = np.array(actual), np.array(expected)
    car = Effect(float((actual - expected).sum()), std_error=0.01, df=100.0)
    impact = Impact(
        window,
        car,
        MarketValue(1e9),
        actual,
        expected,
        1e-4 * np.eye(actual.size),
        return_kind=kind,
    )
    assert headline_figure(impact) == figure
    assert figure in money_effects(impact)


def test_what_applies():
    assert set(money_effects(example())) == {"simple", "buy_and_hold", "daily_sum"}
    assert set(money_effects(example(return_kind="log"))) == {"log"}
    assert "daily_sum" not in money_effects(example(market_values=None))
    gap = np.array([1e9, np.nan, 1e9])
    assert "daily_sum" not in money_effects(example(market_values=gap))


def test_a_return_that_begins_before_the_window_is_left_out():
    v = np.zeros((4, 4))
    v[1:, 1:] = V
    wider = example(
        window=(-2, 1),
        actual=np.append(0.3, ACTUAL),
        expected=np.append(0.1, ACTUAL - EXPECTED["AR"]),
        covariance=v,
        market_values=np.append(1e9, example().market_values),
    )
    plain = money_effects(example())
    for key, effect in money_effects(wider).items():
        assert effect.value == pytest.approx(plain[key].value, rel=1e-12)
        assert effect.ci_low == pytest.approx(plain[key].ci_low, rel=1e-12)
    assert wider.bhar == pytest.approx(EXPECTED["bhar_simple"], rel=1e-9)


def test_an_unknown_market_value_gives_nan_with_its_reason():
    unknown = MarketValue(reason="no_share_count")
    for kind in ("simple", "log"):
        for effect in money_effects(
            example(market_value=unknown, market_values=None, return_kind=kind)
        ).values():
            money = [effect.value, effect.std_error, effect.ci_low, effect.ci_high]
            assert np.isnan(money).all()
            assert effect.reason == "no_share_count"
            assert effect.t == CAR.t
            assert repr(effect) == (
                f"Market value change, days {MINUS}1 to +1 is not available: no share "
                "count at most 400 days old is known."
            )


def test_without_a_car_there_is_no_figure_in_money_and_it_says_why():
    # the buy-and-hold path alone could bridge the missing day
    gap = example(
        car=Effect(math.nan, reason="no_event_day_return"),
        actual=np.array([0.01, np.nan, 0.02]),
        expected=np.array([0.0, 0.0, 0.0]),
        market_values=None,
    )
    assert math.isfinite(gap.bhar)
    for effect in money_effects(gap).values():
        money = [effect.value, effect.std_error, effect.ci_low, effect.ci_high]
        assert np.isnan(money).all()
        assert "not available: there is no return on the event day." in repr(effect)


def test_an_interval_that_is_missing_is_said_to_be():
    flat = example(car=Effect(0.02, reason="zero_variance"), covariance=np.nan * V)
    said = repr(money_effects(flat)["simple"])
    assert "no interval (the estimation-window residuals do not vary)." in said


@pytest.mark.parametrize(
    ("currency", "sign"), [("USD", "$"), ("GBP", "£"), ("CHF", "CHF\xa0"), ("", "")]
)
def test_money_is_shown_in_the_currency_of_the_prices(currency, sign):
    given = example(market_value=MarketValue(1e9, currency=currency))
    effect = money_effects(given)["simple"]
    assert effect.currency == currency
    minus, size = MINUS * (EXPECTED["CAR"] < 0), abs(1e3 * EXPECTED["CAR"])
    assert f" = {minus}{sign}{size:.1f} million, " in repr(effect)


def test_founding_case():
    # 67,944,000 shares at 8.39; AR(0) and its standard error from issue and notebook
    value = market_value(
        ShareCount(67_944_000.0, pd.Timestamp("2010-08-20"), "weighted average"),
        pd.Series([8.39], pd.DatetimeIndex(["2010-08-26"])),
        pd.Timestamp("2010-08-26"),
        "USD",
    )
    assert value.value == pytest.approx(570_050_160, rel=1e-12)
    car = Effect(-0.410879728, std_error=0.0267420509, t=-15.36455564, df=248.0)
    impact = Impact(
        (0, 0),
        car,
        value,
        np.array([-0.385]),
        np.array([0.025879728]),
        np.array([[0.0267420509**2]]),
    )
    effect = money_effects(impact)[headline_figure(impact)]
    assert effect.value == pytest.approx(-234.2e6, abs=0.05e6)
    # t of 248 df at 97.5 %: 1.969576 (tables: 1.9696)
    half = 1.9696 * 0.0267420509 * 570_050_160
    assert effect.ci_high - effect.value == pytest.approx(half, rel=1e-4)


CLOSES = pd.Series(
    [10.0, 11.0, np.nan, 12.0],
    pd.DatetimeIndex(["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07"]),
)


def day(text):
    return pd.Timestamp(text)


def test_market_value_takes_the_last_close():
    count = ShareCount(200.0, day("2020-01-03"), "cover page")
    found = market_value(count, CLOSES, day("2020-01-06"), "USD")
    assert (found.value, found.shares, found.close) == (2200.0, 200.0, 11.0)
    assert found.close_date == found.shares_date == day("2020-01-03")
    assert (found.basis, found.currency, found.reason) == ("cover page", "USD", "")
    assert found.to_dict()["value"] == 2200.0


def test_market_value_is_shown_as_a_sentence():
    founding = market_value(
        ShareCount(67_944_000.0, day("2010-08-20"), "cover page count"),
        pd.Series([8.39], pd.DatetimeIndex(["2010-08-26"])),
        day("2010-08-26"),
        "USD",
    )
    assert repr(founding) == (
        "Market value $570.05 million = 67,944,000 shares (cover page count, as of "
        "20 August 2010) at $8.39, the close of 26 August 2010."
    )
    assert repr(MarketValue(1.5e12, 1e10, 150.0)) == (
        "Market value 1.50 trillion = 10,000,000,000 shares at 150.00."
    )
    assert repr(MarketValue(9.5e8, currency="GBP")) == "Market value £950.00 million."
    unknown = MarketValue(reason="no_earlier_share_count|2010-08-20")
    assert repr(unknown) == (
        "The market value is not available: no share count dated before the window, "
        "at most 400 days old, is known; the next one is of 2010-08-20."
    )
    assert repr(MarketValue()) == "The market value is not available."


@pytest.mark.parametrize(
    ("count", "on", "reason"),
    [
        (ShareCount(math.nan, reason="no_share_count"), "2020-01-07", "no_share_count"),
        (ShareCount(5.0), "2020-01-01", "no_price_before_window"),
    ],
)
def test_missing_parts_have_a_reason(count, on, reason):
    found = market_value(count, CLOSES, day(on))
    assert math.isnan(found.value)
    assert found.reason == reason
