"""Figures, one file each.  Importing this imports no matplotlib."""

from eventstudy.report.plots._base import EVENT_PLOTS, Plot, draw, figure_of, register

__all__ = ["EVENT_PLOTS", "Plot", "draw", "figure_of", "register"]
