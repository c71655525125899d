"""Studies whose events have markets, industries and windows of their own; overlaps."""

import concurrent.futures

import numpy as np
import pandas as pd
import pytest

import eventstudy as es

DAYS = pd.bdate_range("2012-01-02", periods=700, unit="ns")
FIRMS = [f"F{i}" for i in range(6)]
RNG = np.random.default_rng(11)
SERIES = pd.DataFrame(RNG.normal(0, 0.01, (700, 4)), DAYS, ["M", "N", "I", "J"])
NOISE = pd.DataFrame(RNG.normal(0, 0.02, (700, 6)), DAYS, FIRMS)
RETURNS = NOISE.add(SERIES["M"], axis=0).join(SERIES)
RETURNS.loc[DAYS[300:320:3], "F3"] = np.nan
PRICES = 50 * (1 + RETURNS.fillna(0)).cumprod()
TABLE = pd.DataFrame(
    {
        "ticker": FIRMS + FIRMS[:3],
        "date": DAYS[320 + 40 * np.arange(9)],
        "size": range(9),
    }
)
MARKETS = ["N", None, "M", "I"] * 2 + ["N"]
WINDOWS = ["-150,-20", None, 120, "(-200, -11)"] * 2 + ["-300,-50"]
DATA = {"returns": {"returns": RETURNS}, "prices": {"prices": PRICES}}


def run(table=TABLE, **given):
    data = {} if "prices" in given else {"returns": RETURNS}
    return es.study(
        table, **{**data, "market": "M", "tests": ["bmp_adjusted"], **given}
    )


def same_as_alone(study, name, alone):
    """A row of a study against the single analysis, to the bit."""
    row = study.events.loc[name]
    for window in alone.design.windows:
        assert row[f"car{window.label}"] == alone.car(window).value
    for key in alone.model.params.index:
        assert row[key] == alone.model.params[key]
    assert row["sigma"] == alone.model.sigma
    own = alone.abnormal_returns["abnormal"].to_numpy()
    np.testing.assert_array_equal(study.abnormal_returns.loc[name], own)


@pytest.mark.parametrize("data", DATA)
def test_markets_of_their_own_are_the_single_analyses_to_the_bit(data):
    study = run(TABLE.assign(market=MARKETS), **DATA[data])
    assert study.excluded.empty
    for row, name in enumerate(study.events.index):
        alone = es.analyze(
            TABLE["ticker"][row], TABLE["date"][row], market=MARKETS[row] or "M",
            **DATA[data],
        )  # fmt: skip
        same_as_alone(study, name, alone)
        found = study.result(name)
        pd.testing.assert_frame_equal(
            found.abnormal_returns, alone.abnormal_returns, check_exact=True
        )
        assert found.provenance["market"] == alone.provenance["market"]


@pytest.mark.parametrize("weight", [0.0, 0.05])
def test_industries_of_their_own_are_the_single_analyses_to_the_bit(weight):
    industries = ["I", "J", None] * 3
    study = run(TABLE.assign(industry=industries), industry="J", industry_weight=weight)
    for row, name in enumerate(study.events.index):
        alone = es.analyze(
            TABLE["ticker"][row], TABLE["date"][row], returns=RETURNS, market="M",
            industry=industries[row] or "J", industry_weight=weight,
        )  # fmt: skip
        same_as_alone(study, name, alone)
        assert study.result(name).car(0).value == alone.car(0).value


def test_each_market_is_said():
    study = run(TABLE.assign(market=MARKETS))
    facts = study.provenance["market"]
    assert list(facts["each"]) == ["M", "N", "I"]
    assert facts["ticker"] == "M, N, I (each event its own)"
    assert list(study.events["market"].fillna("")) == [name or "" for name in MARKETS]
    assert "M, N, I" in str(study.summary())


def test_order_does_not_matter():
    table = TABLE.assign(market=MARKETS, estimation_window=WINDOWS)
    order = np.random.default_rng(2).permutation(9)
    one, other = run(table), run(table.iloc[order])
    cars = [name for name in one.events if name.startswith("car")]
    pd.testing.assert_frame_equal(
        other.events.loc[one.events.index, cars], one.events[cars], check_exact=True
    )


def test_estimation_windows_of_their_own():
    table = TABLE.assign(estimation_window=WINDOWS)
    study = run(table)
    assert study.excluded.empty
    given = [(-150, -20), None, 120, (-200, -11)] * 2 + [(-300, -50)]
    for row, name in enumerate(study.events.index):
        alone = es.analyze(
            TABLE["ticker"][row], TABLE["date"][row], returns=RETURNS, market="M",
            estimation_window=given[row],
        )  # fmt: skip
        found = study.events.loc[name]
        assert found["n_estimation"] == alone.model.nobs
        # Not to the bit: days are taken out of the longest window.
        for label, value in (("car[-1,+1]", alone.car(-1, 1).value),
                             ("sigma", alone.model.sigma)):  # fmt: skip
            assert found[label] == pytest.approx(value, rel=1e-9, abs=1e-14)
        assert study.result(name).car(-1, 1).value == alone.car(-1, 1).value
    assert any("estimation windows of their own" in note for note in study.warnings)
    tests = study.tests(-1, 1).set_index("test")
    assert np.isfinite(tests.loc["bmp_adjusted", "statistic"])


def test_one_estimation_window_for_all_is_the_argument_to_the_bit():
    column = run(TABLE.assign(estimation_window="-200,-20"))
    argument = run(estimation_window=(-200, -20))
    pd.testing.assert_frame_equal(
        column.tests(-1, 1), argument.tests(-1, 1), check_exact=True
    )


def test_workers_change_no_bit():
    table = TABLE.assign(market=MARKETS, estimation_window=WINDOWS)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        one, other = run(table), run(table, engine=pool)
    pd.testing.assert_frame_equal(one.tests(0), other.tests(0), check_exact=True)
    pd.testing.assert_frame_equal(one.events, other.events, check_exact=True)


def test_a_market_that_cannot_be_used_is_a_reason():
    table = TABLE.iloc[:6].assign(
        market=["NOPE", "F1", None, 5, "FLAT", "M"], sector="bio"
    )
    study = run(table, returns=RETURNS.assign(FLAT=0.001))
    assert list(study.events["ticker"]) == ["F2", "F5"]
    reasons = study.excluded["reason"].to_dict()
    said = ["NOPE", "the firm itself", "text", "the same on every day"]
    for words, reason in zip(said, reasons.values(), strict=True):
        assert reason.startswith("market")
        assert words in reason


def test_when_no_market_can_be_had_it_is_said_at_once():
    with pytest.raises(LookupError, match="NOPE") as caught:
        run(TABLE.assign(market="NOPE"))
    assert caught.value.parameter == "market"


def test_an_industry_for_some_needs_one_for_all():
    study = run(TABLE.iloc[:3].assign(industry=["I", None, "I"]))
    assert list(study.excluded["ticker"]) == ["F1"]
    assert "industry: blank" in study.excluded["reason"].iloc[0]


def test_a_column_that_the_model_does_not_read_is_said():
    study = run(TABLE.assign(market=MARKETS), model="constant_mean")
    assert any("column market is not read" in note for note in study.warnings)


@pytest.mark.parametrize("lacks", ["M", "N"])
def test_a_market_with_other_trading_days_is_a_reason_where_they_matter(lacks):
    prices = {name: PRICES[name] for name in [*FIRMS, "M", "N"]}
    prices[lacks] = prices[lacks].drop(DAYS[[450, 451]])
    days = DAYS[[400, 460, 650]]
    table = pd.DataFrame({"ticker": FIRMS[:3], "date": days, "market": "N"})
    table = pd.concat([table, table.assign(market="M")], ignore_index=True)
    study = run(table, prices=prices, estimation_window=(-150, -11))
    reasons = study.excluded["reason"]
    assert list(study.excluded["ticker"]) == ["F1"]
    assert "N has other trading days" in reasons.iloc[0]
    assert "2 in the windows" in reasons.iloc[0]
    # A day that the calendar has not is named by the next that it has.
    first = DAYS[450] if lacks == "N" else DAYS[452]
    assert f"the first about {first.date()}" in reasons.iloc[0]
    for name, row in ((n, i) for i, n in enumerate(table["ticker"]) if i in (0, 2)):
        alone = es.analyze(
            name, table["date"][row], market="N", prices=prices,
            estimation_window=(-150, -11),
        )  # fmt: skip
        same_as_alone(study, study.events.index[row and 1], alone)


def test_markets_that_begin_and_end_at_other_times_share_a_calendar():
    early, late = PRICES["M"].iloc[:600], PRICES["N"].iloc[250:]
    prices = {name: PRICES[name] for name in FIRMS} | {"M": early, "N": late}
    table = pd.DataFrame(
        {"ticker": ["F0", "F1", "F2"], "date": DAYS[[400, 650, 560]],
         "market": ["M", "N", "N"]}
    )  # fmt: skip
    study = run(table, prices=prices)
    assert study.excluded.empty
    for row, name in enumerate(study.events.index):
        alone = es.analyze(
            table["ticker"][row], table["date"][row], market=table["market"][row],
            prices=prices,
        )  # fmt: skip
        same_as_alone(study, name, alone)


CLOSE = pd.DataFrame(
    {"ticker": ["F0"] * 5 + ["F1"], "date": DAYS[[420, 400, 440, 455, 480, 400]]}
)


def test_overlaps_are_kept_by_default():
    study = run(CLOSE)
    assert len(study) == 6
    assert list(study.events["overlaps"]) == [True, True, True, True, False, False]


def test_the_later_of_overlapping_events_is_left_out():
    study = run(CLOSE, overlaps="drop_later")
    # 420 falls to 400; 440 stands, since 420 is gone; 455 falls to 440; 480 stands.
    assert list(study.events["day0"]) == list(DAYS[[400, 440, 480, 400]])
    assert not study.events["overlaps"].any()
    reasons = study.excluded["reason"]
    first = f"F0-{DAYS[400].date()}"
    assert first in reasons[f"F0-{DAYS[420].date()}"]
    assert reasons.str.contains("comes first").all()
    assert "overlaps='drop_later'" in repr(study.design)
    kept = run(CLOSE)
    pd.testing.assert_frame_equal(
        study.abnormal_returns, kept.abnormal_returns.loc[study.events.index]
    )


def test_an_event_that_is_left_out_for_another_reason_pushes_none_out():
    table = pd.DataFrame({"ticker": "F0", "date": DAYS[[105, 115]]})
    study = run(table, overlaps="drop_later", min_estimation=101)
    assert list(study.events["day0"]) == [DAYS[115]]
    assert "needs 101" in study.excluded["reason"].iloc[0]


def test_of_two_events_on_one_day_the_first_row_stays():
    table = pd.DataFrame({"ticker": "F0", "date": DAYS[[400, 400]], "size": [7, 8]})
    study = run(table, overlaps="drop_later")
    assert list(study.events["size"]) == [7]


@pytest.mark.parametrize("data", DATA)
def test_windows_of_other_events_are_masked(data):
    study = run(CLOSE, overlaps="mask", **DATA[data])
    assert study.excluded.empty
    for name, row in study.events.iterrows():
        at = DAYS.get_loc(row["day0"])
        others = [
            DAYS.get_loc(other["day0"]) for _, other in study.events.iterrows()
            if other["ticker"] == row["ticker"] and other["day0"] != row["day0"]
        ]  # fmt: skip
        days = np.concatenate([np.arange(o - 10, o + 11) for o in others or [0]])
        own = days[(days >= at - 260) & (days <= at - 11)]
        holed = RETURNS.copy()
        holed.loc[DAYS[own], row["ticker"]] = np.nan
        if data == "prices":
            assert row["n_estimation"] == 250 - len(np.unique(own))
            continue
        alone = es.analyze(row["ticker"], row["day0"], returns=holed, market="M")
        same_as_alone(study, name, alone)
        found = study.result(name)
        pd.testing.assert_frame_equal(
            found.abnormal_returns, alone.abnormal_returns, check_exact=True
        )
        assert found.model.nobs == alone.model.nobs
    assert any("overlaps='mask'" in note for note in study.warnings)
    part = study[list(study.events.index[:2])]
    assert list(part.events["n_estimation"]) == list(study.events["n_estimation"][:2])


def test_one_event_is_examined_by_the_tests_of_one():
    study = run(tests=["bmp_adjusted", "sq"])
    assert list(study.tests()["test"]) == ["bmp_adjusted"]
    found = study.result(study.events.index[0])
    assert list(found.tests()["test"]) == ["sq"]
    assert found.to_json()


def test_the_line_of_a_masked_event_reproduces_it():
    table = pd.DataFrame({"ticker": "F0", "date": DAYS[[271, 330, 420]]})
    study = run(table, overlaps="mask")
    name = study.events.index[2]
    found = study.result(name)
    line = repr(found.design)
    assert line == f"{study.design!r}.result({name!r})"
    names = {"es": es, "events": table, "returns": RETURNS}
    again = eval(line, names)
    assert again.to_json() == found.to_json()
    alone = es.analyze("F0", DAYS[420], returns=RETURNS, market="M")
    assert alone.model.nobs == 250
    assert found.model.nobs == 250 - 42
    (said,) = [words for words in found.warnings if "overlaps='mask'" in words]
    days = [str(DAYS[at].date()) for at in (261, 281, 320, 340)]
    assert said.startswith("42 returns of the estimation window are not used")
    assert "{} to {}, {} to {}.".format(*days) in said
    free = study.result(study.events.index[0])
    assert not any("overlaps='mask'" in words for words in free.warnings)
    assert free.design.call.endswith(f".result({study.events.index[0]!r})")


def test_an_event_that_cannot_be_studied_is_news_all_the_same():
    table = pd.DataFrame({"ticker": "F0", "date": DAYS[[60, 300]]})
    study = run(table, overlaps="mask")
    assert list(study.events["n_estimation"]) == [250 - 21]
    assert len(study.excluded) == 1


def test_masking_may_leave_too_few_days():
    table = pd.DataFrame({"ticker": "F0", "date": DAYS[300 + 21 * np.arange(8)]})
    study = run(table, overlaps="mask", min_estimation=120)
    assert "needs 120" in study.excluded["reason"].iloc[-1]
    assert 0 < len(study) < 8


def test_unknown_way_with_overlaps():
    with pytest.raises(es.ArgumentError, match="drop_later"):
        run(overlaps="drop")
