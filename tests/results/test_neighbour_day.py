"""The next trading day as day 0, where the hour of the news is not known."""

import re

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.report.text import number, p_value, percent
from eventstudy.results.neighbour_day import neighbour_day


@pytest.mark.parametrize("date", ["2012-11-06", "2013-02-22"])
def test_it_is_what_an_analysis_of_that_day_gives(date):
    result = es.analyze("IMGN", date)
    found = neighbour_day(result)
    later = es.analyze("IMGN", found.session)
    assert found.session == later.day0 > result.day0
    assert found.effect.to_dict() == later.car(0).to_dict()
    day = f"{later.day0.day} {later.day0.month_name()} {later.day0.year}"
    effect = later.car(0)
    said = (
        f"With {day} as day 0 the return is {percent(effect.value)} net of what was "
        f"expected (t = {number(effect.t)}, p = {p_value(effect.p_value)})."
    )
    assert said in result.verdict
    assert any(words.endswith(said) for words in result.warnings)
    assert said in " ".join(str(result.summary()).split())
    assert said in re.sub("<[^>]+>", "", result._repr_html_())


def test_a_friday_has_its_monday():
    found = neighbour_day(es.analyze("IMGN", "2013-02-22"))
    assert found.session == pd.Timestamp("2013-02-25")


@pytest.mark.parametrize(
    "options", [{"timing": "before_open"}, {"timing": "during"}, {"windows": [(0, 1)]}]
)
def test_a_known_hour_and_a_window_with_that_day_need_none(options):
    result = es.analyze("IMGN", "2012-11-06", **options)
    assert "as day 0 the return is" not in result.verdict


def own_prices(days):
    rng = np.random.default_rng(4)
    index = pd.bdate_range("2019-01-01", periods=days, unit="ns")
    market, own = rng.normal(0, 0.01, (2, days))
    values = np.exp(np.cumsum(np.c_[market + own, market], axis=0)) * [20, 1000]
    return pd.DataFrame(values, index, ["F", "M"])


def test_at_the_end_of_the_data_there_is_none():
    prices = own_prices(300)
    last = es.analyze("F", prices.index[-1], prices=prices, market="M")
    assert neighbour_day(last) is None
    assert "The hour of the announcement is not known" in last.verdict
    assert "as day 0 the return is" not in last.verdict
    before = es.analyze("F", prices.index[-2], prices=prices, market="M")
    assert neighbour_day(before).session == prices.index[-1]


def test_a_next_day_without_a_price_is_not_spoken_of():
    prices = own_prices(300)
    prices.loc[prices.index[281], "F"] = np.nan
    result = es.analyze("F", prices.index[280], prices=prices, market="M")
    assert np.isnan(neighbour_day(result).effect.value)
    assert "as day 0 the return is" not in result.verdict


def test_a_day_whose_history_is_too_short_is_not_spoken_of():
    prices = own_prices(300)
    # Day -10 becomes day -11, the last of the estimation window.
    prices.loc[prices.index[270], "F"] = np.nan
    asked = {"prices": prices, "market": "M", "min_estimation": 250}
    result = es.analyze("F", prices.index[280], **asked)
    assert neighbour_day(result) is None
    with pytest.raises(es.InsufficientDataError, match="has 249"):
        es.analyze("F", prices.index[281], **asked)
