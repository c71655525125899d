"""``eventstudy study``: many events from a file."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path
from typing import TYPE_CHECKING, cast

from eventstudy.cli._files import add_file_flags, write_files
from eventstudy.cli._flags import OF_ONE_EVENT, add_flags, given
from eventstudy.cli._shown import say, write
from eventstudy.errors import ArgumentError
from eventstudy.report.files import write_bytes

if TYPE_CHECKING:
    import pandas as pd

    from eventstudy.report.plots._figure import EventFigure
    from eventstudy.results.study_result import StudyResult

COLUMNS = "columns ticker and date; eventstudy events TICKER --csv FILE writes one"


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("table", metavar="EVENTS.csv", help=COLUMNS)
    add_flags(parser, leave_out=OF_ONE_EVENT)
    words = "folder for page, picture, numbers and tables"
    parser.add_argument("--out", metavar="DIR", help=words)
    add_file_flags(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """Show the card, and write the files and the folder asked for."""
    from eventstudy.api import study

    _find_the_table(options.table)
    _spare_the_table(options)
    result = study(options.table, **given(options))
    say(result.summary())
    write_files(options, result)
    if not options.out:
        return
    # All are made before the first is written.
    for name, data in _contents(result, getattr(options, "keep", "ar")).items():
        path = str(Path(options.out) / name)
        write("--out", path, functools.partial(write_bytes, data=data))


def _find_the_table(path: str) -> None:
    if not Path(path).exists():
        shipped = "the shipped events become one by: eventstudy events IMGN --csv FILE"
        way_out = f"Pass the path of a table; {shipped}."
        raise ArgumentError("events", path, "there is no such file", way_out)


def _spare_the_table(options: argparse.Namespace) -> None:
    """Refuse a folder in which a file would take the place of the events read."""
    table = Path(options.table)
    if options.out and (Path(options.out) / "events.csv").resolve() == table.resolve():
        words = "its events.csv is the table of events that is read"
        raise ArgumentError("--out", options.out, words, "Name another folder.")


def _contents(result: StudyResult, keep: str) -> dict[str, bytes]:
    """What the files of a folder hold, by name."""
    frames = {
        "events": result.events,
        "tests": result.tests(result.design.windows[0]),
        "excluded": result.excluded,
    }
    if keep == "ar":
        frames["abnormal_returns"] = result.abnormal_returns
    tables = {f"{name}.csv": _csv(frame) for name, frame in frames.items()}
    return {
        "study.html": result.to_html().encode(),
        "study.json": result.to_json().encode(),
        "study.png": cast("EventFigure", result.plot()).to_bytes(),
        **tables,
    }


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(lineterminator="\n").encode()
