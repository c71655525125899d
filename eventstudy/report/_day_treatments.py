"""What was done with days without a price, where it is not what is done by default."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from eventstudy.report._base import DesignView
from eventstudy.report.formats import percent

FILLED = MappingProxyType(
    {
        "lumped": (
            " A day without a price has the return 0, and the next one with a price "
            "the return over all days."
        ),
        "uniform": (
            " A return over several days without a price is spread over them in equal "
            "parts."
        ),
    }
)
STRADDLING = (
    " A return over several days without a price counts in every window in which it "
    "ends, even if it begins before it."
)


def delisting_words(provenance: Mapping[str, Any]) -> str:
    """What followed the last price, led by a space; nothing where it is not known."""
    found = provenance.get("firm", {}).get("delisting")
    if not found:
        return ""
    said = " The last return is or holds a delisting return of "
    said += percent(found["value"])
    source = found["source"]
    if source.endswith("="):
        return f"{said}."
    return f"{said}, assumed after the mean of performance delistings in {source}."


def treatment_words(design: DesignView) -> str:
    """A sentence, led by a space, for the methods section; nothing by default."""
    filled = FILLED.get(design.missing, "")
    return filled + (STRADDLING if design.boundary == "include" else "")
