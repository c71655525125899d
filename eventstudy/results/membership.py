"""A firm inside its own industry index: how much that could hide (methods 2.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from eventstudy.report.formats import significant as significant_digits

if TYPE_CHECKING:
    from eventstudy.results.event_result import EventResult

LARGE_WEIGHT = 0.05
NOTICEABLE = 0.001
SAID_FOR = 0.01


def membership(result: EventResult, significant: bool) -> list[str]:
    """Say what membership would do, where it matters.

    Parameters
    ----------
    result : EventResult
        Whose abnormal return of day 0 is understated by about gamma * w * abs(R)
        when the firm has weight w in the index.
    significant : bool
        Whether the headline test rejects.

    Returns
    -------
    list of str
        A sentence, if the headline is significant or a weight of 5 % hides more
        than a tenth of a percentage point; else none.
    """
    design = result.design
    if "industry" not in design.model.regressors or design.industry_weight:
        return []
    gamma = float(result.model.params["industry"])
    hidden = gamma * abs(float(result.abnormal_returns["actual"].get(0, math.nan)))
    if not hidden > 0 or not (significant or hidden * LARGE_WEIGHT > NOTICEABLE):
        return []
    points = significant_digits(100.0 * hidden * SAID_FOR, 2)
    said = (
        f"If {result.ticker} is itself part of the industry index, AR(0) is "
        f"understated by about {points} percentage points for each 1 % of weight that "
        "it has there; industry_weight= takes it out."
    )
    return [said]
