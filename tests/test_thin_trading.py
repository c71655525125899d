"""Betas of shares that do not trade every day, by the whole way from prices."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import eventstudy as es

REFERENCE = Path(__file__).parent / "references" / "thin_trading_betas.json"
SHARES, DAYS, DAY0 = 60, 300, 280
CHANCE = np.linspace(0.25, 1.0, SHARES)
# The shares whose probabilities are those of the table: 0.25, 0.50, 0.76 and 1.
SHOWN = [0, 20, 40, 59]
HALF_A_DIGIT = 0.005


def market_of_thin_shares(rng):
    """Log prices of the four shares, NaN without a trade, and of the market.

    Each share moves with the common factor (1 % a day) and by itself (2 %).  The
    market is the mean of what is observed: a share without a trade stands still.
    """
    true = rng.normal(0, 0.01, DAYS) + rng.normal(0, 0.02, (SHARES, DAYS))
    traded = rng.random((SHARES, DAYS)) < CHANCE[:, None]
    traded[:, [0, DAY0]] = True
    levels = true.cumsum(axis=1)
    quoted = pd.DataFrame(np.where(traded, levels, np.nan).T)
    market = quoted.ffill().diff().fillna(0.0).mean(axis=1).cumsum()
    return quoted[SHOWN], market


def test_the_table_says_where_its_shares_are():
    table = json.loads(REFERENCE.read_text())
    assert np.round(CHANCE[SHOWN], 2).tolist() == table["probability"]


@pytest.mark.slow
def test_betas_of_least_squares():
    """Means over 400 markets, within four standard errors and the table's digits."""
    rng, replications = np.random.default_rng(27), 400
    columns, events = {}, []
    index = pd.bdate_range("2018-01-01", periods=DAYS)
    for number in range(replications):
        shares, market = market_of_thin_shares(rng)
        columns[f"M{number}"] = market.to_numpy()
        for at in SHOWN:
            columns[f"F{number}-{at}"] = shares[at].to_numpy()
            events.append((f"F{number}-{at}", index[DAY0], f"M{number}", at))
    found = es.study(
        pd.DataFrame(events, columns=["ticker", "date", "market", "share"]),
        prices=np.exp(pd.DataFrame(columns, index)), market="M0", windows=[(0, 0)],
        missing="lumped", return_kind="log", tests=["cross_sectional_t"],
    )  # fmt: skip
    assert len(found) == 4 * replications
    betas = found.events.groupby("share")["beta"]
    table = json.loads(REFERENCE.read_text())
    error = 4 * betas.std().to_numpy() / np.sqrt(replications) + HALF_A_DIGIT
    assert (np.abs(betas.mean().to_numpy() - table["ols"]) < error).all()
    assert error.max() < 0.05
