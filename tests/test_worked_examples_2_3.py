"""The worked examples of three and of six events, to the digits of the reference."""

import functools
import json
from pathlib import Path

import numpy as np
import pytest

from eventstudy.inference._base import TESTS, find_test
from tests import many

REFERENCE = Path(__file__).parent / "references" / "worked_examples_2_3.json"
EXAMPLES = {
    name: example
    for name, example in json.loads(REFERENCE.read_text()).items()
    if name != "about"
}
DIGITS = {"rel": 1e-9, "abs": 1e-15}
APART = 1000  # calendar days between the event dates

# The reference's keys where they are not ours.
KEYS = {
    "corrado_fpc": "corrado|fpc",
    "corrado_zivney_rank_fpc": "corrado_zivney_rank|fpc",
    "cluster_by_date_car": "cluster_by_date|on=car",
}


def key_of(name):
    """Our key for a test of the reference."""
    return KEYS.get(name, name)


def window_of(label):
    """A pair from "window [-1,+1]"."""
    first, last = label.removeprefix("window [").removesuffix("]").split(",")
    return int(first), int(last)


def collected():
    """Example, window and key of each test value and each detail."""
    for name, example in EXAMPLES.items():
        for label, expected in example["expected"].items():
            if label.startswith("window"):
                tests = {k: v for k, v in expected.items() if k != "details"}
                details = expected["details"]
                tests |= {k: details[k] for k in KEYS if k in details}
                yield (
                    name,
                    label,
                    tests,
                    {k: v for k, v in details.items() if k not in KEYS},
                )


VALUES = [
    (name, label, key, value)
    for name, label, tests, _ in collected()
    for key, value in tests.items()
]
DETAIL_VALUES = [
    (name, label, key, value)
    for name, label, _, details in collected()
    for key, value in details.items()
]


def exists(key):
    return key_of(key).partition("|")[0] in TESTS


@functools.cache
def samples(name):
    """The cross-section of each window, by the engine and both passes."""
    inputs = EXAMPLES[name]["inputs"]
    events = [
        {
            "market_estimation": inputs.get("market_estimation"),
            "market_event": inputs.get("market_event"),
            "date_cluster": 1,
        }
        | event
        for event in inputs["events"]
    ]
    y, x = (
        np.array([e[f"{who}_estimation"] + e[f"{who}_event"] for e in events], float)
        for who in ("firm", "market")
    )
    labels = [key for key in EXAMPLES[name]["expected"] if key.startswith("window")]
    found = many.run(
        y,
        x,
        event_days=3,
        day0=APART * np.array([e["date_cluster"] for e in events]),
        windows=[window_of(label) for label in labels],
        tests=[key for key in TESTS if TESTS[key].kind == "sample"],
        min_overlap=3,
        min_clusters=2,
    )
    return dict(zip(labels, found, strict=True))


def outcome(name, label, key):
    return find_test(key_of(key))(samples(name)[label])


@pytest.mark.parametrize(
    ("name", "label", "key", "expected"),
    [value for value in VALUES if exists(value[2])],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_statistic_df_and_p(name, label, key, expected):
    found = outcome(name, label, key)
    assert found.statistic.value == pytest.approx(expected["statistic"], **DIGITS)
    assert found.p_value == pytest.approx(expected["p"], **DIGITS)
    if expected["df"] is None:
        assert found.statistic.df is None
    else:
        assert found.statistic.distribution == "t"
        assert found.statistic.df == expected["df"]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("what", ["CAR", "SCAR"])
def test_each_event(name, what):
    for label, sample in samples(name).items():
        expected = np.array(
            EXAMPLES[name]["expected"]["per_event"][
                what + label.removeprefix("window ")
            ],
            float,
        )
        found = sample.car if what == "CAR" else sample.scar
        np.testing.assert_allclose(found, expected[np.isfinite(expected)], rtol=1e-9)


# The helpers of the reference, from the arrays of a sample or solved out of the
# statistics of tests, so that they hang on no room of ours.
def statistic(name, label, key):
    return float(outcome(name, label, key).statistic.value)


def correlation(name, label, adjusted, plain):
    """r of adjusted = plain sqrt((1 - r) / (1 + (N - 1) r))."""
    ratio = (statistic(name, label, adjusted) / statistic(name, label, plain)) ** 2
    n = samples(name)[label].n_events
    return (1.0 - ratio) / (1.0 + (n - 1.0) * ratio)


def before_transformation(name, label, key):
    """Z of t = Z sqrt((T - 2) / (T - 1 - Z^2))."""
    found = outcome(name, label, key).statistic
    t, rest = float(found.value), float(found.df)
    return t * np.sqrt((rest + 1.0) / (rest + t**2))


def share(name, label, key):
    """p of z = (w - N p) / sqrt(N p (1 - p))."""
    sample, z = samples(name)[label], statistic(name, label, key)
    n, w = sample.n_events, int((sample.car > 0).sum())
    a, b, c = n**2 + z**2 * n, -(2.0 * w * n + z**2 * n), float(w**2)
    roots = np.roots([a, b, c]).real
    roots = roots[n * roots * (1 - roots) > 1e-9]  # 1 is one where all are positive
    return roots[
        np.argmin(np.abs((w - n * roots) / np.sqrt(n * roots * (1 - roots)) - z))
    ]


def skewness(name, label):
    """Solved out of the two skewness-adjusted tests: their difference is cubic."""
    sample = samples(name)[label]
    n, s = sample.n_events, sample.car.mean() / sample.car.std(ddof=1)
    excess = statistic(name, label, "johnson") / np.sqrt(n) - s
    return excess / (s**2 / 3.0 + 1.0 / (6.0 * n))


def of_sample(compute):
    return lambda name, label: compute(samples(name)[label])


def portfolio_sd(name, label):
    sample = samples(name)[label]
    c_bar = np.mean(sample.variance / sample.sigma**2)
    return sample.car.mean() / statistic(name, label, "bw_portfolio") / np.sqrt(c_bar)


# Detail: the tests it is solved out of, and how.
DETAILS = {
    "N": ((), of_sample(lambda s: s.n_events)),
    "CAAR": ((), of_sample(lambda s: s.car.mean())),
    "sd_CAR": ((), of_sample(lambda s: s.car.std(ddof=1))),
    "mean_SCAR": ((), of_sample(lambda s: s.scar.mean())),
    "sd_SCAR": ((), of_sample(lambda s: s.scar.std(ddof=1))),
    "c_bar": ((), of_sample(lambda s: np.mean(s.variance / s.sigma**2))),
    "precision_weighted_mean": (
        (),
        of_sample(lambda s: np.average(s.car, weights=1.0 / s.variance)),
    ),
    "n_positive": (("sign",), lambda *at: statistic(*at, "sign")),
    "sign_z": (
        ("sign",),
        lambda *at: (
            (2.0 * statistic(*at, "sign") - samples(at[0])[at[1]].n_events)
            / np.sqrt(samples(at[0])[at[1]].n_events)
        ),
    ),
    "skewness_gamma": (("johnson",), skewness),
    "sd_AAR_estimation": (("bw_portfolio",), portfolio_sd),
    "r_bar": (
        ("bmp_adjusted", "bmp"),
        lambda *at: correlation(*at, "bmp_adjusted", "bmp"),
    ),
    "r_c": (
        ("cross_sectional_adjusted", "cross_sectional_t"),
        lambda *at: correlation(*at, "cross_sectional_adjusted", "cross_sectional_t"),
    ),
    "grank_Z_raw": (("grank_t",), lambda *at: before_transformation(*at, "grank_t")),
    "sign_gsar_Z_raw": (
        ("sign_gsar_t",),
        lambda *at: before_transformation(*at, "sign_gsar_t"),
    ),
    "p_hat": (("generalized_sign",), lambda *at: share(*at, "generalized_sign")),
    "p_hat_daily": (
        ("generalized_sign",),
        lambda *at: share(*at, "generalized_sign|daily_p"),
    ),
    "n_shifts": (
        ("placebo_in_time",),
        lambda *at: float(outcome(*at, "placebo_in_time").statistic.draws),
    ),
}


@pytest.mark.parametrize(
    ("name", "label", "key", "expected"),
    [value for value in DETAIL_VALUES if all(map(exists, DETAILS[value[2]][0]))],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_detail(name, label, key, expected):
    found = DETAILS[key][1](name, label)
    assert found == pytest.approx(expected, **DIGITS)


def test_no_value_is_left_out():
    missing = {key for *_, key, _ in VALUES if not exists(key)}
    assert missing == set()
    assert len(VALUES) == 144
    assert len(DETAIL_VALUES) == 90
