"""A study's panel and events as arrays by name, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from eventstudy.core.panel import Events, Panel, Source, event_keys

Arrays: TypeAlias = dict[str, "np.ndarray[Any, Any]"]
Names: TypeAlias = list[dict[str, int]]


def arrays_of(source: Source) -> tuple[Arrays, Names]:
    """The numbers of a source, and of each benchmark which rows of ``series`` it has.

    Firms without an event are left out; ids and tickers are not among the arrays.
    """
    source = _with_events_only(source)
    panel, events = source.panel, source.events
    series, names = _distinct(panel.benchmarks, len(source.dates))
    arrays: Arrays = {
        "dates": source.dates.astype("datetime64[ns]").astype("i8"),
        "returns": panel.returns,
        "spans": _whole(panel.spans),
        "series": series,
        "firm": events.firm.astype("i8"),
        "day0": events.day0.astype("i8"),
        "benchmark": events.benchmark.astype("i8"),
    }
    if np.isfinite(source.closes).any():
        arrays["closes"] = source.closes
    if panel.estimable is not None:
        arrays["estimable"] = panel.estimable
    if events.estimation is not None:
        arrays["estimation"] = events.estimation.astype("i8")
    if events.event_window is not None:
        arrays["event_window"] = events.event_window.astype("i8")
    return arrays, names


def smallest_size(source: Source) -> int:
    """Bytes that the panel takes at least, without reading it."""
    firms = np.unique(source.events.firm).size
    return int(firms * len(source.dates) * (np.dtype(float).itemsize + 1))


def kept_tickers(source: Source) -> list[str]:
    """Names of the firms that :func:`arrays_of` keeps."""
    return [source.tickers[firm] for firm in np.unique(source.events.firm)]


def source_of(
    arrays: Arrays, names: Names, tickers: Sequence[str], ids: Sequence[str]
) -> Source:
    """The source of some arrays.

    Raises
    ------
    ValueError, KeyError, TypeError, IndexError
        When they do not belong together.
    """
    returns = arrays["returns"]
    closes = arrays.get("closes", np.full(returns.shape, np.nan))
    shape, count = (len(tickers), len(arrays["dates"])), len(ids)
    spans = arrays["spans"].astype(float)
    estimable = arrays["estimable"] != 0 if "estimable" in arrays else None
    whole = [returns, spans, closes, *([] if estimable is None else [estimable])]
    _require(all(one.shape == shape for one in whole), "the panel")
    _require(bool((np.diff(arrays["dates"]) > 0).all()), "the days")
    series = arrays["series"]
    _require(series.ndim == 2 and series.shape[1] == shape[1], "the benchmarks")
    rows = list(series)
    benchmarks = [{k: rows[int(n)] for k, n in one.items()} for one in names]
    bounds = {"firm": shape[0], "day0": shape[1], "benchmark": len(benchmarks)}
    for name, bound in bounds.items():
        number = arrays[name]
        inside = number.shape == (count,) and ((number >= 0) & (number < bound)).all()
        _require(bool(inside), name)
    estimation = arrays.get("estimation")
    around = arrays.get("event_window")
    for own in (estimation, around):
        _require(own is None or own.shape == (count, 2), "the windows")
    _require(len(set(ids)) == count and len(set(tickers)) == shape[0], "the names")
    events = Events(
        arrays["firm"], arrays["day0"], arrays["benchmark"], event_keys(ids),
        estimation, around,
    )  # fmt: skip
    return Source(
        Panel(returns, spans, tuple(benchmarks), estimable), events,
        arrays["dates"].astype("datetime64[ns]"), closes, tuple(tickers), tuple(ids),
    )  # fmt: skip


def source_of_one(source: Source, row: int, day0: int, name: str) -> Source:
    """The source of one event alone, on the days of the study."""
    panel, events = source.panel, source.events
    firm, zero = int(events.firm[row]), np.zeros(1, int)
    mine = slice(firm, firm + 1)
    estimable = None if panel.estimable is None else panel.estimable[mine]
    benchmark = (panel.benchmarks[int(events.benchmark[row])],)
    return Source(
        Panel(panel.returns[mine], panel.spans[mine], benchmark, estimable),
        Events(zero, np.array([day0]), zero, event_keys([name])),
        source.dates, source.closes[mine], (source.tickers[firm],), (name,),
    )  # fmt: skip


def _with_events_only(source: Source) -> Source:
    """The source without firms and benchmarks that no event has."""
    panel, events = source.panel, source.events
    firms, firm = np.unique(events.firm, return_inverse=True)
    used, benchmark = np.unique(events.benchmark, return_inverse=True)
    estimable = None if panel.estimable is None else panel.estimable[firms]
    return dataclasses.replace(
        source,
        panel=Panel(
            panel.returns[firms], panel.spans[firms],
            tuple(panel.benchmarks[n] for n in used), estimable,
        ),
        events=dataclasses.replace(
            events, firm=firm.reshape(-1), benchmark=benchmark.reshape(-1)
        ),
        closes=source.closes[firms],
    )  # fmt: skip


def _distinct(
    benchmarks: Sequence[Mapping[str, Any]], days: int
) -> tuple[np.ndarray[Any, Any], Names]:
    """Each series once, (B, T), and where those of each benchmark are."""
    rows: list[np.ndarray[Any, Any]] = []
    number: dict[int, int] = {}
    names: Names = []
    for benchmark in benchmarks:
        for values in benchmark.values():
            if id(values) not in number:
                number[id(values)] = len(rows)
                rows.append(np.asarray(values, float))
        names.append({name: number[id(v)] for name, v in benchmark.items()})
    return np.array(rows, float).reshape(len(rows), days), names


def _whole(spans: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Whole numbers in as few bytes as hold them."""
    highest = int(spans.max(initial=0))
    for kind in ("u1", "u2"):
        if highest <= np.iinfo(kind).max:
            return spans.astype(kind)
    return spans


def _require(fits: bool, what: str) -> None:
    if not fits:
        raise ValueError(f"{what} of the study do not fit the rest")
