"""A study with its inputs and settings, as plain files, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from eventstudy.core.panel import Source
from eventstudy.design import Design
from eventstudy.errors import ArgumentError, BadDataError
from eventstudy.report.archives import LARGEST
from eventstudy.report.records import plain, to_json_text
from eventstudy.results.saved_arrays import packed, packed_size, unpacked
from eventstudy.results.saved_checks import (
    DAMAGED,
    firms,
    origins,
    read_json,
    require_series,
    word,
    words,
)
from eventstudy.results.saved_columns import columns_of, table_of
from eventstudy.results.saved_panel import (
    arrays_of,
    kept_tickers,
    smallest_size,
    source_of,
)
from eventstudy.results.saved_settings import (
    design_of,
    read_shares,
    settings_of,
    shares_of,
)
from eventstudy.results.saved_single import saved_single
from eventstudy.results.study_assembly import assemble_study
from eventstudy.results.study_origin import StudyOrigin

if TYPE_CHECKING:
    from eventstudy.results.study_result import StudyResult


def files_of_study(study: StudyResult) -> dict[str, str | bytes]:
    """What the numbers of a study come from, by name of the file.

    Raises
    ------
    ArgumentError
        For a model, a test, share counts or an attribute of the events that is an
        object of the caller's, and for a panel larger than an archive may be.
    """
    source, origin = study._passes.source, study._origin
    _require_room(source, smallest_size(source))
    arrays, benchmarks = arrays_of(source)
    _require_room(source, packed_size(arrays))
    heads, data = packed(arrays)
    rows, tickers = study._rows.tolist(), kept_tickers(source)
    facts = {
        "settings": settings_of(study.design),
        "tickers": tickers,
        "ids": list(source.ids),
        "arrays": heads,
        "benchmarks": benchmarks,
        "firms": {ticker: origin.firms[ticker] for ticker in tickers},
        "shares": shares_of(origin.shares),
        "provenance": dict(study.provenance),
        "notes": list(study._notes),
        "keep": "ar" if study._passes.keeps_ar else "summary",
        "own": _distinct([_own(origin, row) for row in rows]),
    }
    tables = {
        "events": columns_of(study._columns),
        "excluded": columns_of(study.excluded.reset_index()),
        "excluded_rows": len(study.excluded),
    }
    return {
        # In the order of the result: its page names sources in it.
        "inputs.json": json.dumps(plain(facts), indent=1, ensure_ascii=False),
        "events.json": json.dumps(tables, ensure_ascii=False),
        "panel.bin": data,
        "record.json": to_json_text(study.to_dict()),
    }


def study_of_files(files: Mapping[str, Any]) -> StudyResult:
    """Compute a study anew from its files.

    Raises
    ------
    BadDataError
        Where a file is not what :func:`files_of_study` writes.
    EventStudyError
        As of :func:`eventstudy.study`.
    """
    try:
        facts = read_json(files["inputs.json"])
        design = design_of(facts["settings"])
        arrays = unpacked(facts["arrays"], files["panel.bin"])
        source = source_of(
            arrays, facts["benchmarks"], words(facts["tickers"]), words(facts["ids"])
        )
        for names in facts["benchmarks"]:
            require_series(design.model, names)
        columns, excluded = _tables(read_json(files["events.json"]), source)
        origin = _origin(facts, design, source, columns)
        notes, keep = words(facts["notes"]), word(facts["keep"])
        rows, provenance = np.arange(len(source.ids)), origins(facts["provenance"])
    except DAMAGED as error:
        raise BadDataError(
            "path", str(error)[:80], "this is no saved study, or a damaged one",
            "Save the result again.",
        ) from error  # fmt: skip
    return assemble_study(
        design, columns, source, rows, excluded, origin, provenance, notes, None, None,
        keep,
    )  # fmt: skip


def _own(origin: StudyOrigin, row: int) -> dict[str, Any]:
    """What an event has for itself: its benchmarks by name, and its call."""
    return {**origin.own(row), "call": origin.call(row)}


def _distinct(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Each item once, and the number of it that each event has."""
    number: dict[str, int] = {}
    which = [number.setdefault(json.dumps(plain(i)), len(number)) for i in items]
    return {"each": [json.loads(text) for text in number], "which": which}


def _tables(
    record: Mapping[str, Any], source: Source
) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = table_of(record["events"], len(source.ids)).set_axis(list(source.ids))
    excluded = table_of(record["excluded"], int(record["excluded_rows"]))
    words(excluded["reason"].to_list())
    return columns, excluded.set_index("id")[["ticker", "date", "reason"]]


def _origin(
    facts: Mapping[str, Any], design: Design, source: Source, columns: pd.DataFrame
) -> StudyOrigin:
    each, which = list(facts["own"]["each"]), list(facts["own"]["which"])
    own: list[dict[str, Any]] = [dict(each[int(n)]) for n in which]
    words([one["call"] for one in own])
    if len(own) != len(source.ids):
        raise ValueError("the settings of single events do not fit the rest")
    known = {
        **facts,
        "firms": firms(facts["firms"]),
        "shares": read_shares(facts["shares"]),
    }
    if set(known["firms"]) != set(source.tickers):
        raise ValueError("the firms do not fit the rest")
    return StudyOrigin(
        single=saved_single(known, own, design, source, columns),
        own=_without_call(own),
        call=lambda row: str(own[row]["call"]),
        firms=known["firms"],
        shares=known["shares"],
    )


def _without_call(own: list[dict[str, Any]]) -> Callable[[int], dict[str, Any]]:
    return lambda row: {name: v for name, v in own[row].items() if name != "call"}


def _require_room(source: Source, size: int) -> None:
    if size > LARGEST:
        firms, days = len(kept_tickers(source)), len(source.dates)
        raise ArgumentError(
            "path",
            "save",
            f"the {firms:,} firms x {days:,} days take {size:,} bytes, and an archive "
            f"holds {LARGEST:,} at most",
            "Save parts, such as s[mask], or pass prices of fewer days.",
        )
