"""Saved studies give the same bytes again, keep types, and do no harm when hostile."""

import dataclasses
import datetime as dt
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
from eventstudy.report.archives import MANIFEST, STUDY, archive_of, as_bytes
from eventstudy.report.records import plain
from eventstudy.results import saved_study
from eventstudy.results.saved_columns import columns_of, table_of
from eventstudy.results.saved_settings import settings_of

DAYS = pd.bdate_range("2015-01-01", periods=520, unit="ns")
RNG = np.random.default_rng(5)
SERIES = pd.DataFrame(RNG.normal(0, 0.01, (520, 4)), DAYS, ["M", "N", "I", "J"])
FIRMS = pd.DataFrame(RNG.normal(0, 0.02, (520, 4)), DAYS, ["A", "B", "C", "D"])
RETURNS = FIRMS.add(SERIES["M"], axis=0).join(SERIES)
RETURNS.loc[DAYS[200:400:7], "B"] = np.nan
PRICES = 30 * (1 + RETURNS.fillna(0)).cumprod()
GAPS = PRICES.assign(B=PRICES["B"].where(np.arange(520) % 9 > 0))
FACTORS = pd.DataFrame(
    RNG.normal(0, 0.01, (520, 4)), DAYS, ["mkt_rf", "smb", "hml", "rf"]
)
TABLE = pd.DataFrame(
    {
        "ticker": ["A", "B", "C", "A", "B", "Z", "C", "A"],
        "date": DAYS[300 + 20 * np.arange(8)],
        "kind": ["x", "y"] * 4,
        "size": np.linspace(1, 2, 8),
    }
)
OWN = TABLE.assign(
    market=["N", None, "M", None, "N", None, "A", None],
    industry=["I", "J", None, None, "J", "I", None, "J"],
    estimation_window=["-150,-20", None, 120, None, "(-200, -11)", None, None, None],
)
CLOSE = TABLE.assign(date=DAYS[300 + 3 * np.arange(8)])


def run(table=TABLE, **given):
    return es.study(table, **{"market": "M", "returns": RETURNS, **given})


def of_prices(table=TABLE, **given):
    return es.study(table, **{"market": "M", "prices": GAPS, **given})


PUBLISHED = es.find_test("bw_portfolio").using(published=True)
CASES = {
    "shipped": lambda: es.study(es.list_events("IMGN"), industry="IBB"),
    "own settings": lambda: run(OWN, industry="J"),
    "weight": lambda: run(OWN, industry="J", industry_weight=0.05),
    "prices": lambda: of_prices(shares=1e6),
    "available": lambda: of_prices(missing="available", return_kind="log"),
    "factors": lambda: of_prices(model="fama_french_3", factors=FACTORS),
    "no market": lambda: of_prices(model="constant_mean", industry=None),
    "mask": lambda: run(CLOSE, overlaps="mask", event_window=(-2, 2)),
    "first ones": lambda: run(CLOSE, overlaps="drop_later"),
    "part": lambda: run()[run().events["kind"] == "x"],
    "summary alone": lambda: run(keep="summary", windows=[(0, 1)], confidence=0.9),
    "tests": lambda: run(tests=["bmp", PUBLISHED]),
    "instants": lambda: es.study(
        [
            es.Event.of("IMGN", "2010-08-27T07:00-04:00", headline="=one"),
            es.Event.of("IMGN", "2012-08-26", id="mine", category="trial"),
        ]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_same_bytes(name, tmp_path):
    study = CASES[name]()
    saved = study.save(tmp_path / "a.zip").read_bytes()
    again = es.replay(tmp_path / "a.zip")
    assert again.to_json() == study.to_json()
    assert str(again.summary()) == str(study.summary())
    assert again.warnings == study.warnings
    assert repr(again.design) == repr(study.design)
    pd.testing.assert_frame_equal(again.events, study.events)
    pd.testing.assert_frame_equal(again.excluded, study.excluded)
    pd.testing.assert_frame_equal(again.tests(0), study.tests(0))
    assert again.save(tmp_path / "b.zip").read_bytes() == saved


@pytest.mark.slow
def test_the_same_page_and_workbook(tmp_path):
    study = CASES["own settings"]()
    again = es.replay(study.save(tmp_path / "a.zip"))
    assert again.to_html() == study.to_html()
    assert again.to_excel(tmp_path / "b.xlsx").read_bytes() == (
        study.to_excel(tmp_path / "a.xlsx").read_bytes()
    )


@pytest.mark.parametrize(
    "name", ["shipped", "own settings", "weight", "prices", "factors", "mask", "part"]
)
def test_single_events_are_the_same(name, tmp_path):
    study = CASES[name]()
    again = es.replay(study.save(tmp_path / "a.zip"))
    for event_id in study.events.index[[0, -1]]:
        one, other = study.result(event_id), again.result(event_id)
        pd.testing.assert_frame_equal(other.abnormal_returns, one.abnormal_returns)
        assert plain(other.car(-1, 1)) == plain(one.car(-1, 1))
        assert repr(other.design) == repr(one.design)
        assert other.day_zero == one.day_zero
        assert other.provenance == one.provenance
        assert plain(other.impact()) == plain(one.impact())
        assert set(one.warnings) <= set(other.warnings)


def test_parts_and_other_windows(tmp_path):
    study = CASES["own settings"]()
    again = es.replay(study.save(tmp_path / "a.zip"))
    assert plain(again.caar(-7, 3)) == plain(study.caar(-7, 3))
    pd.testing.assert_frame_equal(again.by("kind"), study.by("kind"))
    mask = study.events["kind"] == "y"
    assert again[mask].to_json() == study[mask].to_json()


def test_a_part_holds_its_firms_alone(tmp_path):
    study = run()
    files = archive.read_archive(
        study[study.events["ticker"] == "C"].save(tmp_path / "a.zip")
    )
    facts = json.loads(files["inputs.json"])
    assert facts["tickers"] == ["C"]
    assert facts["arrays"][1]["shape"] == [1, 520]


def test_another_process_without_any_data(tmp_path):
    study = es.study(es.list_events("IMGN"))
    study.save(tmp_path / "a.zip")
    code = (
        "import sys, eventstudy as es; from eventstudy.prices import _store; "
        "kept = {k: v for k, v in _store.records().items() if k[0] != 'prices'}; "
        "_store.records = lambda: kept; s = es.replay(sys.argv[1]); "
        "one = s.result(s.events.index[3]).car(0).value; "
        "print(repr(s.caar(0).value), len(s.warnings), one)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.zip")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    fourth = study.result(study.events.index[3]).car(0).value
    expected = f"{study.caar(0).value!r} {len(study.warnings)} {fourth!r}"
    assert found.stdout.strip() == expected


TYPED = pd.DataFrame(
    {
        "text": ["a", None, "=1+1", ""],
        "number": [1.5, np.nan, np.inf, -0.0],
        "whole": [1, 2, 3, 2**60 + 1],
        "yes": [True, False, True, True],
        "day": pd.to_datetime(["2020-01-02", None, "2020-01-03", "1999-01-01"]),
        "zoned": pd.to_datetime(["2020-01-02 09:30"] * 4).tz_localize("Asia/Tokyo"),
        "span": pd.to_timedelta(["1D", None, "2h", "1ns"]),
        "nullable": pd.array([1, None, 3, 4], "Int64"),
        "kind": pd.Categorical(["b", "a", None, "b"], ["b", "a", "c"], ordered=True),
        "mixed": pd.Series(
            [1, "1", dt.date(2020, 1, 2), pd.Timestamp("2020-01-02 10:00+09:00")],
            dtype=object,
        ),
        "zones": pd.Series(
            [
                pd.Timestamp("2020-07-02 10:00", tz="Europe/Berlin"),
                pd.Timestamp("2020-01-02 10:00", tz="UTC"),
                dt.datetime(2020, 1, 2, 10),
                pd.Timestamp("2020-01-02").as_unit("s"),
            ],
            dtype=object,
        ),
        "listed": pd.Series([(1, 2), [3.5, None], pd.NA, pd.NaT], dtype=object),
    }
)  # fmt: skip


def test_types_are_kept():
    columns = json.loads(json.dumps(columns_of(TYPED)))
    found = table_of(columns, 4)
    pd.testing.assert_frame_equal(found, TYPED, check_exact=True, check_freq=False)
    for ours, theirs in zip(found["listed"], TYPED["listed"], strict=True):
        assert type(ours) is type(theirs)
    assert [type(v) for v in found["mixed"]] == [type(v) for v in TYPED["mixed"]]
    assert [repr(v) for v in found["zones"]] == [repr(v) for v in TYPED["zones"]]


def test_types_of_a_study_are_kept(tmp_path):
    extra = pd.concat([TYPED, TYPED], ignore_index=True)
    study = run(TABLE.join(extra.drop(columns="kind")))
    again = es.replay(study.save(tmp_path / "a.zip"))
    pd.testing.assert_frame_equal(again.events, study.events, check_exact=True)


def test_an_object_of_the_callers_is_refused(tmp_path):
    table = TABLE.assign(thing=[object()] * 8)
    with pytest.raises(ArgumentError, match="'thing'"):
        run(table).save(tmp_path / "a.zip")
    mine = dataclasses.replace(es.find_test("bmp"), key="mine")
    with pytest.raises(ArgumentError, match="mine"):
        run(tests=[mine]).save(tmp_path / "a.zip")

    class Counts:
        def shares(self, _ticker):
            return 1e6

    with pytest.raises(ArgumentError, match="object of your own"):
        of_prices(shares=Counts()).save(tmp_path / "a.zip")
    assert not list(tmp_path.iterdir())


def test_settings_beyond_the_bounds_are_refused():
    design = run().design
    with pytest.raises(ArgumentError, match="1000 at most"):
        settings_of(dataclasses.replace(design, windows=design.windows * 1001))
    draws = es.find_test("bootstrap_t").using(draws=10**6 + 1)
    with pytest.raises(ArgumentError, match="options up to 1,000,000"):
        settings_of(dataclasses.replace(design, tests=(draws,)))


def test_too_large_a_panel_is_refused_with_its_size(tmp_path, monkeypatch):
    at_least = 3 * 520 * 9
    for largest in (at_least - 1, at_least + 520 * 8):
        monkeypatch.setattr(saved_study, "LARGEST", largest)
        with pytest.raises(
            ArgumentError, match=r"3 firms x 520 days take [12]\d,\d{3} "
        ):
            run().save(tmp_path / "a.zip")
    monkeypatch.setattr(archive, "LARGEST", 10_000)
    monkeypatch.setattr(saved_study, "LARGEST", 10**9)
    path = run().save(tmp_path / "a.zip")
    with pytest.raises(BadDataError, match=r"(larger|more) than 10,000"):
        es.replay(path)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return run(OWN, industry="J").save(tmp_path_factory.mktemp("saved") / "a.zip")


def rewritten(saved, tmp_path, change):
    """An archive whose files have been changed, with hashes that agree."""
    files = archive.read_archive(saved)
    versions = json.loads(files.pop(MANIFEST))["versions"]
    change(files, versions)
    path = tmp_path / "changed.zip"
    path.write_bytes(archive_of(files, versions))
    return path


def test_other_versions_and_numbers_are_named(saved, tmp_path):
    def change(files, versions):
        versions["numpy"] = "1.0.0"
        record = json.loads(files["record.json"])
        record["events"][1]["sigma"] *= 1 + 1e-9
        files["record.json"] = json.dumps(record)

    said = es.replay(rewritten(saved, tmp_path, change)).warnings
    assert any("numpy 1.0.0, here" in words for words in said)
    assert any("result.events[1].sigma" in words for words in said)


def of_facts(change):
    def changed(files, _versions):
        facts = json.loads(files["inputs.json"])
        change(facts)
        files["inputs.json"] = json.dumps(facts)

    return changed


def put(name, *path, value):
    def change(facts):
        *way, last = (name, *path)
        inner = facts
        for key in way:
            inner = inner[key]
        inner[last] = value

    return of_facts(change)


HOSTILE = {
    "huge shape": put("arrays", 1, "shape", value=[10**9, 10**9]),
    "negative": put("arrays", 1, "shape", value=[-3, 520]),
    "deep": put("arrays", 1, "shape", value=[1] * 70),
    "other kind": put("arrays", 1, "kind", value="O"),
    "fewer rows": put("arrays", 1, "shape", value=[1, 520]),
    "huge window": put("settings", "event_window", value=[-(10**9), 10**9]),
    "huge estimation": put("settings", "estimation_window", value=[-(10**12), -11]),
    "a name twice": put("ids", 1, value="A-2016-02-25"),
    "no benchmark": put("benchmarks", 0, value={"market": 99}),
    "own": of_facts(lambda facts: facts["own"].update(which=[0])),
    "no model": put("settings", "model", value="__import__('os')"),
    "zone": lambda files, _: files.update(
        {"events.json": files["events.json"].replace(
            '"dtype": "datetime64[ns]"', '"dtype": "datetime64[ns, ../../etc/passwd]"'
        )}
    ),
    "no source": put("provenance", "firm", value=3),
    "notes": put("notes", value=[{"a": 1}]),
    "no call": of_facts(lambda facts: facts["own"]["each"][0].pop("call")),
    "no series": put("benchmarks", value=[{"market": 0}] * 6),
    "firms": put("firms", value={}),
    "draws": put("settings", "tests", value=[["bootstrap_t", {"draws": 10**12}]]),
    "windows": put("settings", "windows", value=[[0, 0]] * 10**5),
    "half a letter": put("notes", value=["\ud83d"]),
    "no panel": lambda files, _: files.update({"panel.bin": b""}),
    "longer panel": lambda files, _: files.update(
        {"panel.bin": files["panel.bin"] + b"0"}
    ),
    "firm out of range": lambda files, _: files.update(
        {"panel.bin": files["panel.bin"][:-320] + b"\x7f" * 320}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_does_not_fit_is_refused(saved, tmp_path, name):
    path = rewritten(saved, tmp_path, HOSTILE[name])
    with pytest.raises(EventStudyError):
        es.replay(path)


@pytest.mark.parametrize("name", ["inputs.json", "events.json", "panel.bin"])
@pytest.mark.parametrize(
    "words", ["", "{}", "[1]", '{"events": [{}]}', "null", "[" * 10**5]
)
def test_files_that_are_none_of_ours(saved, tmp_path, name, words):
    def change(files, _versions):
        files[name] = words.encode() if name == "panel.bin" else words

    with pytest.raises(BadDataError):
        es.replay(rewritten(saved, tmp_path, change))


def test_every_cut_and_flip_is_our_error(saved, tmp_path):
    data = saved.read_bytes()
    rng = np.random.default_rng(0)
    path = tmp_path / "bad.zip"
    for _ in range(60):
        bad = bytearray(data[: rng.integers(1, len(data))])
        bad[rng.integers(len(bad))] ^= 0xFF
        path.write_bytes(bad)
        with pytest.raises(BadDataError):
            es.replay(path)


def test_names_of_both_kinds_are_refused(tmp_path):
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name in {*STUDY, "days.csv", MANIFEST}:
            made.writestr(name, b"{}")
    with pytest.raises(BadDataError, match="does not hold"):
        es.replay(path)


@pytest.mark.parametrize("name", STUDY)
def test_a_changed_byte_is_seen(saved, tmp_path, name):
    files = archive.read_archive(saved)
    data = bytearray(as_bytes(files[name]))
    data[len(data) // 2] ^= 1
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(path, "w") as made:
        for other, content in files.items():
            made.writestr(other, bytes(data) if other == name else content)
    with pytest.raises(BadDataError, match=r"not as it was saved|damaged one"):
        es.replay(path)
