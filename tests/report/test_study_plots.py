"""The figures of a study: that nothing is clipped or meets, at every size."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from eventstudy.errors import ArgumentError
from eventstudy.report._study_pictures import picture
from eventstudy.report._study_snapshot import snapshot
from eventstudy.report.plots import STUDY_PLOTS, study_draw, study_figure
from eventstudy.report.plots._study_base import own_size
from eventstudy.report.plots._study_calendar import days_of, ticks_of
from eventstudy.report.plots._study_places import Box, Place, around, free_place
from eventstudy.report.study_html import study_page_html
from tests.report.study_views import study_of

KINDS = [
    "aar", "caar", "distribution", "forest", "heatmap", "overview", "spaghetti",
    "tests", "timeline",
]  # fmt: skip
SINGLE = [kind for kind in KINDS if kind != "overview"]
WIDE, PHONE = 8.4, 4.0  # inches
NEWS = (
    "trial_result",
    "financing",
    "earnings",
    "fda_action",
    "a kind with a long name",
)


def kinds_of(number: int, names: tuple[str, ...] = NEWS) -> dict[str, Any]:
    """A category an event, and whether its window overlaps."""
    return {
        "category": [names[i % len(names)] for i in range(number)],
        "overlaps": [i % 3 == 0 for i in range(number)],
    }


VIEWS: dict[str, dict[str, Any]] = {
    "3": {"number": 3},
    "30": {"number": 30},
    "1": {"number": 1},
    "2, one silent": {"number": 2, "missing": 1},
    "nothing": {"number": 3, "missing": 3},
    "63 of five kinds": {"number": 63, "own": kinds_of(63)},
    "60 of thirty kinds": {
        "number": 60, "own": kinds_of(60, tuple(f"kind {i}" for i in range(30))),
    },
    "half a year": {"number": 30, "event_window": (-60, 60), "windows": ((-1, 1),)},
    "one day": {"number": 30, "event_window": (0, 0), "windows": ((0, 0),)},
    "300": {"number": 300},
    "3,000": {"number": 3000},
    "3,000 of five kinds": {"number": 3000, "own": kinds_of(3000)},
}  # fmt: skip
FAST = ("30",)


def slow(name: str) -> Any:
    """A case for the slow suite."""
    return pytest.param(name, marks=pytest.mark.slow)


SOME = [name if name in FAST else slow(name) for name in VIEWS]


@cache
def view_of(name: str) -> Any:
    """A study by its name, read once."""
    return snapshot(study_of(**VIEWS[name]))


def figure_of(name: str, kind: str, width: float) -> Figure:
    """As a figure of its own, or as on the page of a phone."""
    view = view_of(name)
    size = (width, own_size(STUDY_PLOTS[kind], view)[1] - 0.75)
    return study_figure(view, kind, None if width == WIDE else size)


def texts(figure: Figure) -> list[Text]:
    found = figure.findobj(Text)
    return [t for t in found if t.get_visible() and t.get_text().strip()]


def labelled(axes: Any, label: str) -> Any:
    artists = [*axes.lines, *axes.collections, *axes.containers]
    return next(artist for artist in artists if artist.get_label() == label)


def test_the_registry_holds_the_figures() -> None:
    assert list(STUDY_PLOTS) == KINDS


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SOME)
def test_no_text_is_clipped_or_meets_another(
    name: str, kind: str, width: float
) -> None:
    figure = figure_of(name, kind, width)
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts(figure)]
    frame = figure.bbox
    clipped = [
        text
        for text, box in boxes
        if min(box.x0, box.y0, frame.x1 - box.x1, frame.y1 - box.y1) < 0
    ]
    assert not clipped
    pairs = itertools.combinations(boxes, 2)
    assert not [(text, other) for (text, a), (other, b) in pairs if a.overlaps(b)]


@pytest.mark.parametrize("kind", SINGLE)
def test_axes_that_are_given_come_back(kind: str) -> None:
    axes = Figure((8, 8)).subplots()
    assert study_draw(view_of("3"), kind, ax=axes) is axes
    assert axes.get_title(loc="left")


def test_wrong_arguments() -> None:
    with pytest.raises(ArgumentError, match=r"unknown; allowed are aar, .*timeline"):
        study_draw(view_of("3"), "time")
    with pytest.raises(ArgumentError, match="kind='timeline'"):
        study_draw(view_of("3"), "overview", ax=Figure().subplots())


@pytest.mark.parametrize("kind", ["timeline", *map(slow, KINDS[:-1])])
def test_settings_of_the_user_change_nothing(kind: str) -> None:
    strange = {
        "axes.facecolor": "black", "axes.grid": True, "axes.spines.right": True,
        "axes.xmargin": 0.4, "figure.dpi": 50, "font.family": "serif",
        "font.size": 20, "lines.linestyle": ":", "lines.marker": "x",
        "scatter.edgecolors": "red", "scatter.marker": "x", "text.color": "red",
        "xtick.minor.visible": True, "xtick.top": True, "ytick.right": True,
    }  # fmt: skip
    expected = study_draw(view_of("3"), kind)._repr_png_()
    with mpl.rc_context(strange):
        assert study_draw(view_of("3"), kind)._repr_png_() == expected


# ---------------------------------------------------------------------- timeline

GROUPS = ("unusual rise", "unusual fall", "usual rise", "usual fall")


def triangles(axes: Any) -> pd.DataFrame:
    """What is drawn: date, height, area and group of each triangle."""
    frames = []
    for group in GROUPS:
        dots = labelled(axes, group)
        x, y = np.asarray(dots.get_offsets()).reshape(-1, 2).T
        frame = pd.DataFrame({"day": x, "y": y, "area": dots.get_sizes()})
        frames.append(frame.assign(group=group))
    return pd.concat(frames, ignore_index=True)


def expected_groups(view: Any) -> list[tuple[float, str]]:
    """Date and group of each event, from the stand-in's CARs."""
    days = (view.cars["day0"] - pd.Timestamp("1970-01-01")).dt.days
    dark = np.where(view.cars["holm"] < 0.05, "unusual", "usual")
    way = np.where(view.cars["value"] >= 0, "rise", "fall")
    return sorted(
        (float(d), f"{u} {w}") for d, u, w in zip(days, dark, way, strict=True)
    )


def test_a_triangle_an_event_at_its_date_dark_where_unusual() -> None:
    view = view_of("63 of five kinds")
    drawn = triangles(study_draw(view, "timeline").axes[0])
    found = sorted(zip(drawn["day"], drawn["group"], strict=True))
    assert found == expected_groups(view)
    raw = int((view.cars["p_value"] < 0.05).sum())
    dark = drawn["group"].str.startswith("unusual").sum()
    assert 0 < dark < raw, "after the adjustment for 63 events"
    words = " ".join(t.get_text() for t in texts(study_draw(view, "timeline")))
    assert "dark: unusual at 5 % among 63 events (Holm)" in words
    assert f"{dark} of 63" not in words
    assert "21 of 63" in words, "those whose windows overlap"


def test_rises_point_up_and_falls_down() -> None:
    axes = study_draw(view_of("63 of five kinds"), "timeline").axes[0]
    for group in GROUPS:
        (path,) = labelled(axes, group).get_paths()
        heights = path.vertices[:3, 1]
        up = np.isclose(heights, heights.max()).sum() == 1
        assert up == group.endswith("rise")


def test_areas_are_the_sizes_of_the_moves() -> None:
    view = view_of("30")
    drawn = triangles(study_draw(view, "timeline").axes[0]).set_index("day")["area"]
    size = (
        view.cars["value"]
        .abs()
        .set_axis(
            (view.cars["day0"] - pd.Timestamp("1970-01-01")).dt.days.astype(float)
        )
    )
    ratio = (drawn / size).reindex(size.index)
    large = drawn.reindex(size.index) > 3.3**2
    assert large.sum() > 20
    np.testing.assert_allclose(ratio[large], ratio.iloc[size.argmax()], rtol=1e-9)


def test_a_row_a_kind_those_with_most_events_first() -> None:
    own = {"category": ["b_c"] * 2 + ["a"] * 5 + [None] * 3}
    view = study_of(10, own=own)
    axes = study_draw(view, "timeline").axes[0]
    drawn = triangles(axes)
    rows = drawn["y"].round().astype(int).value_counts()
    assert rows.to_dict() == {0: 5, 1: 3, 2: 2}
    places = {t.get_text(): t.get_position()[1] for t in texts(axes)}
    assert [places[name] for name in ("a", "not said", "b c")] == [0, 1, 2]


@pytest.mark.parametrize("kind", ["category", "float64", "string"])
def test_kinds_are_of_any_type(kind: str) -> None:
    numbers = pd.Series([1.0] * 4 + [2.5] * 3 + [None] * 2)
    column = numbers.astype(kind) if kind == "float64" else numbers.astype(str)
    column = column.where(numbers.notna()).astype(kind).to_numpy()
    own = {
        "category": pd.Series(column).astype(kind).set_axis(study_of(9).events.index)
    }
    words = [t.get_text() for t in texts(study_draw(study_of(9, own=own), "timeline"))]
    assert [word for word in words if word in ("1.0", "2.5", "not said")] == [
        "1.0", "2.5", "not said",
    ]  # fmt: skip


def test_without_a_category_a_row_a_firm_or_one_row() -> None:
    few = [t.get_text() for t in texts(study_draw(view_of("30"), "timeline"))]
    assert {"F000", "F001", "F002", "F003"} <= set(few)
    many = study_of(300)
    assert len(set(many.tickers)) > 8
    assert "all events" in [t.get_text() for t in texts(study_draw(many, "timeline"))]


def test_beyond_eight_kinds_the_rarest_share_a_row() -> None:
    axes = study_draw(view_of("60 of thirty kinds"), "timeline").axes[0]
    rows = triangles(axes)["y"].round().astype(int).value_counts()
    assert rows.to_dict() == {0: 46, **dict.fromkeys(range(1, 8), 2)}
    assert "others" in [t.get_text() for t in texts(axes)]


def test_overlapping_windows_have_a_tick_each() -> None:
    view = view_of("63 of five kinds")
    ticks = labelled(study_draw(view, "timeline").axes[0], "overlaps").get_segments()
    days = (view.cars["day0"] - pd.Timestamp("1970-01-01")).dt.days.iloc[::3]
    assert sorted(s[0][0] for s in ticks) == sorted(days.astype(float))
    plain = study_draw(view_of("30"), "timeline").axes[0]
    assert "windows overlap" not in [t.get_text() for t in texts(plain)]


@pytest.mark.parametrize("number", [63, pytest.param(3000, marks=pytest.mark.slow)])
def test_marks_of_a_row_do_not_hide_each_other(number: int) -> None:
    axes = study_draw(study_of(number), "timeline").axes[0]
    axes.figure.canvas.draw()
    drawn = triangles(axes)
    at = axes.transData.transform(drawn[["day", "y"]].to_numpy()) * 72 / 110
    side = np.sqrt(drawn["area"].to_numpy())
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    close = apart < 0.4 * (side[:, None] + side[None])
    assert close.sum() == number, "each is close to itself only"


def test_the_largest_moves_have_names() -> None:
    view = study_of(63, headlines=False, own=kinds_of(63))
    largest = view.cars()["value"].abs().nlargest(3).index
    words = " ".join(t.get_text() for t in texts(study_draw(view, "timeline")))
    for name in largest:
        value = round(100 * view.cars()["value"][name])
        assert f"{name} {value} %".replace("-", "−") in words.replace("-", "−")


def test_events_without_a_return_are_said_not_drawn() -> None:
    view = study_of(30, missing=4)
    figure = study_draw(view, "timeline")
    assert len(triangles(figure.axes[0])) == 26
    words = " ".join(t.get_text() for t in texts(figure))
    assert "among 26 events (Holm); 4 without a return" in words


def test_dark_and_pale_stay_apart_without_colour() -> None:
    figure = study_draw(view_of("63 of five kinds"), "timeline")
    dark, pale = (
        labelled(figure.axes[0], group).get_facecolor()[0][:3]
        @ [0.2126, 0.7152, 0.0722]
        for group in ("unusual rise", "usual rise")
    )
    assert pale - dark > 0.5


@pytest.mark.parametrize("name", ["63 of five kinds", slow("3"), slow("30")])
def test_a_timeline_is_small_enough_for_a_notebook(name: str) -> None:
    figure = study_draw(view_of(name), "timeline")
    data = figure._repr_png_()
    assert len(data) < 80_000
    assert Image.open(io.BytesIO(data)).size[0] == 924
    again = study_draw(study_of(**VIEWS[name]), "timeline")
    assert again.to_bytes("svg") == figure.to_bytes("svg")


@pytest.mark.parametrize(
    ("first", "last", "points", "words"),
    [
        ("2010-08-26", "2010-08-28", 500,
         ["26 Aug 2010", "27 Aug 2010", "28 Aug 2010"]),
        ("2010-08-01", "2010-08-20", 190, ["1 Aug 2010", "8 Aug 2010", "15 Aug 2010"]),
        ("2010-01-15", "2010-06-15", 260,
         ["Feb 2010", "Mar 2010", "Apr 2010", "May 2010", "Jun 2010"]),
        ("2010-01-15", "2011-06-15", 260,
         ["Apr 2010", "Jul 2010", "Oct 2010", "Jan 2011", "Apr 2011"]),
        ("2009-12-09", "2023-12-05", 500, [str(year) for year in range(2010, 2024)]),
        ("2009-12-09", "2023-12-05", 200, ["2010", "2015", "2020"]),
        ("1926-01-02", "2023-12-29", 100, ["1950", "2000"]),
    ],
)  # fmt: skip
def test_dates_on_the_axis_are_round_and_fit(
    first: str, last: str, points: float, words: list[str]
) -> None:
    low, high = days_of(pd.Series(pd.to_datetime([first, last])))
    dates, found = ticks_of(low, high, points)
    assert found == words
    assert dates[0] >= pd.Timestamp(first)
    assert dates[-1] <= pd.Timestamp(last)


def test_one_date_stands_in_the_middle() -> None:
    view = study_of(12)
    one = replace(view, dates=pd.DatetimeIndex([pd.Timestamp("2020-02-28")] * 12))
    axes = study_draw(one, "timeline").axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["28 Feb 2020"]
    drawn = triangles(axes)
    assert set(drawn["day"]) == {18320.0}
    assert len(set(drawn["y"])) == 12


def test_a_name_stands_beside_its_mark_and_meets_nothing() -> None:
    frame, far = Box(0, 0, 200, 100), np.array([[500.0, 0.0, 4.0]])
    first = free_place(around(50, 50, 10, 40), frame, [], far, np.array([True]))
    assert first == Place(Box(57, 44.75, 97, 55.25))
    marks = np.array([[70.0, 50.0, 8.0]])
    second = free_place(around(50, 50, 10, 40), frame, [], marks, np.array([False]))
    assert second == Place(Box(3, 44.75, 43, 55.25)), "the other side"
    third = free_place(
        around(50, 50, 10, 40), frame, [first, second], far, np.array([True])
    )
    assert third is not None
    assert third.clear_of(first)
    assert third.clear_of(second)
    full = [Place(frame)]
    assert (
        free_place(around(50, 50, 10, 40), frame, full, far, np.array([True])) is None
    )


def test_a_timeline_on_a_page_says_in_words_what_it_shows() -> None:
    view = study_of(12)
    dark = int((view.cars()["holm"] < 0.05).sum())
    assert dark > 0
    shown = picture(snapshot(view), "timeline", 1.0)
    assert shown.alt.startswith(f"12 events at their dates, {dark} of them unusual.")
    assert f"unusual at 5 % among 12 events (Holm): {dark}." in shown.note
    nothing = picture(snapshot(study_of(2, missing=2)), "timeline", 1.0)
    assert nothing.alt.startswith("0 events at their dates, 0 of them unusual.")


@pytest.mark.slow
def test_a_page_has_a_timeline_of_more_than_one_date() -> None:
    view = study_of(12)
    assert "12 events at their dates" in study_page_html(view)
    one = replace(view, dates=pd.DatetimeIndex([pd.Timestamp("2020-02-28")] * 12))
    assert "at their dates" not in study_page_html(one)
