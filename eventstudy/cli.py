"""The command ``eventstudy``: the same words as in Python, from a shell."""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, cast

from eventstudy.errors import ArgumentError, EventStudyError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

DISTRIBUTION = "investor-eventstudy"
NAMESAKE = """\
Another project, 'eventstudy' {version}, is installed as well; both bring a folder \
of that name.
Keep one of them:
  pip uninstall eventstudy {ours}
  pip install {ours}"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the shell by default.

    Returns
    -------
    int
        0, or 2 when the user's input cannot be used: one line on standard error
        says why.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser().parse_args(_joined(words))
    try:
        options.command(options)
        sys.stdout.flush()
    except EventStudyError as error:
        line = " ".join(str(error).split())
        sys.stderr.write(_printable(f"eventstudy: error: {line}", sys.stderr))
        return 2
    except BrokenPipeError:
        # The reader has seen enough (`| head`); nothing must be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


# --------------------------------------------------------------------- analyze


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
    ("returns", str, "CSV", "daily returns in decimals, a column for each ticker"),
    ("factors", str, "CSV", "daily factor returns in decimals"),
    ("shares", float, "N", "shares outstanding, for the dollars"),
    ("events", str, "CSV", "further known events, for the check of confounding news"),
    ("missing", str, "WAY", "trade_to_trade or available"),
    ("min-estimation", int, "N", "valid estimation days needed; 100"),
    ("timing", str, "WHEN", "before_open, during or after_close"),
    ("calendar", str, "KEY", "exchange calendar; XNYS by default"),
    ("confidence", float, "LEVEL", "level of every interval; 0.95"),
    ("seed", int, "N", "root of the random streams; 0"),
)
FILES = {
    "html": "write one self-contained page",
    "json": "write all numbers",
    "figure": "write the picture: .png, .svg or .pdf",
}
DATED_TABLES = ("returns", "factors")


def _analyze(options: argparse.Namespace) -> None:
    from eventstudy.api import analyze

    result = analyze(options.ticker, options.date, **_given(options))
    _say(result.summary())
    writers: dict[str, Callable[[str], object]] = {
        "html": result.to_html,
        "json": result.to_json,
        "figure": lambda path: cast("Figure", result.plot()).savefig(path),
    }
    for flag, write in writers.items():
        if path := getattr(options, f"to_{flag}"):
            _write(flag, path, write)


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """Collect the keyword arguments that the user gave, tables read."""
    names = [flag.replace("-", "_") for flag, *_ in FLAGS]
    given = {name: getattr(options, name) for name in names if hasattr(options, name)}
    for name in {*DATED_TABLES, "events"} & given.keys():
        given[name] = _table(given[name], name)
    return given


def _table(path: str, name: str) -> pd.DataFrame:
    from eventstudy.prices.files import read_prices

    frame = read_prices(path, name)
    return frame.set_index(frame.columns[0]) if name in DATED_TABLES else frame


def _write(flag: str, path: str, write: Callable[[str], object]) -> None:
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        write(path)
    except OSError as error:
        raise ArgumentError(
            f"--{flag}", path, f"not written: {error.strerror}", "Name another file."
        ) from error
    _say(f"Wrote {path}")


# ------------------------------------------------------------- events, versions


def _events(options: argparse.Namespace) -> None:
    from eventstudy.prices.bundled import list_events

    columns = ["ticker", "date", "timing", "category", "headline"]
    for row in list_events(options.ticker)[columns].fillna("").itertuples(index=False):
        when = f"{row.date:%Y-%m-%d}"
        _say(f"{row.ticker:6} {when}  {row.timing:12} {row.category:20} {row.headline}")


def _versions(_options: argparse.Namespace) -> None:
    from eventstudy import __version__

    rows = {DISTRIBUTION: __version__, "python": platform.python_version()}
    rows |= {name: _version(name) or "not installed" for name in _dependencies()}
    width = max(map(len, rows))
    _say("\n".join(f"{name:{width}}  {version}" for name, version in rows.items()))
    if namesake := _version("eventstudy"):
        _say("\n" + NAMESAKE.format(version=namesake, ours=DISTRIBUTION))


def _dependencies() -> list[str]:
    """Name what the package needs, without its extras."""
    try:
        lines = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:  # run from a folder, not installed
        return []
    core = [line for line in lines if "extra ==" not in line]
    return sorted(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in core)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


# ---------------------------------------------------------------------- plumbing


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: error: {message} (see {self.prog} --help)\n")


def _parser() -> _Parser:
    top = _Parser(prog="eventstudy", description="Event studies for investors.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_analyze(commands)
    events = commands.add_parser("events", help="list the announcements shipped")
    events.add_argument("ticker", nargs="?", metavar="TICKER")
    events.set_defaults(command=_events)
    versions = commands.add_parser(
        "versions", help="list this package, Python, and what it needs"
    )
    versions.set_defaults(command=_versions)
    return top


def _add_analyze(commands: argparse._SubParsersAction[_Parser]) -> None:
    words = "show what one announcement did to a share price"
    parser = commands.add_parser("analyze", help=words, description=words.capitalize())
    parser.add_argument("ticker", metavar="TICKER")
    parser.add_argument("date", nargs="?", metavar="DATE", help="like 2010-08-27")
    for name, read, metavar, text in FLAGS:
        kinds: dict[str, Any] = {"type": read, "metavar": metavar, "help": text}
        parser.add_argument(f"--{name}", default=argparse.SUPPRESS, **kinds)
    for name, text in FILES.items():
        parser.add_argument(f"--{name}", dest=f"to_{name}", metavar="FILE", help=text)
    parser.set_defaults(command=_analyze)


def _joined(words: list[str]) -> list[str]:
    """``--event-window -5,5`` as ``--event-window=-5,5``: a value, not a flag."""
    joined: list[str] = []
    for word in words:
        if re.match(r"-\d", word) and joined and re.fullmatch(r"--[a-z-]+", joined[-1]):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _say(text: str) -> None:
    sys.stdout.write(_printable(text, sys.stdout))


def _printable(text: str, stream: TextIO) -> str:
    """Fit the text to what the stream can show; a minus must never get lost."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("\N{MINUS SIGN}", "-")
        text = text.encode(encoding, "replace").decode(encoding)
    return f"{text}\n"
