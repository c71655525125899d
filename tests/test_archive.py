"""Saved results give the same bytes again, and a hostile file does no harm."""

import dataclasses
import io
import json
import subprocess
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy import archive
from eventstudy.errors import ArgumentError, BadDataError, EventStudyError

CASE = ("IMGN", "2010-08-27")


def own():
    """Returns with gaps, an index, an industry, and known news."""
    rng = np.random.default_rng(11)
    days = pd.bdate_range("2018-01-01", periods=520)
    frame = pd.DataFrame(rng.normal(0, 0.02, (520, 3)), days, ["A", "M", "I"])
    frame.loc[frame.index[::37], "A"] = np.nan
    return frame


def with_gaps():
    prices = 20 * np.exp(own().fillna(0).cumsum())
    return prices.drop(index=prices.index[300:303])


KNOWN = pd.DataFrame(
    {"ticker": ["A"], "date": ["2019-06-03"], "headline": ["=cmd <b>news</b>"]}
)

CASES = {
    "the letter": lambda: es.analyze(*CASE),
    "industry": lambda: es.analyze(*CASE, industry="IBB", industry_weight=0.01),
    "factors": lambda: es.analyze(*CASE, model="fama_french_3"),
    "an instant": lambda: es.analyze("IMGN", "2010-08-27T07:00-04:00"),
    "no fit": lambda: es.analyze(*CASE, model="market_adjusted", return_kind="log"),
    "settings": lambda: es.analyze(
        *CASE, windows=[(-1, 1), (0, 0)], event_window=(-3, 4), confidence=0.9, seed=7,
        estimation_window=(-150, -20), tests=["bootstrap", "sq", "placebo"],
        shares=7e7, timing="before_open",
    ),
    "own returns": lambda: es.analyze(
        "A", "2019-09-02", returns=own(), market="M", industry="I", events=KNOWN
    ),
    "own prices": lambda: es.analyze(
        "A", "2019-09-02", prices=with_gaps(), market="M",
        shares=pd.Series([1e6], pd.DatetimeIndex(["2019-01-02"])),
    ),
    "an option of a test": lambda: es.analyze(
        *CASE, tests=[es.find_test("sq").using(side="lower")]
    ),
}  # fmt: skip


WHOLE = ("industry", "own returns")  # pages, with their figures


@pytest.mark.parametrize("name", CASES)
def test_the_same_bytes(name, tmp_path):
    result = CASES[name]()
    again = es.replay(result.save(tmp_path / "a.zip"))
    assert again.to_json() == result.to_json()
    if name in WHOLE:
        assert again.to_html() == result.to_html()
    assert str(again.summary()) == str(result.summary())
    assert repr(again.design) == repr(result.design)
    for window in result.design.windows:
        pd.testing.assert_frame_equal(again.tests(window), result.tests(window))
    assert (
        again.save(tmp_path / "b.zip").read_bytes() == (tmp_path / "a.zip").read_bytes()
    )


def test_another_process_without_the_data(tmp_path):
    es.analyze(*CASE).save(tmp_path / "a.zip")
    code = (
        "import sys, eventstudy as es; from eventstudy.prices import _store; "
        "kept = {k: v for k, v in _store.records().items() if k[0] != 'prices'}; "
        "_store.records = lambda: kept; r = es.replay(sys.argv[1]); "
        "print(repr(float(r.car(0))), len(r.warnings))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.zip")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    result = es.analyze(*CASE)
    expected = f"{float(result.car(0))!r} {len(result.warnings)}"
    assert found.stdout.strip() == expected


def rewritten(tmp_path, change):
    """An archive whose files have been changed, with hashes that agree."""
    from eventstudy.report.archives import archive_of

    files = archive.read_archive(es.analyze(*CASE).save(tmp_path / "a.zip"))
    about = json.loads(files.pop("manifest.json"))
    versions = about["versions"]
    change(files, versions)
    path = tmp_path / "changed.zip"
    path.write_bytes(archive_of(files, versions))
    return path


def test_other_versions_are_named(tmp_path):
    path = rewritten(tmp_path, lambda _files, versions: versions.update(numpy="1.0.0"))
    warnings = es.replay(path).warnings
    assert any("numpy 1.0.0, here" in words for words in warnings)


def test_numbers_that_differ_are_named(tmp_path):
    def change(files, _versions):
        record = json.loads(files["record.json"])
        record["model"]["sigma"] *= 1 + 1e-9
        files["record.json"] = json.dumps(record)

    assert any("result.model.sigma" in words for words in es.replay(
        rewritten(tmp_path, change)
    ).warnings)  # fmt: skip


def test_rounding_is_no_difference(tmp_path):
    def change(files, _versions):
        record = json.loads(files["record.json"])
        record["model"]["sigma"] *= 1 + 1e-14
        files["record.json"] = json.dumps(record)

    assert es.replay(rewritten(tmp_path, change)).warnings == es.analyze(*CASE).warnings


@pytest.mark.parametrize("name", ["inputs.json", "days.csv"])
@pytest.mark.parametrize(
    "words", ["", "{}", "[1]", "a,b\n1,2\n", '{"settings": 1}', "[" * 10**5]
)
def test_files_that_are_none_of_ours(tmp_path, name, words):
    path = rewritten(tmp_path, lambda files, _versions: files.update({name: words}))
    with pytest.raises(EventStudyError):
        es.replay(path)


@pytest.mark.parametrize("words", ["", "[", "[" * 10**5])
def test_a_damaged_record(tmp_path, words):
    path = rewritten(tmp_path, lambda files, _: files.update({"record.json": words}))
    with pytest.raises(BadDataError, match="no saved result"):
        es.replay(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("provenance", {"firm": 3}), ("notes", [1]), ("currency", {}), ("event", {})],
)
def test_facts_that_are_none(tmp_path, name, value):
    def change(files, _versions):
        facts = json.loads(files["inputs.json"])
        facts[name] = value
        files["inputs.json"] = json.dumps(facts)

    with pytest.raises(EventStudyError):
        es.replay(rewritten(tmp_path, change))


def zipped(tmp_path, files):
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            made.writestr(name, data)
    return path


NAMES = ("inputs.json", "days.csv", "record.json", "manifest.json")


@pytest.mark.parametrize(
    "names",
    [
        ["../../escape.json", *NAMES[1:]],
        ["/etc/escape", *NAMES[1:]],
        [*NAMES, "more.pickle"],
        NAMES[:3],
        [],
    ],
)
def test_other_names_are_refused(tmp_path, names):
    path = zipped(tmp_path, [(name, b"{}") for name in names])
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(BadDataError, match="does not hold"):
        es.replay(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_bomb_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 1_000_000)
    path = zipped(tmp_path, [(name, b"0" * 400_000) for name in NAMES])
    assert path.stat().st_size < 10_000
    with pytest.raises(BadDataError, match="more than 1,000,000"):
        es.replay(path)


def test_a_large_file_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 10)
    path = es.analyze(*CASE).save(tmp_path / "a.zip")
    with pytest.raises(BadDataError, match="larger than"):
        es.replay(path)


def test_a_changed_byte_is_seen(tmp_path):
    files = archive.read_archive(es.analyze(*CASE).save(tmp_path / "a.zip"))
    files["days.csv"] = files["days.csv"].replace("0.0", "0.1", 1)
    with pytest.raises(BadDataError, match="not as it was saved"):
        es.replay(zipped(tmp_path, files.items()))


def test_every_cut_and_flip_is_our_error(tmp_path):
    data = es.analyze(*CASE).save(tmp_path / "a.zip").read_bytes()
    rng = np.random.default_rng(0)
    path = tmp_path / "bad.zip"
    for _ in range(60):
        bad = bytearray(data[: rng.integers(1, len(data))])
        bad[rng.integers(len(bad))] ^= 0xFF
        path.write_bytes(bad)
        with pytest.raises(BadDataError):
            es.replay(path)


@pytest.mark.parametrize("name", ["nothing.zip", "."])
def test_no_file(tmp_path, name):
    with pytest.raises(BadDataError):
        es.replay(tmp_path / name)


def test_what_a_file_cannot_hold(tmp_path):
    mine = dataclasses.replace(es.find_test("sq"), key="mine")
    with pytest.raises(ArgumentError, match="mine"):
        es.analyze(*CASE, tests=[mine]).save(tmp_path / "a.zip")
    assert not list(tmp_path.iterdir())


def test_no_object_is_ever_read(tmp_path):
    path = es.analyze(*CASE).save(tmp_path / "a.zip")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as found:
        assert sorted(found.namelist()) == sorted(NAMES)
        for info in found.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
