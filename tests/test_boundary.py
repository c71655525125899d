"""Returns over several days that begin before a window: boundary=."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy import engine, passes
from eventstudy._windows import Window
from eventstudy.core.panel import Events
from eventstudy.errors import ArgumentError
from tests import many, oracles_correlation, oracles_ranks, rank_cases, simulate

DAYS, DAY0 = 130, 110
CASE = {"market": "M", "return_kind": "log", "event_window": (-5, 5),
        "estimation_window": (-106, -7)}  # fmt: skip


def levels():
    """Log returns of F and M; F has no price on the day before the event.

    On the 100 estimation days F goes +1 %, -1 % and M +1 %, +1 %, -1 %, -1 %: alpha
    and beta are 0, s^2 = 100 (0.01)^2 / 98.  Around the event M stands still, and F
    does but for +6 % from day -2 to day 0, and 2 % on day +1.
    """
    firm, market = np.zeros((2, DAYS))
    start = DAY0 - 106
    firm[start : start + 100] = np.tile([0.01, -0.01], 50)
    market[start : start + 100] = np.tile([0.01, 0.01, -0.01, -0.01], 25)
    firm[DAY0], firm[DAY0 + 1] = 0.06, 0.02
    frame = pd.DataFrame(
        {"F": firm, "M": market}, pd.bdate_range("2018-01-01", None, DAYS)
    )
    frame = 50 * np.exp(frame.cumsum())
    frame.iloc[DAY0 - 1, 0] = np.nan
    return frame


def analysed(**options):
    prices = levels()
    day = str(prices.index[DAY0].date())
    return es.analyze("F", day, prices=prices, **{**CASE, **options})


def words_of(result):
    return " ".join(result.methods_text().split())


@pytest.mark.parametrize(
    ("window", "value", "days"),
    [((0, 0), 0.06, 2), ((0, 1), 0.08, 3), ((0, 2), 0.08, 4)],
)
def test_by_hand(window, value, days):
    """V = s^2 (D + D^2 / M), D the days that the returns cover; M stands still."""
    effect = analysed(boundary="include").car(*window)
    error = np.sqrt(100 * 1e-4 / 98 * (days + days**2 / 100))
    np.testing.assert_allclose([effect.value, effect.std_error], [value, error])
    assert effect.df == 98


@pytest.mark.parametrize("window", [(0, 0), (0, 1)])
def test_by_default_it_is_in_no_window_that_it_begins_before(window):
    effect = analysed().car(*window)
    assert np.isnan(effect.value)
    assert effect.reason in ("no_abnormal_return", "no_event_day_return")


def test_a_window_that_holds_all_of_it_is_the_same_either_way():
    one, other = analysed().car(-1, 1), analysed(boundary="include").car(-1, 1)
    np.testing.assert_allclose([one.value, other.value], 0.08)
    assert one.std_error == other.std_error


def test_across_the_border_of_the_estimation_window_it_belongs_to_neither():
    prices = levels()
    prices.iloc[DAY0 - 1, 0] = prices.iloc[DAY0 - 2, 0]
    prices.iloc[DAY0 - 6, 0] = np.nan
    day = str(prices.index[DAY0].date())
    found = es.analyze("F", day, prices=prices, boundary="include", **CASE)
    assert np.isnan(found.abnormal_returns["abnormal"][-5])
    assert np.isfinite(found.abnormal_returns["abnormal"][-4])


def test_the_result_says_it_and_how_to_repeat_it(tmp_path):
    found = analysed(boundary="include")
    assert any("boundary='include'" in words for words in found.warnings)
    assert "boundary='include'" in repr(found.design)
    assert "even if it begins before it" in words_of(found)
    again = es.replay(found.save(tmp_path / "saved.zip"))
    assert again.to_json() == found.to_json()
    default = analysed()
    assert not any("boundary" in words for words in default.warnings)
    assert "begins before it" not in words_of(default)


def test_in_a_study():
    prices = levels()
    prices["G"] = prices["F"].ffill()
    events = pd.DataFrame({"ticker": ["F", "G"], "date": prices.index[DAY0]})
    found = es.study(events, prices=prices, boundary="include", **CASE)
    np.testing.assert_allclose(found.cars(0)["value"], [0.06, 0.06])
    np.testing.assert_allclose(found.caar(0).value, 0.06)
    assert any("boundary='include'" in words for words in found.warnings)
    assert "even if it begins before it" in words_of(found)
    single = found.result("F-2018-06-04")
    np.testing.assert_allclose(single.car(0).value, 0.06)
    assert "boundary='include'" in repr(single.design)
    default = es.study(events, prices=prices, **CASE)
    np.testing.assert_allclose(default.cars(0)["value"], [np.nan, 0.06])


@pytest.mark.parametrize("options", [
    {"missing": "available"}, {"missing": "lumped"}, {"missing": "uniform"},
])  # fmt: skip
def test_there_is_nothing_to_include_without_returns_over_several_days(options):
    with pytest.raises(ArgumentError, match="leaves no return over several days"):
        analysed(boundary="include", **options)


def test_unknown_word():
    with pytest.raises(ArgumentError, match="'exclude', 'include'"):
        analysed(boundary="both")


def on_day_zero(spans, columns, zero):
    """Whether a return that ends in the window covers day 0."""
    return any(day - spans[day] + 1 <= zero <= day for day in range(*columns)
               if spans[day])  # fmt: skip


def test_rank_days():
    """Ranks of the days of a window, against the same events one at a time."""
    name, window = "returns of several days", (0, 1)
    case = rank_cases.CASES[name](np.random.default_rng(11))
    found = many.run(
        **case, event_days=rank_cases.EVENT_DAYS, windows=(window,),
        reads=("rank_sums",), return_kind="log", boundary="include",
    )[0]  # fmt: skip
    z = found.sums["rank_sums"]["rank"]["window"]
    columns = rank_cases.columns(window)
    events = oracles_ranks.each_event(
        case["y"], case["x"], rank_cases.EVENT_DAYS, (columns,), case["spans"]
    )
    zero = rank_cases.EVENT_DAYS // 2
    events = [event for event in events if on_day_zero(event.spans, columns, zero)]
    scores = [oracles_ranks.ranks(event.daily, event.sigma) for event in events]
    right = oracles_ranks.z_of_days(scores, events, columns, straddling=True)
    m = len(events[0].residual)
    np.testing.assert_allclose(z, right[m + np.arange(*columns)], rtol=1e-10)


def test_days_before_the_window_make_up_for_none_in_it():
    """Three days covered, but one of them before the window of three days."""
    panel = simulate.panel(4, firms=3, days=200, kind="log")
    returns, spans = panel.returns, panel.spans
    for end in (149, 152):
        returns[0, end] += returns[0, end - 1]
        returns[0, end - 1], spans[0, end - 1 : end + 1] = np.nan, (0.0, 2.0)
    events = Events(
        np.arange(3), np.full(3, 150), np.zeros(3, int), np.arange(3, dtype=np.uint64)
    )
    design = simulate.design(
        boundary="include", return_kind="log", estimation_window=(-70, -11)
    )
    window = Window(-1, 1)
    prepared = engine.prepare(panel, events, design)
    estimates = passes.first_pass(prepared, design, [window])
    assert estimates.first.length[0].tolist() == [3.0, 3.0, 3.0]
    sums = passes.residual_pass(prepared, design, estimates, ["common_dates"])
    found = sums["common_dates"][0]
    alone = oracles_correlation.events_of(panel, events, design)
    right = oracles_correlation.correlations(alone, window, design, 30)
    np.testing.assert_allclose(
        [found["r_bar"], found["r_c"]], [right["r_bar"], right["r_c"]], rtol=1e-12
    )
