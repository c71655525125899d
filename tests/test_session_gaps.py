"""Sessions of the exchange that the caller's prices lack: said in the result."""

import warnings

import exchange_calendars
import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.prices.track import Track

LACKING = pd.DatetimeIndex(["2019-03-05", "2019-03-06", "2019-07-24"])


def sessions(calendar="XNYS", start="2018-06-01", end="2019-10-31"):
    """What exchange_calendars itself says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of pandas
        found = exchange_calendars.get_calendar(calendar, start=start, end=end)
    days = found.sessions
    return pd.DatetimeIndex(days.to_numpy()).as_unit("ns")


def own_prices(days, seed=4):
    rng = np.random.default_rng(seed)
    market, own = rng.normal(0, 0.01, (2, len(days)))
    values = np.exp(np.cumsum(np.c_[market + own, market], axis=0)) * [20, 1000]
    return pd.DataFrame(values, days, ["F", "M"])


def said(prices, date="2019-10-01", **options):
    result = es.analyze("F", date, prices=prices, market="M", **options)
    return [words for words in result.warnings if "sessions" in words]


def test_sessions_that_both_lack_are_listed_for_both():
    whole = sessions()
    assert said(own_prices(whole)) == []
    # Day -260 to +10 with five days on either side, and the three that lack.
    words = "no price on 3 of 284 sessions: 2019-03-05, 2019-03-06, 2019-07-24."
    assert said(own_prices(whole.drop(LACKING))) == [f"F: {words}", f"M: {words}"]


def test_sessions_that_the_firm_alone_lacks():
    prices = own_prices(sessions())
    prices.loc[LACKING, "F"] = np.nan
    (words,) = said(prices)
    assert words.startswith("F: no price on 3 of ")


@pytest.mark.parametrize(
    "days",
    [
        pd.bdate_range("2018-06-01", "2019-10-31", unit="ns"),
        pd.date_range("2018-06-01", "2019-10-31", freq="D", unit="ns"),
        sessions("XTKS"),
        sessions("XLON"),
    ],
    ids=["weekdays", "every day", "Tokyo", "London"],
)
def test_other_calendars_are_not_measured_by_new_york(days):
    assert said(own_prices(days)) == []


def test_tokyo_is_measured_by_tokyo():
    lacking = own_prices(sessions("XTKS").drop(LACKING))
    assert said(lacking) == []
    first, second = said(lacking, calendar="XTKS")
    assert first.startswith("F: no price on 3 of ")
    assert second.startswith("M: ")


def test_a_study_says_it_too():
    prices = own_prices(sessions().drop(LACKING))
    events = [("F", "2019-09-03"), ("F", "2019-10-01")]
    result = es.study(events, prices=prices, market="M")
    assert sum("no price on 3 of" in words for words in result.warnings) == 2


def test_shipped_data_ask_no_calendar(monkeypatch):
    def fail(*_):
        raise AssertionError

    monkeypatch.setattr("eventstudy.alignment.session_gaps.exchange_hours", fail)
    warnings_ = es.analyze("IMGN", "2010-08-27").warnings
    assert not any("sessions" in words for words in warnings_)


def test_a_calendar_that_cannot_be_built_is_no_obstacle(monkeypatch):
    def fail(key):
        raise es.ArgumentError("calendar", key, "cannot be built", "Leave it out.")

    monkeypatch.setattr("eventstudy.alignment.session_gaps.exchange_hours", fail)
    assert said(own_prices(sessions().drop(LACKING))) == []


def test_a_history_without_a_day_has_no_gaps():
    from eventstudy.alignment.session_gaps import SessionNotes

    nothing = pd.Series([], index=pd.DatetimeIndex([]), dtype=float)
    track = Track("F", nothing, False, None, {"source": "prices="})
    assert SessionNotes("XNYS")(track) == ()


def test_what_holds_for_many_is_said_once():
    days = sessions().drop(LACKING)
    prices = pd.concat(
        [
            own_prices(days, seed)[["F"]].set_axis([f"F{seed}"], axis=1)
            for seed in range(9)
        ],
        axis=1,
    ).assign(M=own_prices(days)["M"])
    events = [(f"F{n}", "2019-10-01") for n in range(9)]
    result = es.study(events, prices=prices, market="M")
    (gaps,) = [words for words in result.warnings if "sessions" in words]
    assert gaps.startswith("F0, F1, F2, F3 and 6 more: no price on 3 of ")
    few = es.study(events[:3], prices=prices, market="M")
    assert sum("sessions" in words for words in few.warnings) == 4
