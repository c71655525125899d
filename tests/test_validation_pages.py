"""The page of guarded errors names tests that exist, and leaves no error out."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "validation" / "regressions.md").read_text()


def test_every_error_of_the_list_has_a_row():
    rows = re.findall(r"^\| (\d+) \|.+::test_\w+` \|$", PAGE, re.MULTILINE)
    assert [int(number) for number in rows] == list(range(1, 28))


def test_every_test_that_is_named_exists():
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE)
    assert len(named) > 40
    for file, name in named:
        text = (TESTS / file).read_text()
        assert re.search(rf"^def {name}\(", text, re.MULTILINE), (file, name)
