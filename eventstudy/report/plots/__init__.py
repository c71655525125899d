"""Figures, one file each.  Importing this imports no matplotlib."""

from eventstudy.report.plots._base import EVENT_PLOTS, Plot, draw, figure_of, register
from eventstudy.report.plots._study_base import (
    STUDY_PLOTS,
    register_study,
    study_draw,
    study_figure,
)

__all__ = [
    "EVENT_PLOTS",
    "STUDY_PLOTS",
    "Plot",
    "draw",
    "figure_of",
    "register",
    "register_study",
    "study_draw",
    "study_figure",
]
