"""What was done with days without a price, where it is not what is done by default."""

from __future__ import annotations

from types import MappingProxyType

from eventstudy.report._base import DesignView

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


def treatment_words(design: DesignView) -> str:
    """A sentence, led by a space, for the methods section; nothing by default."""
    filled = FILLED.get(design.missing, "")
    return filled + (STRADDLING if design.boundary == "include" else "")
