"""Files of any content: prices, or one of our own errors; never anything else."""

import os

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import eventstudy as es
from eventstudy.prices.chain import find_series

EXAMPLES = int(os.environ.get("EVENTSTUDY_FUZZ", "150"))
PIECES = [
    "date", "Datum", "close", "Kurs", "IMGN", "ticker", "Price", "Ticker", "vol",
    "2010-08-27", "27.08.2010", "08/27/2010", "2010-02-30", "2010-08-27T00:00Z",
    "1e999", "5.16", "5,16", "1.234,5", "-1", "0", "nan", "NA", "inf", "1_0", "0x1F",
    "٣", "½",
    ",", ";", "\t", "|", "\n", "\r\n", "\r", '"', "'", "\0", "\ufeff", " ",
    "\u00a0", "😀",
]  # fmt: skip
any_text = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map(
    "".join
)
row = st.lists(st.sampled_from(PIECES[:27]), min_size=2, max_size=4)
tables = st.tuples(st.lists(row, min_size=1, max_size=8), st.sampled_from(";,|\t")).map(
    lambda found: "\n".join(found[1].join(cells) for cells in found[0])
)
NUMBERS = ["5.16", "5,16", "8", "1.234,5", "8.39", "5", "", "NA", "9"]
almost_right = st.tuples(
    st.sampled_from(";,|\t"),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"]),
    st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=8),
    st.sampled_from(["date", "Datum"]),
    st.sampled_from(["close", "Kurs", "IMGN"]),
).map(
    lambda f: "\n".join(
        [f"{f[3]}{f[0]}{f[4]}"]
        + [
            f'{pd.Timestamp(2010, 8, 2 + n).strftime(f[1])}{f[0]}"{cell}"'
            for n, cell in enumerate(f[2])
        ]
    )
)
options = st.fixed_dictionaries(
    {
        "decimal": st.sampled_from([".", ","]),
        "dayfirst": st.sampled_from([None, True, False]),
        "sep": st.sampled_from([None, ";", ",", "\t", "\n", '"', " "]),
    }
)


@settings(max_examples=EXAMPLES)
@given(any_text | tables | almost_right, options)
def test_text_of_any_kind(tmp_path_factory, text, asked):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(text.encode("utf-8", "replace"))
    for read in (lambda: path, lambda: es.read_prices(path, **asked)):
        try:
            series = find_series("IMGN", read())
        except es.EventStudyError:
            continue
        assert (series.adjusted.dropna() > 0).all()
        assert series.frame.index.is_monotonic_increasing


def test_some_of_them_are_read(tmp_path):
    path = tmp_path / "any.csv"
    path.write_text('Datum;Kurs\n02.08.2010;"1.234,5"\n03.08.2010;"NA"\n')
    frame = es.read_prices(path, decimal=",", dayfirst=True)
    assert find_series("IMGN", frame).close.to_list() == [1234.5]


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=200), st.sampled_from(["csv", "xlsx", "parquet"]))
def test_bytes_of_any_kind(tmp_path_factory, content, ending):
    path = tmp_path_factory.getbasetemp() / f"any.{ending}"
    path.write_bytes(content)
    try:
        find_series("IMGN", path)
    except es.EventStudyError:
        return
