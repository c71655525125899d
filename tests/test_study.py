"""Studies of many events: one path with a single event, order, exclusion, subsets."""

import concurrent.futures

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

import eventstudy as es

DAYS = pd.bdate_range("2012-01-02", periods=700, unit="ns")
FIRMS = [f"F{i}" for i in range(12)]


def market_of(seed=1):
    """Daily returns of twelve firms and a market M; firm F3 misses some days."""
    rng = np.random.default_rng(seed)
    market = rng.normal(0, 0.01, DAYS.size)
    noise = rng.normal(0, 0.02, (DAYS.size, len(FIRMS)))
    frame = pd.DataFrame(noise + market[:, None], DAYS, FIRMS)
    frame.loc[DAYS[300:320:3], "F3"] = np.nan
    return frame.assign(M=market)


RETURNS = market_of()
TABLE = pd.DataFrame(
    {
        "ticker": [FIRMS[i % 12] for i in range(24)],
        "date": DAYS[320 + 13 * np.arange(24)],
        "sector": ["bio", "tech"] * 12,
        "size": np.linspace(1, 5, 24),
    }
)


def run(table=TABLE, **given):
    return es.study(table, **{"returns": RETURNS, "market": "M", **given})


@pytest.fixture(scope="module")
def result():
    return run()


def test_a_study_of_one_is_analyze_to_the_bit(result):
    for row in (0, 3, 17):
        name = result.events.index[row]
        alone = es.analyze(
            TABLE["ticker"][row], TABLE["date"][row], returns=RETURNS, market="M"
        )
        study = run(TABLE.iloc[[row]])
        for window in alone.design.windows:
            car = alone.car(window).value
            assert study.events[f"car{window.label}"].iloc[0] == car
            assert result.events.loc[name, f"car{window.label}"] == car
        own = alone.abnormal_returns["abnormal"].to_numpy()
        np.testing.assert_array_equal(result.abnormal_returns.loc[name], own)
        again = result.result(name)
        pd.testing.assert_frame_equal(again.abnormal_returns, alone.abnormal_returns)


def test_order_ids_and_columns_are_the_callers(result):
    shuffled = TABLE.sample(frac=1, random_state=3)
    other = run(shuffled)
    assert list(result.events["size"]) == list(TABLE["size"])
    assert list(other.events["size"]) == list(shuffled["size"])
    pd.testing.assert_frame_equal(other.events.loc[result.events.index], result.events)
    ours, theirs = (s.tests(-1, 1).set_index("test") for s in (result, other))
    np.testing.assert_allclose(ours["statistic"], theirs["statistic"], rtol=1e-12)
    np.testing.assert_array_equal(
        ours["p_value"].round(12), theirs["p_value"].round(12)
    )


def test_mean_is_the_mean_of_the_cars(result):
    effect = result.caar(-1, 1)
    cars = result.events["car[-1,+1]"]
    assert effect.value == pytest.approx(cars.mean(), rel=1e-12)
    assert effect.n == cars.notna().sum()


@pytest.mark.parametrize("rule", ["holm", "benjamini_hochberg"])
def test_cars_are_a_family_of_those_that_exist(rule):
    events = [(firm, DAYS[480]) for firm in FIRMS] + [("F3", DAYS[303])]
    returns = RETURNS.copy()
    returns.loc[DAYS[480], ["F1", "F2"]] += [0.07, -0.05]
    returns.loc[DAYS[480], "F5"] = np.nan
    cars = run(events, returns=returns).cars(0)
    known = cars["p_value"].notna()
    assert list(cars.index[~known]) == [f"F5-{DAYS[480]:%Y-%m-%d}", cars.index[-1]]
    method = {"holm": "holm", "benjamini_hochberg": "fdr_bh"}[rule]
    expected = multipletests(cars["p_value"][known], method=method)[1]
    np.testing.assert_allclose(cars[rule][known], expected, rtol=1e-12)
    assert cars[rule][~known].isna().all()
    assert (cars[rule] > cars["p_value"])[known].any()


def test_disjoint_windows_give_the_plain_tests():
    apart = TABLE.assign(date=DAYS[300 + 16 * np.arange(24)])
    tests = run(apart, event_window=(-5, 5)).tests(0).set_index("test")["statistic"]
    assert tests["bmp_adjusted"] == pytest.approx(tests["bmp"], rel=1e-12)
    assert tests["cross_sectional_adjusted"] == pytest.approx(
        tests["cross_sectional_t"], rel=1e-12
    )


def test_few_tests_still_give_interval_headline_and_clustering():
    study = run(tests=["bmp", "sign"])
    assert list(study.tests()["test"]) == ["bmp", "sign"]
    assert study.caar().ci_low < study.caar().value < study.caar().ci_high
    assert study.headline()[0] == "bmp_adjusted"
    assert study.clustering["date_clusters"] == 24
    assert study.clustering["overlapping_pairs"] == 0


def test_clustering_of_one_date():
    one = run([(firm, DAYS[500].date()) for firm in FIRMS])
    assert one.clustering["date_clusters"] == 1
    assert one.clustering["overlapping_pairs"] == 1
    residuals = one.sample(one.design.windows[0]).sums["common_dates"]["r_bar"]
    assert one.clustering["r_bar"] == residuals
    assert abs(residuals) < 0.1
    assert "All events share one date" in one.verdict


def test_groups_regressions_and_weights(result):
    groups = result.by("sector")
    bio = result[result.events["sector"] == "bio"]
    row = groups[(groups["group"] == "bio") & (groups["window"] == "[-1,+1]")].iloc[0]
    assert row["value"] == pytest.approx(bio.caar(-1, 1).value, rel=1e-12)
    assert (groups["holm"] >= groups["p_value"] - 1e-15).all()
    cars = result.events["car[-1,+1]"].groupby(result.events["sector"]).mean()
    welch = result.compare("sector", -1, 1).set_index("test").iloc[0]
    assert abs(welch["difference"]) == pytest.approx(
        abs(cars.diff().iloc[-1]), rel=1e-9
    )
    fit = result.regress("size", -1, 1, method="hc3")
    x = np.column_stack([np.ones(24), result.events["size"]])
    expected, *_ = np.linalg.lstsq(x, result.events["car[-1,+1]"], rcond=None)
    np.testing.assert_allclose(fit.to_frame()["coefficient"], expected, rtol=1e-9)
    weighted = result.weighted_caar("size", -1, 1)
    expected = np.average(result.events["car[-1,+1]"], weights=result.events["size"])
    assert weighted.value == pytest.approx(expected, rel=1e-12)


def test_repeats_are_events_of_their_own():
    twice = run(pd.concat([TABLE, TABLE.iloc[[0]]], ignore_index=True))
    assert len(twice) == 25
    assert twice.events.index[-1] == f"{twice.events.index[0]}-2"
    assert twice.events["overlaps"].iloc[[0, -1]].all()


def test_what_cannot_be_used_is_a_row_with_a_reason():
    odd = pd.DataFrame(
        [
            ("F1", "2014-01-15"), ("NOPE", "2014-01-15"), ("F1", "08/09/2014"),
            ("F1", "2012-03-01"), ("F1", "2020-01-01"), ("F1", "2011-01-03"),
        ],
        columns=["ticker", "date"],
    )  # fmt: skip
    study = run(odd)
    assert list(study.events["ticker"]) == ["F1"]
    reasons = study.excluded["reason"]
    assert len(reasons) == 5
    assert (reasons.str.len() > 20).all()
    for said in ("NOPE", "ambiguous", "valid estimation days", "after the last day"):
        assert reasons.str.contains(said).any() or said == "NOPE"
    assert list(study.excluded["ticker"]) == ["NOPE", "F1", "F1", "F1", "F1"]


def test_a_firm_without_returns_and_one_that_never_moves():
    returns = RETURNS.assign(F1=np.nan, F2=0.001)
    table = TABLE.iloc[[0, 1, 2]]
    study = run(table, returns=returns)
    assert list(study.events["ticker"]) == ["F0"]
    reasons = study.excluded.set_index("ticker")["reason"]
    assert "do not vary" in reasons["F2"]
    assert reasons["F1"]


def test_a_firm_with_an_infinite_return_is_left_out():
    study = run(returns=RETURNS.replace(RETURNS.iloc[5, 0], np.inf))
    assert set(study.excluded["ticker"]) == {"F0"}
    assert study.excluded["reason"].str.contains("infinite").all()


def test_windows_partly_beyond_the_data():
    late = run([("F0", DAYS[-3].date()), ("F4", DAYS[-30].date())])
    assert np.isnan(late.abnormal_returns.iloc[0, -1])
    assert late.caar(0).n == 2


@pytest.mark.parametrize("n", [1, 2])
def test_one_and_two_events_have_no_test_of_the_mean(n):
    study = run(TABLE.iloc[:n])
    assert study.headline() == ("", "")
    tests = study.tests().set_index("test")
    # The portfolio test needs days, not events: for one event it is the exact t.
    valid = tests.index[tests["valid"]].str.split("|").str[0]
    assert set(valid) <= {"bw_portfolio"}
    assert (tests.loc[tests["statistic"].isna(), "reason"] != "").all()
    if n == 1:
        assert tests.loc["cross_sectional_t", "reason"] == "needs_more_events"
    assert "fewer than three events" in study.verdict


def test_subsets_refit_nothing(result):
    tech = result[result.events["sector"] == "tech"]
    assert len(tech) == 12
    shared = [c for c in tech.events if c not in ("overlaps",)]
    pd.testing.assert_frame_equal(
        tech.events[shared], result.events.loc[tech.events.index, shared]
    )
    some = result[list(result.events.index[:4])]
    assert list(some.events.index) == list(result.events.index[:4])
    assert len(result[:3]) == 3
    with pytest.raises(es.ArgumentError, match="mask"):
        result[["nobody"]]


def test_executors_give_the_same_bits(result):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        threaded = run(engine=pool)
        pd.testing.assert_frame_equal(threaded.events, result.events)
        for window in result.design.windows:
            ours, theirs = result.tests(window), threaded.tests(window)
            pd.testing.assert_frame_equal(ours, theirs, check_exact=True)


def test_summary_keeps_no_abnormal_returns():
    study = run(keep="summary")
    with pytest.raises(es.NoDataError, match="keep"):
        _ = study.abnormal_returns
    assert study.caar().n == 24


@pytest.mark.parametrize(
    ("act", "error", "parameter"),
    [
        (lambda: run(TABLE.iloc[:0]), es.ArgumentError, "events"),
        (lambda: run(TABLE.drop(columns="ticker")), es.ArgumentError, "events"),
        (lambda: run(TABLE.drop(columns="date")), es.ArgumentError, "events"),
        (lambda: run(3), es.ArgumentError, "events"),
        (lambda: run([("F0",)]), es.ArgumentError, "events"),
        (lambda: run("nowhere.csv"), es.ArgumentError, "events"),
        (lambda: run([("NOPE", "2014-01-15")]), es.InsufficientDataError, "events"),
        (lambda: run([("F0", "1999-01-15")]), es.InsufficientDataError, "events"),
        (
            lambda: run([("F0", "2014-01-15"), ("F0", "1999-01-15")], error_if="any"),
            es.InsufficientDataError,
            "events",
        ),
        (lambda: run(keep="everything"), es.ArgumentError, "keep"),
        (lambda: run(error_if="never"), es.ArgumentError, "error_if"),
        (
            lambda: run(TABLE.set_axis([*TABLE.columns[:-1], "sector"], axis=1)),
            es.ArgumentError,
            "events",
        ),
        (lambda: run(returns=RETURNS.iloc[::-1]), es.EventStudyError, None),
        (lambda: run().result("nobody"), es.ArgumentError, "event_id"),
    ],
)
def test_bad_input(act, error, parameter):
    with pytest.raises(error) as caught:
        act()
    assert parameter is None or caught.value.parameter == parameter
    assert caught.value.way_out


def test_a_csv_is_as_good_as_a_frame(result, tmp_path):
    path = tmp_path / "events.csv"
    TABLE.to_csv(path, index=False)
    study = run(path)
    pd.testing.assert_frame_equal(
        study.events.drop(columns="date"), result.events.drop(columns="date")
    )


def test_pairs_and_events(result):
    pairs = list(zip(TABLE["ticker"], TABLE["date"].dt.date.astype(str), strict=True))
    wanted = result.events["car[0,0]"].to_numpy()
    for events in (pairs, [es.Event.of(*pair) for pair in pairs]):
        np.testing.assert_array_equal(run(events).events["car[0,0]"], wanted)


def test_the_announcements_of_the_founding_firm():
    study = es.study(es.list_events("IMGN"))
    assert len(study) == 63
    assert study.excluded.empty
    letter = study.events.loc["IMGN-2010-08-27"]
    assert letter["car[0,0]"] == pytest.approx(-0.410879728, abs=1e-9)
    assert study.result("IMGN-2010-08-27").car(0).value == letter["car[0,0]"]
    assert "adjusted" in study.verdict
