"""Events from files: what each row becomes, and that a study takes them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import eventstudy as es

INSTANT = pd.Timestamp("2010-08-27T11:00Z")


@pytest.fixture
def table(tmp_path):
    def write(*lines, encoding="utf-8", newline="\n"):
        path = tmp_path / "events.csv"
        path.write_bytes(newline.join(lines).encode(encoding))
        return path

    return write


def one(table, stamp, **given):
    """The only row of a file."""
    path = table("ticker;announced_at", f"IMGN;{stamp}")
    return es.read_events(path, **given).iloc[0]


@pytest.mark.parametrize(
    "stamp",
    [
        "2010-08-27T07:00-04:00",
        "2010-08-27T11:00Z",
        "2010-08-27 13:00 Europe/Berlin",
        "2010-08-27T13:00[Europe/Berlin]",
        "2010-08-27 07:00 EDT",
        "2010-08-27 7:00 AM ET",
        "2010-08-27 04:00 Pacific Daylight Time",
        "2010-08-27 20:00:00 JST",
        "20100827 12:00 BST",
    ],
)
def test_stamps_in_any_zone(table, stamp):
    row = one(table, stamp)
    assert row["announced_at"] == INSTANT
    assert row["became"].startswith("instant 2010-08-27 ")
    assert row["reason"] == ""


@pytest.mark.parametrize(
    ("stamp", "dayfirst", "day"),
    [
        ("08/09/2010", True, "2010-09-08"),
        ("08/09/2010", False, "2010-08-09"),
        ("27.08.2010", True, "2010-08-27"),
        ("8-27-2010", False, "2010-08-27"),
        ("2010-08-09", True, "2010-08-09"),
        ("2010-08-09", None, "2010-08-09"),
        ("20100809", True, "2010-08-09"),
        ("2010-08-09T00:00", None, "2010-08-09"),
    ],
)
def test_days_in_the_order_asked_for(table, stamp, dayfirst, day):
    row = one(table, stamp, dayfirst=dayfirst)
    assert row["date"] == pd.Timestamp(day)
    assert row["became"] == f"day {day}"
    assert (row["reason"] != "") is (not stamp.startswith("2010"))


def test_a_numeric_day_with_a_clock_time(table):
    row = one(table, "27/08/2010 1:00 PM Europe/Berlin", dayfirst=True)
    assert row["announced_at"] == INSTANT
    assert row["became"] == "instant 2010-08-27 13:00 CEST"
    assert row["reason"] == "27/08/2010 was read day first"


@pytest.mark.parametrize(
    ("stamp", "given", "reason"),
    [
        ("08/09/2010", {}, "ambiguous: 8 September 2010 .* August 9, 2010"),
        ("27/08/2010", {}, "not ISO 8601"),
        ("27/08/2010", {"dayfirst": False}, "no such day, read month first"),
        ("2010-02-30", {"dayfirst": True}, "no such day"),
        ("2010-08-27 07:00 Mars", {}, "no zone is called 'Mars'"),
        ("2010-08-27 07:00 ../../etc/passwd", {}, "zone"),
        ("2010-08-27 13:00 PM", {}, "there is no 13:00 PM"),
        ("2010-03-14 02:30 ET", {}, "twice or never in America/New_York"),
        ("2010-03-28T02:30", {"timezone": "Europe/Berlin"}, "Europe/Berlin"),
        ("soon", {}, "not an ISO 8601 date"),
        ("", {}, "there is no date"),
    ],
)
def test_rows_that_cannot_be_read(table, stamp, given, reason):
    row = one(table, stamp, **given)
    assert row["became"] == "not read"
    assert pd.Series([row["reason"]]).str.contains(reason).all()
    assert row["announced_at"] is pd.NaT


def test_the_zone_of_clock_times_that_name_none(table):
    assert one(table, "2010-08-27T07:00")["announced_at"] == pd.Timestamp(
        "2010-08-27T07:00"
    )
    row = one(table, "2010-08-27T13:00", timezone="Europe/Berlin")
    assert row["announced_at"] == INSTANT
    assert row["reason"] == "its clock time was read in Europe/Berlin"
    stated = one(table, "2010-08-27T07:00-04:00", timezone="Europe/Berlin")
    assert stated["announced_at"] == INSTANT


def test_timing_and_an_instant_beside_another_day(table):
    path = table(
        "ticker,date,announced_at,timing",
        "A,2010-08-27,,after_close",
        "B,2010-08-26,2010-08-27T07:00-04:00,",
        "C,2010-08-27,,amc",
    )
    read = es.read_events(path)
    assert read["became"].tolist() == [
        "day 2010-08-27, after the close",
        "instant 2010-08-27 07:00 UTC-04:00",
        "not read",
    ]
    assert read["reason"].iloc[1] == "announced_at counts, not the date 2010-08-26"
    assert "before_open, during, after_close" in read["reason"].iloc[2]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_as_programs_write_them(table, separator, encoding, newline):
    rows = [["Symbol", "Event", "Date"], ["NA", "Zürich", "2010-08-27"]]
    path = table(*map(separator.join, rows), encoding=encoding, newline=newline)
    read = es.read_events(path)
    assert read["ticker"].tolist() == ["NA"]
    assert read["Event"].tolist() == ["Zürich"]
    assert read["date"].tolist() == [pd.Timestamp(2010, 8, 27)]


def test_other_columns_keep_their_numbers(table):
    path = table("ticker,date,size,note", "A,2010-08-27,1.5,x", "B,2010-08-27,NA,")
    read = es.read_events(path)
    np.testing.assert_array_equal(read["size"], [1.5, np.nan])
    assert read["note"].isna().tolist() == [False, True]
    assert list(read.columns) == ["ticker", "date", "size", "note", "became", "reason"]


def test_a_study_takes_them_and_excludes_the_rest_with_the_reason(table):
    path = table(
        "ticker,announced_at,size",
        "IMGN,2010-08-27 13:00 Europe/Berlin,1",
        "IMGN,11/10/2010,2",
        "IMGN,10/13/2010,3",
        "IMGN,2010-03-28T02:30,4",
    )
    read = es.read_events(path, dayfirst=True, timezone="Europe/Berlin")
    studied = es.study(read)
    day0 = studied.events["day0"].dt.strftime("%Y-%m-%d").tolist()
    assert day0 == ["2010-08-27", "2010-10-11"]
    assert studied.events["size"].tolist() == [1, 2]
    assert studied.excluded["reason"].tolist() == read["reason"].tolist()[2:]
    assert "month" not in studied.excluded["reason"].iloc[0]
    alone = es.analyze("IMGN", "2010-08-27T07:00-04:00")
    assert studied.result("IMGN-2010-08-27").day0 == alone.day0


def test_known_events_of_an_analysis(table):
    path = table("ticker,date,headline", "IMGN,2010-09-01,A rumour")
    result = es.analyze("IMGN", "2010-08-27", events=es.read_events(path))
    assert "A rumour" in result.confounders["headline"].tolist()


def test_a_path_given_to_study_knows_the_ticker_na(table):
    days = pd.bdate_range("2015-01-01", periods=400, unit="ns")
    rng = np.random.default_rng(0)
    returns = pd.DataFrame(rng.normal(0, 0.01, (400, 2)), days, ["NA", "M"])
    path = table("ticker;date", f"NA;{days[330].date()}")
    studied = es.study(path, returns=returns, market="M")
    assert studied.events["ticker"].tolist() == ["NA"]


@pytest.mark.parametrize(
    ("lines", "given", "parameter", "said"),
    [
        (["day", "2010-08-27"], {}, "csv", "no column ticker and no column date"),
        (["ticker", "A"], {}, "csv", "no column date"),
        (["ticker,date"], {}, "csv", "there is no event"),
        ([""], {}, "csv", "this file is empty"),
        (["ticker,date", "A,2010-08-27,more"], {}, "csv", "not a table"),
        (["ticker,date,reason", "A,2010-08-27,x"], {}, "csv", "is made here"),
        (["ticker,date", "A,2010-08-27"], {"dayfirst": "yes"}, "dayfirst", "not true"),
        (["ticker,date", "A,2010-08-27"], {"timezone": "Mars"}, "timezone", "no zone"),
        (["ticker,date", "A,2010-08-27"], {"timezone": 5}, "timezone", "no zone"),
    ],
)
def test_files_and_arguments_that_cannot_be_used(table, lines, given, parameter, said):
    with pytest.raises(es.ArgumentError, match=said) as caught:
        es.read_events(table(*lines), **given)
    assert caught.value.parameter == parameter


@pytest.mark.parametrize("path", ["no/such.csv", "", "a\0b", 5, None], ids=repr)
def test_paths_that_name_no_file(path):
    with pytest.raises(es.ArgumentError) as caught:
        es.read_events(path)
    assert caught.value.parameter == "csv"


def test_bytes_that_are_no_text(table):
    path = table("ticker,date", "Ä,2010-08-27", encoding="latin-1")
    with pytest.raises(es.ArgumentError, match="not UTF-8"):
        es.read_events(path)


CELLS = st.sampled_from(
    ["ticker", "date", "announced_at", "timing", "size", "IMGN", "2010-08-27",
     "27/08/2010", "2010-08-27T07:00-04:00", "2010-08-27 07:00 ET", "amc", "", '"',
     "\n", ",", ";", "9" * 30, "2010-03-14 02:30 ET", "0001-01-01", "9999-12-31",
     "\0", "NA", "2010-08-27 07:00 Etc"]
)  # fmt: skip


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.lists(CELLS | st.text(max_size=6), max_size=5), max_size=5),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "Europe/Berlin"]),
)
@example([["ticker", "date"], ["A", "2010-08-27"]], None, None)
def test_any_table_is_read_row_by_row_or_refused(table, rows, dayfirst, timezone):
    text = "\n".join(",".join(row) for row in rows)
    path = table(text.encode("utf-8", "ignore").decode())
    try:
        read = es.read_events(path, dayfirst=dayfirst, timezone=timezone)
    except es.EventStudyError:
        return
    dated = read.reindex(columns=["date", "announced_at"]).notna().any(axis=1)
    assert ((read["became"] != "not read") == dated).all()
    assert (read["reason"][~dated] != "").all()
