"""Sentences that cite: written once, rendered for readers or for LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from eventstudy.report._escapes import latex
from eventstudy.report.bibliography import Entry, cited

OPEN, CLOSE = "\x02", "\x03"  # no text of a user's holds them: see `plain`
MARK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def plain(text: str) -> str:
    """A text of data, without the marks of a citation."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def cite(*references: str) -> str:
    """A citation of the sources that these name, with the space before it."""
    named = [reference for reference in references if cited(reference)]
    return f" {OPEN}{'; '.join(map(plain, named))}{CLOSE}" if named else ""


def entries(paragraphs: Iterable[str]) -> list[Entry]:
    """The sources of all citations, each once, in the order of the text."""
    found = {
        entry.key: entry
        for text in paragraphs
        for mark in MARK.finditer(text)
        for entry in cited(mark[1])
    }
    return list(found.values())


def written(text: str) -> str:
    """The text with authors and years in round brackets."""
    return MARK.sub(lambda mark: f"({_authors(mark[1])})", text)


def in_latex(text: str) -> str:
    r"""The text for LaTeX, everything else escaped, with ``\citep``."""
    parts = MARK.split(text)
    write: tuple[Callable[[str], str], ...] = (latex, _citep)
    return "".join(write[i % 2](part) for i, part in enumerate(parts))


def _authors(reference: str) -> str:
    return "; ".join(f"{entry.authors}, {entry.year}" for entry in cited(reference))


def _citep(reference: str) -> str:
    return rf"\citep{{{','.join(entry.key for entry in cited(reference))}}}"
