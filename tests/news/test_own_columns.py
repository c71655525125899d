"""Settings that events have for themselves, read from the columns of a table."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy._windows import Window
from eventstudy.news.own_columns import Choice, names_any, own_columns
from eventstudy.news.own_windows import Usual

EVENT, ESTIMATION = Window(-10, 10), Window(-260, -11)


def read(**columns):
    frame = pd.DataFrame({"ticker": ["A", "B", "C", "D"], **columns})
    return own_columns(frame, Usual(EVENT, ESTIMATION, 100), industry=True)


def test_without_columns_all_is_the_studys():
    own = read()
    assert own.choices == (Choice(),)
    assert own.choice.tolist() == [0, 0, 0, 0]
    assert own.estimation is None
    assert own.hull == ESTIMATION
    assert own.of(2) == {}


def test_blank_entries_are_the_studys():
    own = read(market=["M", None, np.nan, " "], industry=["", pd.NA, None, "I"])
    assert own.choices == (Choice(), Choice(None, "I"), Choice("M"))
    assert own.choice.tolist() == [2, 0, 0, 1]
    assert own.of(0) == {"market": "M"}
    assert own.of(3) == {"industry": "I"}


def test_the_order_of_choices_does_not_hang_on_that_of_rows():
    for rows in (["M", "N", "N", "L"], ["N", "L", "M", "N"]):
        names = [choice.market for choice in read(market=rows).choices]
        assert names == ["N", "L", "M"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (120, (-130, -11)), (120.0, (-130, -11)), ("120", (-130, -11)),
        ((-200, -50), (-200, -50)), ([-200, -50], (-200, -50)),
        ("-200,-50", (-200, -50)), ("(-200, -50)", (-200, -50)),
        ("[ -200 , -50 ]", (-200, -50)),
    ],
)  # fmt: skip
def test_an_estimation_window_in_any_form(value, wanted):
    own = read(estimation_window=pd.Series([value, None, None, None], dtype=object))
    assert own.estimation.tolist() == [list(wanted), *[list(ESTIMATION)] * 3]
    assert own.hull == ESTIMATION
    assert own.of(0) == {"estimation_window": wanted}
    assert own.of(1) == {}


def test_one_window_for_all_is_the_studys():
    own = read(estimation_window=["-300,-50"] * 4)
    assert own.estimation is None
    assert own.hull == (-300, -50)
    assert own.of(3) == {"estimation_window": (-300, -50)}


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("market", 5, "text"),
        ("industry", 5, "text"),
        ("estimation_window", "long", "neither a number of days nor a pair"),
        ("estimation_window", "-50,-200", "start lies after the end"),
        ("estimation_window", "-200,-5", "overlaps"),
        ("estimation_window", 50, "50 days, min_estimation=100"),
        ("estimation_window", -3, "estimation_window"),
        ("estimation_window", 120.5, "estimation_window"),
    ],
)
def test_an_entry_that_cannot_be_used_is_a_problem_of_its_row(column, value, said):
    own = read(**{column: pd.Series([None, value, None, None], dtype=object)})
    assert list(own.problems) == [1]
    assert said in own.problems[1]
    assert own.choice.tolist() == [0, -1, 0, 0]
    assert own.hull == ESTIMATION


def test_an_industry_for_some_needs_one_for_the_others():
    frame = pd.DataFrame({"industry": ["I", None, "I", "J"]})
    own = own_columns(frame, Usual(EVENT, ESTIMATION, 100), industry=False)
    assert list(own.problems) == [1]
    assert "industry" in own.problems[1]
    assert names_any(frame, "industry")
    assert not names_any(frame, "market")
    assert not names_any(frame.assign(market=" "), "market")


def around(usual, **columns):
    frame = pd.DataFrame({"ticker": ["A", "B", "C", "D"], **columns})
    return own_columns(frame, usual, industry=True)


def test_event_windows_of_their_own_and_the_estimation_windows_beside_them():
    own = around(
        Usual(EVENT, ESTIMATION, 100),
        event_window=["-5,5", None, "(-30, 2)", "-40,0"],
        estimation_window=[None, None, None, 120],
    )
    assert not own.problems
    assert own.event.tolist() == [[-5, 5], [-10, 10], [-30, 2], [-40, 0]]
    assert own.event_hull == (-40, 10)
    # 250 days that end at min(-11, start - 1), or 120.
    before = [[-260, -11], [-260, -11], [-280, -31], [-160, -41]]
    assert own.estimation.tolist() == before
    assert own.hull == (-280, -11)
    assert own.of(0) == {"event_window": (-5, 5)}
    assert own.of(1) == {}
    assert own.of(2) == {"event_window": (-30, 2)}
    assert own.of(3) == {"event_window": (-40, 0), "estimation_window": (-160, -41)}


def test_the_length_or_pair_that_the_study_asks_for():
    length = around(Usual(EVENT, Window(-130, -11), 100, 120), event_window="-20,1")
    assert length.event is None
    assert length.estimation is None
    assert length.hull == (-140, -21)
    assert length.of(1) == {"event_window": (-20, 1)}
    pair = Usual(EVENT, Window(-260, -15), 100, (-260, -15))
    own = around(pair, event_window=["-14,3", "-15,3", None, None])
    assert own.hull == (-260, -15)
    assert list(own.problems) == [1]
    assert "estimation_window: overlaps event_window=(-15, 3)" in own.problems[1]


def test_reported_windows_lie_in_one_of_the_event_windows():
    usual = Usual(EVENT, ESTIMATION, 100, None, [(0, 0), (-20, 20)])
    own = around(usual, event_window=["-20,20", None, None, "-1,3"])
    assert own.windows == ((0, 0), (-20, 20))
    assert own.of(0)["windows"] == [(0, 0), (-20, 20)]
    assert own.of(3)["windows"] == [(0, 0)]
    none = Usual(EVENT, ESTIMATION, 100, None, [(-5, 5)])
    assert around(none, event_window=["-1,3"] + [None] * 3).of(0)["windows"] is None
    with pytest.raises(es.WindowError, match="outside event_window"):
        around(usual, event_window="-15,15")
    # By default those of the study, or the hull where the study's is no event's.
    some = around(Usual(EVENT, ESTIMATION, 100), event_window=["-30,2"] + [None] * 3)
    assert some.windows[-1] == EVENT
    every = around(Usual(EVENT, ESTIMATION, 100), event_window=["-2,2", "-3,1"] * 2)
    assert every.windows == ((0, 0), (-1, 1), (0, 1), (-3, 2))


@pytest.mark.parametrize(
    ("value", "said"),
    [("wide", "not a pair"), ("3,-3", "start lies after"), (7, "not a pair")],
)
def test_an_event_window_that_cannot_be_read_is_a_problem_of_its_row(value, said):
    own = read(event_window=pd.Series([None, value, "-10,10", None], dtype=object))
    assert list(own.problems) == [1]
    assert said in own.problems[1]
    assert own.event is None
    assert own.event_hull == EVENT
    assert own.windows is None
