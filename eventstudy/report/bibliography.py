"""The sources of models and tests: from a citation in words to a full entry.

A registry cites as people do, ``Corrado (1989), J. Financial Economics 23, 385-395``.
The key of an entry follows from authors and year, so that the entry is found in
``references.bib``; what is not there is made from the citation's own words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("references.bib")
NAME = r"[^\W\d_a-z][\w'\u2019-]+"
CITED = re.compile(rf"({NAME}(?:, {NAME})*(?: & {NAME})?) \((\d{{4}})\)")
PLACE = re.compile(r"(?P<journal>[^,;]+?) (?P<volume>\d+), (?P<pages>\d+-\d+)")
ENTRY = re.compile(r"@(\w+)\{(\w+),\n(.*?)\n\}", re.DOTALL)
FIELD = re.compile(r"^  (\w+) = \{(.*)\},$", re.MULTILINE)
ACCENTS = {"\u0308": '"', "\u0301": "'", "\u0300": "`", "\u0302": "^", "\u0303": "~"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One source.

    Parameters
    ----------
    key : str
        Surnames and year, ``brown_warner_1980``.
    kind : str
        Of BibTeX: ``article``, ``book``, ``techreport``, ``misc``.
    fields : mapping
        Of BibTeX, in plain letters.
    """

    key: str
    kind: str
    fields: Mapping[str, str]

    @property
    def authors(self) -> str:
        """Surnames as in a sentence: ``Brown & Warner``."""
        names = [n.split(",")[0] for n in self.fields["author"].split(" and ")]
        return " & ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

    @property
    def year(self) -> str:
        """Of publication."""
        return self.fields["year"]

    def text(self) -> str:
        """The entry as a line of a list of references."""
        have = self.fields.get
        title = have("title", have("note", "")).translate({ord(c): None for c in "{}"})
        where = have("journal") or have("publisher") or have("institution") or ""
        volume = f"{where} {have('volume', '')}".strip()
        paper = (
            f"{have('type', '')} {have('number', '')}" if "type" in self.fields else ""
        )
        pages = have("pages", "").replace("--", "-")
        said = [f"{self.authors} ({self.year})", title, volume, paper.strip(), pages]
        return ", ".join(filter(None, said)).rstrip(".") + "."

    def bibtex(self) -> str:
        """The entry for BibTeX and biblatex, in ASCII."""
        lines = [f"  {name} = {{{_ascii(value)}}},"
                 for name, value in self.fields.items()]  # fmt: skip
        return "\n".join([f"@{self.kind}{{{self.key},", *lines, "}"]) + "\n"


def cited(reference: str) -> list[Entry]:
    """The sources that a citation in words names.

    Parameters
    ----------
    reference : str
        ``Authors (year), journal volume, pages``, also several of them.

    Returns
    -------
    list of Entry
        Each once, in the order of the text; empty for a text without author and year.
    """
    found = {}
    for match in CITED.finditer(reference):
        key = key_of(match[1], match[2])
        found[key] = known().get(key) or _from_words(key, match, reference)
    return list(found.values())


def key_of(authors: str, year: str) -> str:
    """The key of an entry: ``Brown & Warner``, ``1980`` -> ``brown_warner_1980``."""
    names = re.split(r", | & ", authors)
    return "_".join([*map(_letters, names), year])


def bibtex(entries: Iterable[Entry]) -> str:
    """A file for BibTeX: each entry once, sorted by key."""
    by_key = {entry.key: entry for entry in entries}
    return "\n".join(by_key[key].bibtex() for key in sorted(by_key))


@cache
def known() -> Mapping[str, Entry]:
    """The entries of the file that comes with the package, by key."""
    text = FILE.read_text(encoding="utf-8")
    return MappingProxyType(
        {
            key: Entry(key, kind, MappingProxyType(dict(FIELD.findall(body + "\n"))))
            for kind, key, body in ENTRY.findall(text)
        }
    )


def _from_words(key: str, match: re.Match[str], reference: str) -> Entry:
    """An entry for a source that the file lacks: what the citation says, no more."""
    names = " and ".join(re.split(r", | & ", match[1]))
    rest = CITED.split(reference[match.end() :])[0].strip(" ,;:.")
    fields = {"author": names, "year": match[2]}
    place = PLACE.match(rest)
    if place is None:
        return Entry(key, "misc", MappingProxyType(fields | {"note": rest}))
    pages = place["pages"].replace("-", "--")
    where = {"journal": place["journal"], "volume": place["volume"], "pages": pages}
    return Entry(key, "article", MappingProxyType(fields | where))


def _letters(name: str) -> str:
    """Lower-case ASCII letters of a name: ``Pynnönen`` -> ``pynnonen``."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(c for c in parts if c.isascii() and c.isalpha()).lower()


def _ascii(text: str) -> str:
    r"""Letters with accents as BibTeX writes them: ``{\"o}``."""
    return re.sub(r"([&%#_$])", r"\\\1", "".join(map(_accented, text)))


def _accented(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) == 2 and parts[1] in ACCENTS:
        return f"{{\\{ACCENTS[parts[1]]}{parts[0]}}}"
    return letter
