"""From frames to arrays: one calendar, returns with their spans, benchmarks."""

from eventstudy.alignment.firms import Inputs, find_firms
from eventstudy.alignment.panels import Aligned, align, align_firms
from eventstudy.alignment.sources import Sources

__all__ = ["Aligned", "Inputs", "Sources", "align", "align_firms", "find_firms"]
