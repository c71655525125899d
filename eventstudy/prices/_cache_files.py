"""Kept frames on disk: written whole or not at all, read only if unharmed.

A symbol has a sidecar ``NAME-digest.json`` and the table that it names,
``NAME-digest.content.csv``.  A table's name holds the hash of its content, so two
processes that write at once never overwrite each other's: the sidecar that is put in
place last decides, and whichever it is, its table is there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._whole_files import put_whole
from eventstudy.prices.files import EXACT

SCHEMA = 1
ORPHAN_SECONDS = 3600.0
TRIES = 5
OURS = re.compile(
    r"\.?[A-Za-z0-9_]+-[0-9a-f]{16}\.([0-9a-f]{16}\.csv|json)([.\w]*tmp)?"
)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What is kept of a symbol.

    Parameters
    ----------
    facts : dict
        The sidecar: plain values.
    frame : DataFrame or None
        Index "date", float columns; None = the source did not hold the symbol.
    """

    facts: dict[str, Any]
    frame: pd.DataFrame | None

    @property
    def retrieved_at(self) -> dt.datetime:
        """When it was asked for; with zone."""
        return dt.datetime.fromisoformat(self.facts["retrieved_at"])


def file_stem(symbol: str) -> str:
    """The name of a symbol's files: readable, and its own on any file system.

    Examples
    --------
    >>> file_stem("../../x")
    'x-9cdf6a50100a862e'
    """
    readable = re.sub(r"[^A-Za-z0-9]+", "_", symbol).strip("_")[:24]
    digest = hashlib.sha256(symbol.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable or 'symbol'}-{digest[:16]}"


def keep(folder: Path, symbol: str, content: bytes, facts: Mapping[str, Any]) -> None:
    """Write a table and what is known of it, its hash among that.

    Raises
    ------
    OSError
        When the folder cannot be written; what was kept before still is.
    """
    table = f"{file_stem(symbol)}.{facts['sha256'][:16]}.csv"
    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / table, content)
    _put_sidecar(folder, symbol, {**facts, "file": table})
    _sweep(folder, file_stem(symbol), table)


def described(frame: pd.DataFrame, content: bytes) -> dict[str, Any]:
    """What a table itself tells: hash, first and last day, rows."""
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "first": str(frame.index[0].date()),
        "last": str(frame.index[-1].date()),
        "rows": len(frame),
    }


def bury(folder: Path, symbol: str, facts: Mapping[str, Any]) -> None:
    """Write down that the source does not hold a symbol.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _put_sidecar(folder, symbol, {**facts, "file": None})


def recall(folder: Path, symbol: str) -> Kept | None:
    """What is kept of a symbol; None if nothing is, or if it is damaged."""
    for _ in range(TRIES):
        facts = read_facts(folder / f"{file_stem(symbol)}.json")
        if facts is None or facts["symbol"] != symbol:
            return None
        if facts["file"] is None:
            return Kept(facts, None)
        try:
            content = (folder / facts["file"]).read_bytes()
        except FileNotFoundError:
            continue  # Another process has just put a newer table in its place.
        except OSError:
            return None
        if hashlib.sha256(content).hexdigest() != facts["sha256"]:
            return None
        return Kept(facts, parse_table(content))
    return None


def read_facts(path: Path) -> dict[str, Any] | None:
    """A sidecar that can be believed, or None."""
    try:
        facts = json.loads(path.read_bytes())
        stamp = dt.datetime.fromisoformat(facts["retrieved_at"])
        table, symbol = facts["file"], facts["symbol"]
        sealed = facts.pop("seal") == seal(facts) and facts["schema"] == SCHEMA
        known = sealed and path.stem == file_stem(symbol)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if not known or stamp.tzinfo is None:
        return None
    if table is not None and not _is_own_table(path, table):
        return None
    return dict(facts)


def seal(facts: Mapping[str, Any]) -> str:
    """SHA-256 of plain facts, by which a harmed sidecar is known."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def table_text(frame: pd.DataFrame) -> bytes:
    """A frame as CSV, in the shortest digits that give every number back."""
    days = pd.DatetimeIndex(frame.index).strftime("%Y-%m-%d")
    text = frame.set_axis(days.rename("date")).to_csv(lineterminator="\n")
    return text.encode()


def parse_table(content: bytes) -> pd.DataFrame:
    """The frame of such a CSV: float columns, naive midnights in nanoseconds."""
    table: pd.DataFrame
    table = pd.read_csv(io.BytesIO(content), dtype={"date": str}, **EXACT)
    days = table.pop("date").to_numpy(dtype="datetime64[ns]")
    return table.astype(np.float64).set_axis(pd.DatetimeIndex(days, name="date"))


def our_files(root: Path) -> Iterator[Path]:
    """The files below a cache folder that this package wrote, and no other."""
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if folder.is_dir() and not folder.is_symlink():
            for path in sorted(folder.iterdir()):
                if OURS.fullmatch(path.name) and path.is_file():
                    yield path


def _put_sidecar(folder: Path, symbol: str, facts: Mapping[str, Any]) -> None:
    whole = {**facts, "schema": SCHEMA, "symbol": symbol}
    text = json.dumps(whole | {"seal": seal(whole)}, indent=1, sort_keys=True)
    _put(folder / f"{file_stem(symbol)}.json", text.encode())


def _put(path: Path, content: bytes) -> None:
    """Write beside the place, then move there in one step."""
    beside = path.with_name(f".{path.name}.{os.getpid()}_{secrets.token_hex(4)}.tmp")
    put_whole(path, content, beside)


def _is_own_table(path: Path, table: object) -> bool:
    """Whether a sidecar names a table of its own symbol: never a path elsewhere."""
    own = re.escape(path.stem) + r"\.[0-9a-f]{16}\.csv"
    return isinstance(table, str) and re.fullmatch(own, table) is not None


def _sweep(folder: Path, stem: str, table: str) -> None:
    """Remove a symbol's older tables, and what killed processes left behind.

    The young ones stay: another process may be about to name them in its sidecar.
    """
    for pattern in (f"{stem}.*.csv", f".{stem}.*.tmp"):
        for path in folder.glob(pattern):
            try:
                old = time.time() - path.stat().st_mtime > ORPHAN_SECONDS
                if old and path.name != table:
                    path.unlink()
            except OSError:
                continue  # Swept by another process, or in use.
