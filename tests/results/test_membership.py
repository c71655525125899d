"""The note on a firm inside its own industry index, and when it is made."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.report.text import percent


def hidden(day):
    """Gamma times abs(R) of IMGN by numpy, from the shipped prices."""
    frames = {name: es.load_prices(name) for name in ("IMGN", "^GSPC", "IBB")}
    closes = pd.DataFrame(
        {name: f.get("adj_close", f.iloc[:, -1]) for name, f in frames.items()}
    )
    returns = closes.pct_change()
    at = returns.index.get_loc(pd.Timestamp(day))
    window = returns.iloc[at - 260 : at - 10]
    x = np.column_stack([np.ones(250), window["^GSPC"], window["IBB"]])
    gamma = np.linalg.lstsq(x, window["IMGN"].to_numpy(), rcond=None)[0][2]
    return gamma * abs(returns["IMGN"].iloc[at])


def notes(day, **given):
    warnings = es.analyze("IMGN", day, industry="IBB", **given).warnings
    return [words for words in warnings if "industry_weight=" in words]


def test_it_is_worded_for_one_per_cent_of_weight():
    (said,) = notes("2010-08-27")
    assert said == (
        "If IMGN is itself part of the industry index, AR(0) is understated by about "
        f"{percent(hidden('2010-08-27') * 0.01)[:-2]} percentage points for each 1 % "
        "of weight that it has there; industry_weight= takes it out."
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2013-02-22", True),  # not significant, yet 5 % would hide 0.12 points
        ("2012-11-06", False),  # not significant, and 5 % would hide 0.02 points
    ],
)
def test_it_is_made_where_it_matters(day, said):
    assert (hidden(day) * 0.05 > 0.001) == said
    assert es.analyze("IMGN", day, industry="IBB").car().p_value > 0.05
    assert bool(notes(day)) == said


def test_a_small_understatement_of_a_significant_return_is_told():
    # at a level of 80 % even this return counts as significant
    assert es.analyze("IMGN", "2012-11-06", industry="IBB").car().p_value < 0.8
    assert notes("2012-11-06", confidence=0.2)


def test_a_weight_that_is_taken_out_needs_no_note():
    assert notes("2010-08-27", industry_weight=0.01) == []
