"""A figure in greys that stay apart on paper.  Import late: it imports matplotlib."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from eventstudy._typing import FloatArray
from eventstudy.report.plots import _style as style

GREYS = {
    style.ACCENT: "#141414",
    style.INK: "#1f1f1f",
    style.MUTED: "#5a5a5a",
    style.FAINT: "#7c7c7c",
    style.LINE: "#d6d6d6",
    style.BAND: "#dcdcdc",
    style.SHADE: "#f1f1f1",
}
# Dark below zero, light above: without colour only one direction can be told apart.
RAMP = LinearSegmentedColormap.from_list(
    "eventstudy greys", ["#101010", "#ececec"], 64
).with_extremes(bad="white")
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])

RGBA = tuple[float, float, float, float]
KNOWN = {to_rgba(colour): to_rgba(grey) for colour, grey in GREYS.items()}


def greyed(figure: Figure) -> None:
    """Give everything that is drawn its grey, once all of it is there."""
    figure.draw_without_rendering()  # ticks come into being when they are drawn
    for artist in figure.findobj(include_self=False):
        _grey(artist)


def grey_of(colour: Any) -> RGBA:
    """The grey of a colour: ours are set, others get the grey of their luminance."""
    rgba = to_rgba(colour)
    plain = KNOWN.get((*rgba[:3], 1.0))
    if plain is not None:
        return (*plain[:3], rgba[3])
    level = _encoded(float(LUMINANCE @ _linear(np.array(rgba[:3]))))
    return (level, level, level, rgba[3])


def _linear(channels: FloatArray) -> FloatArray:
    low = channels / 12.92
    return np.where(channels <= 0.04045, low, ((channels + 0.055) / 1.055) ** 2.4)


def _encoded(level: float) -> float:
    if level <= 0.0031308:
        return 12.92 * level
    return float(1.055 * level ** (1 / 2.4) - 0.055)


def _grey(artist: Artist) -> None:
    if isinstance(artist, AxesImage):
        artist.set_cmap(RAMP)
    elif isinstance(artist, Text):
        artist.set_color(grey_of(artist.get_color()))
    elif isinstance(artist, Line2D):
        _grey_line(artist)
    elif isinstance(artist, Patch):
        artist.set_facecolor(grey_of(artist.get_facecolor()))
        artist.set_edgecolor(grey_of(artist.get_edgecolor()))
    elif isinstance(artist, Collection):
        artist.set_facecolor(_all(artist.get_facecolor()))
        artist.set_edgecolor(_all(artist.get_edgecolor()))


def _grey_line(line: Line2D) -> None:
    face, edge = line.get_markerfacecolor(), line.get_markeredgecolor()
    line.set_color(grey_of(line.get_color()))
    line.set_markerfacecolor(grey_of(face))
    line.set_markeredgecolor(grey_of(edge))


def _all(colours: Iterable[Any]) -> list[RGBA]:
    return [grey_of(colour) for colour in colours]
