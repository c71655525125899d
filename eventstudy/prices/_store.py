"""The files shipped with the package: found, verified by their hash, parsed once."""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from eventstudy.errors import BadDataError, NoDataError

PACKAGE = Path(__file__).resolve().parents[1]
OUR_NAME = re.compile(r"""^name\s*=\s*["']investor-eventstudy["']""", re.MULTILINE)
REINSTALL = (
    "Install the package again: pip install --force-reinstall investor-eventstudy."
)


@dataclass(frozen=True, slots=True)
class Record:
    """What ``index.json`` says of a file."""

    kind: str
    ticker: str
    file: str
    sha256: str
    unit: str | None
    currency: str | None
    source: str
    recorded: str
    notes: tuple[str, ...]


def find_record(kind: str, ticker: str) -> Record | None:
    """The file of a kind and ticker ("" for none) that is shipped, or None."""
    return records().get((kind, ticker))


def tickers(kind: str) -> list[str]:
    """The tickers of which a kind of file is shipped, sorted."""
    return sorted(ticker for of, ticker in records() if of == kind and ticker)


def read_columns(record: Record) -> dict[str, list[str]]:
    """The columns of a shipped file, as text."""
    rows = csv.reader(io.StringIO(_verified(record), newline=""))
    header = next(rows)
    return dict(zip(header, map(list, zip(*rows, strict=True)), strict=True))


def dates(texts: list[str]) -> pd.DatetimeIndex:
    """ISO days as an index named "date", in nanoseconds."""
    return pd.DatetimeIndex(np.array(texts, dtype="datetime64[ns]"), name="date")


def floats(texts: list[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Numbers as printed, correctly rounded; a blank is NaN."""
    return np.array([float(text) if text else np.nan for text in texts])


@functools.cache
def records() -> dict[tuple[str, str], Record]:
    """All shipped files by kind and ticker."""
    content = json.loads(_read("index.json").decode("utf-8"))
    found = [
        Record(**{**entry, "notes": tuple(entry["notes"])})
        for entry in content["files"]
    ]
    return {(record.kind, record.ticker): record for record in found}


@functools.cache
def folder() -> Path:
    """Where the files are: in the package, or beside it in a checkout of this project.

    Raises
    ------
    NoDataError
        When they are in neither place.
    """
    inside = PACKAGE / "_data"
    if inside.is_dir():
        return inside
    project = PACKAGE.parent / "pyproject.toml"
    beside = PACKAGE.parent / "data"
    if project.is_file() and OUR_NAME.search(project.read_text(encoding="utf-8")):
        return beside
    raise NoDataError(
        "data", "bundled files", "installation incomplete: there are none", REINSTALL
    )


def _read(name: str) -> bytes:
    path = folder() / name
    try:
        return path.read_bytes()
    except OSError:
        bound = "installation incomplete: this file cannot be read"
        raise NoDataError("data", name, bound, REINSTALL) from None


def _verified(record: Record) -> str:
    content = _read(record.file)
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise BadDataError(
            "data", record.file, "this file is not the one that was shipped", REINSTALL
        )
    return content.decode("utf-8")
