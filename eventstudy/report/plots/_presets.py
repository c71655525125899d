"""Where a figure goes: on a screen, into a column of a paper, onto a slide.

A preset is a size, a resolution and, for print, greys; nothing global is touched.  A
smaller sheet makes the type larger, since type is set in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from eventstudy.errors import ArgumentError
from eventstudy.report.plots._base import Plot

if TYPE_CHECKING:
    from eventstudy.report.plots._figure import EventFigure

Size: TypeAlias = tuple[float, float]

HEADLESS = 0.75  # inches that title and subtitle take in a figure of its own


@dataclass(frozen=True, slots=True)
class Preset:
    """A place for figures.

    Parameters
    ----------
    name : str
        By which users ask for it.
    width : float
        Inches.
    single, composite : float
        Heights in inches, of one axes and of several.  A figure with a row an event
        keeps the height that its rows need, if that is more.
    dpi : float
        Pixels an inch of a PNG.
    headed : bool
        Whether it says title, subtitle and source itself; in a paper the caption does.
    grey : bool
        Whether it is drawn in greys that stay apart in print.
    """

    name: str
    width: float
    single: float
    composite: float
    dpi: float
    headed: bool
    grey: bool

    def size(self, plot: Plot, view: Any) -> Size:
        """Width and height of a figure in inches."""
        if plot.composite:
            return self.width, self.composite
        if plot.height is None:
            return self.width, self.single
        own = float(plot.height(view)) - (0.0 if self.headed else HEADLESS)
        return self.width, max(own, self.single)

    def finish(self, figure: EventFigure) -> EventFigure:
        """The figure as it is printed here: its resolution, its greys."""
        figure.set_dpi(self.dpi)
        if self.grey:
            from eventstudy.report.plots._greys import greyed

            greyed(figure)
        return figure


# 1920 x 1080 pixels; its 8 points are 15 on a slide of 13.33 x 7.5 inches.
SLIDE = Preset("slide", 7.2, 4.05, 4.05, 1920 / 7.2, headed=True, grey=False)
PAPER = Preset("paper", 3.5, 2.5, 5.6, 300.0, headed=False, grey=True)
SCREEN = "screen"
PRESETS = {preset.name: preset for preset in (PAPER, SLIDE)}


def preset_of(name: str, ax: object = None) -> Preset | None:
    """The preset of a name; None for the screen, which is how figures are anyway.

    Raises
    ------
    ArgumentError
        For an unknown name, and beside axes, whose figure is not ours.
    """
    if name == SCREEN:
        return None
    if name not in PRESETS:
        allowed = ", ".join([SCREEN, *PRESETS])
        raise ArgumentError(
            "preset", name, f"unknown; allowed are {allowed}", "Use one of them."
        )
    if ax is not None:
        raise ArgumentError(
            "preset", name, "sets a whole figure, and ax is part of another",
            "Leave out ax, or preset.",
        )  # fmt: skip
    return PRESETS[name]
