"""Files appear whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from eventstudy._whole_files import put_whole
from eventstudy.errors import ArgumentError


def write_text(path: str | Path, text: str) -> Path:
    """Write a text as UTF-8, lines ended by a single line feed.

    Parameters
    ----------
    path : str or Path
        An existing file is replaced, whole.
    text : str

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ArgumentError
        When the folder does not exist, or nothing may be written there.
    """
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | Path, data: bytes) -> Path:
    """Write bytes; parameters, result and errors as of :func:`write_text`."""
    target = Path(path).expanduser()
    _check(target)
    try:
        _replace(target.resolve(), data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ArgumentError(
            "path", str(path), f"cannot be written: {reason}", "Choose another path."
        ) from error
    return target


def _check(target: Path) -> None:
    if target.is_dir() or not target.name:
        raise ArgumentError(
            "path", str(target), "this is a folder", "Add the name of the file."
        )
    if not target.parent.is_dir():
        raise ArgumentError(
            "path",
            str(target),
            f"the folder {str(target.parent)!r} does not exist",
            "Make it first, or choose another path.",
        )


def _replace(target: Path, data: bytes) -> None:
    """Write beside the target, then put the file in its place in one step."""
    if target.exists() and not target.is_file():  # a pipe or device has no place
        target.write_bytes(data)
        return
    half_made = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.part")
    put_whole(target, data, half_made)
