"""From frames to arrays: one calendar, returns with their spans, benchmarks."""

from eventstudy.alignment.firms import Inputs, find_firms
from eventstudy.alignment.panels import Aligned, align, align_firms

__all__ = ["Aligned", "Inputs", "align", "align_firms", "find_firms"]
