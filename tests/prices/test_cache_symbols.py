"""A symbol never becomes a path, and no two symbols share a file."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventstudy.prices._cache_files import OURS, file_stem
from eventstudy.prices.cache import Cached, cache_info, clear_cache
from tests.prices.cached_prices import Counting, prices

AWKWARD = [
    "../../x", "..", ".", "/etc/passwd", "C:\\x", "\\\\host\\share", "CON", "con",
    "nul", "COM1", "AUX.", "BRK.B", "BRK-B", "BRK_B", "brk.b", "^GSPC", "GSPC", "_X",
    "A" * 300, "A" * 301, "\N{SNOWMAN}", "ÄÖ", unicodedata.normalize("NFD", "ÄÖ"),
    "東京", "7203.T", "x\x00y", "x\ny", "a b", "a*b?", "~", "$HOME", "%TEMP%", "-rf",
    "\ud800", "x:y", "x.", "x ", " x", "K", "\N{KELVIN SIGN}",
]  # fmt: skip


def test_each_is_kept_in_the_folder_and_found_again(tmp_path):
    root = tmp_path / "cache"
    provider = Counting(0.0)
    for symbol in AWKWARD:
        Cached(provider, root).get(symbol)
    kept = Cached(provider, root, offline=True)
    for level, symbol in enumerate(AWKWARD, start=1):
        assert kept.get(symbol).frame.equals(prices(float(level)))
    assert len(provider.asked) == len(AWKWARD)
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    (folder,) = root.iterdir()
    files = list(folder.iterdir())
    assert len(files) == 2 * len(AWKWARD)
    assert all(len(path.name) < 100 and OURS.fullmatch(path.name) for path in files)
    assert sorted(cache_info(root)["symbol"]) == sorted(AWKWARD)
    assert clear_cache(root) == len(AWKWARD)
    assert list(root.iterdir()) == []


def test_names_differ_where_upper_and_lower_case_are_one():
    assert len({file_stem(symbol).lower() for symbol in AWKWARD}) == len(AWKWARD)


@given(st.text(), st.text())
def test_any_two_symbols(one, other):
    assert (file_stem(one).lower() == file_stem(other).lower()) is (one == other)
    assert OURS.fullmatch(f"{file_stem(one)}.json")


@pytest.mark.parametrize("device", ["CON", "PRN", "AUX", "NUL", "COM1", "LPT9"])
def test_no_name_is_a_device(device):
    assert file_stem(device).partition(".")[0].upper() != device
