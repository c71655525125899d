"""``eventstudy analyze``: one event."""

from __future__ import annotations

import argparse

from eventstudy.cli._files import add_file_flags, write_files
from eventstudy.cli._flags import OF_MANY_EVENTS, add_flags, given
from eventstudy.cli._shown import say
from eventstudy.errors import EventDateError


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("ticker", metavar="TICKER")
    parser.add_argument("date", nargs="?", metavar="DATE", help="like 2010-08-27")
    add_flags(parser, leave_out=OF_MANY_EVENTS)
    add_file_flags(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """Show the card, and write the files asked for."""
    if options.date is None:
        shipped = f"those shipped are listed by: eventstudy events {options.ticker}"
        way_out = f"Write one after it, such as 2010-08-27; {shipped}"
        bound = f"there is no date beside {options.ticker!r}"
        raise EventDateError("date", None, bound, way_out)
    from eventstudy.api import analyze

    result = analyze(options.ticker, options.date, **given(options))
    say(result.summary())
    write_files(options, result)
