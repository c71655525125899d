"""Figures for screen, paper and slide."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

import eventstudy as es
from eventstudy.errors import ArgumentError
from eventstudy.report.plots import EVENT_PLOTS, STUDY_PLOTS, draw, study_draw
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._greys import GREYS, grey_of
from tests.report.study_views import study_of

EVENT_KINDS = sorted(EVENT_PLOTS)
STUDY_KINDS = ["aar", "caar", "distribution", "forest", "heatmap", "overview",
               "spaghetti", "tests"]  # fmt: skip


@pytest.fixture(scope="module")
def study() -> Any:
    return study_of(12)


def pixels(figure: Any) -> Any:
    return np.asarray(Image.open(io.BytesIO(figure.to_bytes("png"))).convert("RGB"))


def titles(figure: Figure) -> list[str]:
    return [ax.get_title(loc="left") for ax in figure.axes]


def is_grey(picture: Any) -> bool:
    spread = picture.max(axis=2).astype(int) - picture.min(axis=2)
    return bool((spread <= 1).all())


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_an_event_on_paper_is_grey(imgn: Any, kind: str) -> None:
    assert is_grey(pixels(draw(imgn, kind, preset="paper")))
    assert not is_grey(pixels(draw(imgn, kind)))


@pytest.mark.parametrize("kind", STUDY_KINDS)
def test_a_study_on_paper_is_grey(study: Any, kind: str) -> None:
    assert set(STUDY_KINDS) <= set(STUDY_PLOTS)
    assert is_grey(pixels(study_draw(study, kind, preset="paper")))


def test_paper_is_one_column_and_leaves_the_title_to_the_caption(imgn: Any) -> None:
    figure = draw(imgn, preset="paper")
    assert figure.get_size_inches()[0] == 3.5
    assert pixels(figure).shape[1] == 1050, "300 pixels an inch"
    assert not figure.texts
    assert titles(figure) == [
        "Closing price", "Abnormal return", "Cumulative abnormal return",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["overview", "price", "abnormal_returns"])
def test_a_slide_fills_the_screen(imgn: Any, kind: str) -> None:
    assert pixels(draw(imgn, kind, preset="slide")).shape[:2] == (1080, 1920)


def test_an_overview_on_a_slide_has_two_panels(imgn: Any, study: Any) -> None:
    assert titles(draw(imgn, preset="slide")) == [
        "Abnormal return, per cent", "Cumulative abnormal return, per cent",
    ]  # fmt: skip
    assert len(study_draw(study, preset="slide").axes) == 2
    assert len(study_draw(study, preset="paper").axes) == 3


def test_the_type_of_a_slide_is_large(imgn: Any) -> None:
    figure = draw(imgn, preset="slide")
    scale = 7.5 / figure.get_size_inches()[1]  # a slide is 7.5 inches high
    sizes = [t.get_fontsize() * scale for t in figure.findobj(Text) if t.get_text()]
    assert min(sizes) > 12.0, "the source"
    assert sorted(sizes)[5] > 14.0
    title = figure.texts[0].get_text().replace("\N{NO-BREAK SPACE}", " ")
    assert title == "IMGN underperformed by 41.09 % on 27 August 2010"


def test_nothing_of_a_slide_leaves_it(imgn: Any, study: Any) -> None:
    for figure in (draw(imgn, preset="slide"), study_draw(study, preset="slide")):
        figure.draw_without_rendering()
        for text in figure.findobj(Text):
            if text.get_text() and text.get_visible():
                box = text.get_window_extent()
                assert box.x0 >= 0
                assert box.x1 <= figure.bbox.width, text.get_text()


def test_a_figure_with_a_row_an_event_keeps_its_rows(study: Any) -> None:
    few = study_draw(study, "forest", preset="paper").get_size_inches()
    many = study_draw(study_of(40), "forest", preset="paper").get_size_inches()
    assert few[0] == many[0] == 3.5
    assert many[1] > few[1] + 3.0


def test_the_screen_is_how_figures_are_anyway(imgn: Any, study: Any) -> None:
    assert draw(imgn, preset="screen").to_bytes() == draw(imgn).to_bytes()
    assert (
        study_draw(study, "aar", preset="screen").to_bytes()
        == study_draw(study, "aar").to_bytes()
    )


@pytest.mark.parametrize("preset", ["paper", "slide"])
def test_same_input_same_bytes(imgn: Any, preset: str) -> None:
    first, again = (draw(imgn, "price", preset=preset) for _ in range(2))
    for format in ("png", "svg", "pdf"):
        assert first.to_bytes(format) == again.to_bytes(format)


def test_settings_are_left_alone(imgn: Any) -> None:
    before = dict(mpl.rcParams)
    with mpl.rc_context({"axes.facecolor": "pink", "text.color": "red"}):
        assert is_grey(pixels(draw(imgn, preset="paper")))
    assert dict(mpl.rcParams) == before


def test_greys_stay_apart() -> None:
    def level(name: str) -> float:
        return grey_of(name)[0]

    order = [style.ACCENT, style.MUTED, style.FAINT, style.LINE, style.SHADE]
    steps = np.diff([level(name) for name in order])
    assert (steps > 0.1).all()
    assert level(style.SHADE) - level(style.BAND) > 0.05
    assert set(GREYS) == {
        style.ACCENT, style.INK, style.MUTED, style.FAINT, style.LINE, style.BAND,
        style.SHADE,
    }  # fmt: skip


def test_another_colour_gets_the_grey_of_its_luminance() -> None:
    # sRGB red has luminance 0.2126, which is the grey 0x7F, and stays half-seen
    assert [round(255 * x) for x in grey_of((1.0, 0.0, 0.0, 0.5))] == [
        127, 127, 127, 128,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["price", "overview"])
def test_what_is_not_a_preset_is_refused(imgn: Any, kind: str) -> None:
    with pytest.raises(ArgumentError, match="screen, paper, slide"):
        draw(imgn, kind, preset="poster")


def test_a_preset_has_no_place_beside_axes(imgn: Any, study: Any) -> None:
    ax = Figure().subplots()
    for call in (draw, study_draw):
        view, kind = (imgn, "price") if call is draw else (study, "aar")
        with pytest.raises(ArgumentError, match="Leave out ax, or preset"):
            call(view, kind, ax, "paper")


def test_results_take_presets(tmp_path: Path) -> None:
    result = es.analyze("IMGN", "2010-08-27")
    result.plot("price", preset="paper").savefig(tmp_path / "price.pdf")
    assert (tmp_path / "price.pdf").read_bytes().startswith(b"%PDF")


def test_an_empty_figure_is_drawn_too(make_around: Callable[..., Any]) -> None:
    view = make_around((-2, 2), missing=(-2, -1, 0, 1, 2))
    for preset in ("paper", "slide"):
        assert draw(view, preset=preset)._repr_png_().startswith(b"\x89PNG")


@pytest.fixture(scope="module")
def curve() -> Any:
    return es.specification_curve("IMGN", "2010-08-27", models=["market_model"])


@pytest.fixture(scope="module")
def rates() -> Any:
    tests = ["patell", "cross_sectional_t", "bmp", "corrado"]
    options = {"n_events": 10, "replications": 20, "windows": [(0, 0)], "tests": tests}
    return es.size_and_power(["IMGN"], **options)


@pytest.mark.parametrize("name", ["curve", "rates"])
def test_other_figures_take_presets(name: str, request: Any) -> None:
    shown = request.getfixturevalue(name)
    paper, slide = (shown.plot(preset=preset) for preset in ("paper", "slide"))
    assert is_grey(pixels(paper))
    assert paper.get_size_inches()[0] == 3.5
    assert not paper.texts, "the caption says it"
    assert pixels(slide).shape[:2] == (1080, 1920)
    assert slide.texts
    for figure in (paper, slide):
        figure.draw_without_rendering()
        for text in figure.findobj(Text):
            if text.get_text() and text.get_visible():
                box = text.get_window_extent()
                assert box.x0 >= 0, text.get_text()
                assert box.x1 <= figure.bbox.width, text.get_text()
    assert shown.plot(preset="screen").to_bytes() == shown.plot().to_bytes()


@pytest.mark.parametrize("name", ["curve", "rates"])
def test_other_figures_refuse_what_others_refuse(name: str, request: Any) -> None:
    shown = request.getfixturevalue(name)
    with pytest.raises(ArgumentError, match="screen, paper, slide"):
        shown.plot(preset="poster")
    with pytest.raises(ArgumentError, match="Leave out ax, or preset"):
        shown.plot(ax=Figure().subplots(), preset="slide")
    with pytest.raises(ArgumentError, match="not an Axes"):
        shown.plot(ax="here")
