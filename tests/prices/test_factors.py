"""Factors: decimals from every door, per cent and missing codes refused."""

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import BadDataError, NoDataError
from eventstudy.prices.factors import factor_frame, factor_name, require_cover

DAYS = pd.bdate_range("2020-01-01", periods=300, name="date").as_unit("ns")


def french(scale=0.01, seed=0, index=DAYS):
    values = scale * np.random.default_rng(seed).standard_normal((len(index), 5))
    columns = ["Mkt-RF", "SMB", "HML", "RF", "Mom   "]
    return pd.DataFrame(values, index=index, columns=columns)


def test_the_shipped_slice_is_in_decimals():
    frame, facts, notes = factor_frame()
    assert list(frame.columns) == ["mkt_rf", "smb", "hml", "rmw", "cma", "rf", "mom"]
    assert frame.shape == (504, 7)
    # As printed by the library: 3.12, -1.38, -0.42, -0.19, -0.10, 0.00, -4.29 per cent.
    np.testing.assert_allclose(
        frame.iloc[0],
        [0.0312, -0.0138, -0.0042, -0.0019, -0.001, 0, -0.0429],
        rtol=1e-15,
    )
    assert (facts["first"], facts["last"]) == ("2009-01-02", "2010-12-31")
    assert facts["unit"] == "decimals a day"
    assert len(str(facts["sha256"])) == 64
    assert notes == (
        "The risk-free rate is given as 0.00 % on every day of these factors.",
    )


def test_the_shipped_slice_cannot_be_changed_from_outside():
    frame = factor_frame()[0]
    frame.iloc[:, :] = 9.0
    assert factor_frame()[0].iloc[0, 0] == pytest.approx(0.0312)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Mkt-RF", "mkt_rf"),
        ("Mkt_RF", "mkt_rf"),
        ("MKTRF", "mkt_rf"),
        ("mkt_rf", "mkt_rf"),
        ("SMB", "smb"),
        ("RF", "rf"),
        ("Mom   ", "mom"),
        ("MOM", "mom"),
        ("UMD", "mom"),
        ("umd", "mom"),
        ("QMJ ", "QMJ"),
    ],
)
def test_spellings(label, name):
    assert factor_name(label) == name


@pytest.mark.parametrize(
    "factors",
    [
        french(),
        french().tz_localize("America/New_York"),
        french().to_period("D"),
        french().set_axis(DAYS.as_unit("us")),
        french().reset_index(),
        french().rename(columns=lambda name: name.strip().lower()),
        french().assign(other=0.0),
    ],
    ids=["plain", "zone", "periods", "unit", "date column", "lower case", "other"],
)
def test_a_users_frame_in_any_form(factors):
    before = factors.copy()
    frame, facts, notes = factor_frame(factors)
    assert list(frame.columns[:5]) == ["mkt_rf", "smb", "hml", "rf", "mom"]
    assert frame.index.equals(DAYS)
    np.testing.assert_array_equal(frame["mom"], french()["Mom   "])
    assert notes == ()
    assert facts["source"] == "factors= (a frame)"
    assert facts["retrieved_at"] is None
    pd.testing.assert_frame_equal(factors, before)


def test_per_cent_are_refused():
    with pytest.raises(BadDataError, match="looks like per cent") as caught:
        factor_frame(french(scale=1.2))
    assert caught.value.way_out == "Divide the frame by 100."


@pytest.mark.parametrize(
    ("scale", "refused"), [(0.09, False), (0.105, True), (0.11, True)]
)
def test_the_bound_lies_at_a_tenth(scale, refused):
    frame = french(scale)
    frame["Mkt-RF"] *= scale / frame["Mkt-RF"].std()
    if refused:
        with pytest.raises(BadDataError, match="per cent"):
            factor_frame(frame)
    else:
        assert factor_frame(frame)[2]


@pytest.mark.parametrize("scale", [0.001, 0.08])
def test_unusual_spreads_are_noted(scale):
    frame = french()
    frame["Mkt-RF"] *= scale / frame["Mkt-RF"].std()
    (note,) = factor_frame(frame)[2]
    assert "is odd" in note


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (np.inf, "an infinite value in smb on 2020-01-03"),
        (-99.99, "a missing-data code in smb on 2020-01-03"),
        (-0.9999, "a missing-data code in smb on 2020-01-03"),
        (-999.0, "a missing-data code in smb on 2020-01-03"),
    ],
)
def test_codes_and_infinities(value, why):
    frame = french()
    frame.iloc[2, 1] = value
    with pytest.raises(BadDataError, match=why):
        factor_frame(frame)


def test_nan_is_missing():
    frame = french()
    frame.iloc[2, 1] = np.nan
    assert np.isnan(factor_frame(frame)[0].iloc[2, 1])


@pytest.mark.parametrize(
    ("factors", "why"),
    [
        (5, "not a frame"),
        ("factors.csv", "not a frame"),
        (french()["SMB"], "not a frame"),
        (pd.DataFrame(), "no known factor|no dates"),
        (french()[[]], "no known factor"),
        (french().rename(columns=lambda name: "x" + name), "no known factor"),
        (french().assign(UMD=0.0), "mom stands there twice"),
        (french().reset_index().assign(Date=1), "more than one column for the date"),
        (french().astype(str), "no number"),
        (french().reset_index(drop=True), "no dates"),
        (french().iloc[::-1], "not in the order"),
        (french().tz_localize("UTC").tz_convert("Asia/Tokyo"), "clock time"),
    ],
    ids=str,
)
def test_refused(factors, why):
    with pytest.raises(BadDataError, match=why) as caught:
        factor_frame(factors)
    assert caught.value.parameter == "factors"


def test_cover():
    frame, _, _ = factor_frame()
    inside = pd.Timestamp(2009, 1, 2), pd.Timestamp(2010, 12, 31)
    require_cover(frame, *inside)
    for first, last in (
        (pd.Timestamp(2009, 1, 1), inside[1]),
        (inside[0], pd.Timestamp(2011, 1, 3)),
    ):
        with pytest.raises(NoDataError) as caught:
            require_cover(frame, first, last)
        message = str(caught.value)
        assert f"{first.date()} to {last.date()}" in message
        assert "2009-01-02 to 2010-12-31" in message
        assert "Kenneth R. French" in message
