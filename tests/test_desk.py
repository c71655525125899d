"""The desk: a control moved is the analysis that its line of Python names."""

import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.errors import ArgumentError

CASE = ("IMGN", "2010-08-27")


def desk(*args, **options):
    return es.explorer(*args, **options)


def move(explorer, name, value):
    """As a hand on the control would."""
    explorer._controls[name].value = value


def page(explorer):
    return explorer._shown["card"].value


def message(explorer):
    return re.sub("<[^>]*>", "", explorer._shown["message"].value)


@pytest.mark.parametrize(
    ("name", "value", "keywords"),
    [
        ("industry", "IBB", {"industry": "IBB"}),
        ("model", "fama_french_3", {"model": "fama_french_3"}),
        ("event_window", (-5, 5), {"event_window": (-5, 5)}),
        ("estimation_window", 200, {"estimation_window": 200}),
        ("return_kind", "log", {"return_kind": "log"}),
        ("missing", "available", {"missing": "available"}),
        ("timing", "after_close", {"timing": "after_close"}),
        ("market", "IBB", {"market": "IBB"}),
    ],
)
def test_every_control_is_its_keyword(name, value, keywords):
    explorer = desk(*CASE)
    move(explorer, name, value)
    alone = es.analyze(*CASE, **keywords)
    assert explorer.code == repr(alone.design)
    assert float(explorer.result.car(0)) == float(alone.car(0))
    begun_so = desk(*CASE, **keywords)
    assert page(explorer) == page(begun_so)
    assert begun_so._controls[name].value == value


def test_the_line_of_python_gives_the_result_shown():
    explorer = desk(*CASE)
    move(explorer, "industry", "IBB")
    move(explorer, "estimation_window", 180)
    again = eval(explorer.code, {"es": es})
    assert float(again.car(0)) == float(explorer.result.car(0))
    assert explorer._shown["code"].value == explorer.code


def test_the_number_on_the_page_is_that_of_the_result():
    explorer = desk(*CASE)
    assert "−41.09" in page(explorer)
    move(explorer, "industry", "IBB")
    assert "−41.27" in page(explorer)
    assert 'src="data:image/png;base64,' in page(explorer)
    assert 'alt="Three charts of IMGN' in page(explorer)


def test_a_wrong_ticker_is_a_sentence_and_the_way_back_is_open():
    explorer = desk(*CASE)
    move(explorer, "ticker", "<b>NOPE")
    assert explorer.result is None
    assert explorer.code == ""
    assert "not among the shipped" in message(explorer)
    assert "<b>" not in explorer._shown["message"].value.replace("<div", "")
    assert explorer._shown["result"].layout.display == "none"
    move(explorer, "ticker", "IMGN")
    assert message(explorer) == ""
    assert explorer._shown["result"].layout.display == ""
    assert explorer.code == "es.analyze('IMGN', '2010-08-27')"


@pytest.mark.parametrize("date", ["", "27/08/2010", "1999-01-04", "2010-13-01"])
def test_a_wrong_date_is_a_sentence(date):
    explorer = desk(*CASE)
    move(explorer, "date", date)
    assert explorer.result is None
    assert message(explorer)


def test_events_of_the_firm_are_offered():
    explorer = desk("IMGN")
    options = explorer._controls["event"].options
    assert len(options) == 1 + len(es.list_events("IMGN"))
    chosen = dict(options)[next(words for words, _ in options if "2013-02-22" in words)]
    move(explorer, "event", chosen)
    assert explorer._controls["date"].value == "2013-02-22"
    assert explorer.result.day0 == pd.Timestamp("2013-02-22")
    move(explorer, "date", "2010-08-27")
    assert explorer._controls["event"].value == ""


def test_own_data():
    rng = np.random.default_rng(3)
    days = pd.bdate_range("2019-01-01", periods=400)
    frame = pd.DataFrame(rng.normal(0, 0.01, (400, 2)), days, ["A", "M"])
    explorer = desk("A", "2020-05-04", returns=frame, market="M")
    assert explorer._controls["missing"].value == "available"
    assert explorer.code == "es.analyze('A', '2020-05-04', market='M', returns=returns)"


def test_an_unknown_keyword():
    with pytest.raises(ArgumentError, match="colour"):
        desk(*CASE, colour="red")


def test_shows_as_one_widget():
    bundle = desk(*CASE)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in str(bundle)


def test_controls_have_names():
    for control in desk(*CASE)._controls.values():
        assert control.description


def test_importing_the_package_loads_no_widgets():
    code = "import sys, eventstudy as es; es.analyze; assert 'ipywidgets' not in "
    code += "sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
