"""``eventstudy study``: many events from a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from eventstudy.cli._files import add_file_flags, write_files
from eventstudy.cli._flags import OF_ONE_EVENT, add_flags, given
from eventstudy.cli._shown import say, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("table", metavar="EVENTS.csv", help="columns ticker and date")
    add_flags(parser, leave_out=OF_ONE_EVENT)
    words = "folder for page, picture, numbers and tables"
    parser.add_argument("--out", metavar="DIR", help=words)
    add_file_flags(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """Show the card, and write the files and the folder asked for."""
    from eventstudy.api import study

    result = study(options.table, **given(options))
    say(result.summary())
    write_files(options, result)
    if not options.out:
        return
    headline = result.design.windows[0]
    writers: dict[str, Callable[[str], object]] = {
        "study.html": result.to_html,
        "study.json": result.to_json,
        "study.png": lambda path: cast("Figure", result.plot()).savefig(path),
        "events.csv": result.events.to_csv,
        "abnormal_returns.csv": result.abnormal_returns.to_csv,
        "tests.csv": result.tests(headline).to_csv,
        "excluded.csv": result.excluded.to_csv,
    }
    for name, act in writers.items():
        write("--out", str(Path(options.out) / name), act)
