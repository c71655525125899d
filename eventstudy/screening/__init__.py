"""Which events of a table can be studied, and why the others cannot."""

from eventstudy.screening.screened import Screened, screen, study_notes
from eventstudy.screening.sources import (
    firms_and_choices,
    require_factors,
    single_source,
)

__all__ = [
    "Screened",
    "firms_and_choices",
    "require_factors",
    "screen",
    "single_source",
    "study_notes",
]
