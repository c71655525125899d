"""Results beside each other as a workbook, and as a table for LaTeX."""

from __future__ import annotations

import pandas as pd

from eventstudy.report import comparison_text as words
from eventstudy.report import formats
from eventstudy.report._tables import Table
from eventstudy.report._workbook import Chart, workbook_bytes
from eventstudy.report.comparison_view import ComparisonView
from eventstudy.report.excel import provenance_sheet, sheet, summary_sheet
from eventstudy.report.latex import written_table

NOTE = (
    "Abnormal returns net of what the model expected; p: exact t test, two-sided; Holm "
    "p: adjusted for the number of results; rank p: the companion that does not need "
    "normally distributed returns."
)


def comparison_workbook(view: ComparisonView) -> bytes:
    """Make the workbook of a comparison.

    Parameters
    ----------
    view : ComparisonView

    Returns
    -------
    bytes
        Sheets ``summary`` (with a chart), ``comparison`` (as ``to_frame()``),
        ``abnormal_returns`` (all days of all), ``verdicts``, ``provenance``.

    Raises
    ------
    ArgumentError
        Without XlsxWriter.
    """
    summary = summary_sheet(
        [
            ("Comparison", words.title(view), ""),
            ("Finding", words.finding(view), ""),
            *(("Note", note, "") for note in words.remarks(view)),
            ("Made by", view.code, ""),
        ]
    )
    sheets = [
        summary,
        sheet("comparison", view.table),
        sheet("abnormal_returns", view.abnormal_returns, 2),
        sheet("verdicts", _verdicts(view)),
        provenance_sheet(view),
    ]
    what = f"Abnormal return, {formats.window_words(*view.window)}"
    chart = Chart(
        "summary", len(summary.frame) + 2, words.title(view), "Event",
        words.picture_words(view), "id", ("comparison", "value", what),
    )  # fmt: skip
    return workbook_bytes(sheets, chart, words.title(view))


def _verdicts(view: ComparisonView) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": list(view.ids),
            "design": [repr(result.design) for result in view.results],
            "verdict": [result.verdict for result in view.results],
        }
    )


def comparison_table(view: ComparisonView) -> str:
    """Make the table of a comparison for LaTeX.

    Parameters
    ----------
    view : ComparisonView

    Returns
    -------
    str
        A whole ``table`` with caption, label and notes; returns in per cent.
    """
    cells = words.table(view)
    table = Table(cells.head, cells.rows, _aligned(cells.align))
    return written_table(
        table, words.title(view), "comparison", [NOTE, *words.remarks(view)]
    )


def _aligned(align: str) -> str:
    """Columns for LaTeX; the last one holds words and is wrapped."""
    letters = align.translate(str.maketrans("<>", "lr"))
    return letters[:-1] + "p{0.22\\linewidth}" if align.endswith("<") else letters
