"""Formulae as MathML, made when the pages are built: a browser shows them by itself."""

from __future__ import annotations

import html
import re
import unicodedata

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

DISTRIBUTED_AS = "\N{TILDE OPERATOR}"
IDENTIFIER = re.compile(r"<mi>(&#x[0-9A-F]+;)</mi>")


def mathml(formula: str, display: str) -> str:
    """The formula; relations stand as operators, which browsers set apart."""

    def operator(found: re.Match[str]) -> str:
        symbol = html.unescape(found[1]).replace("~", DISTRIBUTED_AS)
        relation = unicodedata.category(symbol) == "Sm"
        return f"<mo>{symbol}</mo>" if relation else found[0]

    made = convert(formula, display=display)
    return IDENTIFIER.sub(operator, made)


def inline(self: HTML5Translator, node: nodes.math) -> None:
    """A formula within a line."""
    self.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def block(self: HTML5Translator, node: nodes.math_block) -> None:
    """A formula of its own, which scrolls by itself on a narrow screen."""
    formula = mathml(node.astext(), "block")
    self.body.append(f'<div class="formula" tabindex="0">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer it as the renderer ``mathml``."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
