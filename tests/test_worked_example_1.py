"""The worked example of one event: inference, to the digits of the reference."""

import json
from pathlib import Path

import numpy as np
from scipy import stats

from eventstudy.core.power import minimum_detectable_effect, power
from eventstudy.core.residuals import autocorrelations, residuals_of
from eventstudy.inference._base import find_test
from eventstudy.inference.placebo import placebo_scores
from eventstudy.inference.serial_t import autocovariances, serial_variance
from tests.samples import Returns, sample_of

REFERENCE = Path(__file__).parent / "references" / "worked_example_1.json"
EXAMPLE = json.loads(REFERENCE.read_text())["example_1"]
EXPECTED = EXAMPLE["expected"]
DAYS, WINDOW = (-1, 0, 1), (-1, 1)


def returns():
    """The inputs as arrays with one event."""
    inputs = EXAMPLE["inputs"]
    y, market, y_event, market_event = (
        np.array([inputs[name]])
        for name in (
            "firm_estimation",
            "market_estimation",
            "firm_event",
            "market_event",
        )
    )
    x, x_event = (
        np.stack([np.ones(m.shape), m], axis=2) for m in (market, market_event)
    )
    return Returns(y, x, y_event, x_event, np.ones(y.shape), np.ones(y_event.shape))


def sample(window):
    return sample_of(returns(), window)


def close(found, *keys):
    """Within the digits printed: relative to each value."""
    expected = np.array([EXPECTED[key] for key in keys], float).reshape(np.shape(found))
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=0)


def outcome(key, one):
    found = find_test(key)(one)
    return found.statistic.value[0], found.p_value[0]


def test_estimation():
    one = sample(WINDOW)
    close(one.sigma[0], "sigma")
    assert one.df[0] == EXPECTED["df"]
    close(one.residuals[0], "residuals")


def test_prediction_errors():
    one = sample(WINDOW)
    leverage = one.rows[0] @ one.rows[0].T
    close(np.diag(leverage), "leverage_event_days")
    covariance = one.sigma[0] ** 2 * (np.eye(3) + leverage)
    close(covariance.ravel(), "covariance_of_ARs")
    close(one.abnormal_returns[0], "AR")
    close(np.sqrt(np.diag(covariance)), "AR_se")


def test_each_day():
    each = [sample((day, day)) for day in DAYS]
    exact = np.array([outcome("exact_t", one) for one in each])
    close(exact[:, 0], "AR_t")
    close(exact[:, 1], "AR_p")
    close(np.array([outcome("naive", one)[0] for one in each]), "naive_AR_t")


def test_car():
    one = sample(WINDOW)
    close(np.array([one.car[0], one.variance[0]]), "CAR", "CAR_var")
    close(np.sqrt(one.variance[0]), "CAR_se")
    close(np.array(outcome("exact_t", one)), "CAR_t", "CAR_p")
    close(outcome("naive", one)[0], "naive_CAR_t")


def test_interval():
    one = sample(WINDOW)
    critical = stats.t.ppf(0.975, one.df[0])
    margin = critical * np.sqrt(one.variance[0])
    close(critical, "t_crit_95")
    close(one.car[0] + margin * np.array([-1.0, 1.0]), "CAR_ci95")


def test_bounds():
    one = sample((0, 0))
    close(outcome("chebyshev", one)[1], "chebyshev_p_AR0")
    bound = outcome("chebyshev|exchangeable", one)[1]
    close(
        np.array([bound, bound]), "saw_yang_mo_bound_AR0", "exchangeability_bound_p_AR0"
    )
    argument = (1 + one.parameter_error[0]) * (one.df[0] / one.scar[0] ** 2 + 1)
    close(argument, "exchangeability_bound_argument_AR0")


def test_sample_quantile():
    one = sample((0, 0))
    close(outcome("sq|raw", one)[1], "sq_raw_two_sided_p_AR0")
    close(outcome("sq", one)[1], "sq_studentised_two_sided_p_AR0")
    close(outcome("sq|side=lower", one)[1], "sq_lower_tail_p_AR0")


def test_placebo_windows():
    one = sample(WINDOW)
    scores = placebo_scores(one)[0]
    close(scores[~np.isnan(scores)], "placebo_scar")
    close(outcome("placebo", one)[1], "sq_studentised_two_sided_p_CAR")
    assert (
        find_test("placebo")(one).valid[0] == EXPECTED["placebo_overlapping_valid_CAR"]
    )


def test_separate_placebo_windows_do_not_exist():
    found = find_test("placebo|non_overlapping")(sample(WINDOW))
    assert EXPECTED["placebo_non_overlapping_p_CAR"] is None
    assert np.isnan(found.p_value[0])
    assert found.reason[0] == EXPECTED["placebo_non_overlapping_p_CAR_reason"]


def test_squares():
    found = outcome("squares_placebo", sample(WINDOW))
    close(np.array(found), "sum_sar2", "sum_sar2_overlapping_placebo_p")


def test_joint_f():
    close(np.array(outcome("joint_f", sample(WINDOW))), "joint_F", "joint_F_p")


def test_serial_correlation():
    one, day = sample(WINDOW), sample((0, 0))
    gamma, lags = autocovariances(one)
    assert lags[0] == EXPECTED["sc_lags"]
    close(gamma[0], "sc_gamma")
    close(
        np.array([serial_variance(each)[0] for each in (day, one)]),
        "sc_AR0_var",
        "sc_CAR_var",
    )
    close(np.array(outcome("serial_t", day)), "sc_AR0_t", "sc_AR0_p")
    close(np.array(outcome("serial_t", one)), "sc_CAR_t", "sc_CAR_p")


def test_long_run_variance():
    day = sample((0, 0))
    # On one day only the parameter term differs: v = gamma_0 + omega^2 h.
    omega2 = (serial_variance(day) - day.sigma**2) / day.parameter_error
    close(omega2[0], "sc_omega2")


def test_first_autocorrelation():
    one = sample(WINDOW)
    residuals = residuals_of(
        one.residuals, one.residual_spans, one.residual_rows, one.sigma, one.df
    )
    close(autocorrelations(residuals, 1)[0, 0], "r1")


def test_power():
    error, df = np.sqrt(sample(WINDOW).variance[0]), EXPECTED["df"]
    close(power(0.05, error, df), "power_CAR_at_5pct")
    close(minimum_detectable_effect(error, df), "mde80_CAR_noncentral")
    approximate = (stats.t.ppf(0.975, df) + stats.t.ppf(0.8, df)) * error
    close(approximate, "mde80_CAR_approx")
