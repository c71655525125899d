"""What the command answers to slips of the pen."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from eventstudy import cli, list_events, read_events


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    try:
        code = cli.main(words)
    except SystemExit as left:  # argparse's own way out
        code = left.code
    assert code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("slip", [["--industri", "IBB"], ["--industri=IBB"]])
def test_a_misspelt_option_is_answered_by_its_command(
    slip: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "analyze", "IMGN", "2010-08-27", *slip)
    assert said == (
        f"eventstudy analyze: error: unrecognized arguments: {' '.join(slip)}; "
        "did you mean --industry? (see eventstudy analyze --help)\n"
    )


def test_what_is_like_no_option_gets_no_guess(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refused(capsys, "versions", "--zzz")
    assert "unrecognized arguments: --zzz (see eventstudy versions --help)" in said


def test_a_missing_date_names_the_command_that_lists_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refused(capsys, "analyze", "IMGN")
    assert "there is no date beside 'IMGN'" in said
    assert "eventstudy events IMGN" in said


def test_the_cache_says_what_it_can_be_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "required: info|clear (see" in refused(capsys, "cache")


def test_events_are_written_as_the_table_that_study_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "new" / "imgn.csv"
    assert cli.main(["events", "IMGN", "--csv", str(table)]) == 0
    assert capsys.readouterr().out.endswith(f"Wrote {table}\n")
    written, shipped = read_events(table), list_events("IMGN")
    for column in ("id", "ticker", "date", "timing", "category", "headline"):
        pd.testing.assert_series_equal(
            written[column], shipped[column], check_dtype=False
        )


def test_a_ticker_in_place_of_a_table_is_told_how_to_make_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refused(capsys, "study", "IMGN")
    assert "events='IMGN': there is no such file" in said
    assert "eventstudy events IMGN --csv" in said
