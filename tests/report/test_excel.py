"""The workbook, read back by another program than the one that wrote it."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.errors import ArgumentError
from eventstudy.report import _workbook
from eventstudy.report._workbook import Chart, Sheet, workbook_bytes

NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']


@pytest.fixture(scope="module")
def result() -> es.EventResult:
    return es.analyze("IMGN", "2010-08-27")


@pytest.fixture(scope="module")
def study() -> es.StudyResult:
    events = es.list_events("IMGN")[["ticker", "date"]].head(6)
    return es.study(events.assign(**{"=note": NASTY}))


@pytest.fixture(scope="module")
def of_event(result: es.EventResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excel") / "event.xlsx"
    assert result.to_excel(path) == path
    return path


@pytest.fixture(scope="module")
def of_study(study: es.StudyResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excel") / "study.xlsx"
    study.to_excel(path)
    return path


def bits(value: float) -> bytes:
    return struct.pack("<d", float(value))


def assert_same(found: Any, wanted: Any) -> None:
    if wanted is None or wanted is pd.NaT or wanted != wanted:
        assert found is None
    elif isinstance(wanted, float):
        assert bits(found) == bits(wanted)
    else:
        assert found == wanted, (found, wanted)
        assert isinstance(found, bool) == isinstance(wanted, bool | np.bool_)


def assert_sheet_is(path: Path, sheet: str, frame: pd.DataFrame) -> None:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    assert list(rows[0]) == list(frame.columns)
    assert len(rows) == 1 + len(frame)
    for row, wanted in zip(rows[1:], frame.itertuples(index=False), strict=True):
        for found, value in zip(row, wanted, strict=True):
            assert_same(found, value)


def test_the_event_days_read_back_bit_for_bit(
    of_event: Path, result: es.EventResult
) -> None:
    frame = result.to_frame().reset_index()
    assert (frame["abnormal"].map(lambda x: f"{x:.16G}").astype(float)
            != frame["abnormal"]).any(), "sixteen digits are too few"  # fmt: skip
    assert_sheet_is(of_event, "abnormal_returns", frame)


def test_the_events_read_back_bit_for_bit(
    of_study: Path, study: es.StudyResult
) -> None:
    frame = study.to_frame().reset_index()
    assert set(NASTY) <= set(frame["=note"])
    assert_sheet_is(of_study, "events", frame)


def test_other_tables_read_back_too(
    of_event: Path, of_study: Path, result: es.EventResult, study: es.StudyResult
) -> None:
    assert_sheet_is(of_event, "windows", result.windows)
    assert_sheet_is(of_event, "prices", result.price_path.reset_index())
    assert_sheet_is(of_study, "windows", study.windows)
    assert_sheet_is(of_study, "aar", study.aar.reset_index())
    assert_sheet_is(of_study, "caar", study.caar_path.reset_index())
    assert_sheet_is(of_study, "abnormal_returns", study.abnormal_returns.reset_index())


def test_text_of_users_is_never_a_formula(of_study: Path) -> None:
    cells = [c for row in openpyxl.load_workbook(of_study)["events"].rows for c in row]
    found = [c for c in cells if c.value in ["=note", *NASTY]]
    assert len(found) == 1 + len(NASTY)
    for c in found:
        assert c.data_type == "s"
        assert c.quotePrefix, "as if typed after an apostrophe"


@pytest.mark.parametrize("which", ["of_event", "of_study"])
def test_no_sheet_holds_a_formula_or_a_link(
    which: str, request: pytest.FixtureRequest
) -> None:
    with zipfile.ZipFile(request.getfixturevalue(which)) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = book.read(name)
                assert b"<f>" not in text
                assert b"hyperlink" not in text


def test_same_input_same_bytes(
    of_event: Path, result: es.EventResult, tmp_path: Path
) -> None:
    again = tmp_path / "again.xlsx"
    result.to_excel(str(again))
    assert again.read_bytes() == of_event.read_bytes()
    with zipfile.ZipFile(again) as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")


def test_sheets_have_formats_and_frozen_heads(of_event: Path, of_study: Path) -> None:
    book = openpyxl.load_workbook(of_event)
    days = book["abnormal_returns"]
    assert {sheet.freeze_panes for sheet in book} == {"B2"}
    formats = {c.value: days.cell(2, c.column).number_format for c in days[1]}
    assert formats["abnormal"] == "0.00%"
    assert formats["date"] == "yyyy-mm-dd"
    assert formats["p_value"] == '[<0.001]"<0.001";0.000'
    assert book["impact"]["D2"].number_format == "#,##0"
    assert days["A1"].font.bold
    assert openpyxl.load_workbook(of_study)["events"].freeze_panes == "C2"


def test_the_summary_says_the_finding_and_shows_a_chart(of_event: Path) -> None:
    book = openpyxl.load_workbook(of_event)
    assert book.sheetnames[0] == "summary"
    said = {row[0]: row[1] for row in book["summary"].iter_rows(values_only=True)}
    assert said["Event"] == "IMGN underperformed by 41.09 % on 27 August 2010"
    assert said["Made by"] == "es.analyze('IMGN', '2010-08-27')"
    assert len(book["summary"]._charts) == 1
    with zipfile.ZipFile(of_event) as files:
        drawing = files.read("xl/drawings/drawing1.xml").decode()
        chart = files.read("xl/charts/chart1.xml").decode()
    assert 'descr="Three charts of IMGN around 27 August 2010.' in drawing
    assert "abnormal_returns!$E$2:$E$22" in chart, "the bars: abnormal"
    assert "abnormal_returns!$K$2:$K$22" in chart, "the line: car"


def test_the_summary_has_room_for_its_sentences(of_event: Path) -> None:
    sheet = openpyxl.load_workbook(of_event)["summary"]
    rows = {c.value: c.row for c in sheet["A"]}
    text = sheet.cell(rows["Verdict"], 2)
    assert len(text.value) > 300
    assert text.alignment.wrap_text
    assert sheet.row_dimensions[rows["Verdict"]].height >= 15 * len(text.value) / 60
    assert sheet.auto_filter.ref is None


def test_a_study_that_kept_no_returns_has_no_sheet_for_them(tmp_path: Path) -> None:
    events = es.list_events("IMGN")[["ticker", "date"]].head(4)
    kept_none = es.study(events, keep="summary")
    kept_none.to_excel(tmp_path / "study.xlsx")
    names = openpyxl.load_workbook(tmp_path / "study.xlsx", read_only=True).sheetnames
    assert "abnormal_returns" not in names
    assert "events" in names


def test_without_the_package_the_error_names_the_line_that_installs_it(
    result: es.EventResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"old")
    with pytest.raises(
        ArgumentError, match=r"pip install 'investor-eventstudy\[excel\]'"
    ):
        result.to_excel(old)
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_path_that_cannot_be_written_is_refused(
    result: es.EventResult, tmp_path: Path
) -> None:
    with pytest.raises(ArgumentError, match="does not exist"):
        result.to_excel(tmp_path / "missing" / "a.xlsx")


def book_of(frame: pd.DataFrame) -> Any:
    days = pd.DataFrame({"day": [0, 1], "a": [0.1, 0.2]})
    series = ("days", "a", "a")
    chart = Chart("days", 5, "t", "x", "alt", "day", series, series)
    data = workbook_bytes([Sheet("one", frame), Sheet("days", days)], chart, "title")
    return openpyxl.load_workbook(io.BytesIO(data))["one"]


def test_a_text_beyond_the_limit_of_a_cell_is_cut_and_shows_it() -> None:
    frame = pd.DataFrame({"text": ["x" * 40_000]})
    found = book_of(frame)["A2"].value
    assert len(found) == 32_767
    assert found.endswith("x…")


def test_numbers_of_all_sizes_come_back_whole() -> None:
    numbers = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -1 / 3, 1e16 + 2, 123.0]
    found = [c.value for c in book_of(pd.DataFrame({"x": numbers}))["A"][1:]]
    assert [bits(x) for x in found] == [bits(x) for x in numbers]


def test_an_empty_frame_has_its_head() -> None:
    sheet = book_of(pd.DataFrame({"a": [], "b": []}))
    assert [c.value for c in sheet[1]] == ["a", "b"]


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(ArgumentError, match="a sheet holds 1,048,575"):
        _workbook._check_size(Sheet("x", pd.DataFrame(index=range(1_048_576))))
