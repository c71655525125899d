"""What HTML pages and Markdown files link to, and whether it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Attributes by which a browser loads something; <a href> only leads elsewhere.
LOADING = {
    ("img", "src"), ("img", "srcset"), ("script", "src"), ("link", "href"),
    ("iframe", "src"), ("source", "src"), ("source", "srcset"), ("object", "data"),
    ("video", "src"), ("audio", "src"), ("embed", "src"), ("use", "href"),
}  # fmt: skip
NOT_LOADED = {"canonical", "next", "prev", "index", "search", "author", "help"}
OUTSIDE = re.compile(r"^(https?:)?//")
IN_STYLE = re.compile(r"""url\(\s*['"]?(?:https?:)?//|@import""")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
LINK = re.compile(r"(?<!`)\]\(([^)\s]+)\)")
FORMULA = re.compile(r"\$[^$]+\$")
FENCED = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)


@dataclass
class Page(HTMLParser):
    """One page: its anchors, its links, what it loads, and its styles."""

    text: str
    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    alt_missing: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self._in_style = False
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.loads += [
            value
            for name, value in given.items()
            if (tag, name) in LOADING and given.get("rel") not in NOT_LOADED
        ]
        self.styles.append(given.get("style", ""))
        self._in_style = tag == "style"
        self.alt_missing += tag == "img" and not given.get("alt")

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"


def pages(folder: Path) -> dict[Path, Page]:
    """All pages below a folder."""
    return {
        path.resolve(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def target(link: str, page: Path) -> tuple[Path, str]:
    """File and anchor of a link within the site."""
    parts = urlsplit(link)
    path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return (path / "index.html" if path.is_dir() else path), unquote(parts.fragment)


def broken(site: dict[Path, Page]) -> Iterator[tuple[str, str]]:
    """Links and loaded files of a site that lead nowhere: page and link."""
    for path, page in site.items():
        for link in [*page.links, *page.loads]:
            if urlsplit(link).scheme or OUTSIDE.match(link):
                continue
            file, anchor = target(link, path)
            known = site.get(file)
            absent = not file.exists()
            lost = anchor and known is not None and anchor not in known.anchors
            if absent or lost:
                yield path.name, link


def outside(site: dict[Path, Page]) -> Iterator[tuple[str, str]]:
    """What a browser would load from elsewhere: page and address."""
    for path, page in site.items():
        for link in page.loads:
            if OUTSIDE.match(link.strip()):
                yield path.name, link
        for style in page.styles:
            if IN_STYLE.search(style):
                yield path.name, style[:80]


def markdown_links(path: Path) -> Iterator[str]:
    """Links of a Markdown file, code and formulae apart."""
    text = FENCED.sub("", path.read_text(encoding="utf-8"))
    yield from LINK.findall(FORMULA.sub("", text))


def markdown_anchors(path: Path) -> set[str]:
    """Anchors that hosts of code make of the headings."""
    text = FENCED.sub("", path.read_text(encoding="utf-8"))
    words = (re.sub(r"[^\w\- ]", "", title.lower()) for title in HEADING.findall(text))
    return {word.replace(" ", "-") for word in words}
