"""Flags that stand for keyword arguments, and how their values are read."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from eventstudy.prices.firm_blocks import FirmBlocks


def _pair(text: str) -> tuple[int, int]:
    try:
        first, last = map(int, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a pair of trading days like -10,10"
        ) from None
    return first, last


def _pairs(text: str) -> list[tuple[int, int]]:
    return [_pair(part) for part in text.split(";")]


def _days_or_pair(text: str) -> int | tuple[int, int]:
    return int(text) if text.isdigit() else _pair(text)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def _return_or_word(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


Flag = tuple[str, Callable[[str], object], str, str]

FLAGS: tuple[Flag, ...] = (
    ("market", str, "TICKER", "market index; ^GSPC by default"),
    ("industry", str, "TICKER", "second regressor, for example IBB"),
    ("industry-weight", float, "W", "the firm's weight in that index, taken out of it"),
    ("model", str, "KEY", "expected-return model; market_model by default"),
    ("event-window", _pair, "A,B", "trading days shown; -10,10 by default"),
    ("estimation-window", _days_or_pair, "N|A,B", "number of days, or both ends; 250"),
    ("windows", _pairs, "A,B;A,B", "windows reported, the headline first"),
    ("tests", _words, "KEY,KEY", "significance tests; all that apply by default"),
    ("return-kind", str, "KIND", "simple (default) or log"),
    ("prices", str, "CSV", "prices instead of the shipped ones"),
    (
        "returns",
        str,
        "CSV|DIR",
        "daily returns in decimals: a table, or Parquet blocks",
    ),
    ("factors", str, "CSV", "daily factor returns in decimals, or fama_french"),
    ("shares", float, "N", "shares outstanding, for the dollars"),
    ("events", str, "CSV", "further known events, for the check of confounding news"),
    ("missing", str, "WAY", "trade_to_trade, available, lumped or uniform"),
    ("boundary", str, "WAY", "returns across a window's start: exclude or include"),
    ("delisting-returns", _return_or_word, "R|CSV", "what came after the last price"),
    ("proceeds", str, "WHAT", "held after it: benchmark (default), cash or drop"),
    ("min-estimation", int, "N", "valid estimation days needed; 100"),
    ("timing", str, "WHEN", "before_open, during or after_close"),
    ("calendar", str, "KEY", "exchange calendar; XNYS by default"),
    ("confidence", float, "LEVEL", "level of every interval; 0.95"),
    ("seed", int, "N", "root of the random streams; 0"),
    ("overlaps", str, "WAY", "events of one firm: keep (default), drop_later or mask"),
    (
        "keep",
        str,
        "WHAT",
        "ar (default), or summary: no abnormal returns of each event",
    ),
    ("error-if", str, "WHEN", "stop when all (default) or any events are left out"),
    ("cache", str, "DIR", "where fetched data are kept; EVENTSTUDY_CACHE"),
)
SWITCHES = (
    ("offline", "stop before the network; EVENTSTUDY_OFFLINE=1 does so too"),
    ("refresh", "fetch anew what the cache holds"),
)
OF_ONE_EVENT = ("events", "timing")
OF_MANY_EVENTS = ("overlaps", "keep", "error-if")
DATED_TABLES = ("returns", "factors")


def given(options: argparse.Namespace) -> dict[str, Any]:
    """Collect the keyword arguments that the user gave, tables read."""
    flags = [flag for flag, *_ in FLAGS] + [switch for switch, _ in SWITCHES]
    names = [flag.replace("-", "_") for flag in flags]
    found = {name: getattr(options, name) for name in names if hasattr(options, name)}
    for name in {*DATED_TABLES, "events"} & found.keys():
        if (name, found[name]) != ("factors", "fama_french"):
            found[name] = _table(found[name], name)
    return found


def _table(path: str, name: str) -> pd.DataFrame | FirmBlocks:
    if name == "returns" and Path(path).is_dir():
        from eventstudy.prices.firm_blocks import FirmBlocks

        return FirmBlocks(path)
    from eventstudy.prices.files import read_table

    frame = read_table(path, name)
    return frame.set_index(frame.columns[0]) if name in DATED_TABLES else frame


def add_flags(parser: argparse.ArgumentParser, leave_out: tuple[str, ...] = ()) -> None:
    """Add the flags of the keyword arguments; only those given are passed on."""
    for name, read, metavar, text in FLAGS:
        if name not in leave_out:
            kinds: dict[str, Any] = {"type": read, "metavar": metavar, "help": text}
            parser.add_argument(f"--{name}", default=argparse.SUPPRESS, **kinds)
    for name, text in SWITCHES:
        switch: dict[str, Any] = {"action": "store_true", "help": text}
        parser.add_argument(f"--{name}", default=argparse.SUPPRESS, **switch)
