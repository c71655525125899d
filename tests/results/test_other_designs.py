"""Designs that are tried beside the one that was asked for."""

import functools
import math
import re

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.results.other_designs import curve_call, other_designs

CASE = ("IMGN", "2012-08-27")
SETTINGS = {
    "with the market model": {"model": "market_model"},
    "with the market-adjusted return": {"model": "market_adjusted"},
    "with the constant mean return": {"model": "constant_mean"},
    "with 120 estimation days": {"estimation_window": 120},
    "with 200 estimation days": {"estimation_window": 200},
    "with 250 estimation days": {"estimation_window": 250},
}
PLACES = {
    "on day 0": (0, 0),
    "over days 0 to +1": (0, 1),
    "over days −1 to +1": (-1, 1),
}
DEPENDS = "depends on the choice of design"


@functools.cache
def analyzed(**options):
    return es.analyze(*CASE, **options)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, [*list(SETTINGS)[1:5], *list(PLACES)[1:]]),
        (
            {"model": "market_adjusted", "estimation_window": 200},
            [*[list(SETTINGS)[i] for i in (0, 2, 5, 3)], *list(PLACES)[1:]],
        ),
        ({"industry": "IBB"}, [*list(SETTINGS)[3:5], *list(PLACES)[1:]]),
        ({"windows": ((0, 3),)}, [*list(SETTINGS)[1:5], *PLACES]),
        ({"event_window": (0, 0)}, list(SETTINGS)[1:5]),
    ],
)
def test_each_is_the_analysis_it_names(options, names):
    result = analyzed(**options)
    found = {other.words: other.effect for other in other_designs(result)}
    assert list(found) == names
    headline = result.design.windows[0]
    for words, effect in found.items():
        alone = analyzed(**{**options, **SETTINGS.get(words, {})})
        expected = alone.car(PLACES.get(words, headline))
        for name in ("value", "std_error", "t", "df", "p_value"):
            np.testing.assert_equal(getattr(effect, name), getattr(expected, name))


def test_models_without_their_data_are_left_out():
    words = [
        other.words
        for other in other_designs(es.analyze("IMGN", "2010-08-27", model="carhart"))
    ]
    assert "with the constant mean return" in words
    assert not any("market" in word for word in words)


def test_lengths_without_the_days_are_left_out():
    days = pd.bdate_range("2019-01-01", periods=180)
    rng = np.random.default_rng(1)
    returns = pd.DataFrame(rng.normal(0, 0.02, (180, 2)), days, ["A", "M"])
    result = es.analyze(
        "A", str(days[150].date()), returns=returns, market=returns["M"],
        estimation_window=120,
    )  # fmt: skip
    assert not any("estimation days" in other.words for other in other_designs(result))


# ----------------------------------------------------------------- in the verdict


def conclusions(curve, level=0.05):
    """P-values of a curve by what differs from its first row, which is reported."""
    # models of other sources, here Fama and French, are in the curve alone
    table = curve.table[curve.table["model"] != "fama_french_3"]
    same = (
        table[["model", "estimation_window", "window"]]
        == table.loc[0, ["model", "estimation_window", "window"]].to_numpy()
    )
    one = table[same.sum(axis=1) == 2]
    return set(one.loc[(one["p_value"] <= level) != (table["p_value"][0] <= level),
                       "p_value"])  # fmt: skip


@pytest.mark.parametrize(
    ("date", "options"),
    [
        ("2012-08-27", {}),
        ("2022-11-14", {}),
        ("2012-08-27", {"model": "market_adjusted", "windows": [(-1, 1)]}),
        ("2022-11-14", {"estimation_window": 200, "timing": "during", "tests": ["sq"]}),
    ],
)
def test_the_line_shows_what_the_verdict_says(date, options):
    result = es.analyze("IMGN", date, **options)
    (said,) = (words for words in result.warnings if DEPENDS in words)
    assert said in result.verdict
    line = re.search(r"es\.specification_curve\(.*\)(?= shows)", said)[0]
    curve = eval(line, {"es": es})
    head = result.car(result.design.windows[0])
    assert curve.table["p_value"][0] == head.p_value, "the first row is the result"
    shown = [float(p) for p in re.findall(r"\(p = (0\.\d+)\)", said)]
    assert sorted(shown) == sorted(round(p, 3) for p in conclusions(curve))


def test_nothing_is_said_where_nothing_depends_on_it():
    result = es.analyze("IMGN", "2010-08-27")
    p = [other.effect.p_value for other in other_designs(result)]
    assert max(p) < 0.05
    assert DEPENDS not in result.verdict


def test_the_level_is_that_of_the_result():
    # p is 0.054; on shorter estimation windows below 0.05, by the mean above 0.1
    said = {
        level: es.analyze("IMGN", "2022-11-14", confidence=level).verdict
        for level in (0.95, 0.9)
    }
    assert "it is with 120 estimation days (p = 0.039)" in said[0.95]
    assert "it is not with the constant mean return (p = 0.135)" in said[0.9]


def test_the_same_words_each_time():
    one, again = (es.analyze("IMGN", "2016-06-13").verdict for _ in range(2))
    assert one == again


# ------------------------------------------------------------------------ the line


MARKET = "('A', '2020-01-02', {}, prices=prices)"


@pytest.mark.parametrize(
    ("call", "line"),
    [
        ("es.analyze('A', '2020-01-02')", "es.specification_curve('A', '2020-01-02')"),
        (
            f"es.analyze{MARKET.format('market=market')}",
            f"es.specification_curve{MARKET.format('markets=[market]')}",
        ),
        (
            "es.analyze(event, tests=['sq'], estimation_window=(-9, -2))",
            "es.specification_curve(event, estimation_windows=[(-9, -2)])",
        ),
        ("es.study(events)", ""),
        ("", ""),
    ],
)
def test_lines(call, line):
    assert curve_call(call) == line


def test_what_is_not_known_says_nothing():
    series = pd.Series(100.0, pd.bdate_range("2019-01-01", periods=400), name="A")
    flat = es.analyze(
        "A", "2020-03-02", prices=series.to_frame(), model="constant_mean"
    )
    assert math.isnan(flat.car(0).p_value)
    assert DEPENDS not in flat.verdict
