"""The verdict: every row of its table, read against the checked-in sentences.

``verdicts.txt`` holds every sentence once, numbered, and then the paragraph of each
case as the numbers of its sentences.  After a change of wording, write it anew with
``python tests/results/test_verdict.py --write`` and read what changed.
"""

import itertools
import math
import re
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd

from eventstudy.report.text import MINUS
from eventstudy.results.caveats import CAVEATS, caveats
from eventstudy.results.effect import Effect
from eventstudy.results.listed_hour import CLOCK_TIME, ListedHour
from eventstudy.results.market_value import MarketValue
from eventstudy.results.neighbour_day import NeighbourDay
from eventstudy.results.other_designs import OtherDesign
from eventstudy.results.verdict import RULES, verdict
from eventstudy.results.verdict_facts import Confirmation, VerdictFacts
from eventstudy.results.warnings_ import result_warnings

CHECKED_IN = Path(__file__).with_name("verdicts.txt")
DAY = pd.Timestamp("2010-08-27")
BASE = MarketValue(
    570_050_160.0,
    67_944_000.0,
    8.39,
    pd.Timestamp("2010-08-26"),
    pd.Timestamp("2010-08-20"),
    "weighted average of the quarter July to September 2010",
    "USD",
)
FOUNDING = VerdictFacts(
    "IMGN",
    DAY,
    (0, 0),
    Effect(
        -0.410879728,
        std_error=0.0267420509,
        t=-15.36455564,
        df=248.0,
        p_value=6.9e-38,
        ci_low=-0.463550226,
        ci_high=-0.358209230,
        mde=0.0751985,
        n=1,
    ),
    "market model",
    headline="FDA refuses to file the T-DM1 accelerated-approval BLA; new filing "
    "expected mid-2012",
    confirming=Confirmation("sq", 1 / 251, 0, 250),
    money=Effect(
        -234.222054e6, ci_low=-264.246880e6, ci_high=-204.197229e6, unit="money"
    ),
    market_value=BASE,
    in_estimation=5,
    without=Effect(-0.4092, ci_low=-0.4569, ci_high=-0.3615, p_value=1e-40),
    valid_days=250,
    asked_days=250,
)


def test_founding_case():
    expected = (
        "On 27 August 2010 (“FDA refuses to file the T-DM1 accelerated-approval BLA; "
        "new filing expected mid-2012”) IMGN returned -41.09 % net of what was "
        "expected (market model; 95 % interval -46.36 % to -35.82 %). "
        "On a market value of $570.05 million (67,944,000 shares, weighted average "
        "of the quarter July to September 2010, at the close of 26 August 2010) that "
        "is -$234.2 million (interval -$264.2 million to -$204.2 million). "
        "The return is unusually large against the share's own history at the 5 % "
        "level (t = -15.36 on 248 degrees of freedom, p < 0.001). "
        "The rank test, which does not need normally distributed returns, agrees "
        "(p = 0.004: none of the 250 estimation days was at least as unusual). "
        "Without the days around five other announcements in the estimation window "
        "the figure is -40.92 % (95 % interval -45.69 % to -36.15 %), and the "
        "conclusion stands. "
        "One event can show that a return was unusual, not why."
    )
    assert verdict(FOUNDING) == expected.replace(" -", f" {MINUS}")


def test_a_window_in_which_nothing_is_found():
    facts = VerdictFacts(
        "XOM",
        pd.Timestamp("2024-02-02"),
        (0, 1),
        Effect(
            0.0042,
            t=0.31,
            df=math.inf,
            p_value=0.757,
            ci_low=-0.0224,
            ci_high=0.0308,
            mde=0.0381,
        ),
        "CAPM",
        confirming=Confirmation("placebo", 0.2, 49, 249),
        money=Effect(math.nan, reason="no_share_count", unit="money"),
        market_value=MarketValue(reason="no_share_count"),
        in_window=("5 February 2024, “Dividend raised”",),
        valid_days=250,
        asked_days=250,
    )
    assert verdict(facts) == (
        "Over days 0 to +1, counted from 2 February 2024, the returns of XOM net of "
        f"what was expected add up to 0.42 % (CAPM; 95 % interval {MINUS}2.24 % to "
        "3.08 %). "
        "This sum of returns cannot be told from ordinary variation at the 5 % level "
        "(t = 0.31, p = 0.757). "
        "The test finds an effect of 3.81 % in four cases out of five; a smaller one "
        "would often be missed. "
        "The comparison with windows of the same length in the estimation window, "
        "which takes returns as they came, finds nothing unusual either (p = 0.200: "
        "49 of the 249 windows were at least as unusual). "
        "Other news fell into the window (5 February 2024, “Dividend raised”): the "
        "figure holds its effect as well. "
        "The effect in money is not given: no share count at most 400 days old is "
        "known."
    )


# ---------------------------------------------------------------- the whole table

SIZES = {
    "day": ((0, 0), -0.0310, Confirmation("sq", draws=250)),
    "window": ((-1, 1), 0.0420, Confirmation("placebo", draws=248)),
    "long": ((-10, 10), 0.0770, Confirmation("placebo|non_overlapping", draws=11)),
}
HEADLINES = {"significant": 0.012, "not significant": 0.34, "not judged": math.nan}
CONFIRMS = {"agrees": None, "disagrees": None, "none": None}
POWER = {"power known": 0.0650, "power unknown": math.nan}


def base(size, headline, confirms, power):
    window, value, beside = SIZES[size]
    p = HEADLINES[headline]
    judged = headline != "not judged"
    effect = Effect(
        value,
        std_error=0.0130 if judged else math.nan,
        t=math.copysign(2.53 if p < 0.05 else 0.96, value) if judged else math.nan,
        df=248.0,
        p_value=p,
        ci_low=value - (0.0255 if p < 0.05 else 0.085) if judged else math.nan,
        ci_high=value + (0.0255 if p < 0.05 else 0.085) if judged else math.nan,
        mde=POWER[power],
        reason="" if judged else "zero_variance",
    )
    low = (headline == "significant") == (confirms == "agrees")
    exceed = 0 if low and beside.draws < 100 else 4 if low else beside.draws // 3
    p_beside = 0.021 if low else 0.334
    beside = replace(beside, p_value=p_beside, exceed=exceed)
    if confirms == "none":
        beside = Confirmation(reason="level_not_attainable")
    return VerdictFacts(
        "XOM",
        pd.Timestamp("2024-02-02"),
        window,
        effect,
        "market model",
        headline="Fourth quarter results.",
        confirming=beside,
        money=Effect(value * 4e11, ci_low=-2e10, ci_high=3.1e9, unit="money"),
        market_value=MarketValue(
            4.0123e11, 3.9e9, 102.0, pd.Timestamp("2024-02-01"), None, "", "USD"
        ),
        compounded=size != "day",
        valid_days=250,
        asked_days=250,
    )


def strict(facts):
    effect = replace(facts.effect, confidence=0.99, p_value=facts.effect.p_value / 4)
    beside = replace(facts.confirming, p_value=facts.confirming.p_value / 4)
    return replace(facts, effect=effect, confirming=beside)


def without(p):
    return Effect(-0.0290, ci_low=-0.0540, ci_high=-0.0040, p_value=p)


def opposite(facts):
    return 0.21 if facts.significant else 0.004


def other(p, words="with 120 estimation days"):
    return OtherDesign(words, Effect(-0.0290, p_value=p))


CURVE = "es.specification_curve('XOM', '2024-02-02')"
DAYS = pd.DatetimeIndex(["2024-02-01", "2024-02-02", "2024-02-05"])
NAN = math.nan
NEIGHBOUR = NeighbourDay(DAYS[2], Effect(0.0123, t=0.98, df=248.0, p_value=0.328))
WARNINGS = {
    "nothing": lambda f: f,
    "other news that day": lambda f: replace(f, same_day=("Dividend raised.",)),
    "other news in the window": lambda f: replace(
        f, in_window=("1 February 2024, “Offer for a pipeline”", "5 February 2024")
    ),
    "other news in other windows": lambda f: replace(
        f,
        elsewhere=("26 January 2024, “Dividend raised”",),
        windows_elsewhere=((-5, 5), (-10, 10)),
    ),
    "other news in another window": lambda f: replace(
        f, elsewhere=("5 February 2024", "6 February 2024"), windows_elsewhere=((0, 2),)
    ),
    "news in the estimation window": lambda f: replace(f, in_estimation=1),
    "news whose days change nothing": lambda f: replace(
        f, in_estimation=3, without=without(f.effect.p_value)
    ),
    "news whose days change the end": lambda f: replace(
        f, in_estimation=1, without=without(opposite(f))
    ),
    "moved date": lambda f: replace(
        f,
        moved="2024-02-03 is a Saturday without trading; day 0 is the next session, "
        "Monday 5 February 2024.",
    ),
    "unknown hour": lambda f: replace(f, time_unknown=True),
    "unknown hour, next day": lambda f: replace(
        f, time_unknown=True, next_day=without(0.02)
    ),
    "unknown hour, next day as day 0": lambda f: replace(
        f, time_unknown=True, next_day=without(0.02), neighbour=NEIGHBOUR
    ),
    "unknown hour, next day never varies": lambda f: replace(
        f,
        time_unknown=True,
        neighbour=replace(NEIGHBOUR, effect=replace(NEIGHBOUR.effect, p_value=NAN)),
    ),
    "hour by the list": lambda f: replace(
        f,
        listed=ListedHour(DAYS[1], "after_close", False, DAYS[2], 1),
        listed_effect=without(0.02),
    ),
    "hour against the list": lambda f: replace(
        f,
        listed=ListedHour(
            DAYS[0], "before_open", False, DAYS[0], -1, "timing='after_close'"
        ),
        listed_effect=without(0.02),
    ),
    "clock time against the list": lambda f: replace(
        f,
        listed=ListedHour(DAYS[0], "during", True, DAYS[0], -1, CLOCK_TIME),
    ),
    "short history": lambda f: replace(f, valid_days=131),
    "unsettled days": lambda f: replace(f, unsettled=True),
    "other designs, the same end": lambda f: replace(
        f, others=(other(f.effect.p_value), other(NAN)), curve=CURVE
    ),
    "another design, another end": lambda f: replace(
        f, others=(other(f.effect.p_value), other(opposite(f))), curve=CURVE
    ),
    "several designs, another end": lambda f: replace(
        f, others=(other(opposite(f)), other(opposite(f), "over days 0 to +1"))
    ),
    "no share count": lambda f: replace(
        f, money=Effect(math.nan, reason="no_share_count", unit="money")
    ),
    "a share count of later": lambda f: replace(
        f,
        money=Effect(
            math.nan, reason="no_earlier_share_count|2024-02-20", unit="money"
        ),
    ),
    "no money asked": lambda f: replace(f, money=None),
    "no news known, own shares": lambda f: replace(
        f,
        headline="",
        market_value=MarketValue(9.5e6, 1e6, 9.5, None, None, "", "EUR"),
    ),
    "strict level": strict,
    "log returns": lambda f: replace(f, return_kind="log", compounded=False),
    "no return at all": lambda f: replace(
        f,
        effect=Effect(math.nan, reason="no_event_day_return"),
        money=Effect(math.nan, reason="no_event_day_return", unit="money"),
        same_day=("Dividend raised",),
        in_estimation=2,
        unsettled=True,
    ),
}


def all_at_once(facts):
    for name in (
        "other news that day",
        "other news in the window",
        "news whose days change nothing",
        "unknown hour, next day as day 0",
        "short history",
        "unsettled days",
        "another design, another end",
        "no share count",
    ):
        facts = WARNINGS[name](facts)
    return facts


WARNINGS["everything"] = all_at_once


def table():
    """Name and facts of every case."""
    for names in itertools.product(SIZES, HEADLINES, CONFIRMS, POWER, WARNINGS):
        size, headline, confirms, power, warning = names
        if headline != "not significant" and power == "power unknown":
            continue  # power is only spoken of where nothing was found
        if headline == "not judged" and confirms != "none":
            continue  # then there is no test that another could confirm
        if warning == "other news in the window" and size == "day":
            continue  # a window of one day has no other day
        if warning == "no return at all" and (headline, size) != ("not judged", "day"):
            continue  # one case says it all
        facts = WARNINGS[warning](base(size, headline, confirms, power))
        yield " | ".join(names), facts


CASES = dict(table())


def checked_in():
    """Paragraphs by case, from the file."""
    sentences, cases = CHECKED_IN.read_text(encoding="utf-8").strip().split("\n\n")
    said = dict(line.split(" ", 1) for line in sentences.split("\n"))
    rows = (line.split(": ") for line in cases.split("\n"))
    return {name: " ".join(said[n] for n in numbers.split()) for name, numbers in rows}


def file_text():
    """What the file should hold."""
    number, lines = {}, []
    for name, facts in CASES.items():
        said = [words for rule in RULES if (words := rule(facts))]
        keys = [number.setdefault(words, str(len(number) + 1)) for words in said]
        lines.append(f"{name}: {' '.join(keys)}")
    sentences = [f"{key} {words}" for words, key in number.items()]
    return "\n".join([*sentences, "", *lines, ""])


def test_the_file_holds_every_case_and_no_other():
    assert list(checked_in()) == list(CASES)


def test_every_paragraph_is_the_checked_in_one():
    expected = checked_in()
    changed = {
        name: verdict(facts)
        for name, facts in CASES.items()
        if verdict(facts) != expected[name]
    }
    assert changed == {}


def test_the_file_holds_no_sentence_that_nobody_says():
    assert CHECKED_IN.read_text(encoding="utf-8") == file_text()


# ------------------------------------------------------------- laws of the wording


def test_no_claim_goes_beyond_the_tests():
    for facts in CASES.values():
        words = verdict(facts).lower()
        for claim in (
            "cause",
            "prove",
            "because",
            "due to",
            "no effect",
            "highly signif",
        ):
            assert claim not in words
        assert "n/a" not in words
        assert "nan" not in re.findall(r"\w+", words)


def test_one_headline_test_carries_the_verdict():
    for facts in CASES.values():
        words = verdict(facts)
        found = facts.effect.p_value < 1.0 - facts.effect.confidence
        assert ("unusually large against the share's own history" in words) == found
        assert ("cannot be told from ordinary variation" in words) == (
            facts.judged and not found
        )


def test_a_p_value_at_the_level_counts_in_binary_too():
    # 1 - 0.9 is stored a little below 0.1, which two of nineteen placebos reach
    at_the_level = replace(FOUNDING.effect, confidence=0.9, p_value=0.1)
    beside = Confirmation("sq", 0.1, 1, 19)
    without_days = replace(FOUNDING.without, p_value=0.1)
    facts = replace(
        FOUNDING, effect=at_the_level, confirming=beside, without=without_days
    )
    assert facts.level < 0.1
    assert facts.significant
    assert facts.confirmed
    assert "and the conclusion stands" in verdict(facts)


def test_nothing_found_stands_with_what_would_be_missed():
    for facts in CASES.values():
        said = "a smaller one would often be missed" in verdict(facts)
        nothing_found = facts.judged and not facts.significant
        assert said == (nothing_found and not math.isnan(facts.effect.mde))


def test_a_paragraph_is_well_formed():
    for facts in CASES.values():
        words = verdict(facts)
        assert "\n" not in words
        assert "  " not in words
        assert words.endswith(".")
        assert ".." not in words
        assert words.count("(") == words.count(")")
        assert words.count("“") == words.count("”")


def test_every_rule_speaks_somewhere():
    for rule in RULES:
        assert any(rule(facts) for facts in CASES.values()), rule
        assert any(rule(facts) is None for facts in CASES.values()) or rule is RULES[0]


def test_every_caveat_is_in_the_verdict():
    for facts in CASES.values():
        assert all(words in verdict(facts) for words in caveats(facts))
    assert set(CAVEATS) < set(RULES)


def test_a_window_that_holds_the_next_day_needs_no_advice_about_the_hour():
    facts = replace(FOUNDING, window=(0, 1), time_unknown=True)
    assert "hour" not in verdict(facts)


def test_a_single_day_that_is_not_day_0():
    facts = replace(FOUNDING, window=(1, 1))
    assert verdict(facts).startswith("On day +1, counted from 27 August 2010 (“FDA")
    assert "”), IMGN returned" in verdict(facts)


def test_news_of_unknown_words():
    facts = replace(FOUNDING, same_day=("",))
    assert "Other news came on the same day: its effect" in verdict(facts)


def test_a_reason_of_its_own_for_no_second_test():
    facts = replace(FOUNDING, confirming=Confirmation(reason="zero_variance"))
    assert "beside it: the estimation-window residuals do not vary." in verdict(facts)


def test_a_second_test_without_a_count():
    facts = replace(FOUNDING, confirming=Confirmation("sq", 0.0123))
    assert "agrees (p = 0.012)." in verdict(facts)


def test_a_small_firm():
    small = MarketValue(845_000.0, 1e6, 0.845, currency="")
    money = Effect(-84_500.0, ci_low=-1e5, ci_high=-6.9e4, unit="money")
    facts = replace(FOUNDING, money=money, market_value=small)
    said = "On a market value of 845,000 (1,000,000 shares) that is -84,500 (interval"
    assert said.replace(" -", f" {MINUS}") in verdict(facts)


def test_what_is_judged_is_the_return_and_not_the_money_before_it():
    for facts in CASES.values():
        assert not re.search(r"\. (That|Whether that) ", verdict(facts))


# ------------------------------------------------------------------------ warnings

NOTHING = pd.DataFrame({"check": ["Chow p"], "flag": [False], "advice": ["Fine."]})


def test_warnings_are_caveats_flags_and_notes_each_once():
    facts = replace(FOUNDING, time_unknown=True)
    checks = pd.DataFrame(
        {
            "check": ["Chow p", "beta", "confounding events", "variance rank p"],
            "flag": [True, False, True, True],
            "advice": ["Halves differ.", "Fine.", "5 other.", "Lively."],
        }
    )
    notes = ("close taken as adjusted", "Halves differ.", "close taken as adjusted", "")
    found = result_warnings(facts, checks, notes)
    assert found == (*caveats(facts), "Halves differ.", "Close taken as adjusted.")
    assert len(caveats(facts)) == 2


def test_a_case_without_trouble_has_no_warnings():
    calm = replace(FOUNDING, in_estimation=0)
    assert result_warnings(calm, NOTHING) == ()


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    CHECKED_IN.write_text(file_text(), encoding="utf-8", newline="\n")
