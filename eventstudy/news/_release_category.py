"""What sort of news a release is: a guess from words of its headline and its lead."""

from __future__ import annotations

import re

# Weight of a phrase; the headline counts three times as much as the lead.
PHRASES: dict[str, tuple[tuple[int, str], ...]] = {
    "fda_action": (
        (2, r"FDA|Food and Drug Administration"),
        (3, r"refus\w+ to file|complete response letter|PDUFA|clinical hold"),
        (3, r"(?:priority review|breakthrough therapy|fast track|orphan drug)\b"),
        (2, r"approv(?:al|es|ed)\b|clear(?:s|ed|ance)\b|advisory committee"),
        (2, r"(?:biologics|new drug|marketing) (?:license )?application|s?BLA|s?NDA"),
    ),
    "trial_result": (
        (3, r"phase (?:[1-4]|I{1,3}|IV)(?:[ab]|/\w+)?\b"),
        (2, r"(?:clinical )?(?:trial|study)\b|top-?line|primary endpoint"),
        (2, r"(?:overall|progression-free) survival"),
        (2, r"(?:interim|positive|clinical) data"),
    ),
    "earnings": (
        (3, r"(?:first|second|third|fourth|1st|2nd|3rd|4th)[- ]quarter|Q[1-4]\b"),
        (3, r"(?:financial|quarterly|operating|year-end|annual) results|earnings\b"),
        (2, r"fiscal (?:year )?\d{4}|full[- ]year|net (?:loss|income)|per share\b"),
        (2, r"guidance\b|revenues?\b|outlook\b"),
    ),
    "financing": (
        (3, r"(?:public|registered direct|equity|secondary|private|rights) offering"),
        (3, r"private placement|convertible (?:senior )?notes|senior notes"),
        (2, r"pric(?:es|ed|ing)\b[^.]{0,40}\b(?:offering|notes|shares)"),
        (2, r"underwrit\w+|at-the-market|credit facility|term loan|offering of\b"),
    ),
    "partnership": (
        (3, r"collaborat\w+|partnership\b|strategic alliance|joint venture"),
        (3, r"licen[sc](?:e|es|ing) (?:agreement|deal|rights)|co-?develop\w*"),
        (2, r"licen[sc](?:es|ed)\b|supply agreement|partners? with\b|option agreement"),
    ),
    "ma": (
        (3, r"(?:to|will) (?:acquire|be acquired|merge|buy)\b|acqui(?:res|sition)\b"),
        (3, r"merger\b|tender offer|takeover|buyout|definitive agreement to acquire"),
        (2, r"acquired\b|divest\w*|spin-?off"),
    ),
    "management": (
        (3, r"appoint\w*\b|elects?\b"),
        (3, r"names\b[^.]{0,40}\b(?:chief|president|chair|director|C[EFOM]O|head)"),
        (3, r"resign\w*|steps? down|(?:retires?|retired|retirement) (?:as|from)"),
        (2, r"chief \w+ officer|C[EFOM]O\b|president\b|board of directors|successor"),
    ),
}  # fmt: skip
PATTERNS = {
    category: [
        (weight, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE))
        for weight, pattern in phrases
    ]
    for category, phrases in PHRASES.items()
}
LEAD, OF_HEADLINE, LEAST = 600, 3, 3


def guess_category(headline: str, body: str) -> tuple[str, str]:
    """The category and the words that speak for it; empty where none do enough.

    Parameters
    ----------
    headline : str
    body : str
        From the dateline on; its first 600 characters count.

    Returns
    -------
    category, quote : str
    """
    lead = body[:LEAD]
    scores = {name: _score(name, headline, lead) for name in PATTERNS}
    name = max(scores, key=lambda key: scores[key])
    if scores[name] < LEAST:
        return "", ""
    return name, _quote(name, headline) or _quote(name, lead)


def _score(category: str, headline: str, lead: str) -> int:
    return sum(
        weight * (OF_HEADLINE * bool(p.search(headline)) + bool(p.search(lead)))
        for weight, p in PATTERNS[category]
    )


def _quote(category: str, text: str) -> str:
    """The weightiest phrase that stands in the text."""
    for _, pattern in sorted(PATTERNS[category], key=lambda item: -item[0]):
        if found := pattern.search(text):
            return found[0]
    return ""
