"""Texts as LaTeX takes them: no character of data is ever a command."""

from __future__ import annotations

import re

COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''{}",  # a straight one is not in every font
    "*": "{*}",  # else the star of a line end before it
    "`": r"\textasciigrave{}",
    "[": "{[}",  # else the option of a line end before it
    "\0": "{}",
}
LIGATURES = re.compile("([-',])(?=\\1)")  # two hyphens of a text are no dash
SYMBOLS = {
    "\N{MINUS SIGN}": "$-$",
    "\N{EN DASH}": "--",
    "\N{EM DASH}": "---",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
    "\N{LEFT DOUBLE QUOTATION MARK}": "``",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "''",
    "\N{LEFT SINGLE QUOTATION MARK}": "`",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{HORIZONTAL ELLIPSIS}": r"\dots{}",
    "\N{MULTIPLICATION SIGN}": r"$\times$",
    "\N{PLUS-MINUS SIGN}": r"$\pm$",
    "\N{SUPERSCRIPT TWO}": "$^2$",
    "\N{INFINITY}": r"$\infty$",
    "\N{LESS-THAN OR EQUAL TO}": r"$\leq$",
    "\N{GREATER-THAN OR EQUAL TO}": r"$\geq$",
    "\N{EURO SIGN}": r"\texteuro{}",
    "\N{POUND SIGN}": r"\pounds{}",
    "\N{YEN SIGN}": r"\textyen{}",
    "\N{MIDDLE DOT}": r"\textperiodcentered{}",
    "\N{DEGREE SIGN}": r"\textdegree{}",
    "\N{DAGGER}": r"\textdagger{}",
}
ESCAPES = str.maketrans(COMMANDS | SYMBOLS)
UNPRINTABLE = dict.fromkeys((*range(32), 127), " ")


def latex(text: str) -> str:
    """Escape a text for LaTeX.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        On one line.  Letters beyond ASCII stay as they are: LaTeX since 2018 reads
        UTF-8; for other scripts than Latin use XeLaTeX or LuaLaTeX.
    """
    return LIGATURES.sub("\\1\0", text.translate(UNPRINTABLE)).translate(ESCAPES)
