"""The figures: what they hold, that nothing overlaps, that bytes are reproducible."""

from __future__ import annotations

import hashlib
import io
import itertools
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from eventstudy.errors import ArgumentError
from eventstudy.report.plots import EVENT_PLOTS, draw, figure_of
from eventstudy.report.plots._style import apart

SINGLE = ("abnormal_returns", "cumulative", "price")
T_CRITICAL = 1.9695757  # as in conftest.py
VIEWS = {
    "founding case": {},
    "one day": {"window": (0, 0)},
    "three days": {"window": (-1, 1)},
    "half a year": {"window": (-60, 60)},
    "two years": {"window": (-250, 250)},
    "gaps": {"window": (-10, 10), "missing": (-4, -3, 2, 4, 10)},
    "no day 0": {"window": (-10, 10), "missing": (0,)},
    "nothing": {"window": (-10, 10), "missing": tuple(range(-10, 11))},
    "almost lost": {"window": (-5, 5), "day_0": -0.99},
    "tenfold": {
        "window": (-5, 5),
        "day_0": 9.0,
        "ticker": "BRK-PREFERRED-SERIES-A-LONG.SWISS",
        "currency": "CHF",
    },
    "tiny": {"window": (-10, 10), "day_0": 0.0004},
}


@pytest.fixture(params=VIEWS)
def view(
    request: pytest.FixtureRequest, imgn: Any, make_around: Callable[..., Any]
) -> Any:
    options = dict(VIEWS[request.param])
    return make_around(options.pop("window"), **options) if options else imgn


def texts(figure: Figure) -> list[Text]:
    found = figure.findobj(Text)
    return [t for t in found if t.get_visible() and t.get_text().strip()]


def labelled(axes: Any, label: str) -> Any:
    artists = [*axes.lines, *axes.collections, *axes.containers]
    return next(artist for artist in artists if artist.get_label() == label)


def test_the_registry_holds_the_figures() -> None:
    assert list(EVENT_PLOTS) == ["abnormal_returns", "cumulative", "overview", "price"]


@pytest.mark.parametrize("kind", [*SINGLE, "overview"])
def test_no_text_is_clipped_or_meets_another(view: Any, kind: str) -> None:
    figure = draw(view, kind)
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts(figure)]
    frame = figure.bbox
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= frame.x1, text
        assert box.y1 <= frame.y1, text
    for (text, box), (other, beside) in itertools.combinations(boxes, 2):
        assert not box.overlaps(beside), f"{text!r} meets {other!r}"


@pytest.mark.parametrize("size", [(8.4, 6.1), (4.0, 6.4)])
def test_the_figures_of_pages_are_whole_too(
    view: Any, size: tuple[float, float]
) -> None:
    figure = figure_of(view, "overview", size)
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = [t.get_window_extent(renderer) for t in texts(figure)]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_the_overview_says_what_when_and_whence(imgn: Any) -> None:
    figure = draw(imgn)
    words = " ".join(t.get_text() for t in texts(figure)).replace("\xa0", " ")
    for expected in (
        "IMGN underperformed by 41.09 % on 27 August 2010",
        "Market model against ^GSPC, estimated on 250 days (days −260 to −11)",
        "−41.09 % (95 % interval −46.36 % to −35.82 %), t = −15.36, p < 0.001",
        "rank p = 0.004",
        "Closing price, US dollars",
        "Abnormal return, per cent",
        "Cumulative abnormal return, per cent",
        "27 Aug 2010",
        "Source (retrieved 2026-11-02): Yahoo Finance history",
        "IMGN $5.57",
    ):
        assert expected in words
    assert len(figure.axes) == 3
    assert len({axes.get_xlim() for axes in figure.axes}) == 1


@pytest.mark.parametrize("kind", SINGLE)
def test_axes_that_are_given_come_back(imgn: Any, kind: str) -> None:
    axes = Figure().subplots()
    assert draw(imgn, kind, ax=axes) is axes
    assert axes.get_title(loc="left")
    assert axes.get_xlabel() == "Trading days from the event, and their dates"


@pytest.mark.parametrize("kind", SINGLE)
def test_the_event_day_is_marked_above_all_else(view: Any, kind: str) -> None:
    axes = draw(view, kind).axes[0]
    mark = labelled(axes, "event day")
    assert list(mark.get_xdata()) == [0.0, 0.0]
    assert list(mark.get_ydata()) == [0.0, 1.0], "over the whole height"
    data = [a for a in (*axes.lines, *axes.patches, *axes.collections) if a is not mark]
    assert mark.get_zorder() > max(artist.get_zorder() for artist in data)


def test_the_prediction_band_is_that_of_the_frame(imgn: Any) -> None:
    axes = draw(imgn, "abnormal_returns").axes[0]
    (path,) = labelled(axes, "prediction band").get_paths()
    frame = imgn.abnormal_returns
    for day, error in frame["std_error"].items():
        inside = (path.vertices[:, 0] > day - 0.51) & (path.vertices[:, 0] < day + 0.51)
        heights = path.vertices[inside, 1]
        for end in (T_CRITICAL * error, -T_CRITICAL * error):
            assert np.isclose(heights, end, rtol=1e-12, atol=0).any()


def test_bars_are_the_abnormal_returns_dark_outside_the_band(imgn: Any) -> None:
    axes = draw(imgn, "abnormal_returns").axes[0]
    outside = labelled(axes, "outside the band")
    inside = labelled(axes, "inside the band")
    days = [round(bar.get_x() + bar.get_width() / 2) for bar in outside]
    assert days == [0, 1, 2], "t is −15.4, 4.4 and −2.2 there, below 1.97 elsewhere"
    np.testing.assert_allclose(
        [b.get_height() for b in outside], [-0.41088, 0.118198, -0.058018]
    )
    assert len(inside) == 18
    dark, light = (sum(bars[0].get_facecolor()[:3]) for bars in (outside, inside))
    assert light - dark > 0.7, "apart in grey too"


def test_the_path_and_its_band_are_those_of_the_frame(imgn: Any) -> None:
    axes = draw(imgn, "cumulative").axes[0]
    frame = imgn.abnormal_returns
    np.testing.assert_array_equal(labelled(axes, "path").get_ydata(), frame["car"])
    (path,) = labelled(axes, "interval").get_paths()
    last = path.vertices[path.vertices[:, 0] == 10, 1]
    total = math.fsum(frame["abnormal"])
    error = T_CRITICAL * math.sqrt(math.fsum(frame["std_error"] ** 2))
    np.testing.assert_allclose(
        [last.min(), last.max()], [total - error, total + error], rtol=1e-12
    )


def test_prices_and_the_expected_path_are_those_of_the_frame(imgn: Any) -> None:
    axes = draw(imgn, "price").axes[0]
    frame = imgn.price_path
    np.testing.assert_array_equal(labelled(axes, "close").get_xdata(), range(-11, 11))
    np.testing.assert_array_equal(labelled(axes, "close").get_ydata(), frame["price"])
    np.testing.assert_array_equal(
        labelled(axes, "expected").get_ydata(), frame["expected_price"]
    )


def test_days_without_a_return_are_gaps(make_around: Callable[..., Any]) -> None:
    view = make_around((-5, 5), missing=(-2, 2, 4))
    axes = draw(view, "cumulative").axes[0]
    drawn = labelled(axes, "path").get_ydata()
    assert np.flatnonzero(np.isnan(drawn)).tolist() == [3, 7, 9]
    assert labelled(axes, "lone day").get_xdata().tolist() == [3, 5]
    bars = draw(view, "abnormal_returns").axes[0]
    assert len(labelled(bars, "inside the band")) == 7
    assert "3 days without a return" in " ".join(
        t.get_text() for t in texts(bars.figure)
    )


def test_no_abnormal_return_is_said(make_around: Callable[..., Any]) -> None:
    view = make_around((-2, 2), missing=(-2, -1, 0, 1, 2))
    words = [t.get_text() for t in texts(draw(view))]
    empty = "No abnormal return to show: no valid abnormal return lies in the window."
    assert words.count(empty) == 2
    assert "No prices are known in this window." in words


def test_y_ticks_are_per_cent_of_decimals(imgn: Any) -> None:
    axes = draw(imgn, "abnormal_returns").axes[0]
    axes.figure.canvas.draw()
    words = [label.get_text() for label in axes.get_yticklabels()]
    assert words == ["−40 %", "−20 %", "0 %", "20 %"]
    np.testing.assert_allclose(axes.get_yticks(), [-0.4, -0.2, 0.0, 0.2], atol=1e-15)


def test_a_picture_small_enough_for_a_notebook(view: Any) -> None:
    data = draw(view)._repr_png_()
    assert len(data) < 60_000
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (924, 759)
    assert picture.info == {}, "neither dates nor versions"
    assert picture.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_the_same_bytes_twice(imgn: Any, format: str) -> None:
    data = draw(imgn).to_bytes(format)
    assert data == draw(imgn).to_bytes(format)
    for word in (b"CreationDate", b"dc:date", b"Matplotlib v", b"matplotlib.org"):
        assert word not in data


def test_settings_of_the_user_change_nothing(imgn: Any) -> None:
    expected = draw(imgn)._repr_png_()
    strange = {
        "axes.facecolor": "black",
        "axes.grid": True,
        "axes.grid.which": "both",
        "axes.labelcolor": "red",
        "axes.labelsize": 20,
        "axes.spines.right": True,
        "axes.titlelocation": "center",
        "axes.xmargin": 0.4,
        "figure.constrained_layout.use": True,
        "figure.dpi": 50,
        "figure.facecolor": "black",
        "font.family": "serif",
        "font.size": 20,
        "lines.linestyle": ":",
        "lines.linewidth": 5,
        "lines.marker": "x",
        "savefig.dpi": 30,
        "savefig.facecolor": "black",
        "savefig.transparent": True,
        "text.color": "red",
        "xtick.color": "red",
        "xtick.direction": "in",
        "xtick.minor.visible": True,
        "xtick.top": True,
        "ytick.labelsize": 20,
        "ytick.right": True,
    }
    with mpl.rc_context(strange):
        assert draw(imgn)._repr_png_() == expected


def test_settings_of_the_user_stay(imgn: Any) -> None:
    before = dict(mpl.rcParams)
    for format in ("png", "svg"):
        draw(imgn).to_bytes(format)
    assert dict(mpl.rcParams) == before


FRESH = """
import hashlib, importlib.util, sys
from eventstudy.report import files, html, records, text
from eventstudy.report.plots import draw
assert not {'matplotlib', 'jinja2', 'PIL'} & set(sys.modules), 'imported too early'
spec = importlib.util.spec_from_file_location('stand_in', sys.argv[1])
stand_in = importlib.util.module_from_spec(spec)
sys.modules['stand_in'] = stand_in
spec.loader.exec_module(stand_in)
view = stand_in.StandIn()
text.summary_text(view)
assert 'matplotlib' not in sys.modules, 'text needs no figure'
print(hashlib.sha256(draw(view).to_bytes('svg')).hexdigest())
print(hashlib.sha256(html.page_html(view).encode()).hexdigest())
assert 'matplotlib.pyplot' not in sys.modules, 'pyplot'
"""


def test_another_process_makes_the_same_bytes_without_pyplot(imgn: Any) -> None:
    from eventstudy.report.html import page_html

    found = subprocess.run(
        [sys.executable, "-c", FRESH, str(Path(__file__).with_name("conftest.py"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    svg, page = draw(imgn).to_bytes("svg"), page_html(imgn).encode()
    expected = [hashlib.sha256(data).hexdigest() for data in (svg, page)]
    assert found.stdout.split() == expected


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.pdf", "a"])
def test_saving(imgn: Any, tmp_path: Path, name: str) -> None:
    figure = draw(imgn, "price")
    figure.savefig(tmp_path / name)
    saved = (tmp_path / name).read_bytes()
    assert saved == figure.to_bytes((tmp_path / name).suffix[1:] or "png")
    stream = io.BytesIO()
    figure.savefig(stream, format=(tmp_path / name).suffix[1:] or "png")
    assert stream.getvalue() == saved


def test_saving_where_nothing_can_be_saved(imgn: Any, tmp_path: Path) -> None:
    figure = draw(imgn, "price")
    with pytest.raises(ArgumentError, match="does not exist"):
        figure.savefig(tmp_path / "missing" / "a.png")
    with pytest.raises(ArgumentError, match=r"unknown; allowed are .*png"):
        figure.savefig(tmp_path / "a.doc")
    assert not list(tmp_path.iterdir())


def test_wrong_arguments(imgn: Any) -> None:
    axes = Figure().subplots()
    with pytest.raises(ArgumentError, match="allowed are abnormal_returns, cumulative"):
        draw(imgn, "prices")
    with pytest.raises(ArgumentError, match="kind='cumulative'"):
        draw(imgn, "overview", ax=axes)
    with pytest.raises(ArgumentError, match="not an Axes"):
        draw(imgn, "price", ax="axes")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([10.0], [10.0]),
        ([10.0, 50.0], [10.0, 50.0]),
        ([10.0, 12.0], [10.0, 20.0]),
        ([97.0, 99.0], [90.0, 100.0]),
        ([-5.0, -4.0], [0.0, 10.0]),
    ],
)
def test_labels_move_apart_between_their_bounds(
    wanted: list[float], found: list[float]
) -> None:
    assert apart(wanted, 10.0, 0.0, 100.0) == found
