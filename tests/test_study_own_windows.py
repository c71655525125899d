"""Studies whose events have event windows of their own."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.results.study_tables import overlaps

DAYS = pd.bdate_range("2012-01-02", periods=700, unit="ns")
FIRMS = [f"F{i}" for i in range(6)]
RNG = np.random.default_rng(12)
MARKET = pd.Series(RNG.normal(0, 0.01, 700), DAYS, name="M")
NOISE = pd.DataFrame(RNG.normal(0, 0.02, (700, 6)), DAYS, FIRMS)
RETURNS = NOISE.add(MARKET, axis=0)
RETURNS.loc[DAYS[310:320:3], "F3"] = np.nan
PRICES = 50 * (1 + RETURNS.fillna(0)).cumprod().mask(RETURNS.isna())
TABLE = pd.DataFrame(
    {
        "ticker": FIRMS * 3,
        "date": DAYS[320 + np.r_[0:30:5, 60:90:5, 200:230:5]],
        "size": range(18),
    }
)
OWN = ["-5,5", None, "(-30, 2)", (-1, 20), "-3,3", None] * 3
WINDOWS = [(-5, 5), (-10, 10), (-30, 2), (-1, 20), (-3, 3), (-10, 10)]
DATA = {
    "returns": {"returns": RETURNS, "market": MARKET},
    "prices": {"prices": PRICES, "market": 90 * (1 + MARKET).cumprod()},
}


def run(own=OWN, data="returns", **given):
    table = TABLE.assign(event_window=pd.Series(own, dtype=object))
    return es.study(table, **DATA[data], **{"tests": ["bmp_adjusted"], **given})


def alone(row, data="returns", **given):
    return es.analyze(
        TABLE["ticker"][row], TABLE["date"][row], event_window=WINDOWS[row % 6],
        **DATA[data], **given,
    )  # fmt: skip


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("data", DATA)
def test_the_numbers_are_those_of_each_event_alone(data):
    study = run(data=data)
    assert study.excluded.empty
    assert study.design.event_window == (-30, 20)
    paths = study.abnormal_returns
    for row, name in enumerate(study.events.index[:6]):
        single = alone(row, data)
        own, frame = single.design.event_window, single.abnormal_returns
        inside = paths.columns.isin(frame.index)
        close(paths.loc[name, inside], frame["abnormal"])
        assert paths.loc[name, ~inside].isna().all()
        line = study.events.loc[name]
        for key in single.model.params.index:
            close(line[key], single.model.params[key])
        assert line["n_estimation"] == single.model.nobs
        for window in study.design.windows:
            value = line[f"car{window.label}"]
            if own.holds(window):
                close(value, single.car(window).value)
            else:
                assert np.isnan(value)


def test_one_estimation_window_for_all_gives_the_bits():
    study = run(estimation_window=(-250, -31))
    for row, name in enumerate(study.events.index[:6]):
        single = alone(row, estimation_window=(-250, -31))
        ours = study.abnormal_returns.loc[name].dropna()
        theirs = single.abnormal_returns["abnormal"].dropna()
        np.testing.assert_array_equal(ours, theirs)
        assert study.events.loc[name, "car[0,0]"] == single.car(0).value
        assert study.events.loc[name, "car[-1,+1]"] == single.car(-1, 1).value


def test_a_single_event_of_the_study_is_that_event_alone():
    study = run(windows=[(-1, 1), (-5, 5)])
    for row in (2, 3):
        found = study.result(study.events.index[row])
        expected = alone(row, windows=[(-1, 1)])
        pd.testing.assert_frame_equal(
            found.abnormal_returns, expected.abnormal_returns, check_exact=True
        )
        assert found.design.windows == ((-1, 1),)
        assert found.design.estimation_window == expected.design.estimation_window


def test_windows_count_the_events_that_reach_over_them():
    study = run(windows=[(0, 0), (-1, 1), (-5, 5), (-30, 2), (3, 20)])
    counts = study.windows["n"].tolist()
    assert counts == [18, 18, 9, 3, 3]
    # A window that was not asked for at first.
    assert study.caar(-2, 2).n == 15
    means = study.events["car[-5,+5]"]
    assert study.caar(-5, 5).value == pytest.approx(means.mean(), rel=1e-12)
    assert means.notna().sum() == 9
    assert study.aar["n"].loc[[-30, -4, 0, 20]].tolist() == [3, 12, 18, 3]
    reason = study.cars(-5, 5)["reason"]
    assert reason[means.isna()].unique().tolist() == ["outside_own_window"]
    assert reason[means.notna()].eq("").all()
    assert any("event windows of their own" in words for words in study.warnings)


def test_the_other_reasons_of_a_missing_car():
    returns = RETURNS.copy()
    returns.loc[DAYS[320], "F0"] = np.nan
    returns.loc[DAYS[324:327], "F1"] = np.nan
    study = es.study(TABLE[:3], returns=returns, market=MARKET, tests=["bmp_adjusted"])
    assert study.cars(-5, 5)["reason"].tolist() == ["no_event_day_return"] * 2 + [""]
    assert study.cars(-1, 1)["reason"].tolist() == [
        "no_event_day_return", "no_abnormal_return", ""
    ]  # fmt: skip


def test_all_tests_agree_with_a_study_of_the_events_that_reach_over_a_window():
    given = {"tests": None, "estimation_window": (-250, -31), "windows": [(-5, 5)]}
    study = run(**given)
    inside = [n for n, own in enumerate(OWN) if own in (None, "-5,5")]
    part = es.study(
        TABLE.iloc[inside].assign(event_window=pd.Series(OWN, dtype=object)),
        **DATA["returns"], **given,
    )  # fmt: skip
    ours, theirs = study.tests(-5, 5), part.tests(-5, 5)
    assert len(part) == 9
    close(ours["statistic"], theirs["statistic"])
    close(ours["p_value"], theirs["p_value"])


def test_overlaps_by_the_windows_that_events_have():
    table = pd.DataFrame(
        {
            "ticker": ["F0", "F0", "F0", "F1", "F1"],
            "date": DAYS[[400, 406, 500, 400, 430]],
            "event_window": ["-2,2", "-2,2", "-200,0", None, "-19,0"],
        }
    )
    given = {**DATA["returns"], "tests": ["bmp_adjusted"], "min_estimation": 30}
    study = es.study(table, estimation_window=(-280, -201), **given)
    assert study.events["overlaps"].tolist() == [True, True, True, False, False]
    dropped = es.study(
        table, estimation_window=(-280, -201), overlaps="drop_later", **given
    )
    assert list(dropped.excluded.index) == [f"F0-{DAYS[500].date()}"]
    first = f"shares days with that of F0-{DAYS[400].date()}, which comes first"
    assert first in dropped.excluded["reason"].iloc[0]
    masked = es.study(table, overlaps="mask", **given)
    # F0 loses days 300 to 500, F1 those from 390 to 410 and from 411 to 430.
    assert masked.events["n_estimation"].tolist() == [160, 154, 250, 250, 229]


def test_overlaps_of_long_and_short_windows_against_all_pairs():
    rng = np.random.default_rng(3)
    firm = rng.integers(0, 5, 60)
    first = rng.integers(0, 900, 60)
    last = first + rng.integers(0, 60, 60)
    shares = (first[:, None] <= last) & (first <= last[:, None])
    pairs = shares & (firm[:, None] == firm) & ~np.eye(60, dtype=bool)
    np.testing.assert_array_equal(overlaps(first, last, firm), pairs.any(axis=1))


def test_saved_and_replayed(tmp_path):
    study = run()
    again = es.replay(study.save(tmp_path / "study.zip"))
    for frame in ("events", "abnormal_returns", "windows"):
        ours, theirs = getattr(again, frame), getattr(study, frame)
        pd.testing.assert_frame_equal(ours, theirs, check_exact=True)
    name = study.events.index[2]
    ours, theirs = again.result(name), study.result(name)
    assert ours.design.windows == theirs.design.windows
    pd.testing.assert_frame_equal(
        ours.abnormal_returns, theirs.abnormal_returns, check_exact=True
    )


def test_entries_that_cannot_be_used_are_excluded():
    study = run(["-5,5", "5,-5", "wide"] + [None] * 15)
    assert study.excluded["reason"].tolist() == [
        "event_window: the start lies after the end",
        "event_window: not a pair of whole numbers",
    ]
    with pytest.raises(es.WindowError, match="outside event_window"):
        run(windows=[(-31, 0)])
