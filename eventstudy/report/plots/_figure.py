"""Our figure.  The only module that imports matplotlib at its top; import it late."""

from __future__ import annotations

import io
import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from eventstudy._typing import IntArray
from eventstudy.errors import ArgumentError
from eventstudy.report.files import write_bytes

if TYPE_CHECKING:
    from PIL import Image

SALT = "eventstudy"
DPI = 110.0
COLOURS = 256
NO_DATES: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


class EventFigure(Figure):
    """A figure that a notebook shows once, and whose files are reproducible.

    Made without pyplot: nothing keeps it alive, and no second copy appears under the
    cell.  Files carry neither dates nor versions.

    Parameters
    ----------
    size : tuple of float
        Width and height in inches.
    """

    def __init__(self, size: tuple[float, float] = (8.4, 6.9)) -> None:
        super().__init__(figsize=size, dpi=DPI, facecolor="white", edgecolor="white")
        self.set_layout_engine("none")
        FigureCanvasAgg(self)

    def _repr_png_(self) -> bytes:
        return self.to_png()

    def to_png(self, scale: float = 1.0) -> bytes:
        """Draw the figure as a small PNG: 256 colours, which its few inks never need.

        Parameters
        ----------
        scale : float
            2 for screens and printers with fine pixels.

        Returns
        -------
        bytes
        """
        from PIL import Image

        dpi = self.dpi * scale
        width, height = (int(inches * dpi) for inches in self.get_size_inches())
        drawn = Image.frombytes("RGBA", (width, height), self.to_bytes("rgba", dpi=dpi))
        buffer = io.BytesIO()
        _few_colours(drawn.convert("RGB")).save(buffer, "png", compress_level=8)
        return buffer.getvalue()

    def to_bytes(self, format: str = "png", **options: Any) -> bytes:
        """Draw the figure in a file format.

        Parameters
        ----------
        format : str
            ``png``, ``svg``, ``pdf``, or any other that matplotlib knows.
        **options
            As of ``Figure.savefig``.

        Returns
        -------
        bytes
            The same for the same figure.

        Raises
        ------
        ArgumentError
            For an unknown format.
        """
        known = self.canvas.get_supported_filetypes()
        if format not in known:
            raise ArgumentError(
                "format",
                format,
                f"unknown; allowed are {', '.join(sorted(known))}",
                "Let the name of the file end in .png, .svg or .pdf.",
            )
        if format in NO_DATES:
            options["metadata"] = NO_DATES[format] | (options.get("metadata") or {})
        options = {"facecolor": self.get_facecolor(), "dpi": self.dpi, **options}
        # matplotlib reads the salt from its global settings while it writes an SVG.
        salted = (
            rc_context({"svg.hashsalt": SALT}) if format == "svg" else nullcontext()
        )
        buffer = io.BytesIO()
        with salted:
            super().savefig(buffer, format=format, **options)
        return buffer.getvalue()

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save the figure; a file appears whole or not at all.

        Parameters
        ----------
        fname : str, Path or binary stream
            The format is that of its ending, ``png`` without one.
        **options
            As of ``Figure.savefig``.

        Raises
        ------
        ArgumentError
            For an unknown format, or a path that cannot be written.
        """
        is_path = isinstance(fname, str | os.PathLike)
        ending = Path(fname).suffix[1:].lower() if is_path else ""
        format = options.pop("format", None) or ending or "png"
        data = self.to_bytes(format, **options)
        if is_path:
            write_bytes(Path(fname), data)
        else:
            fname.write(data)


def _few_colours(picture: Image.Image) -> Image.Image:
    """Keep the most frequent colours as they are, and move others to the nearest.

    Pillow's own reduction averages, which makes white paper grey.
    """
    from PIL import Image

    counted = picture.getcolors(picture.width * picture.height) or []
    order = sorted(counted, key=lambda found: (-found[0], found[1]))
    colours = np.array([colour for _, colour in order], dtype=np.int32)
    kept = colours[:COLOURS]
    distance = ((colours[:, None] - kept[None]) ** 2).sum(axis=2)
    place = np.zeros(1 << 24, dtype=np.uint8)
    place[_packed(colours)] = distance.argmin(axis=1)
    few = Image.fromarray(place[_packed(np.asarray(picture, dtype=np.int32))])
    few.putpalette(kept.ravel().tolist())
    return few


def _packed(colours: IntArray) -> IntArray:
    """Red, green and blue in one number."""
    packed: IntArray = (
        (colours[..., 0] << 16) | (colours[..., 1] << 8) | colours[..., 2]
    )
    return packed
