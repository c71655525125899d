"""The models that exist, and objects that stand in for one."""

from types import SimpleNamespace

import pytest

from eventstudy.errors import ArgumentError
from eventstudy.models import LinearModel, find_model, list_models
from eventstudy.models._base import coefficient_names, needed, with_industry

# Columns after the constant, what is taken off, k (methods 2).
TABLE = {
    "constant_mean": ("", "", 1),
    "market_adjusted": ("", "market", 0),
    "market_model": ("market", "", 2),
    "capm": ("market", "rf", 2),
    "fama_french_3": ("mkt_rf, smb, hml", "rf", 4),
    "carhart": ("mkt_rf, smb, hml, mom", "rf", 5),
    "fama_french_5": ("mkt_rf, smb, hml, rmw, cma", "rf", 6),
    "fama_french_6": ("mkt_rf, smb, hml, rmw, cma, mom", "rf", 7),
}


def test_the_table():
    frame = list_models()
    columns = ["regressors", "subtract", "parameters"]
    rows = frame[columns].itertuples(index=False, name=None)
    assert dict(zip(frame.index, rows, strict=True)) == TABLE
    assert frame["name"].is_unique
    assert frame["reference"].str.contains(r"\(\d{4}\)").all()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("constant_mean", ()),
        ("market_adjusted", ("market",)),
        ("market_model", ("market",)),
        ("capm", ("market", "rf")),
        ("carhart", ("mkt_rf", "smb", "hml", "mom", "rf")),
    ],
)
def test_series_needed(key, expected):
    assert needed(find_model(key)) == expected


def test_names_of_coefficients():
    assert coefficient_names(find_model("market_adjusted")) == ()
    assert coefficient_names(find_model("capm")) == ("alpha", "beta")
    assert coefficient_names(find_model("fama_french_3")) == (
        "alpha",
        "beta",
        "smb",
        "hml",
    )
    without = find_model("capm").using(intercept=False)
    assert coefficient_names(without) == ("beta",)


def test_industry_comes_last_and_changes_nothing_else():
    model = with_industry(find_model("carhart"))
    assert model.regressors == ("mkt_rf", "smb", "hml", "mom", "industry")
    assert (model.key, model.subtract, model.intercept) == ("carhart", "rf", True)
    assert coefficient_names(model)[-1] == "industry"


@pytest.mark.parametrize("key", ["constant_mean", "market_adjusted"])
def test_industry_needs_a_factor_beside_it(key):
    with pytest.raises(ArgumentError, match=f"industry='{key}'.*no market factor"):
        with_industry(find_model(key))


@pytest.mark.parametrize(
    ("given", "way_out"),
    [
        ("capm3", "Did you mean 'capm'?"),
        ("xyz", "Use one of these"),
        ("", "Use one of these"),
        (3, "LinearModel"),
        (LinearModel, "LinearModel"),
        (SimpleNamespace(key="x", name="X"), "LinearModel"),
    ],
)
def test_no_model(given, way_out):
    with pytest.raises(ArgumentError) as caught:
        find_model(given)
    assert caught.value.parameter == "model"
    assert all(key in caught.value.bound for key in TABLE)
    assert way_out in caught.value.way_out


def test_any_object_with_the_fields_is_a_model():
    own = SimpleNamespace(
        key="own", name="Own", reference="-", regressors=("smb",), intercept=True,
        subtract="",
    )  # fmt: skip
    assert find_model(own) is own
    assert needed(own) == ("smb",)
