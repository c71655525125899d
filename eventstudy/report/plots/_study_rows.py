"""Charts of rows: a name at the left, marks in the middle, a number at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from eventstudy.report import formats
from eventstudy.report.plots import _style as style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEFT = 0.16  # inches: names stand inside the axes
RIGHT = 56.0  # points for the numbers
GAP = 10.0  # points between names and marks
MOST, MOST_NARROW = 0.42, 0.52  # share of the width that names may take
FONT: style.Font = {**style.TICK, "size": 7.6}


def name_room(ax: Axes, names: Sequence[str], bold: Sequence[str] = ()) -> float:
    """Points that the longest name takes, up to a share of the width."""
    plain = max((text_width(name) for name in names), default=0.0)
    thick = max((text_width(name, bold=True) for name in bold), default=0.0)
    share = MOST_NARROW if style.is_narrow(ax) else MOST
    return min(max(plain, thick) + GAP, share * style.width_of(ax))


def text_width(text: str, bold: bool = False) -> float:
    """Width of a text in points, from the font itself: the same on every machine."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    weight = "bold" if bold else "normal"
    font = FontProperties(family=style.FAMILY, size=FONT["size"], weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def cut(text: str, room: float, bold: bool = False) -> str:
    """The text, shortened until it takes no more than so many points."""
    shown, most = text, len(text)
    while most > 1 and text_width(shown, bold) > room:
        most -= 1
        shown = formats.shortened(text, most)
    return shown


def name(ax: Axes, y: float, text: str, color: str, bold: bool = False) -> None:
    """Write the name of a row at the left edge, cut to its room."""
    low, high = ax.get_xlim()
    first = ax.spines["bottom"].get_bounds()[0]
    room = (first - low) / (high - low) * style.width_of(ax)
    _write(ax, (0.0, y), cut(text, room - GAP + 0.5, bold), color, bold)


def number(ax: Axes, y: float, text: str, color: str, bold: bool = False) -> None:
    """Write the number of a row at the right edge, if there is room for numbers."""
    if not style.is_narrow(ax):
        _write(ax, (1.0, y), text, color, bold)


def heading(ax: Axes, y: float, text: str) -> None:
    """Write what the rows below have in common, over the whole width."""
    _write(ax, (0.0, y), cut(text, style.width_of(ax)), style.INK, bold=False)


def _write(
    ax: Axes, at: tuple[float, float], text: str, color: str, bold: bool
) -> None:
    """At the left edge (0) or the right one (1), in a row."""
    weight = "bold" if bold else "normal"
    font: dict[str, Any] = {**FONT, "color": color, "weight": weight}
    shown = ax.text(
        *at, text, ha="right" if at[0] else "left", va="center_baseline", zorder=6,
        transform=ax.get_yaxis_transform(), clip_on=False, **font,
    )  # fmt: skip
    style.halo(shown)
