"""What followed the last price of a share: delisting_returns= and proceeds=."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.cli import main
from eventstudy.errors import ArgumentError, EventDateError, InsufficientDataError

DAYS, DAY0 = 130, 110
CASE = {"market": "M", "model": "market_adjusted", "event_window": (-5, 5),
        "estimation_window": (-106, -7)}  # fmt: skip
HELD = 0.95 * 0.9  # what is left of 1 at the last price


def simple_returns():
    """F: -5 % on day 0, 0, -10 % on day +2, its last.  M: 1 % and 2 % on days 3 and 4.

    F moves by 1 % up and down on the estimation days, and M stands still.
    """
    index = pd.bdate_range("2018-01-01", None, DAYS)
    frame = pd.DataFrame(0.0, index, ["F", "M", "G"])
    start = DAY0 - 106
    frame.iloc[start : start + 100, 0] = np.tile([0.01, -0.01], 50)
    frame.iloc[start : start + 100, 2] = np.tile([0.02, -0.02], 50)
    frame.iloc[DAY0 : DAY0 + 3, 0] = [-0.05, 0.0, -0.10]
    frame.iloc[DAY0 + 3 : DAY0 + 5, 1] = [0.01, 0.02]
    frame.iloc[DAY0 + 3 :, 0] = np.nan
    return frame


def prices():
    frame = 50 * (1 + simple_returns().fillna(0.0)).cumprod()
    frame.iloc[DAY0 + 3 :, 0] = np.nan
    return frame


def day(event_day=0):
    return str(prices().index[DAY0 + event_day].date())


def analysed(value=None, **options):
    given = {"prices": prices(), **CASE, "delisting_returns": value, **options}
    return es.analyze("F", day(), **given)


def abnormal(result):
    return result.abnormal_returns["abnormal"]


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("value", [-0.3, {"F": -0.3}, pd.Series({"F": -0.3, "X": 0.1})])
def test_the_last_return_holds_it(value):
    found = analysed(value)
    close(abnormal(found)[2], 0.9 * 0.7 - 1)
    close(found.car(0, 5).value, -0.05 + 0.9 * 0.7 - 1)
    assert abnormal(found).loc[3:].isna().all()
    written = " ".join(found.methods_text().split())
    assert "The last return is or holds a delisting return of −30.00 %." in written
    (said,) = [words for words in found.warnings if "delisting return" in words]
    assert f"−30.00 % is part of the return of {day(2)}" in said
    assert not any("delisting_returns=" in words for words in found.warnings)


@pytest.mark.parametrize("dated", [3, 4])
def test_on_its_own_day(dated):
    """-30 % on day 3, or over days 3 and 4; M made 1 % and 2 %."""
    found = analysed({"F": (day(dated), -0.3)})
    market = {3: 0.01, 4: 1.01 * 1.02 - 1}[dated]
    close(abnormal(found)[2], -0.10)
    close(abnormal(found)[dated], -0.3 - market)
    close(found.car(0, 5).value, -0.05 - 0.10 - 0.3 - market)
    error = found.car(0, 5).std_error / found.car(0).std_error
    close(error, np.sqrt(dated + 1))


def test_dated_on_a_weekend_it_is_that_of_the_next_day():
    index = prices().index
    friday = next(n for n in range(DAY0, DAYS) if index[n].day_of_week == 4)
    levels = prices()
    levels.iloc[: friday + 1, 0] = levels.iloc[: friday + 1, 0].ffill()
    levels.iloc[friday + 1 :, 0] = np.nan
    saturday = str((index[friday] + pd.Timedelta(days=1)).date())
    found = analysed({"F": (saturday, -0.3)}, prices=levels)
    days = found.abnormal_returns.set_index("date")["actual"]
    close(days[index[friday + 1]], -0.3)


def test_logarithmic():
    found = analysed(-0.3, return_kind="log")
    close(found.abnormal_returns["actual"][2], np.log(0.9 * 0.7))
    later = analysed({"F": (day(3), -0.3)}, return_kind="log")
    close(later.abnormal_returns["actual"][3], np.log(0.7))


@pytest.mark.parametrize("value", [-0.3, {"F": (day(4), -0.3)}])
def test_beside_returns(value):
    found = analysed(value, prices=None, returns=simple_returns())
    if isinstance(value, float):
        close(abnormal(found)[2], 0.9 * 0.7 - 1)
    else:
        close(abnormal(found)[4], -0.3 - 0.02)


def test_nothing_is_changed_that_was_passed():
    given = simple_returns()
    analysed(-0.3, prices=None, returns=given)
    pd.testing.assert_frame_equal(given, simple_returns())


@pytest.mark.parametrize("proceeds", ["benchmark", "cash"])
def test_bhar_goes_on_with_the_proceeds(proceeds):
    """F - M: with M from day 3 on, or with cash."""
    found = analysed(-0.3, proceeds=proceeds).abnormal_returns["bhar"]
    left = HELD * 0.7
    close(found[2], left - 1)
    market = np.array([1.01, 1.01 * 1.02, 1.01 * 1.02])
    own = left * (market if proceeds == "benchmark" else 1.0)
    close(found.loc[3:], own - market)


def test_bhar_of_a_regression_goes_on_with_its_forecast():
    """Alpha + beta M after the end, by a regression of one's own."""
    rng = np.random.default_rng(3)
    moves = simple_returns()
    moves.iloc[: DAY0 - 6, 1] = rng.normal(0, 0.01, DAY0 - 6)
    moves.iloc[1 : DAY0 - 6, 0] = (
        0.001 + 1.5 * moves["M"].iloc[1 : DAY0 - 6] + (rng.normal(0, 0.02, DAY0 - 7))
    )
    levels = 50 * (1 + moves.fillna(0.0)).cumprod()
    levels.iloc[DAY0 + 3 :, 0] = np.nan
    past = slice(DAY0 - 106, DAY0 - 6)
    beta, alpha = np.polyfit(moves["M"].iloc[past], moves["F"].iloc[past], 1)
    found = analysed(-0.3, prices=levels, model="market_model").abnormal_returns
    forecast = alpha + beta * np.array([0.0] * 8 + [0.01, 0.02, 0.0])
    expected = np.cumprod(1 + forecast)
    close(found["bhar"][5], HELD * 0.7 * expected[10] / expected[7] - expected[10])


def test_without_one_nothing_is_made_up():
    found = analysed()
    close(abnormal(found)[2], -0.10)
    close(found.car(0, 5).value, -0.15)
    assert found.abnormal_returns["bhar"].loc[3:].isna().all()
    empty = found.car(3, 5)
    assert np.isnan(empty.value)
    assert empty.reason == "no_abnormal_return"
    (said,) = [words for words in found.warnings if "delisting_returns=" in words]
    assert f"{day(2)}, day +2" in said
    assert not any("delisting" in words for words in es.analyze(
        "G", day(), prices=prices(), **CASE).warnings)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "value", "source"),
    [("nyse", -0.30, "Shumway (1997)"), ("AMEX", -0.30, "Shumway (1997)"),
     ("nasdaq", -0.55, "Shumway & Warther (1999)")],
)  # fmt: skip
def test_the_mean_of_performance_delistings_is_said_to_be_assumed(word, value, source):
    found = analysed(word)
    close(abnormal(found)[2], 0.9 * (1 + value) - 1)
    (said,) = [words for words in found.warnings if "delisting return" in words]
    assert "not known but assumed" in said
    assert source in said
    assert found.provenance["firm"]["delisting"]["source"] == source
    written = " ".join(found.methods_text().split())
    assert f"performance delistings in {source}." in written


def test_a_total_loss():
    close(abnormal(analysed(-1.0))[2], -1.0)
    with pytest.raises(ArgumentError, match="has no logarithm"):
        analysed(-1.0, return_kind="log")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-30, "no return of F in decimals"),
        (np.nan, "no return of F"),
        ({"F": "lse"}, "no return of F"),
        ({"F": (day(1), -0.3)}, "has a price on"),
        ({"F": ("08/09/2018", -0.3)}, "not an ISO date"),
        (pd.DataFrame({"ticker": ["F"]}), "lacks the column delisting_return"),
        (pd.DataFrame({"ticker": ["F"] * 2, "delisting_return": -0.1}), "twice"),
        ([1, 2], "holds no delisting returns"),
    ],
)
def test_what_cannot_be_used(value, words):
    with pytest.raises(es.EventStudyError, match=words):
        analysed(value)


def test_after_the_last_day_of_the_study_it_is_said_to_be_unused():
    found = analysed({"F": ("2030-01-01", -0.3)})
    close(found.car(0, 5).value, -0.15)
    assert any("not used" in words for words in found.warnings)


def test_days_left_out_leave_it_out_and_say_so():
    found = analysed({"F": (day(4), -0.3)}, missing="available")
    close(found.car(0, 5).value, -0.15)
    assert any("left out, because it covers 2" in words for words in found.warnings)


def test_an_event_that_ends_early_can_be_dropped():
    for value in (None, -0.3):
        with pytest.raises(InsufficientDataError, match=day(2)):
            analysed(value, proceeds="drop")
    assert analysed(-0.3, proceeds="drop", event_window=(-5, 2)).car(0).n


def test_an_event_on_the_day_of_the_delisting_return_and_after_it():
    given = {"prices": prices(), **CASE, "delisting_returns": {"F": (day(3), -0.3)}}
    close(es.analyze("F", day(3), **given).car(0).value, -0.31)
    with pytest.raises(EventDateError, match="after the last day"):
        es.analyze("F", day(4), **given)


def table(*firms):
    return pd.DataFrame({"ticker": firms, "date": day()})


def test_in_a_study(tmp_path):
    given = pd.DataFrame({"ticker": ["F"], "delisting_return": [-0.3], "date": [None]})
    path = tmp_path / "delistings.csv"
    given.to_csv(path, index=False)
    for value in (given, path, str(path), {"F": -0.3}):
        found = es.study(
            table("F", "G"), prices=prices(), delisting_returns=value, **CASE
        )
        close(found.cars(0, 5)["value"], [-0.42, -0.03])
        assert any("part of the return" in words for words in found.warnings)
        single = found.result(f"F-{day()}")
        close(single.car(0, 5).value, -0.42)
        close(single.abnormal_returns["bhar"][3], (HELD * 0.7 - 1) * 1.01)


def test_a_study_says_whose_prices_end():
    found = es.study(table("F", "G"), prices=prices(), **CASE)
    (said,) = [words for words in found.warnings if "delisting_returns=" in words]
    assert f"F-{day()}: {day(2)}, day +2" in said


def test_rows_of_a_study():
    found = es.study(table("F", "G"), prices=prices(), proceeds="drop", **CASE)
    assert list(found.events["ticker"]) == ["G"]
    assert "proceeds='drop'" in found.excluded["reason"].iloc[0]
    wrong = {"F": (day(1), -0.3)}
    found = es.study(table("F", "G"), prices=prices(), delisting_returns=wrong, **CASE)
    assert "has a price on" in found.excluded["reason"].iloc[0]


def test_many_firms_are_named_in_one_sentence():
    names = [f"F{n}" for n in range(6)]
    levels = prices()
    for name in names:
        levels[name] = levels["F"]
    given = {name: "nyse" if name == "F5" else -0.3 for name in names}
    found = es.study(table(*names), prices=levels, delisting_returns=given, **CASE)
    said = [words for words in found.warnings if "delisting return" in words]
    assert len(said) == 2
    assert said[0].startswith("6 firms were delisted")
    assert "F0, F1, F2, F3 and 2 more" in said[0]
    assert "of 1 of them are not known but assumed" in said[1]


def test_a_study_needs_to_know_which_firm():
    with pytest.raises(ArgumentError, match="one return for all firms"):
        es.study(table("F", "G"), prices=prices(), delisting_returns=-0.3, **CASE)


def test_saved_and_computed_again(tmp_path):
    found = analysed(-0.3, proceeds="cash")
    assert "delisting_returns=-0.3, proceeds='cash'" in repr(found.design)
    again = es.replay(found.save(tmp_path / "saved.zip"))
    assert again.to_json() == found.to_json()


def test_unknown_proceeds():
    with pytest.raises(ArgumentError, match="'benchmark', 'cash', 'drop'"):
        analysed(-0.3, proceeds="gold")


@pytest.mark.parametrize("value", ["-0.3", "nyse"])
def test_flags(tmp_path, capsys, value):
    path = tmp_path / "prices.csv"
    prices().rename_axis("date").to_csv(path)
    words = ["analyze", "F", day(), "--prices", str(path), "--market", "M"]
    words += ["--model", "market_adjusted", "--event-window=-5,5"]
    words += ["--estimation-window=-106,-7", "--delisting-returns", value]
    assert main([*words, "--proceeds", "cash", "--boundary", "include"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "the delisting return of −30.00 %" in shown
    assert "proceeds='cash'" in shown
    assert "boundary='include'" in shown
