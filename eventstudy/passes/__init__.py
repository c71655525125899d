"""Many events in two passes: estimates of each, then sums over their residuals.

The unit of work is a run of leaves in canonical order.  Units are independent and
their sums are added in order, so any executor gives the bits of a plain loop.
"""

from eventstudy.passes.estimates import Estimates, first_pass
from eventstudy.passes.executors import Executor, Progress
from eventstudy.passes.residual_sums import residual_pass
from eventstudy.passes.samples import cross_section, placebo_samples

__all__ = [
    "Estimates",
    "Executor",
    "Progress",
    "cross_section",
    "first_pass",
    "placebo_samples",
    "residual_pass",
]
