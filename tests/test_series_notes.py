"""Which of the gate's findings a result warns of: those on the days that it reads."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es

DAYS = pd.bdate_range("2015-01-01", periods=1200, unit="ns")
EVENT = 900  # the estimation window is 640 to 889, the event window 890 to 910


def prices(stale=None, volume=None):
    rng = np.random.default_rng(6)
    returns = rng.normal(0, 0.01, (2, len(DAYS)))
    firm, market = np.exp(np.cumsum(returns, axis=1)) * [[20], [1000]]
    if stale is not None:
        firm[stale : stale + 6] = firm[stale]
    traded = np.full(len(DAYS), 1000.0) if volume is None else volume
    columns = {"close": firm, "adj_close": firm, "volume": traded}
    return {"F": pd.DataFrame(columns, DAYS), "M": pd.Series(market, DAYS)}


def warned(held, day=EVENT):
    result = es.analyze("F", DAYS[day], prices=held, market="M")
    return result, " ".join(w for w in result.warnings if w.startswith("F: "))


@pytest.mark.parametrize(
    ("stale", "said"),
    [(100, False), (600, False), (700, True), (903, True), (1000, False)],
)
def test_a_stale_run_is_warned_of_where_it_is_read(stale, said):
    result, words = warned(prices(stale))
    assert (f"runs of 5 or more equal prices (the longest of 6), from "
            f"{DAYS[stale].date()}" in words) is said  # fmt: skip
    (found,) = result.provenance["firm"]["notes"]
    assert str(DAYS[stale].date()) in found


@pytest.mark.parametrize(
    ("stale", "longest"), [((100, 700), "2 runs"), ((700,), "1 run")]
)
def test_of_two_runs_the_one_that_is_read_is_named(stale, longest):
    held = prices()
    for row in stale:
        values = held["F"].iloc[row, [0, 1]].to_numpy()
        held["F"].iloc[row : row + 6, [0, 1]] = values
    result, words = warned(held)
    assert words == (
        "F: 1 runs of 5 or more equal prices (the longest of 6), from "
        f"{DAYS[700].date()}."
    )
    assert result.provenance["firm"]["notes"][0].startswith(longest)


def test_an_unfinished_last_day_matters_to_late_events_alone():
    volume = np.full(len(DAYS), 1000.0)
    volume[[EVENT + 15, -1]] = 3.0  # the first is the last day that is looked at
    assert warned(prices(volume=volume))[1] == ""
    assert "looks unfinished" in warned(prices(volume=volume), len(DAYS) - 8)[1]


def test_a_study_looks_at_the_days_of_all_its_events():
    held = prices(700)
    events = [("F", DAYS[500]), ("F", DAYS[900])]
    both = es.study(events, prices=held, market="M")
    assert any("equal prices" in words for words in both.warnings)
    early = es.study(events[:1], prices=held, market="M")
    assert not any("equal prices" in words for words in early.warnings)


def test_sessions_that_lack_elsewhere_are_no_matter():
    from tests.test_session_gaps import LACKING, own_prices, sessions

    days = sessions(start="2016-01-01", end="2019-10-31")
    held = own_prices(days.drop(LACKING))
    words = es.analyze("F", "2018-03-01", prices=held, market="M").warnings
    assert not any("sessions" in word for word in words)
    words = es.analyze("F", "2019-10-01", prices=held, market="M").warnings
    assert sum("no price on 3 of" in word for word in words) == 2
