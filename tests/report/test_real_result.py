"""The reports of real results: what the stand-in of the other tests cannot show."""

from __future__ import annotations

import html5lib
import pytest

import eventstudy as es
from eventstudy.report.html import card_html, page_html
from eventstudy.report.plots import draw
from eventstudy.report.text import summary_text


@pytest.fixture(scope="module")
def result() -> es.EventResult:
    return es.analyze("IMGN", "2010-08-27")


def test_the_founding_case_in_text(result: es.EventResult) -> None:
    text = " ".join(summary_text(result).split())
    for expected in (
        "IMGN underperformed by 41.09 % on 27 August 2010",
        "day 0 1 −41.09 % 2.67 % −15.36 <0.001 −46.36 % to −35.82 % 0.004",
        "[−1, +1] 3 −30.18 % 4.63 % −6.51 <0.001 −39.31 % to −21.06 %",
        "[−10, +10] 21 −45.37 % 12.69 % −3.57 <0.001 −70.37 % to −20.38 %",
        "beta 1.508 (s.e. 0.142), residual s.d. 2.66 % a day, R² 0.31",
        "−$234.2 million",
        "$570.1 million = 67,944,000 shares",
        "es.analyze('IMGN', '2010-08-27')",
    ):
        assert expected in text


def test_card_and_page_are_valid(result: es.EventResult) -> None:
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(page_html(result))
    parser.parseFragment(card_html(result))


def test_the_event_day_of_the_figure_is_that_of_the_prices(
    result: es.EventResult,
) -> None:
    axes = draw(result, "price").axes[0]
    (close,) = (line for line in axes.lines if line.get_label() == "close")
    by_day = dict(zip(close.get_xdata(), close.get_ydata(), strict=True))
    assert (by_day[-1], by_day[0]) == (8.39, 5.16), "as TheStreet reported them"


def test_sessions_with_a_close_only_draw() -> None:
    view = es.analyze("IMGN", "2023-12-05")
    assert draw(view)._repr_png_().startswith(b"\x89PNG")
    assert "5 December 2023" in summary_text(view)


@pytest.mark.parametrize("model", ["constant_mean", "market_adjusted", "carhart"])
def test_every_kind_of_model_is_shown(model: str) -> None:
    view = es.analyze("IMGN", "2010-08-27", model=model)
    assert view.model.name in summary_text(view)
    html5lib.HTMLParser(strict=True).parse(page_html(view))
