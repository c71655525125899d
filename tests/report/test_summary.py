"""The card as plain text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from eventstudy.report import _words
from eventstudy.report._layout import WIDTH, code, grid, paragraph
from eventstudy.report.text import summary_text


def test_numbers_of_the_founding_case(imgn: Any) -> None:
    text = " ".join(summary_text(imgn).split())
    for expected in (
        "IMGN underperformed by 41.09 % on 27 August 2010",
        "“FDA refuses to file the T-DM1 accelerated-approval BLA”",
        "day 0 is that day, Friday 27 August 2010",
        "Market model against ^GSPC, estimated on 250 days (days −260 to −11)",
        "alpha 0.089 % a day (s.e. 0.168 %), beta 1.508 (s.e. 0.142)",
        "residual s.d. 2.66 % a day, R² 0.31, 248 degrees of freedom",
        "day 0 1 −41.09 % 2.67 % −15.36 <0.001 −46.36 % to −35.82 % 0.004",
        "[−1, +1] 3 −30.18 % 4.63 % −6.51 <0.001 −39.31 % to −21.06 % 0.008",
        "[−10, +10] 21 −45.37 % 12.69 % −3.57 <0.001 −70.37 % to −20.38 % n/a",
        # 570,050,160 dollars times −0.410879728 and the ends of its interval
        "−$234.2 million (95 % interval −$264.2 million to −$204.2 million), day 0",
        "67,944,000 shares (weighted average of the quarter July to September 2010",
        "as of 20 August 2010) at $8.39, the close of 26 August 2010",
        "Sample quantile (SQ) −15.36 0.004 yes",
        "Joint F 236.07 1, 248 <0.001 no: holds its level for normal errors only",
        "Placebo, non-overlapping n/a n/a not computed: too few separate placebo",
        "Confounding events 2 0 2 other known events",
        "2010-04-15 −94 6.15 % −41.12 % Roche plans a US filing",
        "- The share count is an average of the quarter.",
        "retrieved 2026-11-02, sha256 ad672f934957",
        "es.analyze('IMGN', '2010-08-27')",
    ):
        assert expected in text
    assert "Jarque-Bera" not in text, "a check without a flag needs no attention"
    assert "0.1.0" not in text, "versions stand in the provenance"


def test_no_line_is_too_wide(
    imgn: Any, make_view: Callable[..., Any], make_around: Callable[..., Any]
) -> None:
    views = [
        imgn,
        make_view(ticker="BRK-PREFERRED-SERIES-A-LONG.SWISS", headline="word " * 60),
        make_view(verdict="−" * 300, warnings=("x" * 200,)),
        make_around((-60, 60), day_0=9.0, currency="CHF"),
    ]
    for view in views:
        lines = summary_text(view).splitlines()
        assert max(map(len, lines)) <= WIDTH == 88
        assert not any(line != line.rstrip() for line in lines)


def test_the_same_text_twice(imgn: Any) -> None:
    assert summary_text(imgn) == summary_text(imgn)


def test_what_is_missing_says_why(make_around: Callable[..., Any]) -> None:
    view = make_around((-2, 2), missing=(-2, -1, 0, 1, 2))
    view = replace(
        view,
        market_value=SimpleNamespace(value=math.nan, reason="no_share_count"),
    )
    text = " ".join(summary_text(view).split())
    assert "IMGN: no abnormal return on 27 August 2010" in text
    assert "None for day 0: no valid abnormal return lies in the window." in text
    assert (
        "Dollars Not available: no share count at most 400 days old is known." in text
    )
    assert not re.search(r"\bnan\b", text)


def test_news_and_warnings_are_said_once(make_view: Callable[..., Any]) -> None:
    view = make_view(
        headline="Letter", verdict="After “Letter” it fell. No shares known.",
        warnings=("No shares known.", "An average."),
    )  # fmt: skip
    text = summary_text(view)
    assert text.count("Letter") == text.count("No shares known.") == 1
    assert "- An average." in text


@pytest.mark.parametrize(
    ("p_value", "rank", "title"),
    [
        (0.001, 0.004, "IMGN underperformed by 5.00 % on 27 August 2010"),
        (0.001, math.nan, "IMGN underperformed by 5.00 % on 27 August 2010"),
        (0.20, 0.31, "IMGN: no unusual move on 27 August 2010"),
        (0.01, 0.08, "IMGN: −5.00 % against the model on 27 August 2010"),
        (0.06, 0.04, "IMGN: −5.00 % against the model on 27 August 2010"),
    ],
)
def test_the_title_claims_no_more_than_both_tests(
    make_view: Callable[..., Any], p_value: float, rank: float, title: str
) -> None:
    row = (0, 0, -0.05, 0.02, -2.5, p_value, -0.09, -0.01, rank, "sq", 0.06)
    assert _words.title(make_view(effects=(row,))) == title


@pytest.mark.parametrize(("p_value", "unusual"), [(0.1, True), (0.1001, False)])
def test_a_p_value_at_the_level_counts_as_in_the_verdict(
    p_value: float, unusual: bool
) -> None:
    effect: Any = SimpleNamespace(p_value=p_value, empirical_p_value=p_value)
    assert _words.unusual(effect, 0.9) is unusual


def test_the_title_names_window_and_log_returns(make_view: Callable[..., Any]) -> None:
    row = (-1, 1, 0.3, 0.05, 6.0, 1e-8, 0.2, 0.4, math.nan, "", 0.06)
    design = replace(make_view().design, windows=((-1, 1),), return_kind="log")
    assert _words.title(make_view(effects=(row,), design=design)) == (
        "IMGN outperformed by 30.00 % (log return) around 27 August 2010 "
        "(days −1 to +1)"
    )


def test_models_without_coefficients_have_no_list_of_them(
    make_view: Callable[..., Any],
) -> None:
    model = SimpleNamespace(
        key="market_adjusted", name="Market-adjusted return", reference="",
        params=pd.Series(dtype=float), std_errors=pd.Series(dtype=float), sigma=0.0272,
        r_squared=math.nan, nobs=250, df=249.0,
    )  # fmt: skip
    assert _words.model_sentence(make_view(model=model)) == (
        "residual s.d. 2.72 % a day, 249 degrees of freedom."
    )


def test_numbers_stay_with_their_units() -> None:
    text = paragraph("word " * 16 + "−41.09 % and −$234.2 million", width=88)
    assert "−41.09\n" not in text
    assert text.endswith(" −41.09 %\nand −$234.2 million")


def test_code_breaks_after_commas_only() -> None:
    call = (
        "es.analyze('IMGN', '2010-08-27', industry='IBB', windows=[(-1, 1), (0, 0)], "
        "prices='a, b.csv', event_window=(-20, 20))"
    )
    text = code(call)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "'a, b.csv'" in text
    assert "".join(text.split()) == "".join(call.split())


def test_a_grid_wraps_its_last_column() -> None:
    text = grid(("a", "b"), [("1", "word " * 30), ("22", "x")], ">>")
    first, rule, *body = text.splitlines()
    assert first.split() == ["a", "b"]
    assert set(rule) == {" ", "-"}
    assert body[0].startswith("   1  ")
    assert body[1].startswith(" " * 6)
    assert max(map(len, body)) <= WIDTH
