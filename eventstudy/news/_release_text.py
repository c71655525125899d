"""The text of a press release: a file, a page, or the words themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from eventstudy.errors import PressReleaseError
from eventstudy.news._release_html import heading_of_page, is_html, words_of_page

SHORTEST = 200  # a line with fewer characters is a mistyped path, not a release
LONGEST = 20_000_000
PAGES = (".html", ".htm", ".xhtml")
BY_HAND = "Save the release as text or HTML, or pass its words as a string."
SPACES = re.compile(r"[^\S\n]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08]")


@dataclass(frozen=True, slots=True)
class ReleaseText:
    """A release in two forms.

    Parameters
    ----------
    lines : tuple of str
        Stripped, in order; blank ones separate paragraphs.
    flat : str
        All in one line, single spaces: what is quoted is quoted from here.
    heading : str
        The first heading of a page; empty for plain text.
    name : str
        Of the file; empty for a string.
    """

    lines: tuple[str, ...]
    flat: str
    heading: str = ""
    name: str = ""

    def starts(self) -> list[int]:
        """Where each line begins in the flat text, blank ones included."""
        offsets, at = [], 0
        for line in self.lines:
            offsets.append(at)
            at += len(line) + 1 if line else 0
        return offsets


def release_text(source: str | PathLike[str]) -> ReleaseText:
    """Read a release from a path, or from a string that is the release or names a file.

    Raises
    ------
    PressReleaseError
        When there is no such file, or it is no text.
    """
    if isinstance(source, str) and not _names_a_file(source):
        _require_length(source)
        return _laid_out(source, "", is_html(source))
    if not isinstance(source, str | PathLike):
        kind = type(source).__name__
        raise PressReleaseError("source", kind, "neither text nor a path", BY_HAND)
    path = Path(source)
    text = _decoded(_bytes(path), path.name)
    page = path.suffix.lower() in PAGES or is_html(text)
    return _laid_out(text, path.name, page)


def _names_a_file(source: str) -> bool:
    if "\n" in source or "\r" in source or not source.strip():
        return False
    try:
        return Path(source).is_file()
    except (OSError, ValueError):  # too long for a path, or with a null byte
        return False


def _require_length(source: str) -> None:
    words = source.strip()
    if not words:
        raise PressReleaseError("source", source, "this is empty", BY_HAND)
    if len(words) < SHORTEST and len(words.splitlines()) == 1:
        bound = "no such file, and too short to be a release"
        raise PressReleaseError("source", source, bound, f"Check the path. {BY_HAND}")
    _require_size(len(source), f"{source[:40]}...")


def _require_size(length: int, name: str) -> None:
    if length > LONGEST:
        bound = f"{length} characters are more than a release has"
        raise PressReleaseError("source", name, bound, BY_HAND)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise PressReleaseError("source", str(path), "this is a folder", BY_HAND)
        if not path.is_file():
            way_out = "Check the path."
            raise PressReleaseError("source", str(path), "no such file", way_out)
        _require_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, PressReleaseError):
            raise
        bound = f"this file cannot be read ({getattr(error, 'strerror', error)})"
        raise PressReleaseError("source", str(path), bound, BY_HAND) from None


def _decoded(content: bytes, name: str) -> str:
    """UTF-8 or UTF-16 by its mark, else the code page of Windows."""
    encoding = "utf-8-sig"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\0" in content or content.startswith(b"%PDF"):
        raise PressReleaseError("source", name, "this file is no text", BY_HAND)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _laid_out(text: str, name: str, page: bool) -> ReleaseText:
    heading = heading_of_page(text) if page else ""
    words = INVISIBLE.sub("", words_of_page(text) if page else text)
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(SPACES.sub(" ", line).strip() for line in words.split("\n"))
    return ReleaseText(lines, " ".join(filter(None, lines)), heading, name)
