"""``eventstudy read``: what a press release says of an event."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from eventstudy.cli._shown import say

if TYPE_CHECKING:
    from eventstudy.news.event import Event

SHOWN = (
    "ticker", "exchange", "date", "announced_at", "timing", "headline", "category",
    "source", "confidence",
)  # fmt: skip


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE", help="text or HTML")
    words = "the stock to be studied, where the release names several or none"
    parser.add_argument("--ticker", metavar="TICKER", help=words)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """Show the event, the words behind each field, and the line to go on with."""
    from eventstudy.news.press_release import read_press_release

    event = read_press_release(Path(options.file), ticker=options.ticker)
    ticker = "" if options.ticker is None else f", ticker={options.ticker!r}"
    read = f"es.read_press_release({options.file!r}{ticker})"
    lines = [*_fields(event), "", "import eventstudy as es", f"es.analyze({read})"]
    say("\n".join(lines))


def _fields(event: Event) -> list[str]:
    lines = []
    unasked = "timing" if event.announced_at is not None else "announced_at"
    for name in SHOWN:
        if name == unasked:
            continue
        value, quote = _value(event, name), event.evidence.get(name, "")
        words = f'  "{quote}"' if quote not in ("", value) else ""
        lines.append(f"{name:12}  {value or 'unknown'}{words}")
    return lines


def _value(event: Event, name: str) -> str:
    if name == "date":
        return f"{event.date:%Y-%m-%d}"
    if name == "announced_at" and event.announced_at is not None:
        at = event.announced_at
        return f"{at:%Y-%m-%d %H:%M} {at.tzname() or '(no zone)'}"
    value = getattr(event, name)
    inferred = " (inferred)" if name == "timing" and event.timing_inferred else ""
    return f"{value or ''}{inferred}"
