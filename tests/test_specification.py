"""One event under many designs: every row is the analysis it stands for."""

import json

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import eventstudy as es
from eventstudy.errors import ArgumentError, UnknownTickerError, WindowError

CASE = ("IMGN", "2010-08-27")


@pytest.fixture(scope="module")
def curve():
    return es.specification_curve(
        *CASE,
        models=["market_model", "constant_mean"],
        windows=[(0, 0), (-1, 1), (-12, 3)],
        estimation_windows=[250, (-200, -50)],
        industries=[None, "IBB"],
        return_kinds=["simple", "log"],
    )


def test_a_row_a_combination(curve):
    assert len(curve) == 2 * 3 * 2 * 2 * 2
    choices = ["model", "window", "estimation_window", "industry", "return_kind"]
    assert not curve.table.duplicated(choices).any()


@pytest.mark.parametrize("length", [250, (-200, -50)])
@pytest.mark.parametrize("industry", [None, "IBB"])
@pytest.mark.parametrize("kind", ["simple", "log"])
def test_each_row_is_the_analysis_it_names(curve, length, industry, kind):
    alone = es.analyze(
        *CASE, event_window=(-12, 10), estimation_window=length, industry=industry,
        return_kind=kind,
    )  # fmt: skip
    days = "250 days" if length == 250 else "[-200,-50]"
    asked = ["market_model", kind, days, industry or "none"]
    choices = ["model", "return_kind", "estimation_window", "industry"]
    mine = (curve.table[choices] == asked).all(axis=1)
    rows = curve.table[mine].set_index("window")
    for window, label in [
        ((0, 0), "[0,0]"),
        ((-1, 1), "[-1,+1]"),
        ((-12, 3), "[-12,+3]"),
    ]:
        effect = alone.car(*window).to_dict()
        for name in ("value", "std_error", "t", "df", "p_value", "ci_low", "mde", "n"):
            np.testing.assert_equal(rows.loc[label, name], effect[name])


def test_what_cannot_be_estimated_says_why(curve):
    lost = curve.table[curve.table["value"].isna()]
    assert set(zip(lost["model"], lost["industry"], strict=True)) == {
        ("constant_mean", "IBB")
    }
    assert lost["reason"].str.contains("no market factor").all()
    assert len(curve.estimated) == 36
    assert "no market factor" in repr(curve)


def test_figures_of_the_whole_by_hand():
    curve = es.specification_curve(*CASE, models=["market_model"])
    values = curve.table["value"]
    assert curve.median == np.median(values)
    assert curve.range == (values.min(), values.max())
    assert curve.share_significant == np.mean(curve.table["p_value"] < 0.05)
    by = curve.by("window")
    day = curve.table[curve.table["window"] == "[0,0]"]["value"]
    assert by.loc["[0,0]", "number"] == 3
    assert by.loc["[0,0]", "median"] == np.median(day)
    assert by.loc["[0,0]", ["lowest", "highest"]].tolist() == [day.min(), day.max()]
    assert curve.varied() == ["window", "estimation_window"]


def test_one_failure_of_all_is_an_error():
    with pytest.raises(UnknownTickerError, match="NOPE"):
        es.specification_curve("NOPE", "2010-08-27", prices=prices())


def prices():
    days = pd.bdate_range("2009-01-01", periods=500)
    return pd.DataFrame({"A": np.linspace(10, 20, 500)}, days)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"model": "market_model"}, "models="),
        ({"market": "^GSPC"}, "markets="),
        ({"tests": ["sq"]}, "without tests="),
        ({"windws": 1}, "no option"),
        ({"models": []}, "empty"),
        ({"windows": []}, "empty"),
        ({"models": ["ols"]}, "ols"),
    ],
)
def test_bad_input(options, words):
    with pytest.raises(ArgumentError, match=words):
        es.specification_curve(*CASE, **options)


def test_bad_window():
    with pytest.raises(WindowError, match="windows"):
        es.specification_curve(*CASE, windows=[(3, 1)])


def test_bad_choice(curve):
    with pytest.raises(ArgumentError, match="window"):
        curve.by("colour")


def test_figure_shows_every_estimated_row(curve):
    figure = curve.plot()
    assert isinstance(figure, Figure)
    upper, lower = figure.axes
    values = np.sort(curve.estimated["value"])
    shown = {line.get_label(): line.get_xydata() for line in upper.lines}
    points = np.concatenate([shown["unusual"], shown["not unusual"]])
    np.testing.assert_array_equal(points[np.argsort(points[:, 0]), 1], values)
    assert shown["reported"][0, 1] == curve.table["value"][0]
    marks = {line.get_label(): len(line.get_xdata()) for line in lower.lines}
    assert marks["model: constant_mean"] == 12
    assert marks["industry: IBB"] == 12
    assert marks["return_kind: log"] == 18


def test_labels_do_not_leave_the_figure(curve):
    figure = curve.plot()
    renderer = figure.canvas.get_renderer()
    whole = figure.bbox
    for ax in figure.axes:
        for label in ax.get_yticklabels():
            box = label.get_window_extent(renderer)
            assert box.x0 >= whole.x0


def test_axes_of_the_user(curve):
    figure = Figure()
    ax = figure.subplots()
    assert curve.plot(ax=ax) is ax


def test_outputs(curve):
    assert json.loads(curve.to_json())["ticker"] == "IMGN"
    page = curve._repr_html_()
    assert "<script" not in page
    assert 'alt="Effects of IMGN' in page
    assert curve.to_frame() is not curve.table
    assert "36 designs" in repr(curve)
