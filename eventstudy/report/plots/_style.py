"""The one look of all figures: set on the artists, never in global settings.

One accent; everything else is grey, so that the figures read without colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

Font: TypeAlias = dict[str, Any]

ACCENT = "#14508c"
INK = "#1d252d"
MUTED = "#5a6570"
FAINT = "#7f8c99"
LINE = "#d5dbe1"
BAND = "#dfe8f2"
SHADE = "#f1ede4"

FAMILY = "DejaVu Sans"  # comes with matplotlib: the same figure on every machine
TITLE: Font = {"family": FAMILY, "size": 13.0, "weight": "bold", "color": INK}
SUBTITLE: Font = {"family": FAMILY, "size": 8.6, "weight": "normal", "color": MUTED}
SOURCE: Font = {"family": FAMILY, "size": 7.0, "weight": "normal", "color": MUTED}
PANEL: Font = {"family": FAMILY, "size": 9.4, "weight": "bold", "color": INK}
NOTE: Font = {"family": FAMILY, "size": 8.2, "weight": "normal", "color": MUTED}
LABEL: Font = {"family": FAMILY, "size": 8.4, "weight": "bold", "color": ACCENT}
TICK: Font = {"family": FAMILY, "size": 8.0, "weight": "normal", "color": MUTED}

POINTS = 72.0  # in an inch
LETTER = 5.0  # points of a letter of a note
NARROW = 300.0  # points, below which only the shortest words fit


def width_of(ax: Axes) -> float:
    """Width of an axes in points."""
    return float(ax.bbox.width / ax.get_figure(root=True).dpi * POINTS)  # type: ignore[union-attr]


def height_of(ax: Axes) -> float:
    """Height of an axes in points."""
    return float(ax.bbox.height / ax.get_figure(root=True).dpi * POINTS)  # type: ignore[union-attr]


def is_narrow(ax: Axes) -> bool:
    """Whether there is room for the shortest words only."""
    return width_of(ax) < NARROW


def panel(ax: Axes, title: str, unit: str, note: str = "") -> None:
    """Dress an axes: title with unit, a note behind it, no rules but the lowest."""
    ax.set_facecolor("white")
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set(visible=True, color=FAINT, linewidth=0.8)
    ax.grid(visible=False, which="both")
    ax.set_axisbelow(True)
    ax.tick_params(
        which="both", labelsize=TICK["size"], labelfontfamily=FAMILY, labelcolor=MUTED,
        color=FAINT, direction="out", labelrotation=0,
    )  # fmt: skip
    ax.tick_params(axis="y", which="both", length=0, pad=4)
    ax.tick_params(
        which="both", top=False, right=False, labeltop=False, labelright=False
    )
    ax.tick_params(which="both", bottom=True, labelbottom=True, labelleft=True)
    words = title if is_narrow(ax) or not unit else f"{title}, {unit}"
    heading = ax.set_title(words, loc="left", y=1.0, pad=7.0, **PANEL)
    if note and not is_narrow(ax):
        ax.annotate(
            note, xy=(1, 0), xycoords=heading, xytext=(7, 0),
            textcoords="offset points", va="bottom", annotation_clip=False, **NOTE,
        )  # fmt: skip


def halo(text: Text) -> None:
    """Put a white rim around a text, so that lines behind it do not touch it."""
    from matplotlib.patheffects import withStroke

    text.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def message(ax: Axes, text: str) -> None:
    """Say in the middle of an axes why it is empty."""
    ax.set_yticks([])
    middle: dict[str, Any] = {"ha": "center", "va": "center", "transform": ax.transAxes}
    lines = textwrap.fill(text, max(int(width_of(ax) / LETTER), 12))
    halo(ax.text(0.5, 0.5, lines, zorder=6, **middle, **NOTE))


def value_label(ax: Axes, x: float, y: float, text: str, *, up: bool) -> None:
    """Write a value beyond the end of its bar, on a white ground."""
    label = ax.annotate(
        text, (x, y), xytext=(0.0, 3.0 if up else -3.0), textcoords="offset points",
        ha="center", va="bottom" if up else "top", zorder=6, annotation_clip=False,
        **LABEL,
    )  # fmt: skip
    halo(label)


def end_labels(ax: Axes, labels: Sequence[tuple[float, float, str, str]]) -> None:
    """Name lines at their ends (x, y, text, colour), apart from each other."""
    scale = ax.get_figure(root=True).dpi / POINTS  # type: ignore[union-attr]
    gap = 12.0 * scale
    placed = sorted(labels, key=lambda label: label[1])
    wanted = [float(ax.transData.transform((x, y))[1]) for x, y, *_ in placed]
    low, high = ax.bbox.y0 + 5.0 * scale, ax.bbox.y1 - 3.0 * scale
    for (x, y, text, color), own, at in zip(
        placed, wanted, apart(wanted, gap, low, high), strict=True
    ):
        label = ax.annotate(
            text, (x + 0.5, y), xytext=(5.0, (at - own) / scale),
            textcoords="offset points", va="center", annotation_clip=False, zorder=6,
            **{**LABEL, "color": color},
        )  # fmt: skip
        halo(label)


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move sorted positions so that they are ``gap`` apart, between two bounds."""
    found: list[float] = []
    for at in wanted:
        found.append(max(at, found[-1] + gap if found else low))
    for i in range(len(found) - 1, -1, -1):
        found[i] = min(found[i], found[i + 1] - gap if i + 1 < len(found) else high)
    return found
