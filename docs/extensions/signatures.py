"""Signatures without the private parts of results, which no user passes."""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

PRIVATE = re.compile(r"(, |(?<=\())_\w+(=[^,)]*)?")


def shorten(*asked: Any) -> tuple[str, str] | None:
    """Drop parameters whose names begin with an underscore."""
    signature, returned = asked[-2:]
    if signature is None or "_" not in signature:
        return None
    return PRIVATE.sub("", signature), returned


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at every signature that autodoc shows."""
    app.connect("autodoc-process-signature", shorten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
