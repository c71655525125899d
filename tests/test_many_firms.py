"""Many firms of one frame: memory shared, notes and estimates made once."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.alignment import Inputs, align_firms, find_firms
from eventstudy.design import Design
from eventstudy.prices.delisting import Delisting
from eventstudy.prices.trading import SessionGaps
from eventstudy.results.study_passes import ranks_of

DAYS = pd.bdate_range("2015-01-01", periods=420, name="date")
NAMES = ["C", "A", "E", "B", "D"]


def wide() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        rng.normal(0, 0.01, (len(DAYS), 6)), DAYS, [*NAMES, "M"], copy=True
    )
    frame.iloc[[30, 310], 0] = np.nan
    frame.iloc[:40, 1] = np.nan
    return frame


def firms_of(frame, tickers, **more):
    inputs = Inputs(returns=frame, market="M", **more)
    design = Design.of("", missing="available")
    firms, problems = find_firms(tickers, design, inputs)
    return align_firms(firms, design, inputs), firms, problems


def test_the_panel_holds_the_columns_that_were_asked_for():
    frame = wide()
    aligned, firms, problems = firms_of(frame, ["D", "A", "C"])
    np.testing.assert_array_equal(aligned.panel.returns, frame[["D", "A", "C"]].T)
    np.testing.assert_array_equal(
        aligned.panel.spans, frame[["D", "A", "C"]].notna().T.astype(float)
    )
    assert aligned.listed == [(0, 419), (40, 419), (0, 419)]
    assert aligned.calendar.equals(DAYS)
    assert not problems
    # The firms' histories take no memory beside the panel.
    assert all(np.shares_memory(f.values, aligned.panel.returns) for f in firms)
    assert not np.shares_memory(frame.to_numpy(), aligned.panel.returns)


def test_spans_cut_themselves_as_an_array_would():
    aligned, _, _ = firms_of(wide(), NAMES)
    spans, plain = aligned.panel.spans, wide()[NAMES].notna().T.to_numpy(float)
    cut = spans.cutter(5)(np.array([0, 1, 4]), np.array([28, 37, 417]))
    np.testing.assert_array_equal(cut[0], [1, 1, 0, 1, 1])
    np.testing.assert_array_equal(cut[1], [0, 0, 0, 1, 1])
    np.testing.assert_array_equal(cut[2], [1, 1, 1, 0, 0])
    np.testing.assert_array_equal(spans[1:3], plain[1:3])
    assert spans.shape == (5, 420)


def test_a_firm_that_is_refused_leaves_the_others_in_their_rows():
    frame = wide()
    frame["E"] = 40 * np.abs(frame["E"]) + 1.0
    frame["B"] = np.inf
    aligned, _, problems = firms_of(frame, ["A", "E", "D", "none", "B", "C"])
    np.testing.assert_array_equal(aligned.panel.returns, frame[["A", "D", "C"]].T)
    assert list(problems) == ["E", "none", "B"]
    assert "per cent" in problems["E"]


@pytest.mark.parametrize(
    ("column", "refused"),
    [
        ([0.0, 0.0, 0.6, 0.6], False),
        ([0.0, 0.3, 0.8, 0.9], True),
        ([0.0, 0.6, np.nan, np.nan], False),
        ([0.4, 0.7, np.nan, np.nan], True),
        ([0.5, 0.5, 0.5, np.nan], False),
        ([0.0, 0.6, -0.6, np.nan], True),
        ([np.nan] * 4, False),
    ],
)
def test_the_typical_return_is_the_median(column, refused):
    frame = pd.DataFrame({"F": column}, DAYS[:4])
    assert bool(firms_of_one(frame)) is refused


def firms_of_one(frame):
    inputs = Inputs(returns=frame, market=None)
    return find_firms(["F"], Design.of("", model="constant_mean"), inputs)[1]


def test_a_delisting_return_stands_in_the_panel_and_not_in_the_frame():
    frame = wide()
    frame.loc[DAYS[400] :, "B"] = np.nan
    before = frame.copy()
    aligned, _, _ = firms_of(
        frame, ["A", "B"], delistings={"B": Delisting(-0.5, DAYS[403])}
    )
    row = frame["B"].to_numpy().copy()
    row[403] = -0.5
    np.testing.assert_array_equal(aligned.panel.returns[1], row)
    np.testing.assert_array_equal(aligned.panel.spans[1], np.isfinite(row))
    np.testing.assert_array_equal(aligned.panel.returns[0], frame["A"])
    pd.testing.assert_frame_equal(frame, before)


def test_stretches_of_days_lack_what_they_alone_lack():
    sessions = pd.bdate_range("2019-01-01", periods=900)
    foreign = pd.DatetimeIndex(["2019-06-01"])
    days = sessions.delete([3, 410, 411, 600]).union(foreign)
    gaps = SessionGaps(days, sessions)
    for first, last in ((0, 899), (3, 409), (4, 409), (2, 420), (412, 899), (600, 601)):
        start, end = sessions[first], sessions[last]
        own = {day for day in days if start <= day <= end}
        between = [day for day in sessions if min(own) <= day <= max(own)]
        lacking = [str(day.date()) for day in between if day not in own]
        strange = len(own - set(sessions)) / len(own)
        counted = f"no price on {len(lacking)} of {len(between)} sessions"
        expected = (f"{counted}: {', '.join(lacking)}",)
        told = bool(lacking) and strange <= 0.005
        assert gaps.notes(start, end) == (expected if told else ())
    assert gaps.notes(sessions[600], sessions[600]) == ()


def table() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    rows = rng.integers(300, 400, 40)
    return pd.DataFrame({"ticker": rng.choice(NAMES, 40), "date": DAYS[rows]})


@pytest.mark.parametrize("keep", ["ar", "summary"])
def test_events_left_out_change_nothing_of_the_others(keep):
    frame, events = wide(), table()
    bad = pd.DataFrame({"ticker": ["A", "none"], "date": [DAYS[60], DAYS[350]]})
    asked = {
        "returns": frame,
        "market": "M",
        "keep": keep,
        "windows": [(-1, 1), (0, 5)],
    }
    alone = es.study(events, **asked)
    mixed = es.study(pd.concat([events, bad], ignore_index=True), **asked)
    assert len(mixed.excluded) == 2
    pd.testing.assert_frame_equal(alone.events, mixed.events, check_exact=True)
    pd.testing.assert_frame_equal(
        alone.tests(-1, 1), mixed.tests(-1, 1), check_exact=True
    )
    if keep == "ar":
        pd.testing.assert_frame_equal(
            alone.abnormal_returns, mixed.abnormal_returns, check_exact=True
        )


def test_an_event_with_any_return_in_its_window_stays():
    frame = wide()
    frame.iloc[340:361, frame.columns.get_loc("D")] = np.nan
    frame.iloc[340:361, frame.columns.get_loc("E")] = np.nan
    frame.iloc[358, frame.columns.get_loc("E")] = 0.01
    events = [(name, DAYS[350]) for name in ("A", "D", "E")]
    found = es.study(events, returns=frame, market="M", keep="summary")
    assert list(found.excluded["ticker"]) == ["D"]
    assert "no valid return" in found.excluded["reason"].iloc[0]
    assert list(found.events["ticker"]) == ["A", "E"]


@pytest.mark.parametrize(
    "ids",
    [
        ("b", "a", "ab", "a-2", "", "B"),
        ("e9", "é", "z", "e", "Ω"),
        tuple(f"F{n % 7}-2000-01-{n:02d}" for n in range(1, 29)),
    ],
)
def test_ids_are_ranked_by_their_characters(ids):
    expected = {name: rank for rank, name in enumerate(sorted(ids))}
    assert ranks_of(ids).tolist() == [expected[name] for name in ids]


def test_ids_are_unique_and_the_callers_where_given():
    events = pd.DataFrame(
        {
            "ticker": ["A", "A", "B", "A", "A"],
            "date": DAYS[[350, 350, 350, 351, 350]],
            "id": ["x", None, "x", "", "A-2016-05-05"],
        }
    )
    day, later = (str(DAYS[n].date()) for n in (350, 351))
    found = es.study(events, returns=wide(), market="M").events
    repeated = "A-2016-05-05-2"
    assert day == "2016-05-05"
    assert list(found.index) == ["x", f"A-{day}", "x-2", f"A-{later}", repeated]
    plain = es.study(events.drop(columns="id"), returns=wide(), market="M").events
    own = [f"A-{day}", f"A-{day}-2", f"B-{day}", f"A-{later}", f"A-{day}-3"]
    assert list(plain.index) == own
