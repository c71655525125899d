"""The real pandas-datareader against files in the form of French's data library."""

import datetime as dt
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.errors import ArgumentError, NoDataError, ProviderUnavailableError
from eventstudy.prices import factors as module
from eventstudy.prices.cache import cache_info
from eventstudy.prices.factors import factor_frame
from eventstudy.prices.fama_french import FIVE, MOMENTUM, THREE, FamaFrench
from tests.prices.french_library import DAYS, published, serve, written, zipped

pytest.importorskip("pandas_datareader")
NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)


@pytest.fixture
def library(monkeypatch):
    monkeypatch.delenv("EVENTSTUDY_OFFLINE")
    with serve() as served:
        yield served


@pytest.fixture
def french(library, tmp_path):
    def make(clock=lambda: NOW, **options):
        options |= {"session": library.session, "pause": 0.0}
        return FamaFrench(tmp_path, clock=clock, **options)

    return make


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (("mkt_rf", "rf"), [THREE]),
        (("mkt_rf", "smb", "hml", "rf"), [THREE]),
        (("mkt_rf", "smb", "hml", "rmw", "cma", "rf"), [FIVE]),
        (("mkt_rf", "smb", "hml", "mom", "rf"), [THREE, MOMENTUM]),
        (("mkt_rf", "smb", "hml", "rmw", "cma", "mom", "rf"), [FIVE, MOMENTUM]),
        (("mom",), [MOMENTUM]),
    ],
)
def test_the_file_that_holds_them_in_decimals(french, library, names, files):
    found = french().get(names)
    assert library.asked == files
    assert found.source.endswith(f"({', '.join(files)})")
    assert list(found.frame) == list(names)
    both = pd.concat([published(file) for file in files], axis=1)
    spelled = {"mkt_rf": "Mkt-RF", "mom": "Mom   "}
    for name in names:
        expected = both[spelled.get(name, name.upper())].to_numpy() / 100.0
        np.testing.assert_allclose(found.frame[name], expected, rtol=1e-15)
    assert found.frame.index.equals(DAYS.rename("date").as_unit("ns"))
    assert found.retrieved_at == "2026-11-25"


def test_momentum_of_other_days_is_unknown_on_the_rest(french, library):
    text = written(MOMENTUM, published(MOMENTUM, DAYS[100:]))
    library.answers[MOMENTUM] = (200, zipped(text))
    frame = french().get(("mkt_rf", "mom")).frame
    assert len(frame) == len(DAYS)
    assert frame["mom"].isna().sum() == 100


@pytest.mark.parametrize("code", ["-99.99", "-999", "-999.00"])
def test_missing_codes_are_unknown(french, library, code):
    frame = published(THREE)
    frame.iloc[7, 1] = np.nan
    library.answers[THREE] = (200, zipped(written(THREE, frame, code)))
    found = french().get(("mkt_rf", "smb")).frame
    assert found["smb"].isna().to_numpy().nonzero()[0].tolist() == [7]
    assert found["mkt_rf"].notna().all()


class TestKept:
    """The second time nobody is asked, and the numbers are the same."""

    def test_offline_the_same_to_the_bit(self, french, library, tmp_path):
        names = ("mkt_rf", "smb", "mom", "rf")
        new = french().get(names)
        kept = french(offline=True).get(names)
        assert library.asked == [THREE, MOMENTUM]
        assert kept.frame.equals(new.frame)
        assert (kept.sha256, kept.source) == (new.sha256, new.source)
        assert set(cache_info(tmp_path)["symbol"]) == {THREE, MOMENTUM}

    def test_offline_without_a_copy(self, french, library):
        with pytest.raises(NoDataError, match=r"offline") as caught:
            french(offline=True).get(("rf",))
        assert caught.value.parameter == "factors"
        assert library.asked == []

    @pytest.mark.parametrize(("word", "off"), [("1", True), ("0", False), ("", False)])
    def test_offline_by_the_environment(self, french, library, monkeypatch, word, off):
        monkeypatch.setenv("EVENTSTUDY_OFFLINE", word)
        if off:
            with pytest.raises(NoDataError, match="EVENTSTUDY_OFFLINE"):
                french().get(("rf",))
        else:
            french().get(("rf",))
        assert bool(library.asked) is not off

    @pytest.mark.parametrize(("last", "asked"), [("2026-11-01", 2), ("2026-09-01", 1)])
    def test_days_not_yet_published_are_asked_for_again(
        self, french, library, last, asked
    ):
        for hours in (0, 25):
            now = NOW + dt.timedelta(hours=hours)
            french(clock=lambda now=now: now).get(("rf",), pd.Timestamp(last))
        assert len(library.asked) == asked

    def test_an_older_copy_when_the_library_is_down(self, french, library):
        french().get(("rf",))
        library.answers[THREE] = (500, b"no")
        later = french(clock=lambda: NOW + dt.timedelta(days=3)).get(("rf",))
        assert later.notes[0].startswith("factors: a copy of 2026-11-25, 3 days old")


class TestFailures:
    """Each is our own error, and the next call succeeds."""

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            ((404, b"Not found"), "could not be reached"),
            ((500, b"Oops"), "could not be reached"),
            ((200, b"<html>Maintenance</html>"), "no usable answer"),
            ((200, b""), "no usable answer"),
            ((200, zipped("")), "no usable answer"),
            ((200, zipped("a,b\r\n" * 500)), "no usable answer"),
            (
                (200, zipped(written(THREE, published(THREE).drop(columns="SMB")))),
                "there is no smb in it",
            ),
        ],
    )
    def test_answers(self, french, library, answer, why):
        good = library.answers[THREE]
        library.answers[THREE] = answer
        with pytest.raises(ProviderUnavailableError, match=why) as caught:
            french().get(("mkt_rf", "rf"))
        assert caught.value.parameter == "factors"
        assert "frame in decimals" in caught.value.way_out
        library.answers[THREE] = good
        assert len(french().get(("mkt_rf", "rf")).frame) == len(DAYS)

    def test_a_name_that_the_library_does_not_have(self, french):
        with pytest.raises(ArgumentError, match="not in the data library"):
            french().get(("mkt_rf", "liquidity"))

    def test_without_the_package_the_error_names_the_install_line(self):
        code = (
            "import os, sys; os.environ.pop('EVENTSTUDY_OFFLINE', None)\n"
            "sys.modules['pandas_datareader'] = None\n"
            "import tempfile, eventstudy as es\n"
            "from eventstudy.prices.fama_french import FamaFrench\n"
            "try: FamaFrench(tempfile.mkdtemp()).get(('rf',))\n"
            "except es.NoDataError as error: print(error)"
        )
        said = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout
        assert "pip install 'investor-eventstudy[factors]'" in said


class TestInAnAnalysis:
    """factors= takes the provider, the word, and a user's own object."""

    def prices(self):
        rng = np.random.default_rng(3)
        steps = 1.0 + rng.normal(0.0, 0.01, (len(DAYS), 1))
        return pd.DataFrame(100.0 * np.cumprod(steps, axis=0), DAYS, ["X"])

    def ask(self, factors):
        day = DAYS[285]
        return es.analyze(
            "X", day, model="fama_french_3", prices=self.prices(), factors=factors
        )

    def test_a_provider_equals_its_frame(self, french):
        names = ("mkt_rf", "smb", "hml", "rf")
        one = self.ask(french())
        other = self.ask(french().get(names).frame)
        assert one.car(0).value == other.car(0).value
        facts = one.provenance["factors"]
        assert facts["source"].startswith("the data library of Kenneth R. French")
        assert facts["retrieved_at"] == "2026-11-25"

    def test_a_users_own(self, french):
        class Own:
            def get(self, names):
                return french().get(names).frame

        assert self.ask(Own()).provenance["factors"]["source"] == "provider Own"

    def test_what_answers_with_no_frame(self):
        class Own:
            def get(self, names):
                return list(names)

        with pytest.raises(es.BadDataError, match="answers with list"):
            self.ask(Own())

    def test_the_word_stands_for_the_provider(self, french, tmp_path):
        french(clock=lambda: dt.datetime.now(dt.UTC)).get(("rf",))
        search = module.Search(offline=True, cache=tmp_path)
        frame, facts, _ = factor_frame("fama_french", ("mkt_rf", "rf"), search)
        np.testing.assert_allclose(frame["rf"], 0.00004, rtol=1e-12)
        assert THREE in facts["source"]
        with pytest.raises(es.BadDataError, match="nor the word 'fama_french'"):
            factor_frame("french")
