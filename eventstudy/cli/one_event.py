"""``eventstudy analyze``: one event."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from eventstudy.cli._flags import add_flags, given
from eventstudy.cli._shown import say, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILES = {
    "html": "write one self-contained page",
    "json": "write all numbers",
    "figure": "write the picture: .png, .svg or .pdf",
}


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("ticker", metavar="TICKER")
    parser.add_argument("date", nargs="?", metavar="DATE", help="like 2010-08-27")
    add_flags(parser)
    for name, text in FILES.items():
        parser.add_argument(f"--{name}", dest=f"to_{name}", metavar="FILE", help=text)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """Show the card, and write the files asked for."""
    from eventstudy.api import analyze

    result = analyze(options.ticker, options.date, **given(options))
    say(result.summary())
    writers: dict[str, Callable[[str], object]] = {
        "html": result.to_html,
        "json": result.to_json,
        "figure": lambda path: cast("Figure", result.plot()).savefig(path),
    }
    for flag, act in writers.items():
        if path := getattr(options, f"to_{flag}"):
            write(f"--{flag}", path, act)
