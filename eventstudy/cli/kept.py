"""``eventstudy cache``: what was fetched and is kept."""

from __future__ import annotations

import argparse

from eventstudy.cli._shown import say

LINE = "{symbol:12} {days:24} as of {retrieved_at:.10}  {source}  {file}"


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "act",
        choices=("info", "clear"),
        metavar="info|clear",
        help="list what is kept, or remove it",
    )
    words = "the folder; EVENTSTUDY_CACHE, else the system's own place"
    parser.add_argument("--cache", metavar="DIR", help=words)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """List it, one symbol a line, or remove the files of this package."""
    from eventstudy.prices.cache import cache_folder, cache_info, clear_cache

    folder = cache_folder(options.cache)
    if options.act == "clear":
        say(f"{clear_cache(folder)} removed from {folder}")
        return
    held = cache_info(folder)
    for row in held.to_dict("records"):
        row["days"] = f"{row['first']} to {row['last']}" if row["rows"] else "not there"
        say(LINE.format_map({str(name): value for name, value in row.items()}))
    size = held["bytes"].sum() / 1e6
    say(f"{len(held)} kept in {folder}, {size:.1f} MB")
