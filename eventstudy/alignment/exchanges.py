"""Whether series are of the exchange whose calendar is used, and in one currency."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd

from eventstudy.errors import ArgumentError
from eventstudy.news.hours import exchange_hours
from eventstudy.prices.track import Track

# By time zone: an exchange of it, and the index by which its shares are measured.
EXCHANGES = {
    "America/New_York": ("XNYS", "^GSPC"),
    "America/Sao_Paulo": ("BVMF", "^BVSP"),
    "America/Toronto": ("XTSE", "^GSPTSE"),
    "Asia/Hong_Kong": ("XHKG", "^HSI"),
    "Asia/Kolkata": ("XBOM", "^BSESN"),
    "Asia/Seoul": ("XKRX", "^KS11"),
    "Asia/Shanghai": ("XSHG", "000001.SS"),
    "Asia/Taipei": ("XTAI", "^TWII"),
    "Asia/Tokyo": ("XTKS", "^N225"),
    "Australia/Sydney": ("XASX", "^AXJO"),
    "Europe/Amsterdam": ("XAMS", "^AEX"),
    "Europe/Berlin": ("XETR", "^GDAXI"),
    "Europe/London": ("XLON", "^FTSE"),
    "Europe/Madrid": ("XMAD", "^IBEX"),
    "Europe/Paris": ("XPAR", "^FCHI"),
    "Europe/Stockholm": ("XSTO", "^OMX"),
    "Europe/Zurich": ("XSWX", "^SSMI"),
}
ZONES = {calendar: zone for zone, (calendar, _) in EXCHANGES.items()}
MONTHS = pd.date_range("1970-01-01", "2037-01-01", freq="MS")


def require_exchange(track: Track, parameter: str, calendar: str) -> Track:
    """Refuse a series of another time zone than the calendar's.

    Parameters
    ----------
    track : Track
        Without a known zone, such as the caller's own, it is taken as it is.
    parameter : str
        The argument that names it, for the error.
    calendar : str
        Key of the exchange.

    Raises
    ------
    ArgumentError
        Naming the exchange and the index that would fit.
    """
    theirs = track.exchange_zone
    if theirs is None:
        return track
    ours = ZONES.get(calendar) or str(exchange_hours(calendar).zone)
    if same_zone(theirs, ours):
        return track
    raise ArgumentError(
        parameter,
        track.ticker,
        f"it is traded in the time zone {theirs}, and calendar={calendar!r} is one of "
        f"{ours}",
        _way_out(parameter, theirs, ours),
    )


def require_one_currency(market: Track, firms: Sequence[Track], parameter: str) -> None:
    """Refuse a market or industry in another currency than a firm; unknown is neither.

    Raises
    ------
    ArgumentError
        Their returns differ by those of the exchange rate.
    """
    for firm in firms:
        if firm.currency and market.currency and firm.currency != market.currency:
            raise ArgumentError(
                parameter,
                market.ticker,
                f"it is in {market.currency}, and {firm.ticker} in {firm.currency}: "
                "their returns differ by those of the exchange rate",
                f"Name an index in {firm.currency} in {parameter}=, and its exchange "
                "in calendar=, or pass prices= in one currency.",
            )


def same_zone(one: str, other: str) -> bool:
    """Whether two names stand for one time zone: their clocks agree since 1970."""
    if one == other:
        return True
    try:
        return bool((_clock(one) == _clock(other)).all())
    except (KeyError, ValueError, OSError):
        return False


def _clock(zone: str) -> pd.DatetimeIndex:
    return MONTHS.tz_localize("UTC").tz_convert(ZoneInfo(zone)).tz_localize(None)


def _way_out(parameter: str, theirs: str, ours: str) -> str:
    """What would fit: an index of the calendar, or the calendar of the firm."""
    zone = theirs if parameter == "ticker" else ours
    alike = [name for name in EXCHANGES if same_zone(name, zone)]
    if not alike:
        return "Name its exchange in calendar=, and an index of it in market=."
    calendar, market = EXCHANGES[zone if zone in alike else alike[0]]
    if parameter == "ticker":
        return f"Use market={market!r} and calendar={calendar!r}."
    return f"Use {parameter}={market!r} with this calendar=, or another calendar=."
