"""Files that the command writes: as Python would, whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

import eventstudy as es
from eventstudy import cli


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    es.list_events("IMGN")[["ticker", "date"]].head(5).to_csv(path, index=False)
    return path


def test_a_workbook_and_a_table_of_one_event(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, table = tmp_path / "new" / "r.xlsx", tmp_path / "new" / "r.tex"
    case = ["analyze", "IMGN", "2010-08-27"]
    assert cli.main([*case, "--excel", str(book), "--latex", str(table)]) == 0
    assert f"Wrote {book}\nWrote {table}\n" in capsys.readouterr().out
    result = es.analyze("IMGN", "2010-08-27")
    assert table.read_text(encoding="utf-8") == result.to_latex()
    cells = openpyxl.load_workbook(book)["abnormal_returns"]
    day0 = [row for row in cells.iter_rows(values_only=True) if row[0] == 0]
    assert day0[0][4] == result.abnormal_returns["abnormal"].loc[0]


def test_a_workbook_and_a_table_of_many(tmp_path: Path, events: Path) -> None:
    book, table = tmp_path / "s.xlsx", tmp_path / "s.tex"
    asked = ["study", str(events), "--excel", str(book), "--latex", str(table)]
    assert cli.main(asked) == 0
    assert openpyxl.load_workbook(book)["events"].max_row == 6
    assert "of 5 events" in table.read_text(encoding="utf-8")


def test_without_the_extra_one_line_says_how_to_install_it(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    book = tmp_path / "r.xlsx"
    assert cli.main(["analyze", "IMGN", "2010-08-27", "--excel", str(book)]) == 2
    error = capsys.readouterr().err
    assert "pip install 'investor-eventstudy[excel]'" in error
    assert error.count("\n") == 1
    assert not book.exists()
