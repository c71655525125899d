"""How the cells of a workbook look: number formats, heads, wrapped and quoted text."""

from __future__ import annotations

from typing import Any

INK, ACCENT, FAINT, LINE = "#1d252d", "#14508c", "#7f8c99", "#d5dbe1"
NUMBER_FORMATS = {
    "percent": "0.00%",
    "number": "0.00",
    "coefficient": "0.0000",
    "p": '[<0.001]"<0.001";0.000',
    "count": "#,##0",
    "money": "#,##0",
    "price": "#,##0.00",
    "day": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm:ss",
    "general": "General",
}


def cell_styles(book: Any) -> dict[str, Any]:
    """The formats of cells by key; ``quoted`` ones hold text that looks like a formula.

    They carry the mark that a spreadsheet sets for a text typed after an apostrophe.
    """
    top: dict[str, Any] = {"valign": "top"}
    found = {
        key: book.add_format({**top, "num_format": written})
        for key, written in NUMBER_FORMATS.items()
    }
    head = {"bold": True, "bottom": 1, "font_color": INK, "text_wrap": True}
    found["head"] = book.add_format(head)
    found["wrapped"] = book.add_format({**top, "text_wrap": True})
    found["quoted"] = book.add_format({**top, "quote_prefix": True})
    found["head quoted"] = book.add_format({**head, "quote_prefix": True})
    return found
