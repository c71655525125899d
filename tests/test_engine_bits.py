"""What must not change a bit of an estimate."""

import numpy as np
import pytest

from eventstudy import engine
from eventstudy.core.panel import Events, Panel
from tests import simulate


@pytest.mark.parametrize("missing", ["available", "trade_to_trade"])
@pytest.mark.parametrize("k", [1, 2, 5])
class TestCompany:
    """The bits of an event do not depend on the events around it."""

    def case(self, k, missing, n=300):
        panel = simulate.panel(k, firms=12, k=k, missing=0.15)
        # One firm hardly trades, another never.
        panel.returns[10, ::2] = panel.returns[11] = np.nan
        events = simulate.events(k, panel, n)
        return panel, events, simulate.design(k, missing=missing)

    def test_order(self, k, missing):
        panel, events, design = self.case(k, missing)
        order = np.random.default_rng(1).permutation(len(events))
        fit = engine.estimate(panel, events, design)
        shuffled = engine.estimate(panel, simulate.take(events, order), design)
        simulate.same_bits(shuffled, simulate.part(fit, order))

    def test_one_by_one(self, k, missing):
        panel, events, design = self.case(k, missing)
        fit = engine.estimate(panel, events, design)
        for i in range(0, len(events), 11):
            one = engine.estimate(panel, simulate.take(events, [i]), design)
            simulate.same_bits(one, simulate.part(fit, [i]))

    def test_block_size(self, k, missing, monkeypatch):
        panel, events, design = self.case(k, missing)
        fit = engine.estimate(panel, events, design)
        monkeypatch.setattr(engine, "BLOCK", 37)
        monkeypatch.setattr(engine, "DATES", 300)
        simulate.same_bits(engine.estimate(panel, events, design), fit)

    def test_order_of_firms_in_the_panel(self, k, missing):
        panel, events, design = self.case(k, missing)
        moved = Panel(panel.returns[::-1], panel.spans[::-1], panel.benchmarks)
        firm = panel.returns.shape[0] - 1 - events.firm
        renumbered = Events(firm, events.day0, events.benchmark, events.keys)
        fit = engine.estimate(panel, events, design)
        simulate.same_bits(engine.estimate(moved, renumbered, design), fit)

    def test_without_rows(self, k, missing):
        panel, events, design = self.case(k, missing)
        fit = engine.estimate(panel, events, design)
        lean = engine.estimate(panel, events, design, keep_rows=False)
        for name in simulate.FIT:
            if name.startswith("residual"):
                assert getattr(lean, name).shape[:2] == (len(events), 0)
            else:
                expected = getattr(fit, name)
                np.testing.assert_array_equal(getattr(lean, name), expected)


def test_events_on_one_firm_and_day_differ_by_their_key_only():
    panel = simulate.panel(2)
    twice = Events(*np.array([[4, 4], [400, 400], [0, 0]]), np.array([9, 3], np.uint64))
    fit = engine.estimate(panel, twice, simulate.design())
    simulate.same_bits(simulate.part(fit, [0]), simulate.part(fit, [1]))


def test_trade_to_trade_without_gaps_is_available_to_the_bit():
    panel = simulate.panel(7, k=4)
    events = simulate.events(7, panel, 50)
    fits = [
        engine.estimate(panel, events, simulate.design(4, missing=missing))
        for missing in ("trade_to_trade", "available")
    ]
    simulate.same_bits(*fits)


@pytest.mark.parametrize("bad", [np.inf, -np.inf])
def test_an_infinite_return_is_no_return(bad):
    panel = simulate.panel(12, spans=False)
    events = simulate.events(12, panel, 8, dates=[400])
    returns, holed = panel.returns.copy(), panel.returns.copy()
    returns[:, [300, 402]] = bad
    holed[:, [300, 402]] = np.nan
    fits = [
        engine.estimate(
            Panel(r, panel.spans, panel.benchmarks), events, simulate.design()
        )
        for r in (returns, holed)
    ]
    simulate.same_bits(*fits)
    assert np.isnan(fits[0].abnormal_returns[:, 12]).all()


@pytest.mark.parametrize("tick", [1e8, np.inf])
def test_a_bad_tick_seventeen_years_earlier_changes_no_bit(tick):
    panel = simulate.panel(13, firms=3, days=4700, spans=False)
    events = simulate.events(13, panel, 6, first=4600)
    expected = engine.estimate(panel, events, simulate.design())
    returns = panel.returns.copy()
    series = {"market": panel.benchmarks[0]["market"].copy()}
    returns[:, 60] = series["market"][61] = tick
    fit = engine.estimate(
        Panel(returns, panel.spans, (series,)), events, simulate.design()
    )
    simulate.same_bits(fit, expected)


def test_each_benchmark_has_its_own_regressors():
    panel = simulate.panel(15)
    other = {"market": np.random.default_rng(3).normal(0, 0.01, 700)}
    both = Panel(panel.returns, panel.spans, (*panel.benchmarks, other))
    events = simulate.events(15, panel, 20, dates=[400, 500])
    mixed = Events(events.firm, events.day0, np.arange(20) % 2, events.keys)
    fit = engine.estimate(both, mixed, simulate.design())
    for number, series in enumerate((*panel.benchmarks, other)):
        mine = np.flatnonzero(mixed.benchmark == number)
        alone = Panel(panel.returns, panel.spans, (series,))
        expected = engine.estimate(
            alone, simulate.take(events, mine), simulate.design()
        )
        simulate.same_bits(simulate.part(fit, mine), expected)


def test_inputs_are_left_alone():
    panel = simulate.panel(16, missing=0.2)
    events = simulate.events(16, panel, 20)
    series = panel.benchmarks[0].values()
    index = events.firm, events.day0, events.benchmark, events.keys
    for array in (panel.returns, panel.spans, *series, *index):
        array.setflags(write=False)
    model = simulate.model(2, subtract="market")
    engine.estimate(panel, events, simulate.design(model=model))


def test_canonical_order_is_firm_day_id():
    panel = simulate.panel(19, firms=4)
    events = simulate.events(19, panel, 400, dates=[300, 301, 302])
    order = engine.canonical_order(events)
    firm, day0, keys = events.firm[order], events.day0[order], events.keys[order]
    rows = list(zip(firm.tolist(), day0.tolist(), keys.tolist(), strict=True))
    assert rows == sorted(rows)
    shuffled = np.random.default_rng(1).permutation(400)
    again = engine.canonical_order(simulate.take(events, shuffled))
    np.testing.assert_array_equal(shuffled[again], order)


def test_blocks_are_cut_from_the_canonical_order(monkeypatch):
    panel = simulate.panel(20, firms=4)
    events = simulate.events(20, panel, 600)
    blocks, real = [], engine.Prepared.fit

    def spy(prepared, index, **options):
        blocks.append(index)
        return real(prepared, index, **options)

    monkeypatch.setattr(engine.Prepared, "fit", spy)
    engine.estimate(panel, events, simulate.design(), keep_rows=False)
    assert [len(block) for block in blocks] == [256, 256, 88]
    order = engine.canonical_order(events)
    np.testing.assert_array_equal(np.concatenate(blocks), order)
