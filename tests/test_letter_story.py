"""What the first two notebooks say in words is what the data and the results say."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.results.event_result import EventResult

ROOT = Path(__file__).parents[1]
THURSDAY, FRIDAY, MONDAY = "2010-08-26", "2010-08-27", "2010-08-30"
SHORT = [(0, 1), (-1, 1)]


def prose(name: str) -> str:
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    words = [c.source for c in notebook.cells if c.cell_type == "markdown"]
    return " ".join("\n\n".join(words).split())


def csv(name: str, index: str = "date") -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / name, index_col=index)


@pytest.fixture(scope="module")
def result() -> EventResult:
    return analyze()


def analyze(**choices: object) -> EventResult:
    return es.analyze("IMGN", FRIDAY, **choices)


def test_the_prose_names_no_number_but_those_checked_here() -> None:
    """So that no figure can grow stale in a sentence."""
    words = re.sub(r"`[^`]*`|T-DM1|AR\(0\)|day (0|\+1)", "", prose("01_rtf_letter"))
    assert set(re.findall(r"\d[\d.]*\d|\d", words)) == {
        "27", "2010", "2012", "8.39", "5.16"
    }  # fmt: skip
    words = re.sub(r"`[^`]*`|T-DM1", "", prose("02_any_event"))
    assert re.findall(r"\d+", words) == ["26"]


def test_what_happened() -> None:
    event = csv("events/IMGN.csv", "id").loc[f"IMGN-{FRIDAY}"]
    assert pd.Timestamp(FRIDAY).day_name() == "Friday"
    assert event["timing"] == "before_open"
    assert "new filing expected mid-2012" in event["headline"]
    prices = csv("prices/IMGN.csv")
    assert prices.loc[THURSDAY, "close"] == 8.39
    assert prices.loc[FRIDAY, "close"] == 5.16
    assert prices.loc[FRIDAY, "open"] < 0.75 * prices.loc[THURSDAY, "close"]
    approval = csv("events/IMGN.csv", "id").loc["IMGN-2013-02-22", "headline"]
    assert approval == "FDA approves Kadcyla (T-DM1)"
    accepted = csv("events/IMGN.csv", "id").loc["IMGN-2012-11-06", "headline"]
    assert accepted.endswith("goal date 2013-02-26")


def test_the_share_stayed_far_below_the_expected_path_for_weeks() -> None:
    path = analyze(event_window=(-10, 60)).price_path.loc[0:20]
    assert (path["price"] < 0.7 * path["expected_price"]).all()


def test_the_benchmarks(result: EventResult) -> None:
    index = csv("prices/GSPC.csv")["close"].pct_change()
    bare = csv("prices/IMGN.csv")["close"].pct_change()[FRIDAY]
    mean, industry, factors = (
        analyze(model="constant_mean"),
        analyze(industry="IBB"),
        analyze(model="fama_french_3"),
    )
    assert index[FRIDAY] > 0
    assert result.car(0).value < bare
    for richer in (industry, factors):
        assert richer.model.r_squared > result.model.r_squared
        assert richer.car(0).std_error < result.car(0).std_error
    assert mean.car(0).value > result.car(0).value


def test_the_dollars(result: EventResult) -> None:
    value = result.market_value_before(0)
    assert value.basis.startswith("weighted average of the quarter")
    known = result.impact((-1, 1)).reason, result.impact((-5, 5)).reason
    assert known == ("", "no_earlier_share_count|2010-08-20")
    assert value.shares_date == pd.Timestamp("2010-08-20")
    assert value.shares_date > result.price_path["date"][-6]
    assert "the next one is of 2010-08-20" in repr(result.impact((-5, 5)))


def test_how_sure_we_are(result: EventResult) -> None:
    tests = result.tests().set_index("test")
    assert tests.index[:2].tolist() == ["exact_t", "sq"]
    assert tests.loc["sq", "p_value"] == pytest.approx(1 / 251, abs=1e-15)
    assert result.residuals.abs().max() < abs(result.car(0).value)
    low, high = result.conformal_interval(0)
    assert low < result.car(0).ci_low
    assert result.car(0).ci_high < high
    windows = result.windows.assign(days=lambda w: w["end"] - w["start"] + 1)
    assert windows.sort_values("days")["mde"].is_monotonic_increasing
    without = windows.loc[windows["empirical_p_value"].isna(), "days"].tolist()
    assert without == [windows["days"].max()]
    checks = result.diagnostics.set_index("check")
    assert checks.index[checks["flag"]].tolist() == ["confounding events"]
    assert checks.loc["Jarque-Bera p", "value"] < 0.01
    assert checks.loc["largest outlier", "value"] > 4


def test_the_hour_and_the_window(result: EventResult) -> None:
    late = analyze(timing="after_close")
    assert late.day0 == pd.Timestamp(MONDAY)
    assert late.day0.day_name() == "Monday"
    assert late.car(0).ci_low > 0
    assert late.car(0).empirical_p_value < 0.05
    assert result.car(1).value > 0
    for window in SHORT:
        assert result.car(0).value < result.car(window).value < 0


def test_other_news(result: EventResult) -> None:
    assert result.confounders["where"].tolist() == ["estimation window"] * 5


def test_log_returns_and_membership(result: EventResult) -> None:
    log, one_per_cent = (
        analyze(return_kind="log"),
        analyze(industry="IBB", industry_weight=0.01),
    )
    assert log.car(0).value < result.car(0).value - 0.1
    dollars = [r.impact(0).value / 1e6 for r in (result, log)]
    assert np.ptp(dollars) < 0.1
    moved = one_per_cent.car(0).value - analyze(industry="IBB").car(0).value
    assert -one_per_cent.car(0).std_error < moved < 0


@pytest.mark.parametrize(
    "choice",
    [
        {"model": "constant_mean"},
        {"model": "fama_french_3"},
        {"industry": "IBB"},
        {"estimation_window": 120},
        {"estimation_window": 390},
        {"return_kind": "log"},
    ],
    ids=str,
)
def test_no_choice_that_was_tried_changes_what_can_be_said(
    choice: dict[str, object],
) -> None:
    tried = analyze(**choice)
    tests = tried.tests()
    assert (tests.loc[tests["valid"], "p_value"] < 0.05).all()
    assert tried.car(0).empirical_p_value == pytest.approx(
        1 / (tried.model.nobs + 1), abs=1e-15
    )
