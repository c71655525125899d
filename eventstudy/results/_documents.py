"""How a result goes into the papers of others: workbook, table, methods section."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path

from eventstudy.design import Design
from eventstudy.inference._base import find_test
from eventstudy.report.files import write_bytes, write_text
from eventstudy.report.methods import section_bibtex, section_text


class Tables:
    """Tables for spreadsheets and papers; a result adds what they hold."""

    __slots__ = ()

    @abstractmethod
    def _workbook(self) -> bytes:
        """The result as a workbook."""

    @abstractmethod
    def _table(self) -> str:
        """The main table for LaTeX."""

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: a summary with a chart, then one tidy table a sheet.

        Numbers are whole (:meth:`to_frame` reads back bit for bit), missing values
        are empty cells, and text is never a formula.

        Parameters
        ----------
        path : str or Path
            An existing file is replaced, whole.

        Returns
        -------
        Path
            Of the file: the same bytes for the same result.

        Raises
        ------
        ArgumentError
            When XlsxWriter is not installed (extra ``excel``), a table is larger than
            a sheet, or the path cannot be written.
        """
        return write_bytes(path, self._workbook())

    def to_latex(self, path: str | Path | None = None) -> str:
        r"""Make the main table for a paper; needs ``\usepackage{booktabs}``.

        Parameters
        ----------
        path : str or Path, optional
            Also write it there.

        Returns
        -------
        str
            A ``table`` with caption and label; the notes below it name test, window
            and model, and of many events their number.

        Examples
        --------
        >>> import eventstudy as es
        >>> table = es.analyze("IMGN", "2010-08-27").to_latex()
        >>> print(table.splitlines()[11][:34])
        day 0 & 1 & $-$41.09 & 2.67 & $-$1
        """
        table = self._table()
        if path is not None:
            write_text(path, table)
        return table


class Documents(Tables):
    """Tables, and the methods section of a paper."""

    __slots__ = ()

    design: Design

    @abstractmethod
    def _methods(self) -> Sequence[str]:
        """Paragraphs of a methods section, with marks where they cite."""

    def methods_text(self, form: str = "text") -> str:
        r"""The methods section of a paper: data, model, windows, tests, limits.

        Parameters
        ----------
        form : {"text", "latex"}
            Plain text with its list of references; or LaTeX that cites with
            ``\citep`` what :meth:`bibliography` holds.

        Returns
        -------
        str

        Raises
        ------
        ArgumentError
            For another form.

        Examples
        --------
        >>> import eventstudy as es
        >>> text = es.analyze("IMGN", "2010-08-27").methods_text()
        >>> "with 248 degrees of freedom" in " ".join(text.split())
        True
        """
        return section_text(self._methods(), form)

    def bibliography(self, path: str | Path | None = None) -> str:
        """The sources that :meth:`methods_text` cites, for BibTeX.

        Parameters
        ----------
        path : str or Path, optional
            Also write it there.

        Returns
        -------
        str
            An entry a source; keys are surnames and year.

        Examples
        --------
        >>> import eventstudy as es
        >>> entries = es.analyze("IMGN", "2010-08-27").bibliography()
        >>> "@article{mackinlay_1997," in entries
        True
        """
        entries = section_bibtex(self._methods())
        if path is not None:
            write_text(path, entries)
        return entries

    def test_reference(self, key: str) -> str:
        """The source of a test: author, year, journal.

        Parameters
        ----------
        key : str
            From the table of tests.
        """
        own = {test.key: test for test in self.design.tests or ()}
        return (own.get(key) or find_test(key)).reference
