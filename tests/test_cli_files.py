"""Files that the command writes: as Python would, whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
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


FOLDER = (
    "abnormal_returns.csv", "events.csv", "excluded.csv", "study.html", "study.json",
    "study.png", "tests.csv",
)  # fmt: skip


def test_without_abnormal_returns_the_folder_has_no_table_of_them(
    tmp_path: Path, events: Path
) -> None:
    asked = ["study", str(events), "--keep", "summary", "--out", str(tmp_path / "o")]
    assert cli.main(asked) == 0
    names = sorted(path.name for path in (tmp_path / "o").iterdir())
    assert names == [name for name in FOLDER if name != "abnormal_returns.csv"]


def test_a_folder_gets_nothing_when_a_part_cannot_be_made(
    tmp_path: Path, events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise es.NoDataError("plot", "overview", "no room", "Make room.")

    monkeypatch.setattr(es.StudyResult, "_draw", fails)
    out = tmp_path / "o"
    assert cli.main(["study", str(events), "--out", str(out)]) == 2
    assert not out.exists()


@pytest.mark.parametrize("name", ["events.csv"])
def test_a_table_that_cannot_be_finished_leaves_the_old_one(
    tmp_path: Path,
    events: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    out = tmp_path / "o"
    out.mkdir()
    (out / name).write_text("old")
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    assert cli.main(["study", str(events), "--out", str(out)]) == 2
    assert "no space left" in capsys.readouterr().err
    assert (out / name).read_text() == "old"
    assert not list(out.glob(".*"))


def test_the_table_of_events_is_not_written_over(
    events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = events.read_text()
    assert cli.main(["study", str(events), "--out", str(events.parent)]) == 2
    assert "is the table of events that is read" in capsys.readouterr().err
    assert events.read_text() == before


def test_any_event_that_is_left_out_can_be_an_error(
    events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events.write_text(events.read_text() + "IMGN,1950-01-03\n")
    assert cli.main(["study", str(events), "--error-if", "all"]) == 0
    capsys.readouterr()
    assert cli.main(["study", str(events), "--error-if", "any"]) == 2
    error = capsys.readouterr().err
    assert "1 cannot be used" in error
    assert error.count("\n") == 1
    assert cli.main(["study", str(events), "--error-if", "some"]) == 2
    assert "not one of 'all', 'any'" in capsys.readouterr().err


def test_returns_in_blocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    days = pd.bdate_range("2012-01-02", periods=400, name="date")
    noise = np.random.default_rng(0).normal(0, 0.01, (400, 3))
    es.FirmBlocks.write(pd.DataFrame(noise, days, ["A", "B", "M"]), tmp_path / "b")
    table = tmp_path / "events.csv"
    table.write_text(f"ticker,date\nA,{days[300].date()}\nB,{days[310].date()}\n")
    asked = ["study", str(table), "--market", "M", "--returns", str(tmp_path / "b")]
    assert cli.main(asked) == 0
    assert "2 events" in capsys.readouterr().out.replace("\n", " ")
