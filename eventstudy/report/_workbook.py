"""Frames as the sheets of a workbook: every number whole, every text a text.

The only module that knows XlsxWriter, which comes with the extra ``excel``.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from eventstudy.errors import ArgumentError
from eventstudy.report._cell_styles import ACCENT, FAINT, INK, LINE, cell_styles
from eventstudy.report._cells import Cell, cell

INSTALL = "pip install 'investor-eventstudy[excel]'"
MADE = dt.datetime(2000, 1, 1)  # no clock: the same input gives the same bytes
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS, MOST_COLUMNS = 1_048_575, 16_384
WIDEST, NARROWEST = 60, 9  # characters of a column
MEASURED_ROWS = 200
LINE_CHARACTERS, LINE_HEIGHT = 54, 15.0  # of wrapped text; points


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame as a sheet; a named index stands in the first columns.

    Parameters
    ----------
    name : str
        At most 31 characters.
    frame : DataFrame
    formats : mapping
        Column -> key of ``NUMBER_FORMATS``; dates have theirs anyway.
    frozen : int
        Columns at the left that stay in sight.
    prose : bool
        Whether it is text to be read: wrapped, rows as high as they need, no filter.
    """

    name: str
    frame: pd.DataFrame
    formats: Mapping[Any, str] = field(default_factory=dict)
    frozen: int = 1
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, and perhaps a line, over the rows of a sheet, in per cent.

    Parameters
    ----------
    on, below : str, int
        The sheet that shows it, and after which row.
    title, axis, alt : str
        What it shows, what its rows are, and both in words for those who do not see it.
    rows : str
        Column whose values stand along the axis.
    bars, line : tuple of str
        Sheet, column, and how the legend names it.
    """

    on: str
    below: int
    title: str
    axis: str
    alt: str
    rows: str
    bars: tuple[str, str, str]
    line: tuple[str, str, str] | None = None


def workbook_bytes(sheets: Sequence[Sheet], chart: Chart, title: str) -> bytes:
    """Make a workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
    chart : Chart
    title : str
        Of the workbook's properties.

    Returns
    -------
    bytes
        The same for the same sheets.  Missing values are empty cells; texts are never
        formulas, also not where they begin with a sign of one.

    Raises
    ------
    ArgumentError
        Without XlsxWriter, or where a frame is larger than a sheet.
    """
    for sheet in sheets:
        _check_size(sheet)
    buffer = io.BytesIO()
    book = _book(buffer)
    book.set_properties({"title": title, "created": MADE})
    styles = cell_styles(book)
    places = {sheet.name: book.add_worksheet(sheet.name) for sheet in sheets}
    for sheet in sheets:
        _fill(places[sheet.name], sheet, styles)
    _draw(book, places[chart.on], chart, {sheet.name: sheet for sheet in sheets})
    book.close()
    return buffer.getvalue()


def _book(buffer: io.BytesIO) -> Any:
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise ArgumentError(
            "to_excel", "XlsxWriter", "not installed", f"Install it: {INSTALL}"
        ) from error
    return Workbook(buffer, {"in_memory": True})


def _check_size(sheet: Sheet) -> None:
    rows, columns = sheet.frame.shape
    if rows > MOST_ROWS or columns + sheet.frame.index.nlevels > MOST_COLUMNS:
        raise ArgumentError(
            "to_excel", f"{rows:,} rows and {columns:,} columns of {sheet.name}",
            f"a sheet holds {MOST_ROWS:,} and {MOST_COLUMNS:,}",
            "Use to_frame().to_csv(path), or fewer events.",
        )  # fmt: skip


def flat(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a named index among its columns."""
    named = frame.index.name is not None or frame.index.nlevels > 1
    return frame.reset_index() if named else frame


def _fill(place: Any, sheet: Sheet, styles: Mapping[str, Any]) -> None:
    frame = flat(sheet.frame)
    for column, name in enumerate(frame.columns):
        values = [cell(value) for value in frame.iloc[:, column].tolist()]
        style = "wrapped" if sheet.prose else sheet.formats.get(name, "general")
        _write(place, 0, column, cell(name), styles, "head")
        for row, value in enumerate(values, start=1):
            _write(place, row, column, value, styles, style)
        place.set_column(column, column, _width(str(name), values, style))
    place.freeze_panes(1, sheet.frozen)
    place.set_landscape()
    place.fit_to_pages(1, 0)
    place.repeat_rows(0)
    if sheet.prose:
        _set_heights(place, frame)
    elif len(frame):
        place.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _set_heights(place: Any, frame: pd.DataFrame) -> None:
    """Make rows as high as their longest text, which not every program does itself."""
    for row, texts in enumerate(frame.itertuples(index=False), start=1):
        lines = max(math.ceil(len(str(text)) / LINE_CHARACTERS) for text in texts)
        place.set_row(row, LINE_HEIGHT * max(lines, 1))


def _width(name: str, values: Sequence[Cell], style: str) -> int:
    """Characters that a column needs; numbers are as wide as they are shown."""
    texts = [value for value in values[:MEASURED_ROWS] if isinstance(value, str)]
    longest = max(map(len, texts), default=NARROWEST)
    dated = 12 if any(isinstance(value, dt.datetime) for value in values[:1]) else 0
    money = 16 if style == "money" else 0
    return min(max(len(name) + 3, longest + 1, dated, money, NARROWEST), WIDEST)


def _write(
    place: Any, row: int, column: int, value: Cell, styles: Mapping[str, Any], key: str
) -> None:
    """Write a value as what it is: a text never becomes a number, link or formula."""
    style = styles[key]
    if value is None:
        place.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        place.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        if value.startswith(FORMULA_SIGNS):
            style = styles["head quoted" if key == "head" else "quoted"]
        place.write_string(row, column, value, style)
    elif isinstance(value, dt.datetime):
        day = value.time() == dt.time(0)
        place.write_datetime(row, column, value, styles["day" if day else "time"])
    else:
        place.write_number(row, column, value, style)


def _draw(book: Any, place: Any, chart: Chart, sheets: Mapping[str, Sheet]) -> None:
    bars = book.add_chart({"type": "column"})
    fill = {"fill": {"color": FAINT}, "gap": 40}
    bars.add_series(_series(sheets, chart.rows, chart.bars) | fill)
    if chart.line is not None:
        line = book.add_chart({"type": "line"})
        width = {"line": {"color": ACCENT, "width": 2}}
        line.add_series(_series(sheets, chart.rows, chart.line) | width)
        bars.combine(line)
    font = {"name": "Arial", "color": INK}
    bars.set_title({"name": chart.title, "name_font": {**font, "size": 12}})
    bars.set_x_axis(
        {"name": chart.axis, "label_position": "low", "name_font": font,
         "num_font": font, "line": {"color": FAINT}}
    )  # fmt: skip
    bars.set_y_axis(
        {"num_format": "0%", "num_font": font, "line": {"none": True},
         "major_gridlines": {"visible": True, "line": {"color": LINE}}}
    )  # fmt: skip
    bars.set_legend({"position": "bottom", "font": font})
    bars.set_size({"width": 760, "height": 380})
    place.insert_chart(chart.below, 0, bars, {"description": chart.alt})


def _series(
    sheets: Mapping[str, Sheet], rows: str, what: tuple[str, str, str]
) -> dict[str, Any]:
    """Where the values of a series stand."""
    sheet, column, name = what
    frame = flat(sheets[sheet].frame)
    ends = {
        kind: [sheet, 1, frame.columns.get_loc(key), len(frame),
               frame.columns.get_loc(key)]
        for kind, key in (("categories", rows), ("values", column))
    }  # fmt: skip
    return {"name": name, **ends}
