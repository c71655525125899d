"""What the reader should know before using a result: sentences, each said once."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from eventstudy.results.caveats import caveats
from eventstudy.results.verdict_facts import VerdictFacts
from eventstudy.results.words import sentence_of

SAID_BY_THE_VERDICT = ("confounding events", "variance rank p")


def result_warnings(
    facts: VerdictFacts, diagnostics: pd.DataFrame, notes: Iterable[str] = ()
) -> tuple[str, ...]:
    """Gather warnings: what would change the verdict, flagged checks, notes on data.

    Parameters
    ----------
    facts : VerdictFacts
        Its caveats come first, in the very words of the verdict, so that a page that
        shows both can leave them out here.
    diagnostics : DataFrame
        As :func:`eventstudy.results.diagnostics.diagnose`.
    notes : iterable of str
        On prices, factors, dates.

    Returns
    -------
    tuple of str
        Sentences without repeats.
    """
    said = diagnostics["check"].isin(SAID_BY_THE_VERDICT)
    flagged = diagnostics.loc[diagnostics["flag"] & ~said, "advice"]
    sentences = [*caveats(facts), *flagged, *notes]
    return tuple(dict.fromkeys(words for s in sentences if (words := sentence_of(s))))
