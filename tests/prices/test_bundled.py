"""The shipped files: found by the package's place, verified, handed out as copies."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import BadDataError, NoDataError, UnknownTickerError
from eventstudy.prices import _store
from eventstudy.prices.bundled import (
    Bundled,
    list_events,
    load_factors,
    load_prices,
    load_shares,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("ticker", "columns", "currency"),
    [
        ("IMGN", ["open", "high", "low", "close", "adj_close", "volume"], "USD"),
        ("^GSPC", ["close"], None),
        ("IBB", ["adj_close"], "USD"),
    ],
)
def test_series(ticker, columns, currency):
    series = Bundled().get(ticker)
    assert list(series.frame.columns) == columns
    assert series.frame.index.dtype == np.dtype("datetime64[ns]")
    assert series.frame.index.name == "date"
    assert series.frame.dtypes.eq(float).all()
    assert series.currency == currency
    assert series.provenance()["rows"] == 3778


def test_notes_say_what_a_reader_must_know():
    assert Bundled().get("^GSPC").notes == (
        "a price index without dividends",
        "close taken as adjusted",
    )
    assert "2023-11-07" in Bundled().get("IMGN").notes[0]
    assert "no unadjusted close" in Bundled().get("IBB").notes[0]


def test_the_provider_shows_itself_as_code():
    assert repr(Bundled()) == "Bundled()"


def test_frames_are_copies():
    loaded = [load_prices("IMGN"), load_shares("IMGN"), load_factors(), list_events()]
    for frame in loaded:
        for column in list(frame):
            del frame[column]
    assert load_prices("IMGN").loc["2010-08-27", "close"] == 5.16
    assert load_shares("IMGN")["shares"].iloc[0] == 67_944_000
    assert load_factors().iloc[0]["smb"] == pytest.approx(-0.0138)
    assert len(list_events("IMGN")) == 63


def test_events():
    events = list_events("IMGN")
    assert list(events.columns) == [
        "id", "ticker", "announced_at", "date", "timing", "timing_inferred",
        "category", "headline", "source", "confidence",
    ]  # fmt: skip
    assert len(events) == 63
    assert events["date"].dtype == np.dtype("datetime64[ns]")
    assert events["timing_inferred"].dtype == bool
    rtf = events[events["date"] == "2010-08-27"].iloc[0]
    assert rtf["timing"] == "before_open"
    assert rtf["category"] == "fda_action"
    assert pd.isna(rtf["announced_at"])
    pd.testing.assert_frame_equal(list_events(), events)


@pytest.mark.parametrize(
    ("load", "held"),
    [
        (load_prices, "IBB, IMGN, ^GSPC"),
        (load_shares, "IMGN"),
        (list_events, "IMGN"),
    ],
)
@pytest.mark.parametrize(
    "ticker", ["XOM", "imgn", "../IMGN", "", 5, ["IMGN"]], ids=repr
)
def test_what_is_not_shipped(load, held, ticker):
    with pytest.raises(UnknownTickerError) as caught:
        load(ticker)
    assert caught.value.bound.endswith(f"shipped are {held}")
    assert caught.value.way_out


# What follows looks at copies of the package in other places.


@pytest.fixture
def place(tmp_path):
    """Copy the package, and the data beside or inside it."""

    def copy(inside=False, project='name = "investor-eventstudy"', data=True):
        package = tmp_path / "eventstudy"
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "eventstudy", package, ignore=ignore)
        if data:
            target = package / "_data" if inside else tmp_path / "data"
            shutil.copytree(ROOT / "data", target)
        if project:
            text = f"[project]\n{project}\n"
            (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return copy


def run(folder, code="print(load_prices('IMGN').loc['2010-08-27', 'close'])"):
    """Import the copy in a fresh interpreter; what it prints, or how it fails."""
    prelude = "from eventstudy.prices.bundled import *\n"
    done = subprocess.run(
        [sys.executable, "-c", prelude + code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_data_inside_the_package(place):
    assert run(place(inside=True, project=None)) == "5.16"


def test_data_beside_the_package_in_a_checkout(place):
    assert run(place()) == "5.16"


@pytest.mark.parametrize("project", [None, 'name = "another"', "# investor-eventstudy"])
def test_data_beside_a_package_of_another_project_are_not_ours(place, project):
    assert "installation incomplete" in run(place(project=project))


def test_no_data(place):
    last = run(place(data=False))
    assert last.startswith("eventstudy.errors.NoDataError")
    assert "installation incomplete" in last
    assert "pip install --force-reinstall investor-eventstudy" in last


def test_a_file_that_was_changed(place):
    folder = place()
    path = folder / "data" / "prices" / "IMGN.csv"
    path.write_bytes(path.read_bytes().replace(b"5.16", b"5.17", 1))
    last = run(folder)
    assert last.startswith("eventstudy.errors.BadDataError")
    assert "not the one that was shipped" in last
    assert run(folder, "print(len(load_prices('IBB')))") == "3778"


def test_a_file_that_is_gone(place):
    folder = place()
    (folder / "data" / "prices" / "IMGN.csv").unlink()
    assert "cannot be read" in run(folder)


def test_a_file_is_read_once(monkeypatch):
    load_prices("IMGN")
    monkeypatch.setattr(_store, "_read", lambda name: pytest.fail(f"{name} read again"))
    load_prices("IMGN")


def test_errors_in_process(monkeypatch):
    record = _store.find_record("prices", "IMGN")
    monkeypatch.setattr(_store, "_read", lambda _: b"date,close\n2010-08-27,5.17\n")
    with pytest.raises(BadDataError, match=r"prices/IMGN\.csv"):
        _store.read_columns(record)
    monkeypatch.undo()
    monkeypatch.setattr(_store, "folder", lambda: ROOT / "nowhere")
    with pytest.raises(NoDataError, match="installation incomplete"):
        _store.read_columns(record)


def test_importing_and_loading_stay_light(place):
    code = (
        "import sys, json\n"
        "load_prices('IMGN'); list_events(); load_factors(); load_shares('IMGN')\n"
        "heavy = 'matplotlib statsmodels scipy yfinance exchange_calendars jinja2'\n"
        "print(json.dumps([name for name in heavy.split() if name in sys.modules]))"
    )
    assert json.loads(run(place(), code)) == []
