"""Event studies for investors: what an announcement did, and how sure one can be.

>>> import eventstudy as es
>>> result = es.analyze("IMGN", "2010-08-27")
>>> round(float(result.car(0)), 6)
-0.41088
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "ArgumentError",
    "BadDataError",
    "Cached",
    "CollinearFactorsError",
    "Comparison",
    "Design",
    "Effect",
    "Event",
    "EventDateError",
    "EventResult",
    "EventStudyError",
    "FamaFrench",
    "FirmBlocks",
    "InsufficientDataError",
    "NoDataError",
    "PressReleaseError",
    "ProviderUnavailableError",
    "RateLimitedError",
    "SizeAndPower",
    "SpecificationCurve",
    "StudyResult",
    "UnknownTickerError",
    "WindowError",
    "Yahoo",
    "__version__",
    "analyze",
    "compare",
    "explorer",
    "find_test",
    "list_events",
    "list_models",
    "list_tests",
    "load_factors",
    "load_prices",
    "load_shares",
    "models",
    "read_events",
    "read_press_release",
    "read_prices",
    "replay",
    "size_and_power",
    "specification_curve",
    "study",
]

if TYPE_CHECKING:
    from eventstudy import models
    from eventstudy.api import analyze, study
    from eventstudy.archive import replay
    from eventstudy.design import Design
    from eventstudy.desk import explorer
    from eventstudy.errors import (
        ArgumentError,
        BadDataError,
        CollinearFactorsError,
        EventDateError,
        EventStudyError,
        InsufficientDataError,
        NoDataError,
        PressReleaseError,
        ProviderUnavailableError,
        RateLimitedError,
        UnknownTickerError,
        WindowError,
    )
    from eventstudy.inference._base import find_test, list_tests
    from eventstudy.models._base import list_models
    from eventstudy.news.event import Event
    from eventstudy.news.listed_events import read_events
    from eventstudy.news.press_release import read_press_release
    from eventstudy.prices.bundled import (
        list_events,
        load_factors,
        load_prices,
        load_shares,
    )
    from eventstudy.prices.cache import Cached
    from eventstudy.prices.fama_french import FamaFrench
    from eventstudy.prices.files import read_prices
    from eventstudy.prices.firm_blocks import FirmBlocks
    from eventstudy.prices.yahoo import Yahoo
    from eventstudy.results.comparison import Comparison
    from eventstudy.results.effect import Effect
    from eventstudy.results.event_result import EventResult
    from eventstudy.results.rejection_rates import SizeAndPower
    from eventstudy.results.side_by_side import compare
    from eventstudy.results.specifications import SpecificationCurve
    from eventstudy.results.study_result import StudyResult
    from eventstudy.simulation import size_and_power
    from eventstudy.specification import specification_curve
else:
    # Type checkers must not see this: they would accept every name.
    _HOMES = {
        "Cached": "prices.cache",
        "Comparison": "results.comparison",
        "Design": "design",
        "Effect": "results.effect",
        "Event": "news.event",
        "EventResult": "results.event_result",
        "FamaFrench": "prices.fama_french",
        "FirmBlocks": "prices.firm_blocks",
        "SizeAndPower": "results.rejection_rates",
        "SpecificationCurve": "results.specifications",
        "StudyResult": "results.study_result",
        "Yahoo": "prices.yahoo",
        "analyze": "api",
        "compare": "results.side_by_side",
        "explorer": "desk",
        "find_test": "inference._base",
        "replay": "archive",
        "size_and_power": "simulation",
        "specification_curve": "specification",
        "study": "api",
        "read_events": "news.listed_events",
        "read_press_release": "news.press_release",
        "read_prices": "prices.files",
        "list_events": "prices.bundled",
        "list_models": "models._base",
        "list_tests": "inference._base",
        "load_factors": "prices.bundled",
        "load_prices": "prices.bundled",
        "load_shares": "prices.bundled",
    }

    def __getattr__(name):
        """Import a public name at its first use."""
        import importlib

        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name == "models":
            return importlib.import_module("eventstudy.models")
        home = importlib.import_module(f"{__name__}.{_HOMES.get(name, 'errors')}")
        value = globals()[name] = getattr(home, name)
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
