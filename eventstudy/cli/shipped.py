"""``eventstudy events``: the announcements shipped with the package."""

from __future__ import annotations

import argparse

from eventstudy.cli._shown import say


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("ticker", nargs="?", metavar="TICKER")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """List them, one a line."""
    from eventstudy.prices.bundled import list_events

    columns = ["ticker", "date", "timing", "category", "headline"]
    for row in list_events(options.ticker)[columns].fillna("").itertuples(index=False):
        when = f"{row.date:%Y-%m-%d}"
        say(f"{row.ticker:6} {when}  {row.timing:12} {row.category:20} {row.headline}")
