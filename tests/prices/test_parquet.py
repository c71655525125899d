"""Parquet files as other programs write them: long, wide, with types of their own."""

import decimal
import subprocess
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import eventstudy as es
from eventstudy.prices.chain import find_series, market_series

DAYS = pd.bdate_range("2009-06-01", periods=420, name="date", unit="ns")
RNG = np.random.default_rng(3)
CLOSES = pd.DataFrame(
    np.round(20 * np.exp(RNG.normal(0, 0.01, (420, 3)).cumsum(0)), 4),
    DAYS, ["AAA", "NA", "^M"],
)  # fmt: skip
EVENT = str(DAYS[350].date())


def long():
    """A row a ticker and day, as databases hold them: (N, 4)."""
    wide = CLOSES.reset_index()
    rows = wide.melt("date", var_name="ticker", value_name="close")
    rows = rows.sort_values(["date", "ticker"], ignore_index=True)
    return rows.assign(volume=range(len(rows)))


def expected(prices=CLOSES):
    return es.analyze("AAA", EVENT, prices=prices, market="^M").car(0).value


def from_file(path):
    result = es.analyze("AAA", EVENT, prices=path, market="^M")
    assert result.provenance["firm"]["source"] == f"file {path.name}"
    assert len(result.provenance["firm"]["sha256"]) == 64
    return result.car(0).value


def written(folder, table, **options):
    path = folder / "prices.parquet"
    pq.write_table(table, path, **options)
    return path


@pytest.mark.parametrize("codec", ["snappy", "gzip", "none"])
def test_wide_with_days_in_the_index(tmp_path, codec):
    CLOSES.to_parquet(tmp_path / "prices.pq", compression=codec)
    path = tmp_path / "prices.pq"
    assert from_file(path) == expected()
    assert find_series("NA", path).close.to_list() == CLOSES["NA"].to_list()
    assert market_series("^M", path).source == "file prices.pq"


def test_wide_with_a_column_of_days(tmp_path):
    table = pa.Table.from_pandas(CLOSES.reset_index(), preserve_index=False)
    path = written(tmp_path, table)
    assert from_file(path) == expected()
    with pytest.raises(es.UnknownTickerError, match="AAA, NA"):
        es.analyze("BBB", EVENT, prices=path, market="^M")


TYPES = {
    "texts and stamps": {},
    "dates without a clock": {"date": pa.date32()},
    "milliseconds": {"date": pa.timestamp("ms")},
    "midnights of New York": {"date": pa.timestamp("us", "America/New_York")},
    "large texts": {"ticker": pa.large_string()},
    "a dictionary": {"ticker": pa.dictionary(pa.int16(), pa.string())},
    "decimal numbers": {"close": pa.decimal128(12, 4)},
    "single precision": {"close": pa.float32()},
}  # fmt: skip


def as_type(table, name, kind):
    """The table with a column of another type; midnights stay midnights there."""
    place = table.schema.get_field_index(name)
    column = table[name]
    if kind == pa.decimal128(12, 4):
        numbers = [decimal.Decimal(f"{value:.4f}") for value in column.to_pylist()]
        column = pa.array(numbers, kind)
    elif getattr(kind, "tz", None):
        days = pd.DatetimeIndex(column.to_pandas()).tz_localize(kind.tz)
        column = pa.array(days, kind)
    else:
        column = column.cast(kind)
    return table.set_column(place, name, column)


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("with_pandas", [True, False])
def test_long_of_any_types(tmp_path, name, with_pandas):
    table = pa.Table.from_pandas(long(), preserve_index=False)
    table = table if with_pandas else table.replace_schema_metadata(None)
    for column, kind in TYPES[name].items():
        table = as_type(table, column, kind)
    path = written(tmp_path, table, row_group_size=100)
    tolerance = 1e-5 if name == "single precision" else 0.0
    assert from_file(path) == pytest.approx(expected(), abs=tolerance)
    assert find_series("NA", path).frame["volume"].to_list() == list(range(1, 1260, 3))


def test_fields_above_tickers(tmp_path):
    both = pd.concat({"Close": CLOSES, "Volume": CLOSES.round()}, axis=1)
    path = tmp_path / "download.parquet"
    both.to_parquet(path)
    assert from_file(path) == expected()


def test_gaps_are_missing_days(tmp_path):
    gaps = CLOSES.assign(AAA=CLOSES["AAA"].where(np.arange(420) % 48 > 0))
    path = tmp_path / "prices.parquet"
    gaps.to_parquet(path)
    assert from_file(path) == expected(gaps)
    rows = long().assign(close=lambda f: f["close"].where(f["ticker"] != "NA"))
    rows.to_parquet(path)
    with pytest.raises(es.EventStudyError, match="not one closing price"):
        find_series("NA", path)


def test_read_prices_then_study(tmp_path):
    path = tmp_path / "prices.parquet"
    long().rename(columns={"close": "last price", "ticker": "symbol"}).to_parquet(path)
    frame = es.read_prices(path)
    events = [("AAA", EVENT), ("NA", EVENT)]
    ours = es.study(events, prices=frame, market="^M")
    theirs = es.study(events, prices=CLOSES, market="^M")
    pd.testing.assert_frame_equal(ours.cars(0), theirs.cars(0), check_exact=True)
    assert ours.cars(0)["value"].iloc[0] == expected()


def test_a_damaged_file(tmp_path):
    path = tmp_path / "prices.parquet"
    CLOSES.to_parquet(path)
    whole = path.read_bytes()
    rng = np.random.default_rng(1)
    for _ in range(40):
        bad = bytearray(whole[: rng.integers(1, len(whole))])
        bad[rng.integers(len(bad))] ^= 0xFF
        path.write_bytes(bad)
        with pytest.raises(es.EventStudyError):
            es.read_prices(path)


WITHOUT = """
import importlib.abc, sys

class Lacks(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {package!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Lacks())
import eventstudy as es
try:
    es.analyze("AAA", {event!r}, prices=sys.argv[1], market="^M")
except es.NoDataError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("package", "name", "extra"),
    [("pyarrow", "prices.parquet", "parquet"), ("openpyxl", "prices.xlsx", "excel")],
)
def test_where_the_extra_is_not_installed(tmp_path, package, name, extra):
    path = tmp_path / name
    write = CLOSES.to_parquet if extra == "parquet" else CLOSES.to_excel
    write(path)
    code = WITHOUT.format(package=package, event=EVENT)
    said = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert f"reading it needs the package {package}" in said.stdout
    assert f"pip install 'investor-eventstudy[{extra}]'" in said.stdout
