"""The methods section and its sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import eventstudy as es
from eventstudy.errors import ArgumentError
from eventstudy.inference._base import TESTS
from eventstudy.models._base import MODELS
from eventstudy.report import methods
from eventstudy.report.bibliography import CITED, bibtex, cited, known
from tests.report.study_views import study_of

REFERENCES = {
    **{f"test {test.key}": test.reference for test in TESTS.values()},
    **{f"model {model.key}": model.reference for model in MODELS.values()},
}
JOURNALS = {"JFE": "Journal of Financial Economics"}


@pytest.fixture(scope="module")
def result() -> es.EventResult:
    return es.analyze("IMGN", "2010-08-27")


@pytest.fixture(scope="module")
def study() -> es.StudyResult:
    return es.study(es.list_events("IMGN").head(12))


def entries_of(bib: str) -> dict[str, dict[str, str]]:
    """Entries of a BibTeX file by key; what is not one is refused."""
    found = {}
    for block in bib.strip().split("\n\n"):
        head, *lines, last = block.splitlines()
        kind, key = re.fullmatch(r"@(\w+)\{(\w+),", head).groups()  # type: ignore[union-attr]
        assert last == "}"
        fields = dict(re.fullmatch(r"  (\w+) = \{(.*)\},", x).groups() for x in lines)  # type: ignore[union-attr]
        assert key not in found
        found[key] = {"kind": kind, **fields}
    return found


# ------------------------------------------------------------------- the sources


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_every_source_of_the_registries_has_its_entry(name: str) -> None:
    entries = cited(REFERENCES[name])
    assert entries, "a citation is written: Authors (year), journal volume, pages"
    for entry in entries:
        assert entry.key in known(), "add it to references.bib"


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_volume_and_pages_are_those_of_the_entry(name: str) -> None:
    text = REFERENCES[name]
    for match in CITED.finditer(text):
        (entry,) = cited(match[0])
        place = re.match(r"[^;]*? (\d+), (\d+-\d+)", text[match.end() :])
        if entry.kind == "article" and place:
            assert entry.fields["volume"] == place[1]
            assert entry.fields["pages"] == place[2].replace("-", "--")


def test_entries_are_complete_and_sorted() -> None:
    assert list(known()) == sorted(known())
    needed = {
        "article": {"author", "title", "journal", "year", "volume", "number", "pages"},
        "book": {"author", "title", "publisher", "year"},
        "techreport": {"author", "title", "institution", "year"},
    }
    for entry in known().values():
        assert needed[entry.kind] <= set(entry.fields)
        assert entry.key.endswith(f"_{entry.year}")


def test_a_source_reads_as_in_a_list_of_references() -> None:
    (entry,) = cited("Boehmer, Musumeci & Poulsen (1991), J. Financial Economics")
    assert entry.text() == (
        "Boehmer, Musumeci & Poulsen (1991), Event-study methodology under conditions "
        "of event-induced variance, Journal of Financial Economics 30, 253-272."
    )


def test_a_source_that_the_file_lacks_is_made_of_its_words() -> None:
    first, second = cited(
        "Doe & Roe (2030), J. Imaginary Finance 3, 1-20; by Poe (2031), a 5 % talk."
    )
    assert first.fields["journal"] == "J. Imaginary Finance"
    assert (first.fields["volume"], first.fields["pages"]) == ("3", "1--20")
    assert second.kind == "misc"
    assert r"note = {a 5 \% talk}," in second.bibtex()


def test_bibtex_is_ascii_each_entry_once() -> None:
    text = bibtex(cited("Kolari & Pynnönen (2010); Kolari & Pynnönen (2010)"))
    assert text.isascii()
    assert r"author = {Kolari, James W. and Pynn{\"o}nen, Seppo}," in text
    assert len(entries_of(text)) == 1


# ------------------------------------------------------------------- the section


@pytest.mark.parametrize("which", ["result", "study"])
def test_every_key_of_the_section_is_in_the_bibliography(
    which: str, request: pytest.FixtureRequest
) -> None:
    made = request.getfixturevalue(which)
    section = made.methods_text(form="latex")
    keys = {k for part in re.findall(r"\\citep\{([^}]*)\}", section)
            for k in part.split(",")}  # fmt: skip
    assert len(keys) > 5
    assert keys == set(entries_of(made.bibliography()))


def test_the_section_of_one_event(result: es.EventResult) -> None:
    text = " ".join(result.methods_text().split())
    for expected in (
        "one event (N = 1) of IMGN",
        "day 0 is that day, Friday 27 August 2010",
        "IMGN, bundled data/prices/IMGN.csv",
        "Market model against ^GSPC (MacKinlay, 1997), with coefficients estimated on ",
        "250 trading days before the event (days −260 to −11",
        "The finding is that of day 0; also reported: days −1 to +1",
        "Student's t with 248 degrees of freedom",
        "Tests of day 0: Exact t (MacKinlay, 1997)",
        "their level not assured here: Chebyshev (Saw, Yang & Mo, 1984)",
        "References",
        "MacKinlay (1997), Event studies in economics and finance",
    ):
        assert expected in text
    assert "Gelbach, Helland & Klick (2013), Valid inference" in text


def test_the_section_of_a_study(study: es.StudyResult) -> None:
    text = " ".join(study.methods_text().split())
    headline, _ = study.headline(study.design.windows[0])
    for expected in (
        f"N = {len(study)} events with a return on day 0",
        f"One test carries the verdict: {study.test_name(headline)} (",
        "expected return, estimated for each event by itself: Market model",
    ):
        assert expected in text


@pytest.mark.parametrize("model", ["carhart", "constant_mean", "fama_french_3"])
def test_the_source_of_the_model_is_cited(model: str) -> None:
    made = es.analyze("IMGN", "2010-08-27", model=model)
    assert cited(MODELS[model].reference)[0].key in entries_of(made.bibliography())


def test_lines_are_short_enough_to_read(result: es.EventResult) -> None:
    assert max(map(len, result.methods_text().splitlines())) <= 88


def test_only_tests_that_were_used_are_named() -> None:
    made = es.analyze("IMGN", "2010-08-27", tests=["exact_t"])
    assert "Chebyshev" not in made.methods_text()
    assert "saw_yang_mo_1984" not in made.bibliography()


def test_text_of_users_cites_nothing(make_view: Callable[..., Any]) -> None:
    view = make_view(headline="\x02Doe (2030)\x03 5 % \\input{x}", ticker="\x02A\x03")
    paragraphs = methods.event_section(view)
    assert "doe_2030" not in methods.section_bibtex(paragraphs)
    section = methods.section_text(paragraphs, "latex")
    assert r"“Doe" not in section
    assert r"``Doe (2030) 5 \% \textbackslash{}input\{x\}''" in section


def test_a_study_too_small_for_a_test() -> None:
    text = methods.section_text(methods.study_section(study_of(2)), "text")
    assert "One test carries the verdict" not in text


def test_the_bibliography_is_written(result: es.EventResult, tmp_path: Path) -> None:
    path = tmp_path / "event.bib"
    text = result.bibliography(path)
    assert path.read_text(encoding="utf-8") == text


def test_an_unknown_form_is_refused(result: es.EventResult) -> None:
    with pytest.raises(ArgumentError, match="'text' and 'latex'"):
        result.methods_text(form="word")


def test_a_test_that_was_not_computed_is_not_named(imgn: Any) -> None:
    text = methods.section_text(methods.event_section(imgn), "text")
    assert "Chebyshev" in text
    assert "Placebo, non-overlapping" not in " ".join(text.split())
