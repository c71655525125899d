"""Files of any content: prices, or one of our own errors; never anything else."""

import os

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
options = st.fixed_dictionaries(
    {
        "decimal": st.sampled_from([".", ","]),
        "dayfirst": st.sampled_from([None, True, False]),
        "sep": st.sampled_from([None, ";", ",", "\t", "\n", '"', " "]),
    }
)


@settings(max_examples=EXAMPLES)
@given(any_text | tables, options)
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


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=200), st.sampled_from(["csv", "xlsx", "parquet"]))
def test_bytes_of_any_kind(tmp_path_factory, content, ending):
    path = tmp_path_factory.getbasetemp() / f"any.{ending}"
    path.write_bytes(content)
    try:
        find_series("IMGN", path)
    except es.EventStudyError:
        return
