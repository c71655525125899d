"""``eventstudy events``: the announcements shipped with the package."""

from __future__ import annotations

import argparse
import functools

from eventstudy.cli._shown import say, write


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("ticker", nargs="?", metavar="TICKER")
    words = "write them as a table that eventstudy study reads"
    parser.add_argument("--csv", metavar="FILE", help=words)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """List them, one a line, and write the table asked for."""
    from eventstudy.prices.bundled import list_events
    from eventstudy.report.files import write_bytes

    events = list_events(options.ticker)
    columns = ["ticker", "date", "timing", "category", "headline"]
    for row in events[columns].fillna("").itertuples(index=False):
        when = f"{row.date:%Y-%m-%d}"
        say(f"{row.ticker:6} {when}  {row.timing:12} {row.category:20} {row.headline}")
    if options.csv:
        table = events.to_csv(index=False, lineterminator="\n").encode()
        write("--csv", options.csv, functools.partial(write_bytes, data=table))
