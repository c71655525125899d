"""Other news of the firm: which counts, on which day, and what it would change."""

import csv
import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import ArgumentError, EventDateError
from eventstudy.news.event import Event
from eventstudy.news.sessions import day_zero
from eventstudy.results.confounders import (
    Search,
    confounders,
    news_days,
    news_elsewhere,
    news_words,
)
from eventstudy.results.effect import Effect
from eventstudy.results.known_news import known_events

DATA = Path(__file__).parents[2] / "data"
ESTIMATION, WINDOW = (-260, -11), (-10, 10)


@pytest.fixture(scope="module")
def bundled():
    with (DATA / "events" / "IMGN.csv").open(newline="", encoding="utf-8") as file:
        rows = [
            {key: value or np.nan for key, value in row.items()}
            for row in csv.DictReader(file)
        ]
    return pd.DataFrame(rows).assign(timing_inferred=False)


@pytest.fixture(scope="module")
def sessions():
    column = pd.read_csv(DATA / "prices" / "IMGN.csv", usecols=["date"])["date"]
    return pd.DatetimeIndex(column).as_unit("ns")


@pytest.fixture
def look(sessions):
    def build(date="2010-08-27", event=None, **changed):
        asked = []

        def without(days):
            asked.append(list(days))
            return Effect(-0.4 + 0.001 * len(asked))

        search = Search(
            event or Event.of("IMGN", date),
            pd.Timestamp(date),
            sessions,
            ESTIMATION,
            WINDOW,
            own_return=lambda day: day / 1000.0,
            without=without,
        )
        return dataclasses.replace(search, **changed), asked

    return build


def test_founding_case(bundled, look):
    search, asked = look()
    frame = confounders(known_events("IMGN", bundled), search)
    # by the calendar: a Saturday rolls to Monday, evening news to the next day
    assert frame["event_id"].tolist() == [
        "IMGN-2009-12-09",
        "IMGN-2009-12-12",
        "IMGN-2010-04-15",
        "IMGN-2010-05-06",
        "IMGN-2010-07-06",
    ]
    days = ["2009-12-09", "2009-12-14", "2010-04-15", "2010-05-07", "2010-07-07"]
    assert frame["session"].tolist() == [pd.Timestamp(day) for day in days]
    assert frame["date"].iloc[1] == pd.Timestamp("2009-12-12")
    assert frame["where"].eq("estimation window").all()
    zero = search.sessions.get_loc(search.day0)
    positions = search.sessions.get_indexer(frame["session"]) - zero
    assert frame["event_day"].tolist() == positions.tolist()
    np.testing.assert_array_equal(frame["abnormal_return"], positions / 1000.0)
    assert asked == [[day - 1, day, day + 1] for day in positions]
    np.testing.assert_allclose(
        frame["headline_without"], [-0.399, -0.398, -0.397, -0.396, -0.395]
    )


def test_the_event_itself_is_none(bundled, look):
    frame = confounders(known_events("IMGN", bundled), look()[0])
    assert pd.Timestamp("2010-08-27") not in frame["session"].tolist()


def test_columns_and_types_without_a_row(bundled, look):
    empty = confounders([], look()[0])
    full = confounders(known_events("IMGN", bundled), look()[0])
    assert list(empty) == list(full)
    assert empty.empty
    same = ["date", "session", "event_day", "abnormal_return", "headline_without"]
    assert empty[same].dtypes.tolist() == full[same].dtypes.tolist()


def test_news_inside_the_event_window_is_listed_only(look):
    search, asked = look()
    frame = confounders([Event.of("IMGN", "2010-08-30", headline="Fine print")], search)
    assert frame["where"].tolist() == ["event window"]
    assert frame["event_day"].tolist() == [1]
    assert frame["headline_without"].isna().all()
    assert asked == []
    assert news_words(frame, (0, 1)) == ("30 August 2010, “Fine print”",)
    assert news_words(frame, (0, 0)) == ()


def test_news_that_only_other_windows_hold(look):
    search, _ = look()
    zero = search.sessions.get_loc(search.day0)
    known = [
        Event.of("IMGN", search.sessions[zero + day], headline=f"Day {day}")
        for day in (-8, -4, 0, 1, -20)
    ]
    frame = confounders(known, search)
    at = {day: search.sessions[zero + day] for day in (-8, -4, 1)}
    words = {d: f"{s.day} {s.month_name()} {s.year}, “Day {d}”" for d, s in at.items()}
    windows = [(0, 0), (-1, 1), (-5, 5), (2, 5)]
    found = news_elsewhere(frame, windows)
    assert found == ((words[-4], words[1]), ((-1, 1), (-5, 5)))
    assert news_elsewhere(frame, [(0, 1), (-1, 1)]) == ((), ())
    assert news_elsewhere(frame, [(0, 1), (-8, 1)])[0] == (words[-8], words[-4])
    assert news_elsewhere(frame, [(0, 0)]) == ((), ())
    assert news_elsewhere(confounders([], search), windows) == ((), ())


def test_a_second_announcement_on_day_0(look):
    event = Event.of("IMGN", "2010-08-27", headline="Refused")
    same_day = [
        Event.of("IMGN", "2010-08-27", headline="Offering"),
        Event.of("IMGN", "2010-08-27", headline="Refused"),
    ]
    for known in (same_day, same_day[::-1]):
        frame = confounders(known, look(event=event)[0])
        assert frame["headline"].tolist() == ["Offering"]
        assert frame["where"].tolist() == ["same day"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        (Event.of("IMGN", "2010-08-27", id="b"), "a"),
        (Event.of("IMGN", "2010-08-27", id="other"), "b"),
        (Event.of("IMGN", "2010-08-27"), "b"),
    ],
)
def test_the_event_is_told_by_its_id_then_by_order(look, asked, left):
    known = [Event.of("IMGN", "2010-08-27", id=key) for key in "ab"]
    frame = confounders(known, look(event=asked)[0])
    assert frame["event_id"].tolist() == [left]


@pytest.mark.parametrize(
    ("timing", "left"),
    [
        (None, ["Offering", "Priced"]),
        ("before_open", ["Offering", "Priced"]),
        ("after_close", ["Read-out", "Priced"]),
    ],
)
def test_the_hour_tells_which_of_a_day_is_meant(look, sessions, timing, left):
    known = [
        Event.of("IMGN", "2010-08-26", "before_open", headline="Read-out"),
        Event.of("IMGN", "2010-08-26", "after_close", headline="Offering"),
        Event.of("IMGN", "2010-08-30", headline="Priced"),
    ]
    event = Event.of("IMGN", "2010-08-26", timing)
    session = day_zero(event, sessions).session
    search, _ = look(event=event, day0=session)
    assert confounders(known, search)["headline"].tolist() == left


def test_the_event_is_no_other_news_where_the_list_knows_another_hour(look):
    late = Event.of("IMGN", "2010-08-27", "after_close", headline="Refused")
    assert confounders([late], look()[0]).empty
    monday = look(date="2010-08-30", event=Event.of("IMGN", "2010-08-27"))[0]
    early = Event.of("IMGN", "2010-08-27", "before_open", headline="Refused")
    assert confounders([early], monday).empty


def test_the_gap_between_the_windows_and_the_days_beyond_do_not_count(look):
    search, _ = look(estimation_window=(-260, -21))
    zero = search.sessions.get_loc(search.day0)
    inside = {-260, -21, -10, 10}
    known = [
        Event.of("IMGN", search.sessions[zero + day])
        for day in (-261, -260, -21, -20, -11, -10, 10, 11)
    ]
    frame = confounders(known, search)
    assert set(frame["event_day"]) == inside


def test_days_around_news_stay_in_the_estimation_window(look):
    search, asked = look()
    zero = search.sessions.get_loc(search.day0)
    edges = [Event.of("IMGN", search.sessions[zero + day]) for day in (-260, -11)]
    frame = confounders(edges, search)
    assert asked == [[-260, -259], [-12, -11]]
    assert news_days(frame, ESTIMATION) == [-260, -259, -12, -11]


def test_days_of_neighbouring_news_are_left_out_once(look):
    search, _ = look()
    zero = search.sessions.get_loc(search.day0)
    known = [Event.of("IMGN", search.sessions[zero + day]) for day in (-50, -49)]
    frame = confounders(known, search)
    assert news_days(frame, ESTIMATION) == [-51, -50, -49, -48]


def test_news_after_the_last_session_is_no_error(sessions, look):
    last = sessions[-1]
    search, _ = look(date=str(last.date()), event_window=(-10, 10))
    late = Event.of("IMGN", last, "after_close")
    assert confounders([late, Event.of("IMGN", "2030-01-01")], search).empty


def test_a_known_timing_finds_the_session_of_the_clock(bundled, sessions):
    with_clock = bundled.dropna(subset=["announced_at", "timing"])
    assert len(with_clock) >= 5
    for event, row in zip(
        known_events("IMGN", with_clock), with_clock.to_dict("records"), strict=True
    ):
        assert event.announced_at is None
        clock = day_zero(Event.of("IMGN", row["announced_at"]), sessions)
        assert day_zero(event, sessions).session == clock.session


def test_a_clock_time_without_timing_asks_the_exchange(look):
    known = known_events(
        "IMGN", None, pd.DataFrame({"announced_at": ["2010-08-16T17:30-04:00"]})
    )
    frame = confounders(known, look()[0])
    assert frame["session"].tolist() == [pd.Timestamp("2010-08-17")]
    assert frame["event_id"].tolist() == ["IMGN-2010-08-16"]


def test_only_the_firm_counts(bundled):
    other = bundled.assign(ticker="XOM")
    extra = pd.DataFrame({"ticker": ["XOM", "imgn"], "date": ["2010-08-20"] * 2})
    known = known_events("IMGN", other, extra)
    assert [event.date for event in known] == [pd.Timestamp("2010-08-20")]


def test_repeats_of_bundled_news_are_dropped(bundled):
    extra = pd.DataFrame(
        {
            "id": [np.nan, np.nan, "IMGN-2010-08-27", np.nan],
            "date": ["2010-08-27", "2010-08-27", "2010-08-28", "2010-08-20"],
            "headline": [np.nan, "A second matter", "The same again", np.nan],
        }
    )
    more = known_events("IMGN", bundled, extra)[len(bundled) :]
    assert [(event.date.day, event.headline) for event in more] == [
        (27, "A second matter"),
        (20, ""),
    ]


@pytest.mark.parametrize(
    "extra", [pd.DataFrame({"when": ["2010-08-20"]}), ["2010-08-20"]]
)
def test_a_table_without_dates_is_refused(extra):
    with pytest.raises(ArgumentError, match="events") as caught:
        known_events("IMGN", None, extra)
    assert "list_events" in caught.value.way_out


def test_a_date_that_cannot_be_read_is_refused():
    with pytest.raises(EventDateError):
        known_events("IMGN", None, pd.DataFrame({"date": ["08/09/2010"]}))
