"""Where the panels of small multiples stand."""

from __future__ import annotations

import math
from dataclasses import dataclass

LEFT, RIGHT, BOTTOM = 0.62, 0.14, 0.56  # inches
BETWEEN, TEXT_LINE = 0.2, 0.155  # inches between panels, and of a line above one
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}  # of so many panels
NARROWEST = 1.2  # inches of a panel
LOWEST, HIGHEST, SHAPE = 0.7, 2.3, 0.78  # inches of a panel; height by width


@dataclass(frozen=True, slots=True)
class Grid:
    """Panels in rows and columns, from the top left.

    Parameters
    ----------
    number, columns : int
        Panels, and how many stand beside each other.
    width, panel, top, above : float
        Inches: of the figure, of the height of a panel, of what stands over the first
        row, and of the words over each panel.
    """

    number: int
    columns: int
    width: float
    panel: float
    top: float
    above: float

    @classmethod
    def of(
        cls,
        number: int,
        width: float,
        top: float,
        lines: int,
        least: float | None = None,
    ) -> Grid:
        """Panels that fill a width, and a height of ``least`` where they can."""
        most = max(int((width - LEFT - RIGHT + BETWEEN) / (NARROWEST + BETWEEN)), 1)
        wanted = COLUMNS.get(number) or (4 if number <= 12 else 5)
        columns = min(wanted, most, number)
        above = lines * TEXT_LINE + 0.08
        rows = math.ceil(number / columns)
        wide = (width - LEFT - RIGHT - (columns - 1) * BETWEEN) / columns
        fixed = top + BOTTOM + rows * above + (rows - 1) * BETWEEN
        if least is None:
            panel = min(max(SHAPE * wide, LOWEST), HIGHEST)
        else:
            panel = max((least - fixed) / rows, LOWEST)
        return cls(number, columns, width, panel, top, above)

    @property
    def rows(self) -> int:
        """Panels above each other."""
        return math.ceil(self.number / self.columns)

    @property
    def height(self) -> float:
        """Of the figure, inches."""
        own = self.rows * (self.panel + self.above) + (self.rows - 1) * BETWEEN
        return self.top + own + BOTTOM

    def box(self, place: int) -> tuple[float, float, float, float]:
        """Left, bottom, width and height of a panel as shares of the figure."""
        row, column = divmod(place, self.columns)
        inside = self.width - LEFT - RIGHT - (self.columns - 1) * BETWEEN
        wide = inside / self.columns
        left = LEFT + column * (wide + BETWEEN)
        below = self.top + (row + 1) * (self.above + self.panel) + row * BETWEEN
        return (
            left / self.width,
            1.0 - below / self.height,
            wide / self.width,
            self.panel / self.height,
        )

    def is_first(self, place: int) -> bool:
        """Whether a panel is the leftmost of its row."""
        return place % self.columns == 0

    def is_last(self, place: int) -> bool:
        """Whether no panel stands below."""
        return place + self.columns >= self.number
