"""The hour that the list of known events has, where the caller says none or another."""

import dataclasses

import pandas as pd
import pytest

import eventstudy as es
from eventstudy.news.event import Event
from eventstudy.news.sessions import day_zero
from eventstudy.report.text import percent
from eventstudy.results.listed_hour import announcement, dated, listed_hour

SESSIONS = pd.bdate_range("2010-08-02", "2010-09-30", unit="ns")
UNKNOWN = "The hour of the announcement is not known"


def test_news_after_the_close_by_the_list():
    result = es.analyze("IMGN", "2022-11-14")
    assert result.day0 == pd.Timestamp("2022-11-14")
    assert UNKNOWN not in result.verdict
    assert not any(UNKNOWN in words for words in result.warnings)
    next_day = result.car(1)
    said = (
        "By the list of known events the announcement came after the close of "
        "14 November 2022: the market could first react on 15 November 2022, with "
        f"{percent(next_day.value)} net of what was expected (95 % interval "
        f"{percent(next_day.ci_low)} to {percent(next_day.ci_high)}). "
        "With timing='after_close' that is day 0."
    )
    assert said in result.verdict
    assert said in result.warnings
    assert "unknown" not in result.day_zero.sentence
    assert "after the close" in result.day_zero.sentence
    assert result.confounders["event_day"].lt(0).all()  # itself is no other news
    late = es.analyze("IMGN", "2022-11-14", timing="after_close")
    assert late.day0 == pd.Timestamp("2022-11-15")
    assert "list of known events" not in late.verdict


@pytest.mark.parametrize(
    ("date", "given", "against", "way"),
    [
        (
            "2010-08-27",
            {"timing": "after_close"},
            "timing='after_close'",
            "With timing='before_open' that is day 0.",
        ),
        (
            "2010-08-27T17:00-04:00",
            {},
            "the clock time",
            "The bare date with timing='before_open' makes that day 0.",
        ),
    ],
)
def test_an_hour_against_the_list(date, given, against, way):
    result = es.analyze("IMGN", date, **given)
    assert result.day0 == pd.Timestamp("2010-08-30")
    said = (
        "By the list of known events the announcement came before the open of "
        f"27 August 2010, against {against} as given: the market could first react on "
        f"27 August 2010, with {percent(result.car(-1).value)} net of what was expected"
    )
    assert said in result.verdict
    (warning,) = [words for words in result.warnings if said in words]
    assert warning.endswith(way)
    assert warning in result.verdict
    assert result.car(-1).value < -0.4
    assert (result.confounders["date"] != pd.Timestamp("2010-08-27")).all()


def test_an_early_hour_against_the_list():
    result = es.analyze("IMGN", "2022-11-14", timing="before_open")
    assert "after the close of 14 November 2022, against timing='before_open'" in (
        result.verdict
    )
    assert "With timing='after_close' that is day 0." in result.verdict


def test_a_window_that_holds_the_day_needs_no_second_figure():
    result = es.analyze("IMGN", "2022-11-14", windows=[(0, 1)])
    assert "react on 15 November 2022. With timing=" in result.verdict
    short = es.analyze("IMGN", "2022-11-14", event_window=(0, 0))
    assert "react on 15 November 2022. With timing=" in short.verdict


@pytest.mark.parametrize("date", ["2010-08-27", "2010-08-27T08:00-04:00"])
def test_an_hour_that_agrees_needs_no_word(date):
    result = es.analyze("IMGN", date)
    assert "list of known events" not in result.verdict
    assert UNKNOWN not in result.verdict


def test_news_of_a_weekend_did_not_come_after_the_close():
    result = es.analyze("IMGN", "2012-06-03")
    assert result.day_zero.rule == "rolled"
    assert UNKNOWN not in result.verdict
    assert not any("after the close" in words for words in result.warnings)


def test_an_hour_that_nobody_knows_is_still_said_to_be_unknown():
    result = es.analyze("IMGN", "2012-11-06")
    assert UNKNOWN in result.verdict
    assert any(UNKNOWN in words for words in result.warnings)


def test_the_hour_tells_which_announcement_of_a_day_is_meant():
    early = es.analyze("IMGN", "2023-05-03").headline
    late = es.analyze("IMGN", "2023-05-03", timing="after_close")
    assert early.startswith("MIRASOL")
    assert late.headline == "Proposed $200m share offering"
    assert "list of known events" not in late.verdict


def known(timing=None, **facts):
    return Event.of("F", "2010-08-27", timing, **facts)


def test_the_announcement_is_told_by_id_then_headline_then_hour_then_order():
    news = [known(id="a"), known("during", id="b"), known(headline="Offer", id="c")]
    assert announcement(known(), news).id == "a"
    assert announcement(known(), news, "during").id == "b"
    assert announcement(known(headline="Offer"), news, "during").id == "c"
    assert announcement(known(headline="Offer", id="a"), news, "during").id == "a"
    assert announcement(Event.of("F", "2010-08-26"), news) is None


def test_a_weekend_keeps_its_own_sentence():
    saturday = Event.of("F", "2010-08-28")
    listed = dataclasses.replace(saturday, timing="after_close")
    found = dated(saturday, [listed], SESSIONS, "XNYS")
    assert found == day_zero(saturday, SESSIONS)
    assert listed_hour(saturday, found, listed, SESSIONS, "XNYS") is None


def test_an_instant_on_the_list_is_an_hour_too():
    late = Event.of("F", "2010-08-27T17:30-04:00")
    zero = dated(known(), [late], SESSIONS, "XNYS")
    assert (zero.session, zero.time_unknown) == (pd.Timestamp("2010-08-27"), False)
    hour = listed_hour(known(), zero, late, SESSIONS, "XNYS")
    assert (hour.rule, hour.session) == ("after_close", pd.Timestamp("2010-08-30"))
    assert (hour.event_day, hour.given, hour.inferred) == (1, "", False)
    early = Event.of("F", "2010-08-27T07:30-04:00")
    zero = dated(known(), [early], SESSIONS, "XNYS")
    assert zero.rule == "before_open"
    assert "hour from the list of known events" in zero.sentence


def test_a_day_beyond_the_data_is_not_looked_for():
    last = Event.of("F", SESSIONS[-1], "after_close")
    asked = Event.of("F", SESSIONS[-1])
    zero = dated(asked, [last], SESSIONS, "XNYS")
    assert zero == day_zero(asked, SESSIONS)
    assert listed_hour(asked, zero, last, SESSIONS, "XNYS") is None
