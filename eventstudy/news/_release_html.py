"""The words of an HTML page, in time linear in its length."""

from __future__ import annotations

import html
import re

# What opens and never closes swallows the rest once, so that no search is repeated.
SILENT = r"script|style|template|svg|noscript|title"
TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<(?P<silent>{SILENT})\b.*?(?:</(?P=silent)\s*>|\Z)"
    r"|<[!/?a-z][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|tr|table|section|article|header|footer|nav|main|"
    r"blockquote|pre|hr|figure|figcaption|dd|dt|dl|aside|body|time)\b",
    re.IGNORECASE,
)
BREAK = re.compile(r"<br\b", re.IGNORECASE)
# When the page says in its own code that it was published.
PUBLISHED = re.compile(
    r"<meta\b[^<>]{0,300}published_time[^<>]{0,300}>"
    r"|<time\b[^<>]{0,300}\bdatetime\b[^<>]{0,300}>",
    re.IGNORECASE,
)
STAMP_VALUE = re.compile(r"""["'](\d{4}-\d\d-\d\dT\d\d:\d\d[^"'<>]{0,20})["']""")
FIRST_HEADING = re.compile(r"<h1\b[^<>]*>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
MARKUP = re.compile(
    r"<(?:!doctype html|html|head|body|p|div|h1|br|span|table)\b[^<>]*>"
)
HEAD = 4000


def is_html(text: str) -> bool:
    """Whether a text begins like a page."""
    return MARKUP.search(text[:HEAD].lower()) is not None


def words_of_page(page: str) -> str:
    """The visible words, a line for each block.

    Parameters
    ----------
    page : str
        HTML, whole or in part, valid or not.

    Returns
    -------
    str
        Stamps that only the page's code holds stand as lines of their own.
    """
    return ENTITY.sub(_character, TOKEN.sub(_in_words, page))


def heading_of_page(page: str) -> str:
    """The first ``<h1>`` in one line; empty without one."""
    opened = FIRST_HEADING.search(page)
    if opened is None:
        return ""
    inside = page[opened.end() : opened.end() + HEAD]
    end = inside.lower().find("</h1")
    return " ".join(words_of_page(inside[:end]).split()) if end >= 0 else ""


def _in_words(token: re.Match[str]) -> str:
    tag = token[0]
    stamp = STAMP_VALUE.search(tag) if PUBLISHED.match(tag) else None
    if stamp:
        return f"\n\n{stamp[1]}\n\n"
    if BREAK.match(tag):
        return "\n"
    return "\n\n" if BLOCK.match(tag) else ""


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])
