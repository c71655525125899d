"""Files as they are written in other countries and programs."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.prices.chain import find_series, market_series
from eventstudy.prices.column_guesses import name_columns

DAYS = pd.DatetimeIndex(["2010-08-26", "2010-08-27"], name="date").as_unit("ns")
GERMAN = "Datum;Schlusskurs;Volumen\n26.08.2010;1.047,22;1.200\n27.08.2010;5,16;900\n"
US = "Date,Close\n08/26/2010,8.39\n08/27/2010,5.16\n"
WIDE = "Datum;IMGN;^GSPC\n26/08/2010;8,39;1 047,22\n27/08/2010;;1.064,59\n"
LONG = "symbol;date;close\nNA;2010-08-26;8,39\nB;2010-08-26;1,5\nNA;2010-08-27;5,16\n"


@pytest.fixture
def write(tmp_path):
    def to_file(text, name="kurse.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def read(path, **options):
    return es.read_prices(path, **options)


def european(path, **options):
    return read(path, decimal=",", dayfirst=True, **options)


def test_a_german_file(write):
    frame = european(write(GERMAN))
    assert list(frame.index) == list(DAYS)
    assert frame["close"].to_list() == [1047.22, 5.16]
    series = find_series("SAP", frame)
    assert series.close.to_list() == [1047.22, 5.16]
    assert series.notes[0] == (
        "kurse.csv: columns 'Datum' as date, 'Schlusskurs' as close, by their names"
    )


def test_what_was_guessed_is_said_in_the_result(write):
    rng = np.random.default_rng(4)
    days = pd.bdate_range("2019-01-01", periods=300)
    values = 20 * np.exp(np.cumsum(rng.normal(0, 0.01, (2, 300)), axis=1))
    rows = (
        f"{day:%d.%m.%Y};{close:.6f}".replace(".", ",").replace(",", ".", 2)
        for day, close in zip(days, values[0], strict=True)
    )
    path = write("Tag;Kurs\n" + "\n".join(rows) + "\n")
    market = pd.Series(values[1], days, name="M")
    result = es.analyze("F", days[280], prices=european(path), market=market)
    said = "F: kurse.csv: columns 'Tag' as date, 'Kurs' as close, by their names."
    assert said in result.warnings
    plain = pd.DataFrame({"F": np.round(values[0], 6)}, days)
    expected = es.analyze("F", days[280], prices=plain, market=market)
    assert result.car(0).to_dict() == expected.car(0).to_dict()


@pytest.mark.parametrize("dayfirst", [True, False])
def test_the_day_or_the_month_first(write, dayfirst):
    swapped = US if not dayfirst else US.replace("08/26", "26/08").replace(
        "08/27", "27/08"
    )  # fmt: skip
    assert list(read(write(swapped), dayfirst=dayfirst).index) == list(DAYS)
    with pytest.raises(es.BadDataError, match="no date with the") as caught:
        read(write(swapped), dayfirst=not dayfirst)
    assert caught.value.way_out == f"Try dayfirst={dayfirst}."


def test_dates_of_two_readings_take_the_one_that_is_asked_for(write):
    path = write("date,close\n08/09/2010,5.16\n")
    assert read(path, dayfirst=True).index[0] == pd.Timestamp("2010-09-08")
    assert read(path, dayfirst=False).index[0] == pd.Timestamp("2010-08-09")
    with pytest.raises(es.BadDataError, match="not an ISO date") as caught:
        read(path)
    assert "dayfirst=True" in caught.value.way_out


def test_a_wide_file(write):
    frame = european(write(WIDE))
    assert market_series("^GSPC", frame).close.to_list() == [1047.22, 1064.59]
    series = find_series("IMGN", frame)
    assert series.close.to_list() == [8.39]
    assert series.notes[0] == "kurse.csv: column 'Datum' as date, by their names"


def test_a_long_file(write):
    frame = european(write(LONG))
    series = find_series("NA", frame)
    assert series.close.to_list() == [8.39, 5.16]
    assert find_series("B", frame).close.to_list() == [1.5]


@pytest.mark.parametrize(("sep", "sign"), [(";", ";"), ("\t", "\t"), ("|", "|")])
def test_separators_are_found(write, sep, sign):
    path = write(f"date{sign}close\n2010-08-27{sign}5,16\n")
    assert european(path)["close"].to_list() == [5.16]
    assert european(path, sep=sep)["close"].to_list() == [5.16]


def test_commas_between_quoted_decimal_commas(write):
    path = write('date,close\n2010-08-27,"1.005,16"\n')
    assert european(path)["close"].to_list() == [1005.16]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("5,16", 5.16),
        ("1.234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234\u202f567,25", 1234567.25),
        ("1234567,0625", 1234567.0625),
        ("7", 7.0),
        (" 5,16 ", 5.16),
        ("1,5e2", 150.0),
        ("0,1", 0.1),
        ("-3,5", -3.5),
    ],
)
def test_numbers_with_commas(write, written, number):
    frame = european(write(f"date;close\n2010-08-26;1,25\n2010-08-27;{written}\n"))
    assert frame["close"].to_list() == [1.25, number]


@pytest.mark.parametrize(
    "written", ["8.39", "1.2345,6", "1,234,567", "5,16 EUR", "abc", "1,2.3", ",5", "--"]
)
def test_what_is_no_number_with_a_comma_is_refused(write, written):
    path = write(f"date;close\n2010-08-26;1,25\n2010-08-27;{written}\n")
    with pytest.raises(es.BadDataError, match="no number with a decimal comma") as e:
        european(path)
    assert e.value.value == written


def test_points_without_any_comma_are_not_taken_for_thousands(write):
    path = write("date;close\n2010-08-26;8.390\n2010-08-27;5.160\n")
    with pytest.raises(es.BadDataError, match="may be decimal points"):
        european(path)
    assert read(path)["close"].to_list() == [8.39, 5.16]


def test_other_columns_may_hold_what_they_like(write):
    text = "date;close;currency;note\n2010-08-27;5,16;EUR;ex 0.50\n"
    frame = european(write(text))
    assert frame["currency"].to_list() == ["EUR"]
    assert find_series("SAP", frame).close.to_list() == [5.16]


def test_blanks_are_missing(write):
    frame = european(write("date;close\n2010-08-26;NA\n2010-08-27;5,16\n"))
    assert np.isnan(frame["close"].iloc[0])


def test_rows_of_the_newest_first_are_sorted_by_the_caller(write):
    newest_first = "date,close\n2010-08-27,5.16\n2010-08-26,8.39\n"
    frame = read(write(newest_first))
    with pytest.raises(es.BadDataError, match="not in the order"):
        find_series("X", frame)
    assert find_series("X", frame.sort_index()).close.to_list() == [8.39, 5.16]


# ------------------------------------------------------------------ names of columns


def guessed(*names):
    frame, notes = name_columns(pd.DataFrame([[1.0] * len(names)], columns=names))
    return list(frame.columns), notes


@pytest.mark.parametrize(
    ("names", "ours"),
    [
        (["Datum", "Zuletzt", "Eröffn.", "Hoch", "Tief", "Vol.", "+/- %"], "close"),
        (["Date", "Closing price"], "close"),
        (["date", "PX_LAST"], "close"),
        (["date", "TICKER", "PERMNO", "PRC", "VOL"], "close"),
        (["Date", "Price", "Open", "High", "Low"], "close"),
        (["date", "Adj. closing price", "close"], "adj_close"),
    ],
)
def test_usual_names_are_read(names, ours):
    found, notes = guessed(*names)
    assert ours in found
    assert found[0] in ("date", "Date")
    assert len(notes) == 1


@pytest.mark.parametrize(
    "names",
    [
        ["date", "close"],
        ["Date", "Open", "High", "Low", "Close", "Adj Close", "Volume"],
        ["date", "LAST", "IMGN"],
        ["date", "IMGN", "^GSPC"],
        ["date", "close", "price", "last"],
        ["ticker", "date", "close", "ric"],
    ],
)
def test_names_that_need_no_guess(names):
    assert guessed(*names) == (names, ())


@pytest.mark.parametrize(
    "names",
    [["date", "last", "settle"], ["day", "tag", "close"], ["date", "Kurs", "kurs"]],
)
def test_two_candidates_are_refused(names):
    with pytest.raises(es.BadDataError, match="each of these may be the") as caught:
        guessed(*names)
    assert "columns={" in caught.value.way_out


def test_the_caller_may_say_which(write):
    path = write("date,last,settle\n2010-08-27,5.16,5.2\n")
    assert read(path, columns={"settle": "close"})["close"].to_list() == [5.2]
    assert read(path, columns={"settle": "close"}).attrs == {}
    with pytest.raises(es.BadDataError, match="the file has date, last, settle"):
        read(path, columns={"Kurs": "close"})


def test_a_path_passed_as_prices_has_its_names_guessed_too(write):
    path = write("day,closing price\n2010-08-26,8.39\n2010-08-27,5.16\n")
    series = find_series("X", path)
    assert series.close.to_list() == [8.39, 5.16]
    assert series.notes[0] == (
        "kurse.csv: columns 'day' as date, 'closing price' as close, by their names"
    )


# ------------------------------------------------------------------ Excel and Parquet


@pytest.fixture
def workbook(tmp_path):
    def of(sheets, name="kurse.xlsx"):
        path = tmp_path / name
        with pd.ExcelWriter(path, engine="openpyxl") as writer:
            for sheet, frame in sheets.items():
                frame.to_excel(writer, sheet_name=sheet, index=False)
        return path

    return of


CELLS = pd.DataFrame({"Datum": list(DAYS), "Schlusskurs": [8.39, 5.16]})
WORDS = pd.DataFrame(
    {"ticker": ["NA", "B"], "date": ["27.08.2010"] * 2, "close": ["1.005,16", "NA"]}
)


def test_a_workbook_of_dates_and_numbers(workbook):
    path = workbook({"Kurse": CELLS})
    assert read(path)["close"].to_list() == [8.39, 5.16]
    series = find_series("SAP", path)
    assert series.close.to_list() == [8.39, 5.16]
    assert list(series.frame.index) == list(DAYS)
    assert series.source == "file kurse.xlsx"
    assert "'Schlusskurs' as close" in series.notes[0]


def test_a_workbook_of_words(workbook):
    frame = european(workbook({"A": WORDS}))
    assert find_series("NA", frame).close.to_list() == [1005.16]
    with pytest.raises(es.BadDataError, match="not one closing price"):
        find_series("B", frame)


def test_sheets(workbook):
    path = workbook({"Notes": WORDS, "Kurse": CELLS})
    for sheet in ("Kurse", 1):
        assert read(path, sheet=sheet)["close"].to_list() == [8.39, 5.16]
    first = european(path)
    assert first.attrs["eventstudy_notes"][0] == (
        "kurse.xlsx: sheet 'Notes' read, the first of 2"
    )
    for sheet in ("kurse", 2, -1):
        with pytest.raises(es.BadDataError, match="has the sheets Notes, Kurse"):
            read(path, sheet=sheet)


@pytest.mark.parametrize("name", ["kurse.xlsx", "kurse.parquet"])
def test_a_package_that_is_missing_is_named(write, monkeypatch, name):
    package = {"xlsx": "openpyxl", "parquet": "pyarrow"}[name.split(".")[1]]
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(es.NoDataError, match=f"needs the package {package}") as caught:
        read(write("", name))
    assert "pip install" in caught.value.way_out
    with pytest.raises(es.NoDataError, match=f"needs the package {package}"):
        find_series("X", write("", name))


@pytest.mark.parametrize("text", ["", "PK", "date,close\n", "PK\x03\x04" + "x" * 500])
def test_what_is_no_workbook(write, text):
    with pytest.raises(es.BadDataError, match="not an Excel workbook"):
        read(write(text, "kurse.xlsx"))


def test_a_workbook_that_is_not_there(tmp_path):
    with pytest.raises(es.NoDataError, match="there is no such file"):
        read(tmp_path / "none.xlsx")


def test_parquet_is_read_where_pyarrow_is(tmp_path):
    path = tmp_path / "kurse.parquet"
    try:
        CELLS.to_parquet(path, engine="pyarrow")
    except ImportError:
        with pytest.raises(es.NoDataError, match=r"\[parquet\]"):
            read(path)
        return
    assert read(path)["close"].to_list() == [8.39, 5.16]
    assert find_series("SAP", path).close.to_list() == [8.39, 5.16]
    by_day = CELLS.set_index("Datum").set_axis(["SAP"], axis=1)
    by_day.to_parquet(path, engine="pyarrow")
    assert find_series("SAP", path).close.to_list() == [8.39, 5.16]
    path.write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(es.BadDataError, match="not a Parquet file"):
        read(path)


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("name", "options", "why"),
    [
        ("kurse.csv", {"decimal": "'"}, "not one of"),
        ("kurse.csv", {"sheet": "A"}, "no workbook by its ending"),
        ("kurse.csv", {"sep": "::"}, "one sign"),
        ("kurse.xlsx", {"sep": ";"}, "text files have it"),
        ("kurse.xls", {}, "the old kind"),
    ],
)
def test_arguments_that_do_not_fit(write, name, options, why):
    with pytest.raises(es.ArgumentError, match=why):
        read(write(US, name), **options)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("date;close\n;5,16\n", "a row has no date"),
        ("date;close\n27.08.10;5,16\n", "no date with the day first"),
        ("date;close\n2010-13-01;5,16\n", "no date with the day first"),
        ("date;close\n30.02.2010;5,16\n", "no date with the day first"),
        ("date;close\n27.08-2010;5,16\n", "no date with the day first"),
        ("\n", "empty"),
        ("close\n5,16\n", "not separated by commas"),
    ],
)
def test_refused(write, text, why):
    with pytest.raises(es.BadDataError, match=why):
        european(write(text))


def test_dates_of_other_types_in_cells(workbook):
    dates = [dt.datetime(2010, 8, 27), "2010-08-30"]
    cells = pd.DataFrame({"date": dates, "close": [5.16, 5.2]})
    assert list(read(workbook({"A": cells})).index) == list(pd.DatetimeIndex(dates))
    cells["date"] = [40417, 40420]
    with pytest.raises(es.BadDataError, match="a date of the type int is none"):
        read(workbook({"B": cells}, "numbers.xlsx"))
