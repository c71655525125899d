"""Whose stock a press release names: '(Nasdaq: IMGN)' and its relatives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventstudy.errors import PressReleaseError

# The first name that matches is the exchange.  Only the main ones may be in small
# letters: 'aim', 'six' and 'bats' are words.
MAIN_EXCHANGES = {
    "NYSE American": r"NYSE ?(?:American|MKT|Amex|Alternext)|AMEX"
    r"|American Stock Exchange|NYSE Alternext US",
    "NYSE Arca": r"NYSE ?Arca",
    "NYSE": r"NYSE|New York Stock Exchange",
    "Nasdaq": r"NASDAQ ?-?(?:GS|GM|CM|NM|SC)?",
}
OTHER_EXCHANGES = {
    "Cboe": r"Cboe(?: BZX)?|BATS",
    "OTC": r"OTC ?-?(?:QB|QX|BB|Pink|PK|Markets(?: Pink)?)?|Pink Sheets",
    "TSX Venture": r"TSX[- ]?V(?:enture)?",
    "TSX": r"TSX|Toronto Stock Exchange",
    "CSE": r"CSE",
    "London": r"LSE|AIM|LON|London Stock Exchange",
    "Frankfurt": r"FWB|FSE|FRA|X(?:etra|ETRA)|ETR|Frankfurt|FRANKFURT",
    "Euronext": r"Euronext|EURONEXT|EPA",
    "SIX": r"SIX(?: Swiss Exchange)?|SWX",
    "Stockholm": r"STO|OMX",
    "Tokyo": r"TSE|TYO|JASDAQ",
    "Hong Kong": r"HKEX|SEHK|HKSE|HKG",
    "ASX": r"ASX",
    "KRX": r"KRX|KOSDAQ|KOSPI",
    "TASE": r"TASE",
}
EXCHANGES = {
    name: rf"(?i:{pattern})" for name, pattern in MAIN_EXCHANGES.items()
} | OTHER_EXCHANGES
TAIL = (
    r"(?i: ?(?:Global|Select|Capital|National|Market|Markets|Stock|Exchange|Euronext"
    r"|Paris|Brussels|Amsterdam|Growth|Main|Board|common|Symbol|Ticker|[®™]|\(R\))){0,5}"
)
NAME = "|".join(f"(?:{pattern})" for pattern in EXCHANGES.values())
ANY = rf"(?<![\w.])(?:{NAME})(?![A-Za-z]){TAIL}"
QUOTE = "[\"'“”\u2018\u2019]?"
SYMBOL = r"(?:[A-Z][A-Z0-9]{0,5}|\d{3,6})(?:[./-][A-Z]{1,4})?(?![\w:])(?! ?:)"
LIST = (
    rf"{SYMBOL}{QUOTE}(?:(?: ?[,/;&] ?| and ){QUOTE}{SYMBOL}{QUOTE}"
    r"(?= ?[,;/)\]]| and )){0,5}"
)
MENTION = re.compile(
    rf"(?P<exchange>{ANY}(?:(?: ?[/,&+] ?| and ){ANY}){{0,3}})"
    rf"(?: ?: ?| [-\u2013—] ?(?=[^()]{{1,20}}\)))(?:ticker ?:? ?)?"
    rf"{QUOTE}(?P<symbols>{LIST})"
)
IN_PROSE = re.compile(
    rf"(?P<exchange>{ANY})[^.;:()]{{0,60}}"
    rf"(?i:\bunder the (?:ticker |trading |stock )?symbols?:? ){QUOTE}"
    rf"(?P<symbols>{SYMBOL})"
)
ONE_NAME = re.compile(ANY)
ONE_SYMBOL = re.compile(SYMBOL)
WAY_OUT = "Pass ticker= with the stock to be studied."


@dataclass(frozen=True, slots=True)
class Mention:
    """A stock as the release names it.

    Parameters
    ----------
    ticker, exchange : str
    main : bool
        Whether that is one of the main exchanges of the United States.
    start : int
        Where the words stand in the flat text.
    quote : str
        The words.
    """

    ticker: str
    exchange: str
    main: bool
    start: int
    quote: str


def find_issuers(flat: str) -> list[Mention]:
    """Every stock the text names, in order, repeats included."""
    found: list[Mention] = []
    for pattern in (MENTION, IN_PROSE):
        for match in pattern.finditer(flat):
            found.extend(_mentions(match, flat))
    return sorted(found, key=lambda mention: mention.start)


def the_issuer(mentions: Sequence[Mention], ticker: str | None) -> Mention | None:
    """Choose the stock that is meant.

    Parameters
    ----------
    mentions : sequence of Mention
    ticker : str or None
        The caller's choice, which need not be named in the text.

    Returns
    -------
    Mention or None
        None where the caller's ticker is not among them.

    Raises
    ------
    PressReleaseError
        Without a choice, when no stock is named, or several are.
    """
    if ticker is not None:
        wanted = _plain(ticker)
        return next((m for m in mentions if _plain(m.ticker) == wanted), None)
    if not mentions:
        bound = "it names no listed stock, such as '(Nasdaq: IMGN)'"
        raise PressReleaseError("source", "the release", bound, WAY_OUT)
    candidates = _candidates(mentions)
    if len(candidates) > 1:
        raise _several(candidates)
    return candidates[0]


def _several(candidates: Sequence[Mention]) -> PressReleaseError:
    names = ", ".join(f"{m.ticker} ({m.exchange})" for m in candidates[:12])
    more = f" and {len(candidates) - 12} more" if len(candidates) > 12 else ""
    way_out = f"{WAY_OUT} The first-named is not always whose news it is."
    bound = f"it names several stocks: {names}{more}"
    return PressReleaseError("source", "the release", bound, way_out)


def _candidates(mentions: Sequence[Mention]) -> list[Mention]:
    """One mention for each stock; of one firm's listings the main American one."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(_group(mention), []).append(mention)
    found: dict[str, Mention] = {}
    for listings in groups.values():
        main = {m.ticker: m for m in reversed(listings) if m.main}
        kept = list(main.values()) if len(main) == 1 else listings
        for mention in kept:
            known = found.get(_plain(mention.ticker))
            if known is None or (mention.main and not known.main):
                found[_plain(mention.ticker)] = mention
    return sorted(found.values(), key=lambda mention: mention.start)


def _group(mention: Mention) -> str:
    """Listings in one pair of brackets are one firm's."""
    return mention.quote if mention.quote.startswith("(") else f"{mention.start}"


def _mentions(match: re.Match[str], flat: str) -> Iterator[Mention]:
    names = [_exchange(name) for name in ONE_NAME.findall(match["exchange"])]
    exchange, main = min(names, key=lambda name: not name[1])
    quote = _quote(flat, match.start(), match.end())
    for symbol in ONE_SYMBOL.findall(match["symbols"]):
        ticker = symbol.replace("/", ".")
        american = main and not symbol[0].isdigit()
        yield Mention(ticker, exchange, american, match.start(), quote)


def _exchange(name: str) -> tuple[str, bool]:
    for exchange, pattern in EXCHANGES.items():
        if re.match(rf"(?:{pattern})(?![A-Za-z])", name):
            return exchange, exchange in MAIN_EXCHANGES
    return name, False


def _quote(flat: str, start: int, end: int, reach: int = 120) -> str:
    """The whole bracket if the mention stands in one, else the mention."""
    opened = flat.rfind("(", max(0, start - reach), start)
    closed = flat.find(")", end, end + reach)
    if opened < 0 or closed < 0 or ")" in flat[opened:start]:
        return flat[start:end]
    return flat[opened : closed + 1]


def _plain(ticker: str) -> str:
    return re.sub(r"[./-]", ".", ticker.strip().upper())
