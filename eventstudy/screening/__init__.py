"""Which events of a table can be studied, and why the others cannot."""

from eventstudy.screening.endings import ending_notes, require_to_the_end
from eventstudy.screening.estimated import Work
from eventstudy.screening.screened import Screened, screen, study_notes
from eventstudy.screening.sources import (
    firms_and_choices,
    require_factors,
    single_source,
)

__all__ = [
    "Screened",
    "Work",
    "ending_notes",
    "firms_and_choices",
    "require_factors",
    "require_to_the_end",
    "screen",
    "single_source",
    "study_notes",
]
