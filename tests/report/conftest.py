"""A stand-in for the result of one event: the founding case, and variations on it.

The numbers of the founding case come from an ordinary regression of IMGN on ^GSPC in
plain numpy and statsmodels, not from this package.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

T_CRITICAL = 1.9695757  # 97.5 % quantile of Student's t with 248 df
DAY_0 = pd.Timestamp("2010-08-27")
ACTUAL = [
    -0.01427, -0.012249, 0.019166, 0.007743, -0.058178, 0.015152, -0.001148, -0.022989,
    0.007059, -0.01986, -0.384982, 0.096899, -0.056537, 0.018727, 0.033088, 0.0,
    -0.032028, 0.011029, -0.005455, 0.007313, 0.010889,
]  # fmt: skip
ABNORMAL = [
    -0.009096, -0.013323, -0.000107, 0.004616, -0.033538, 0.019782, 0.004052, -0.002001,
    0.001208, -0.009166, -0.41088, 0.118198, -0.058018, -0.026646, 0.018506, -0.02082,
    -0.015626, 0.000431, -0.013631, -0.000911, -0.006783,
]  # fmt: skip
ERROR = [
    0.026651, 0.026643, 0.026696, 0.026644, 0.026756, 0.02665, 0.026651, 0.026727,
    0.026647, 0.026668, 0.026742, 0.026729, 0.026643, 0.026961, 0.026672, 0.026705,
    0.026696, 0.026657, 0.026651, 0.026651, 0.026687,
]  # fmt: skip
CLOSES = [
    9.11, 8.98, 8.87, 9.04, 9.11, 8.58, 8.71, 8.7, 8.5, 8.56, 8.39, 5.16, 5.66, 5.34,
    5.44, 5.62, 5.62, 5.44, 5.5, 5.47, 5.51, 5.57,
]  # fmt: skip
WINDOWS = [
    # start, end, value, std_error, t, p_value, ci_low, ci_high, empirical, test, mde
    (0, 0, -0.410879728, 0.0267420509, -15.36455564, 6.9478e-38,
     -0.463550221, -0.358209236, 1 / 251, "sq", 0.0752160),
    (-1, 1, -0.301847074, 0.0463416609, -6.513514372, 4.0550e-10,
     -0.393120481, -0.210573667, 2 / 249, "placebo", 0.1303428),
    (0, 1, -0.292681314, 0.0377547897, -7.752163792, 2.3293e-13,
     -0.367042229, -0.218320399, 1 / 250, "placebo", 0.1061910),
    (-5, 5, -0.365783602, 0.0901697351, -4.056611696, 6.6736e-05,
     -0.543379717, -0.188187487, 3 / 241, "placebo", 0.2536158),
    (-10, 10, -0.453749349, 0.1269293494, -3.574818205, 0.000421144,
     -0.703746305, -0.203752393, math.nan, "", 0.3570077),
]  # fmt: skip
FIELDS = (
    "start", "end", "value", "std_error", "t", "p_value", "ci_low", "ci_high",
    "empirical_p_value", "empirical_test", "mde",
)  # fmt: skip
TESTS = [
    ("exact_t", -15.36455564, 248.0, 6.9478e-38, True, "",
     "The abnormal returns of the window sum to zero in expectation."),
    ("sq", -15.36455564, math.nan, 1 / 251, True, "",
     "The day is exchangeable with the estimation days."),
    ("chebyshev", 15.36455564, math.nan, 0.00423605, False, "worst_case",
     "The abnormal returns of the window sum to zero in expectation."),
    ("placebo|non_overlapping", math.nan, math.nan, math.nan, False,
     "level_not_attainable", "The window is exchangeable with estimation windows."),
    ("joint_f", 236.07, (1.0, 248.0), 6.9478e-38, False, "normal_errors_only",
     "No day of the window has an abnormal return."),
]  # fmt: skip
REFERENCES = {
    "exact_t": "MacKinlay (1997), J. Economic Literature 35, 13-39, eqs. 8-12.",
    "sq": "Gelbach, Helland & Klick (2013), Am. Law and Economics Review 15, 495-541.",
    "chebyshev": "Saw, Yang & Mo (1984), American Statistician 38, 130-132.",
}
DIAGNOSTICS = [
    ("serial correlation", -0.0513, 0.1632, False,
     "Residuals of neighbouring days correlate no more than chance explains."),
    ("Jarque-Bera p", 1.2e-9, 0.01, False, "The residuals are not normal."),
    ("CUSUM", math.nan, 1.143, False, "Not computed: too few days."),
    ("confounding events", 2.0, 0.0, True,
     "2 other known events of the firm in the windows: see confounders."),
]  # fmt: skip
VERDICT = (
    "On 27 August 2010 IMGN returned 41.09 % less than the market model expected (95 % "
    "interval −46.36 % to −35.82 %), or −$234.2 million of market value. Against its "
    "own history of 250 days this is unusually large (t = −15.36, p < 0.001)."
)
PROVENANCE = MappingProxyType(
    {
        "firm": {
            "ticker": "IMGN",
            "source": "Yahoo Finance history, as stored in public repositories",
            "retrieved_at": "2026-11-02",
            "sha256": "ad672f934957" + 52 * "c",
            "first": "2009-01-02",
            "last": "2024-01-05",
        },
        "market": {
            "ticker": "^GSPC",
            "source": "Yahoo Finance history, as stored in public repositories",
            "retrieved_at": "2026-11-02",
            "sha256": "5f558391d51c" + 52 * "3",
            "first": "2009-01-02",
            "last": "2024-01-05",
        },
        "versions": {"eventstudy": "0.1.0", "numpy": "2.4.6"},
    }
)


@dataclass(frozen=True)
class Design:
    """Settings, and the line that reproduces the result."""

    event_window: tuple[int, int] = (-10, 10)
    estimation_window: tuple[int, int] = (-260, -11)
    windows: tuple[tuple[int, int], ...] = ((0, 0), (-1, 1), (0, 1), (-5, 5), (-10, 10))
    return_kind: str = "simple"
    missing: str = "trade_to_trade"
    boundary: str = "exclude"
    call: str = "es.analyze('IMGN', '2010-08-27')"

    def __repr__(self) -> str:
        return self.call


def model(**other: Any) -> SimpleNamespace:
    """The market model as estimated."""
    facts: dict[str, Any] = {
        "key": "market_model",
        "name": "Market model",
        "reference": "MacKinlay (1997), J. Economic Literature 35, 13-39.",
        "params": pd.Series({"alpha": 0.000891500, "beta": 1.507593267}),
        "std_errors": pd.Series({"alpha": 0.00168256, "beta": 0.14155373}),
        "sigma": 0.0265902848,
        "r_squared": 0.3138356271,
        "nobs": 250,
        "df": 248.0,
    }
    return SimpleNamespace(**{**facts, **other})


MARKET_VALUE = SimpleNamespace(
    value=570_050_160.0,
    shares=67_944_000.0,
    close=8.39,
    close_date=pd.Timestamp("2010-08-26"),
    shares_date=pd.Timestamp("2010-08-20"),
    basis="weighted average of the quarter July to September 2010",
    reason="",
)


@dataclass(frozen=True)
class StandIn:
    """What the reports read of a result."""

    ticker: str = "IMGN"
    day0: pd.Timestamp = DAY_0
    headline: str = "FDA refuses to file the T-DM1 accelerated-approval BLA"
    design: Design = Design()
    model: Any = field(default_factory=model)
    confidence: float = 0.95
    currency: str = "USD"
    days: pd.DataFrame | None = None
    path: pd.DataFrame | None = None
    effects: tuple[tuple[Any, ...], ...] = tuple(WINDOWS)
    market_value: Any = field(default_factory=lambda: MARKET_VALUE)
    diagnostics: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            DIAGNOSTICS, columns=["check", "value", "threshold", "flag", "advice"]
        )
    )
    verdict: str = VERDICT
    warnings: tuple[str, ...] = ("The share count is an average of the quarter.",)
    provenance: Any = field(default_factory=lambda: PROVENANCE)
    news: tuple[tuple[Any, ...], ...] = (
        ("IMGN-2010-04-15", "2010-04-15", "2010-04-15", -94, "Roche plans a US filing",
         "fda_action", "Business Wire", "estimation window", 0.06151, -0.41123),
        ("IMGN-2010-09-02", "2010-09-02", "2010-09-02", 4, "Conference call",
         "other", "company", "event window", 0.018506, math.nan),
    )  # fmt: skip

    @property
    def event(self) -> SimpleNamespace:
        return SimpleNamespace(headline=self.headline, source="Business Wire")

    @property
    def day_zero(self) -> SimpleNamespace:
        said = "2010-08-27, before the open: day 0 is that day, Friday 27 August 2010."
        return SimpleNamespace(sentence=said)

    @property
    def abnormal_returns(self) -> pd.DataFrame:
        return event_days() if self.days is None else self.days.copy()

    @property
    def price_path(self) -> pd.DataFrame:
        return closes() if self.path is None else self.path.copy()

    @property
    def windows(self) -> pd.DataFrame:
        frame = pd.DataFrame(list(self.effects), columns=list(FIELDS))
        frame["n"] = frame["end"] - frame["start"] + 1
        missing = frame["value"].isna()
        frame["n"] = frame["n"].where(~missing, 0)
        frame["reason"] = np.where(missing, "no_abnormal_return", "")
        return frame.assign(df=248.0, confidence=self.confidence)

    @property
    def confounders(self) -> pd.DataFrame:
        columns = [
            "event_id", "date", "session", "event_day", "headline", "category",
            "source", "where", "abnormal_return", "headline_without",
        ]  # fmt: skip
        frame = pd.DataFrame(list(self.news), columns=columns)
        return frame.assign(
            date=pd.to_datetime(frame["date"]), session=pd.to_datetime(frame["session"])
        )

    def tests(self, start: int = 0, end: int | None = None) -> pd.DataFrame:  # noqa: ARG002 - one table for all windows
        columns = ["test", "statistic", "df", "p_value", "valid", "reason", "null"]
        return pd.DataFrame(TESTS, columns=columns)

    def car(self, start: int = 0, end: int | None = None) -> SimpleNamespace:
        frame = self.windows.set_index(["start", "end"])
        row = frame.loc[(start, start if end is None else end)]
        return SimpleNamespace(**row.to_dict())

    def impact(self, start: int = 0, end: int | None = None) -> SimpleNamespace:
        effect, value = self.car(start, end), self.market_value.value
        money = {
            name: getattr(effect, name) * value
            for name in ("value", "std_error", "ci_low", "ci_high")
        }
        reason = self.market_value.reason or effect.reason
        return SimpleNamespace(**{**vars(effect), **money, "reason": reason})

    def test_reference(self, key: str) -> str:
        return REFERENCES.get(key, "")

    def market_value_before(self, day: int = 0) -> SimpleNamespace:  # noqa: ARG002 - one value for all days
        return self.market_value


def sessions(first: int, last: int) -> pd.DatetimeIndex:
    """Business days around day 0; without the Labor Day of 2010."""
    days = pd.bdate_range("2008-01-01", "2013-12-31").drop(pd.Timestamp("2010-09-06"))
    zero = days.get_loc(DAY_0)
    return days[zero + first : zero + last + 1]


def event_days(
    window: tuple[int, int] = (-10, 10),
    abnormal: list[float] | None = None,
    error: list[float] | None = None,
) -> pd.DataFrame:
    """The event window day by day, by arithmetic on abnormal returns and errors."""
    index = pd.RangeIndex(window[0], window[1] + 1, name="event_day")
    ar = np.array(ABNORMAL if abnormal is None else abnormal)
    se = np.where(np.isnan(ar), np.nan, ERROR if error is None else error)
    actual = np.array(ACTUAL) if abnormal is None else ar + 0.002
    path = np.where(np.isnan(ar), np.nan, np.nancumsum(ar))
    path_error = np.sqrt(np.cumsum(np.nan_to_num(se) ** 2))
    return pd.DataFrame(
        {
            "date": sessions(*window),
            "actual": actual,
            "expected": actual - ar,
            "abnormal": ar,
            "std_error": se,
            "t": ar / se,
            "p_value": np.where(np.abs(ar / se) > T_CRITICAL, 0.001, 0.5),
            "ci_low": ar - T_CRITICAL * se,
            "ci_high": ar + T_CRITICAL * se,
            "car": path,
            "car_std_error": np.where(np.isnan(ar), np.nan, path_error),
            "bhar": path,
        },
        index=index,
    )


def closes(
    days: pd.DataFrame | None = None,
    first: float = 9.11,
    traded: list[float] | None = None,
) -> pd.DataFrame:
    """Closes from the day before the window, and the path of the expected returns."""
    frame = event_days() if days is None else days
    start, end = int(frame.index[0]), int(frame.index[-1])
    growth = np.cumprod(1.0 + frame["expected"].fillna(0.0).to_numpy())
    own = first * np.cumprod(1.0 + frame["actual"].fillna(0.0).to_numpy())
    gap = frame["abnormal"].isna().to_numpy()
    prices = traded if traded is not None else [first, *np.where(gap, np.nan, own)]
    return pd.DataFrame(
        {
            "date": sessions(start - 1, end),
            "price": CLOSES if days is None else prices,
            "expected_price": [first, *np.where(gap, np.nan, first * growth)],
        },
        index=pd.RangeIndex(start - 1, end + 1, name="event_day"),
    )


def around(
    window: tuple[int, int],
    *,
    missing: tuple[int, ...] = (),
    day_0: float = -0.41088,
    **other: Any,
) -> StandIn:
    """A stand-in with another event window, drawn from a fixed wave."""
    number = np.arange(window[0], window[1] + 1)
    wave = 0.024 * np.sin(2.4 * number) * np.cos(0.7 * number)
    wave[number == 0] = day_0
    wave[np.isin(number, missing)] = np.nan
    days = event_days(window, list(wave), [0.0267] * number.size)
    effect = days.loc[0]
    row = (
        0,
        0,
        *effect[["abnormal", "std_error", "t", "p_value", "ci_low", "ci_high"]],
    )
    row = (*row, math.nan, "", 0.075)
    design = Design(event_window=window, windows=((0, 0),))
    return replace(
        StandIn(design=design, days=days, path=closes(days), effects=(row,)), **other
    )


@pytest.fixture(scope="session")
def imgn() -> StandIn:
    """The founding case."""
    return StandIn()


@pytest.fixture
def make_view() -> Callable[..., StandIn]:
    """Variations of the founding case by keyword."""
    return lambda **other: replace(StandIn(), **other)


@pytest.fixture
def make_around() -> Callable[..., StandIn]:
    """Stand-ins with another event window; see :func:`around`."""
    return around
