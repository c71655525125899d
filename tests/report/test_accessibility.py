"""Pages and figures for everyone: contrast, headers with scope, words for pictures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from eventstudy.report.html import TEMPLATES, card_html, page_html
from eventstudy.report.plots import _style as style
from eventstudy.report.plots import draw, study_draw
from eventstudy.report.plots._greys import grey_of
from eventstudy.report.study_html import study_card_html, study_page_html
from tests.report.study_views import left_out, study_of

AA_TEXT, AA_GRAPHICS = 4.5, 3.0
WHITE = "#ffffff"


def luminance(colour: Any) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in to_rgb(colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Any, other: Any) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def style_sheet(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(imgn: Any) -> dict[str, Any]:
    study = study_of(12, excluded=left_out(3))
    texts = {
        "page": page_html(imgn),
        "study page": study_page_html(study),
        "card": f"<!DOCTYPE html><title>x</title>{card_html(imgn)}",
        "study card": f"<!DOCTYPE html><title>x</title>{study_card_html(study)}",
    }
    parse = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse
    return {name: parse(text) for name, text in texts.items()}


KINDS = pytest.mark.parametrize("name", ["page", "study page", "card", "study card"])


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21.0)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.005)


def test_text_of_pages_stands_out_from_each_of_its_grounds() -> None:
    css = style_sheet("page.css.j2")
    inks = dict(re.findall(r"--(ink|muted|accent): (#\w{6})", css))
    assert set(inks) == {"ink", "muted", "accent"}
    grounds = {WHITE, *re.findall(r"background: (#\w{6})", css)}
    assert len(grounds) >= 3
    for ink, ground in itertools.product(inks.values(), grounds):
        assert contrast(ink, ground) >= AA_TEXT, (ink, ground)


def test_text_of_cards_stands_out_where_no_theme_sets_its_colour() -> None:
    css = style_sheet("card.css.j2")
    inks = re.findall(r"--es-(?:ink|muted|accent): .*?(#\w{6})\)\);", css)
    assert len(inks) == 3
    for ink in inks:
        assert contrast(ink, WHITE) >= AA_TEXT, ink


def test_inks_of_figures_stand_out_from_paper_band_and_shade() -> None:
    for ink in (style.INK, style.MUTED, style.ACCENT):
        for ground in (WHITE, style.BAND, style.SHADE):
            assert contrast(ink, ground) >= AA_TEXT, (ink, ground)


@pytest.mark.parametrize("look", [str, grey_of], ids=["screen", "paper"])
def test_the_faintest_mark_stands_out_from_paper(look: Any) -> None:
    assert contrast(look(style.FAINT), WHITE) >= AA_GRAPHICS


@pytest.mark.parametrize("preset", ["screen", "paper", "slide"])
def test_every_text_of_a_figure_stands_out(imgn: Any, preset: str) -> None:
    study = study_of(12)
    figures = [draw(imgn, preset=preset), study_draw(study, "forest", preset=preset)]
    figures += [
        study_draw(study, kind, preset=preset) for kind in ("tests", "overview")
    ]
    for figure in figures:
        figure.draw_without_rendering()
        texts = [t for t in figure.findobj(Text) if t.get_text() and t.get_visible()]
        assert len(texts) > 5
        for text in texts:
            assert contrast(text.get_color(), WHITE) >= AA_TEXT, text.get_text()


@KINDS
def test_every_table_has_a_caption_and_headers_with_scope(
    pages: dict[str, Any], name: str
) -> None:
    tables = list(pages[name].iter("table"))
    assert tables
    for table in tables:
        assert (table.find("caption").text or "").strip()
        heads = list(table.find("thead").iter("th"))
        assert heads
        assert {cell.get("scope") for cell in heads} == {"col"}
        for row in table.find("tbody").iter("tr"):
            first, *others = list(row)
            assert (first.tag, first.get("scope")) == ("th", "row")
            assert {cell.tag for cell in others} == {"td"}
            assert len(row) == len(heads)


@KINDS
def test_every_picture_says_what_it_shows(pages: dict[str, Any], name: str) -> None:
    pictures = list(pages[name].iter("img"))
    assert pictures
    for picture in pictures:
        assert len(picture.get("alt")) > 40
        assert re.search(r"\d", picture.get("alt")), "it says the numbers"
        assert picture.get("src").startswith("data:image/png;base64,")


@pytest.mark.parametrize("name", ["page", "study page"])
def test_pages_have_a_language_and_headings_in_order(
    pages: dict[str, Any], name: str
) -> None:
    page = pages[name]
    assert page.get("lang") == "en"
    assert "".join(page.find(".//title").itertext()).startswith("Event study: ")
    levels = [int(e.tag[1]) for e in page.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@KINDS
def test_nothing_is_fetched_and_nothing_runs(pages: dict[str, Any], name: str) -> None:
    for element in pages[name].iter():
        assert element.tag not in {"script", "link", "iframe", "object", "base"}
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on")
            if attribute in {"src", "srcset", "href"}:
                assert value.startswith("data:")


def test_a_script_in_a_headline_stays_text(make_view: Callable[..., Any]) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    text = page_html(make_view(headline=evil, verdict="V."))
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert not list(tree.iter("script"))
    assert evil in "".join(tree.find(".//body").itertext())
