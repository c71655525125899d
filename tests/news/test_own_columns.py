"""Settings that events have for themselves, read from the columns of a table."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy._windows import Window
from eventstudy.news.own_columns import Choice, names_any, own_columns

EVENT, ESTIMATION = Window(-10, 10), Window(-260, -11)


def read(**columns):
    frame = pd.DataFrame({"ticker": ["A", "B", "C", "D"], **columns})
    return own_columns(frame, EVENT, ESTIMATION, 100, industry=True)


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
    own = own_columns(frame, EVENT, ESTIMATION, 100, industry=False)
    assert list(own.problems) == [1]
    assert "industry" in own.problems[1]
    assert names_any(frame, "industry")
    assert not names_any(frame, "market")
    assert not names_any(frame.assign(market=" "), "market")


def test_event_windows_cannot_differ():
    assert not read(event_window=["-10,10", None, "(-10, 10)", None]).problems
    with pytest.raises(es.ArgumentError, match="event_window") as caught:
        read(event_window=["-10,10", "-5,5", None, None])
    assert "(-5, 5)" in str(caught.value)
    with pytest.raises(es.EventStudyError, match="event_window"):
        read(event_window=["wide", None, None, None])
