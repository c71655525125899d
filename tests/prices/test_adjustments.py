"""Raw against adjusted closes: splits and dividends."""

import numpy as np
import pytest

from eventstudy.errors import BadDataError
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.quality import admit
from eventstudy.prices.suspicions import notes
from tests.prices.made_up import frame, walk

EX_DAY = 30  # 2010-02-15


def paid(amount=0.3, days=60):
    """Raw closes that fall by a dividend, closes adjusted for it, the dividends."""
    total, dividends = walk(days), np.zeros(days)
    dividends[EX_DAY] = amount
    factor = np.ones(days)
    factor[EX_DAY:] = 1 - amount / total[EX_DAY - 1]
    raw = total * factor
    adjusted = np.where(np.arange(days) < EX_DAY, raw * factor[-1], raw)
    return raw, adjusted, dividends


def split(ratio, days=60):
    """A column of splits with one of them."""
    return np.where(np.arange(days) == EX_DAY, ratio, 0.0)


@pytest.mark.parametrize("amount", [0.02, 0.3, 2.0])
def test_a_dividend_that_is_adjusted_for_passes(amount):
    raw, adjusted, dividends = paid(amount)
    assert notes(frame(raw, adjusted, dividends=dividends)) == ()


def test_a_dividend_that_is_not_adjusted_for_is_noted():
    raw, _, dividends = paid()
    assert notes(frame(raw, raw, dividends=dividends)) == (
        "the adjusted close leaves out the dividend of 2010-02-15",
    )


def test_a_dividend_that_is_taken_off_instead_of_added_is_noted():
    raw, adjusted, _ = paid()
    assert notes(frame(adjusted, raw)) == (
        (
            "on 2010-02-15 the adjusted close returns less than the raw one, and a "
            "dividend makes it more"
        ),
    )


def test_closes_in_cents_are_no_disagreement():
    raw, adjusted, dividends = paid()
    cents = frame(np.round(raw, 2), np.round(adjusted, 2), dividends=dividends)
    assert notes(cents) == ()


@pytest.mark.parametrize(("price", "noted"), [(1.0, False), (20.0, True)])
def test_a_rounding_is_told_from_an_error_by_the_price(price, noted):
    raw = price * (1 + np.arange(60) % 3)
    adjusted = raw.copy()
    adjusted[EX_DAY] *= 0.99  # one cent of one, twenty cents of twenty
    assert any("returns less" in note for note in notes(frame(raw, adjusted))) is noted


@pytest.mark.parametrize("ratio", [2.0, 10.0, 0.1, 1.5])
@pytest.mark.parametrize("raw_knows", [False, True])
def test_a_recorded_split_that_is_adjusted_for_passes(ratio, raw_knows):
    adjusted = walk()
    raw = adjusted * np.where(np.arange(60) < EX_DAY, ratio if raw_knows else 1.0, 1.0)
    found = notes(frame(raw, adjusted, splits=split(ratio)))
    series = PriceSeries("X", frame(raw, adjusted, splits=split(ratio)), "test")
    assert admit(series).notes == found
    known = [] if not raw_knows else [
        "raw and adjusted close part on 2010-02-15: a split or an error"
    ]  # fmt: skip
    assert [note for note in found if "part on" in note] == known


@pytest.mark.parametrize("ratio", [2.0, 10.0, 0.1, 1.5])
def test_a_recorded_split_that_is_left_out_is_refused(ratio):
    close = walk() * np.where(np.arange(60) < EX_DAY, ratio, 1.0)
    prices = frame(close, splits=split(ratio))
    with pytest.raises(BadDataError, match=r"split of .* on 2010-02-15") as caught:
        admit(PriceSeries("X", prices, "test"))
    assert f"{ratio:g} to 1" in caught.value.bound
    assert caught.value.value == close[EX_DAY]
    assert "Divide the adjusted closes" in caught.value.way_out


def test_a_great_fall_on_the_day_of_a_small_split_is_no_mistake():
    close = walk() * np.where(np.arange(60) < EX_DAY, 1.0, 0.9)
    prices = frame(close, splits=split(1.1))
    assert admit(PriceSeries("X", prices, "test")).notes == ()


@pytest.mark.parametrize("factor", [0.5, 2.0, 0.1, 10.0])
def test_a_move_like_a_split_is_noted(factor):
    close = np.full(60, 20.0) + np.arange(60) % 3
    close[EX_DAY:] *= factor
    close[EX_DAY] = close[EX_DAY - 1] * factor * 1.015
    (note,) = notes(frame(close))
    assert note == "on 2010-02-15 the price moves as an unadjusted split would move it"


@pytest.mark.parametrize("factor", [0.59, 0.52, 0.45, 0.19, 2.3, 2.1, 1.5])
def test_other_great_moves_are_taken_as_they_are(factor):
    close = np.full(60, 20.0) + np.arange(60) % 3
    close[EX_DAY:] *= factor
    close[EX_DAY] = close[EX_DAY - 1] * factor
    assert notes(frame(close)) == ()


@pytest.mark.parametrize("days", [0, 1])
def test_frames_of_a_day_have_no_moves(days):
    prices = frame(walk(1), dividends=[0], splits=[0], volume=[1]).iloc[:days]
    assert notes(prices) == ()
