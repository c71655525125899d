"""What happened, and on which trading day."""

from eventstudy.news.event import Event
from eventstudy.news.hours import exchange_sessions
from eventstudy.news.sessions import DayZero, day_zero

__all__ = ["DayZero", "Event", "day_zero", "exchange_sessions"]
