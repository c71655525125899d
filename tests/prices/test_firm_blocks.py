"""Parquet files in which whole firms lie together: what is read, and refused."""

import sys

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.prices.firm_blocks import FirmBlocks

pa = pytest.importorskip("pyarrow", reason="needs the extra parquet")
pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
DAYS = pd.date_range("2020-01-01", periods=4, name="date")
WIDE = pd.DataFrame(
    {"A": [0.01, np.nan, 0.03, 0.0], "B": [0.5, -0.5, 0.0, 0.1], "C": [0.0] * 4}, DAYS
)


def long(frame=WIDE):
    rows = frame.reset_index().melt("date", var_name="ticker", value_name="return")
    return rows.dropna(ignore_index=True)[["ticker", "date", "return"]]


def in_groups(path, *frames):
    tables = [pa.Table.from_pandas(frame, preserve_index=False) for frame in frames]
    with pq.ParquetWriter(path, tables[0].schema) as writer:
        for table in tables:
            writer.write_table(table)
    return path


def of(ticker, frame=None):
    frame = long() if frame is None else frame
    return frame[frame["ticker"].isin(list(ticker))]


def values(blocks, ticker):
    returns, _ = blocks.track(ticker, "simple").on(blocks.days, "simple")
    return returns


def holds_the_panel(blocks):
    assert set(blocks.tickers) == set(WIDE)
    assert blocks.days.equals(DAYS.as_unit("ns"))
    for name in WIDE:
        np.testing.assert_array_equal(values(blocks, name), WIDE[name].to_numpy())
        number = blocks.places[name]
        np.testing.assert_array_equal(
            blocks.rows(number, [name]), WIDE[[name]].to_numpy().T
        )


def test_row_groups_of_a_long_file(tmp_path):
    path = in_groups(tmp_path / "r.parquet", of("AB"), of("C"))
    blocks = FirmBlocks(path)
    assert len(blocks) == 2
    assert repr(blocks) == (
        "FirmBlocks of 3 firms in 2 blocks, 2020-01-01 to 2020-01-04"
    )
    holds_the_panel(blocks)


def test_long_files_of_a_folder_whatever_their_row_groups(tmp_path):
    in_groups(tmp_path / "1.parquet", of("A").iloc[:2], of("A").iloc[2:])
    (tmp_path / "part").mkdir()
    in_groups(tmp_path / "part" / "2.pq", of("BC"))
    (tmp_path / "_metadata").write_text("no block")
    blocks = FirmBlocks(str(tmp_path))
    assert len(blocks) == 2
    holds_the_panel(blocks)


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f,
        lambda f: f.reset_index(),
        lambda f: f.set_axis(f.index.date),
        lambda f: f.set_axis(f.index.tz_localize("America/New_York")),
        lambda f: f.rename_axis(None),
        lambda f: f.set_axis(f.index.strftime("%Y-%m-%d")),
    ],
    ids=["index", "column", "dates", "zone", "unnamed", "text"],
)
def test_wide_files(tmp_path, change):
    change(WIDE[["A", "C"]]).to_parquet(tmp_path / "1.parquet")
    change(WIDE[["B"]]).to_parquet(tmp_path / "2.parquet")
    holds_the_panel(FirmBlocks(tmp_path))


def test_blocks_of_other_days_share_one_calendar(tmp_path):
    WIDE[["A"]].iloc[:3].to_parquet(tmp_path / "1.parquet")
    WIDE[["B"]].iloc[[0, 3]].to_parquet(tmp_path / "2.parquet")
    blocks = FirmBlocks(tmp_path)
    assert blocks.days.equals(DAYS.as_unit("ns"))
    np.testing.assert_array_equal(
        blocks.rows(blocks.places["B"], ["B"]), [[0.5, np.nan, np.nan, 0.1]]
    )


@pytest.mark.parametrize("frames", [WIDE, long(), [WIDE[["A"]], WIDE[["B", "C"]]]])
def test_written_and_read_again(tmp_path, frames):
    blocks = FirmBlocks.write(frames, tmp_path / "new" / "b", firms_per_block=2)
    assert len(blocks) == 2
    holds_the_panel(blocks)
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["b"]
    with pytest.raises(es.ArgumentError, match="place is taken"):
        FirmBlocks.write(frames, tmp_path / "new" / "b")


def test_nothing_is_left_of_what_cannot_be_written(tmp_path):
    with pytest.raises(es.BadDataError, match="lies in two blocks"):
        FirmBlocks.write([WIDE, WIDE[["B"]]], tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (long().rename(columns={"return": "x"}), "ticker, date and return"),
        (pd.concat([long(), long().head(1)]), "two returns on one day"),
        (WIDE.set_axis(["A", "A", "B"], axis=1), "stands there twice"),
        (WIDE.iloc[::-1], "order of their days"),
        (WIDE.iloc[:0], "no returns in it"),
        ("AB", "this is no frame"),
    ],
)
def test_frames_that_cannot_be_written(tmp_path, frame, words):
    with pytest.raises(es.EventStudyError, match=words):
        FirmBlocks.write(frame, tmp_path / "b")


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ([of("AB").iloc[:5], pd.concat([of("AB").iloc[5:], of("C")])], "in two blocks"),
        ([long().drop(columns="return")], "no single column return"),
        ([long().drop(columns="date")], "no column date"),
        ([of("A"), of("B").iloc[::-1]], "B has rows not in the order of their days"),
        ([of("A"), pd.concat([of("B"), of("B").tail(1)])], "B has two returns on one"),
        ([long().assign(ticker=[None, *long()["ticker"][1:]])], "row 0 has no ticker"),
        ([long().assign(date=[pd.NaT, *long()["date"][1:]])], "row 0 has no date"),
    ],
)
def test_files_that_are_refused_at_once(tmp_path, frames, words):
    path = in_groups(tmp_path / "r.parquet", *frames)
    with pytest.raises(es.BadDataError, match=words) as found:
        FirmBlocks(path)
    assert found.value.parameter.startswith("returns (r.parquet")


def test_a_firm_in_two_files(tmp_path):
    WIDE.to_parquet(tmp_path / "1.parquet")
    WIDE[["B"]].to_parquet(tmp_path / "2.parquet")
    with pytest.raises(es.BadDataError, match=r"also in returns \(1.parquet\)"):
        FirmBlocks(tmp_path)


def test_days_of_a_wide_file_out_of_order(tmp_path):
    WIDE.iloc[::-1].to_parquet(tmp_path / "1.parquet")
    with pytest.raises(es.BadDataError, match="not in the order of their days"):
        FirmBlocks(tmp_path)


def test_returns_that_are_text(tmp_path):
    frame = long().assign(**{"return": long()["return"].astype(str)})
    blocks = FirmBlocks(in_groups(tmp_path / "r.parquet", frame))
    with pytest.raises(es.BadDataError, match="not floats"):
        blocks.track("A", "simple")


@pytest.mark.parametrize("bad", [np.inf, -1.5])
def test_numbers_that_are_no_returns(tmp_path, bad):
    blocks = FirmBlocks.write(WIDE.assign(D=[0.0, bad, 0.0, 0.0]), tmp_path / "b")
    with pytest.raises(es.BadDataError, match="the return of D on 2020-01-02"):
        blocks.track("D", "simple")
    np.testing.assert_array_equal(values(blocks, "B"), WIDE["B"].to_numpy())


def test_places_without_blocks(tmp_path):
    with pytest.raises(es.NoDataError, match="no such file or folder"):
        FirmBlocks(tmp_path / "none")
    with pytest.raises(es.NoDataError, match="no Parquet file lies"):
        FirmBlocks(tmp_path)
    (tmp_path / "1.parquet").write_text("date,A")
    with pytest.raises(es.BadDataError, match="not a Parquet file"):
        FirmBlocks(tmp_path)


def test_an_unknown_ticker(tmp_path):
    with pytest.raises(es.UnknownTickerError, match="no block of returns= holds it"):
        FirmBlocks.write(WIDE, tmp_path / "b").track("Z", "simple")


def test_without_pyarrow_the_line_that_installs_it(tmp_path, monkeypatch):
    blocks = FirmBlocks.write(WIDE, tmp_path / "b")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for ask in (lambda: FirmBlocks(blocks.path), lambda: FirmBlocks.write(WIDE, "x")):
        with pytest.raises(es.NoDataError, match=r"investor-eventstudy\[parquet\]"):
            ask()
