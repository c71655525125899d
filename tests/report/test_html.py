"""The card and the page as HTML."""

from __future__ import annotations

import base64
import io
import math
import re
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, TypeAlias

import html5lib
import pytest
from PIL import Image

from eventstudy.report import _methods
from eventstudy.report.html import TEMPLATES, card_html, figures, page_html

Made: TypeAlias = dict[Callable[[Any], str], str]

NASTY = "<script>alert(1)</script> & \"quotes\" 'single' {{ 7*7 }}"


@pytest.fixture
def nasty(make_view: Callable[..., Any], imgn: Any) -> Any:
    news = [list(row) for row in imgn.news]
    news[0][4] = NASTY
    return make_view(
        ticker="<b>X</b>",
        headline=NASTY,
        verdict=f"Verdict. {NASTY[:20]}",
        warnings=(NASTY,),
        news=tuple(tuple(row) for row in news),
        design=replace(imgn.design, call=f"es.analyze({NASTY!r})"),
        provenance={"firm": {"ticker": NASTY, "source": NASTY}},
    )


@pytest.fixture(scope="module")
def made(imgn: Any) -> Made:
    """Card and page of the founding case, made once."""
    return {make: make(imgn) for make in (card_html, page_html)}


def parsed(page: str, fragment: bool = False) -> Any:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parseFragment(page) if fragment else parser.parse(page)


def words(page: str) -> str:
    tree = parsed(page)
    for style in [*tree.iter("style")]:
        style.text = ""
    return " ".join("".join(tree.itertext()).split())


def test_both_are_valid_html(made: Made) -> None:
    parsed(made[page_html])
    parsed(made[card_html], fragment=True)


def test_variations_are_valid_html(make_around: Callable[..., Any], nasty: Any) -> None:
    empty = make_around((-2, 2), missing=(-2, -1, 0, 1, 2), news=(), warnings=())
    for view in (nasty, empty, make_around((0, 0)), make_around((-60, 60))):
        parsed(page_html(view))
        parsed(card_html(view), fragment=True)


@pytest.mark.parametrize("make", [card_html, page_html])
def test_text_from_data_stays_text(nasty: Any, make: Callable[[Any], str]) -> None:
    page = make(nasty)
    assert "<script" not in page.lower()
    assert "<b>" not in page
    assert "{{ 7*7 }}" in page, "data are no template"
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quotes&#34;" in page


@pytest.mark.parametrize("make", [card_html, page_html])
def test_no_outside_request(made: Made, make: Callable[[Any], str]) -> None:
    page = made[make]
    links = re.findall(r'\b(?:src|href|srcset|action|poster)\s*=\s*"([^"]*)"', page)
    assert len(links) == 2
    assert all(link.startswith("data:image/png;base64,") for link in links)
    for word in (
        "@import",
        "url(",
        "http://",
        "https://",
        "<script",
        "<link",
        "<iframe",
    ):
        assert word not in page


@pytest.mark.parametrize("make", [card_html, page_html])
def test_figures_are_whole_pictures_with_words(
    made: Made, make: Callable[[Any], str]
) -> None:
    page = made[make]
    pictures = [
        base64.b64decode(code) for code in re.findall(r"base64,([\w+/=]+)", page)
    ]
    sizes = [Image.open(io.BytesIO(picture)).size for picture in pictures]
    scale = 2.0 if make is page_html else 1.5
    assert sizes == [(880, 1408), (int(924 * scale), int(671 * scale))]
    (alt,) = re.findall(r'alt="([^"]*)"', page)
    assert alt == (
        "Three charts of IMGN around 27 August 2010. Closing price: from $9.11 to "
        "$5.57 over the event window. Abnormal return, day 0: −41.09 %, 95 % interval "
        "−46.36 % to −35.82 %. Cumulative abnormal return at the end of the window: "
        "−45.38 %."
    )


@pytest.mark.parametrize("make", [card_html, page_html])
def test_tables_have_heads_with_scope(made: Made, make: Callable[[Any], str]) -> None:
    page = made[make]
    tree = parsed(
        f"<!DOCTYPE html><title>x</title>{page}" if make is card_html else page
    )
    tables = list(tree.iter("table"))
    assert tables
    for table in tables:
        assert table.find("caption") is not None
        assert all(
            cell.get("scope") == "col" for cell in table.find("thead").iter("th")
        )
        for row in table.find("tbody").iter("tr"):
            assert [cell.get("scope") for cell in row.iter("th")] == ["row"]


@pytest.mark.parametrize("make", [card_html, page_html])
def test_classes_have_our_prefix(made: Made, make: Callable[[Any], str]) -> None:
    page = made[make]
    used = {
        name for group in re.findall(r'class="([^"]*)"', page) for name in group.split()
    }
    assert used
    assert all(name.startswith("es-") for name in used)
    assert not re.findall(r'\bid="', page), "two cards stand in one notebook"


def test_styles_of_the_card_stay_within_it() -> None:
    style = (TEMPLATES / "card.css.j2").read_text()
    selectors = re.findall(r"(?m)^\s*([^{}@]+?)\s*\{", style)
    parts = [part.strip() for selector in selectors for part in selector.split(",")]
    assert len(parts) > 20
    assert all(part.startswith(".es-card") for part in parts)
    colours = re.findall(r"--es-\w+: (.*);", style)
    assert all(c.startswith("var(--jp-") and "#" in c for c in colours), (
        "with fallbacks"
    )


def test_the_card_says_the_key_numbers(made: Made) -> None:
    text = words(f"<!DOCTYPE html><title>x</title>{made[card_html]}")
    for expected in (
        "IMGN underperformed by 41.09 % on 27 August 2010",
        "Abnormal return, day 0 −41.09 % 95 % interval −46.36 % to −35.82 %",
        "t = −15.36 p < 0.001, rank p = 0.004",
        "−$234.2 million 95 % interval −$264.2 million to −$204.2 million",
        "2.66 % a day beta 1.51, 250 days, R² 0.31",
        "[−1, +1] 3 −30.18 % 4.63 % −6.51 <0.001 −39.31 % to −21.06 % 0.008",
        "The share count is an average of the quarter.",
        "Confounding events: 2 other known events",
        "es.analyze('IMGN', '2010-08-27')",
    ):
        assert expected in text


def test_the_page_says_everything(made: Made) -> None:
    text = words(made[page_html])
    for expected in (
        "Event study · IMGN · 27 August 2010",
        "Before using these numbers The share count is an average of the quarter.",
        "Exact t The abnormal returns of the window sum to zero in expectation.",
        "−15.36 248 <0.001 yes",
        "not computed: too few separate placebo windows to reach the level at all",
        "2010-04-15 −94 6.15 % −41.12 % Roche plans a US filing",
        "Jarque-Bera p <0.001 0.01 The residuals are not normal.",
        "0 2010-08-27 −38.50 % 2.59 % −41.09 % 2.67 % −15.36",
        "alpha 0.089 % a day (s.e. 0.168 %)",
        "67,944,000 shares",
        "with coefficients estimated on 250 trading days before the event",
        "Student's t with 248 degrees of freedom",
        "MacKinlay (1997), Event studies in economics and finance",
        "Gelbach, Helland & Klick (2013)",
        "sha256 ad672f934957",
        "Computed with eventstudy 0.1.0, numpy 2.4.6.",
    ):  # fmt: skip
        assert expected in text
    assert text.count("MacKinlay (1997)") == 1, "the model's reference is the same"


def test_the_card_names_no_version(made: Made) -> None:
    assert "0.1.0" not in made[card_html]


@pytest.mark.parametrize("make", [card_html, page_html])
def test_the_same_bytes_twice(
    imgn: Any, made: Made, make: Callable[[Any], str]
) -> None:
    assert make(imgn) == made[make]


def test_missing_numbers_say_why(make_around: Callable[..., Any]) -> None:
    view = make_around((-2, 2), missing=(-2, -1, 0, 1, 2))
    unknown = SimpleNamespace(value=math.nan, reason="no_share_count")
    text = words(page_html(replace(view, market_value=unknown)))
    assert "Abnormal return, day 0 n/a no valid abnormal return lies in the" in text
    assert "Not available: no share count at most 400 days old is known." in text
    assert not re.search(r"\bnan\b", text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("−41.09 % of it", ["−41.09 %"]),
        ("p < 0.001, t = −15.36", ["p &lt; 0.001", "t = −15.36"]),
        ("−$234.2 million to £1 billion", ["−$234.2 million", "£1 billion"]),
        ("in 2010 on 250 days.", []),
        ("<i>−1.0 %</i>", ["−1.0 %"]),
    ],
)
def test_numbers_stay_on_one_line(text: str, kept: list[str]) -> None:
    found = str(figures(text))
    assert re.findall(r'<span class="es-n">(.*?)</span>', found) == kept
    assert "<i>" not in found


def test_models_that_estimate_nothing_are_described_so(
    make_view: Callable[..., Any], imgn: Any
) -> None:
    model = SimpleNamespace(**{**vars(imgn.model), "params": imgn.model.params[:0]})
    assert (
        "residual spread taken from 250"
        in _methods.paragraphs(make_view(model=model))[0]
    )
    log = make_view(design=replace(imgn.design, return_kind="log"))
    assert _methods.paragraphs(log)[0].startswith("Logarithmic daily returns.")
