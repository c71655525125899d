"""Studies whose returns lie in blocks of firms on disk."""

import concurrent.futures

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.prices.firm_blocks import FirmBlocks

pytest.importorskip("pyarrow", reason="needs the extra parquet")
T, FIRMS, EVENTS = 600, 24, 560
# Of both passes; one test below compares all.
SOME = ["bmp_adjusted", "corrado", "placebo_in_time"]
DAYS = pd.bdate_range("2012-01-02", periods=T, unit="ns", name="date")
NAMES = [f"F{i:02d}" for i in range(FIRMS)]


def panel():
    """A wide frame with missing days, late listings, and two indices."""
    rng = np.random.default_rng(5)
    index = rng.normal(0, 0.01, (T, 2))
    noise = rng.normal(0, 0.02, (T, FIRMS)) + index[:, :1]
    noise[rng.random(noise.shape) < 0.02] = np.nan
    noise[:330, 3] = np.nan
    return pd.DataFrame(noise, DAYS, NAMES).assign(M=index[:, 0], N=index[:, 1])


def table(*, by_firm=True):
    """Events in the order of the firms, or in no order."""
    rng = np.random.default_rng(6)
    firm = rng.integers(0, FIRMS, EVENTS)
    firm[:FIRMS] = np.arange(FIRMS)
    return pd.DataFrame(
        {
            "ticker": np.array(NAMES)[np.sort(firm) if by_firm else firm],
            "date": DAYS[rng.integers(280, T - 3, EVENTS)],
            "size": rng.normal(size=EVENTS),
        }
    )


def run(returns, events=None, **given):
    events = table() if events is None else events
    return es.study(events, returns=returns, **{"market": "M", "tests": SOME, **given})


def same(found, expected, *, exact=True):
    close = {"check_exact": True} if exact else {"rtol": 1e-12, "atol": 1e-12}
    for frame in ("events", "abnormal_returns", "excluded", "windows"):
        ours, theirs = getattr(found, frame), getattr(expected, frame)
        pd.testing.assert_frame_equal(ours, theirs, **close)
    for window in expected.design.windows:
        ours, theirs = found.tests(window), expected.tests(window)
        pd.testing.assert_frame_equal(ours, theirs, **close)
    pd.testing.assert_series_equal(found.clustering, expected.clustering, **close)
    assert found.verdict == expected.verdict
    assert found.warnings == expected.warnings


@pytest.fixture(scope="module")
def whole():
    return run(panel())


@pytest.mark.parametrize("per_block", [1, 7, 100])
def test_any_layout_gives_the_bits_of_the_frame(whole, tmp_path, per_block):
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=per_block)
    assert len(blocks) == -(-(FIRMS + 2) // per_block)
    same(run(blocks), whole)


def test_all_tests(tmp_path):
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=7)
    same(run(blocks, tests=None), run(panel(), tests=None))


def test_another_order_of_firms_changes_rounding_alone(tmp_path):
    events, frame = table(by_firm=False), panel()
    blocks = FirmBlocks.write(frame[frame.columns[::-1]], tmp_path / "b")
    same(run(blocks, events), run(frame, events), exact=False)


def test_blocks_of_other_days(tmp_path):
    early, late = panel().iloc[:, 10:], panel().iloc[200:520, :10]
    blocks = FirmBlocks.write([early, late], tmp_path / "b")
    events = table(by_firm=False).sort_values(
        "ticker", key=lambda names: names < "F10", kind="stable"
    )
    given = {"min_estimation": 30}
    found, expected = (
        run(each, events, **given) for each in (blocks, early.join(late))
    )
    assert len(expected.excluded) > 20
    same(found, expected, exact=False)


def test_own_markets_and_masked_overlaps(tmp_path):
    events = table().assign(market=np.resize(["N", "", ""], EVENTS))
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=5)
    given = {"overlaps": "mask", "min_estimation": 30}
    same(run(blocks, events, **given), run(panel(), events, **given))


def test_industries_without_the_firm(tmp_path):
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=5)
    given = {"industry": "N", "industry_weight": 0.1}
    same(run(blocks, **given), run(panel(), **given))


def test_single_events_subsets_and_other_windows(whole, tmp_path):
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=5)
    study = run(blocks)
    name = study.events.index[100]
    ours, theirs = study.result(name), whole.result(name)
    pd.testing.assert_frame_equal(
        ours.abnormal_returns, theirs.abnormal_returns, check_exact=True
    )
    assert ours.provenance["firm"]["source"] == "returns= (Parquet blocks in b)"
    same(study[study.events["size"] > 0], whole[whole.events["size"] > 0])
    assert study.caar(-3, 4).value == whole.caar(-3, 4).value
    alone = es.analyze("F05", DAYS[400], returns=blocks, market="M")
    frame = es.analyze("F05", DAYS[400], returns=panel(), market="M")
    assert alone.car(-1, 1).value == frame.car(-1, 1).value


@pytest.mark.parametrize(
    "pool",
    [
        concurrent.futures.ThreadPoolExecutor,
        pytest.param(concurrent.futures.ProcessPoolExecutor, marks=pytest.mark.slow),
    ],
)
def test_workers_read_for_themselves(whole, tmp_path, monkeypatch, pool):
    monkeypatch.setattr("eventstudy.passes.executors.LEAVES_IN_A_UNIT", 1)
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=5)
    one = run(blocks)
    with pool(2) as workers:
        same(run(blocks, engine=workers), one)
    # Units of one leaf are added in another grouping than one of three.
    same(one, whole, exact=False)


def test_no_more_than_the_blocks_of_a_leaf_are_held(tmp_path, monkeypatch):
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=4)
    held = []
    real = FirmBlocks.rows

    def counted(self, number, tickers):
        held.append(number)
        return real(self, number, tickers)

    monkeypatch.setattr(FirmBlocks, "rows", counted)
    study = run(blocks)
    # Compared with the market, screened, estimated, tested: each block once a pass,
    # but for one that two leaves share with the block between them.
    order = np.sort([blocks.places[name] for name in study.events["ticker"]])
    leaves = [set(order[i : i + 256]) for i in range(0, EVENTS, 256)]
    passes = 1 + 3
    assert set(held) == set(order)
    assert len(held) <= passes * sum(map(len, leaves))
    shelf = study._passes.source.panel.returns.shelf
    assert set(shelf._held.blocks) <= set(range(len(blocks)))
    assert len(shelf._held.blocks) == len(leaves[-1])


def test_a_bad_firm_is_a_row_of_excluded(tmp_path):
    frame = panel()
    frame.loc[DAYS[9], "F02"] = np.inf
    events = table()
    events.loc[EVENTS - 1, "ticker"] = "NONE"
    blocks = FirmBlocks.write(frame, tmp_path / "b", firms_per_block=4)
    found, expected = (run(each, events) for each in (blocks, frame))
    bad = found.excluded.set_index("ticker")["reason"]
    assert bad["F02"].unique().tolist() == [
        "returns (block-000000.parquet): the return of F02 on 2012-01-13 is infinite"
    ]
    assert bad["NONE"].startswith(
        "ticker: no block of returns= holds it; they hold F00"
    )
    assert found.excluded.index.tolist() == expected.excluded.index.tolist()
    same_events = found.events.drop(columns="overlaps")
    pd.testing.assert_frame_equal(
        same_events, expected.events.drop(columns="overlaps"), check_exact=True
    )


def test_only_unknown_firms(tmp_path):
    blocks = FirmBlocks.write(panel(), tmp_path / "b")
    events = pd.DataFrame({"ticker": ["X", "Y"], "date": DAYS[[400, 401]]})
    with pytest.raises(es.InsufficientDataError, match="no block of returns= holds"):
        run(blocks, events)


def test_the_firm_itself_is_no_market(tmp_path):
    blocks = FirmBlocks.write(panel().assign(F07=panel()["M"]), tmp_path / "b")
    with pytest.raises(es.BadDataError, match="market"):
        run(blocks)


def test_a_file_that_changes_meanwhile_is_refused(tmp_path):
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=5)
    study = run(blocks)
    (panel() * 2).iloc[:, :5].to_parquet(tmp_path / "b" / "block-000000.parquet")
    with pytest.raises(es.BadDataError, match="not what it was"):
        study.caar(-4, 4)


def test_saved_and_replayed(tmp_path):
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=5)
    study = run(blocks)
    same(es.replay(study.save(tmp_path / "study.zip")), study)


def test_replications_on_blocks(tmp_path):
    blocks = FirmBlocks.write(panel(), tmp_path / "b", firms_per_block=5)
    given = {"market": "M", "replications": 20, "n_events": 5, "tests": ["bmp"]}
    ours, theirs = (
        es.size_and_power(NAMES, returns=each, **given) for each in (blocks, panel())
    )
    pd.testing.assert_frame_equal(ours.to_frame(), theirs.to_frame(), check_exact=True)
