"""What a command says, and the files it writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from eventstudy.errors import ArgumentError


def write(flag: str, path: str, write: Callable[[str], object]) -> None:
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        write(path)
    except OSError as error:
        raise ArgumentError(
            flag, path, f"not written: {error.strerror}", "Name another file."
        ) from error
    say(f"Wrote {path}")


def say(text: str) -> None:
    """Say it now; where the reader has left (`| head`), go on to write the files."""
    try:
        sys.stdout.write(printable(text, sys.stdout))
        sys.stdout.flush()
    except BrokenPipeError:
        say_no_more()


def say_no_more() -> None:
    """Let what is still to be said go nowhere, also what is flushed at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def printable(text: str, stream: TextIO) -> str:
    """Fit the text to what the stream can show; a minus must never get lost."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("\N{MINUS SIGN}", "-")
        text = text.encode(encoding, "replace").decode(encoding)
    return f"{text}\n"
