"""Results beside each other in words: title, finding, table, plain text."""

from __future__ import annotations

import pandas as pd

from eventstudy._reasons import sentence as reason_words
from eventstudy.report import formats
from eventstudy.report._layout import WIDTH, code, grid, paragraph
from eventstudy.report._tables import Table
from eventstudy.report.comparison_view import ComparisonView
from eventstudy.report.formats import percent, window_words

LONGEST_LABEL, LONGEST_NEWS = 26, 48  # letters
TIE = 1.0 + 1e-12  # 1 - 0.9 is stored below 0.1
WORDS = ("Event", "Design", "News")
WIDE_ONLY = ("Std. err.", "t", "Rank p", "News")
CAVEAT = (
    "Each result is tested by itself; Holm's p allows for their number. Whether the "
    "mean of events differs from zero is asked by es.study(events), which allows for "
    "days that they share."
)


def title(view: ComparisonView) -> str:
    """What is compared."""
    number, window = len(view.results), window_words(*view.window)
    events = len({(result.ticker, result.day0) for result in view.results})
    what = "Abnormal return" if number == 1 else "Abnormal returns"
    if events == number:
        of = "one event" if number == 1 else f"{number:,} events"
    else:
        these = "one event" if events == 1 else f"{events:,} events"
        of = f"{number:,} results of {these}"
    return f"{what} of {of}, {window}"


def finding(view: ComparisonView) -> str:
    """How many are unusual, and how far they lie apart."""
    frame = view.table
    known = frame[frame["value"].notna()]
    if known.empty:
        return "None of them has an abnormal return in this window."
    number = len(known)
    of = f"Of {number:,} results," if number > 1 else "The result:"
    judged = f"{of} {_unusual(known)}"
    if number == 1:
        return judged
    low, high = (known.loc[known["value"].agg(end)] for end in ("idxmin", "idxmax"))
    least, most = (
        f"{percent(row['value'])} ({name(view, view.ids.index(row['id']))})"
        for row in (low, high)
    )
    return (
        f"{judged} The abnormal returns run from {least} to {most}; their median is "
        f"{percent(float(known['value'].median()))}."
    )


def _unusual(known: pd.DataFrame) -> str:
    """How many are unusual, alone and for their number."""
    levels = known["confidence"].unique()
    own = "(each at its own level)"
    at = f"at the {formats.level(1.0 - levels[0])} level" if len(levels) == 1 else own
    test, number = f"by the exact t test {at}", int(known["unusual"].sum())
    if len(known) == 1:
        found = "is unusual" if number else "cannot be told from ordinary variation"
        return f"it {found} {test}."
    adjusted = int((known["holm"] <= (1.0 - known["confidence"]) * TIE).sum())
    said = {0: "none is", 1: "one is", len(known): "all are"}.get(number)
    whose = "its own history" if number == 1 else "their own history"
    left = f"; {_of_them(adjusted, number)} for their number" if number else ""
    return f"{said or f'{number:,} are'} unusual against {whose} {test}{left}."


def _of_them(adjusted: int, number: int) -> str:
    if adjusted == number:
        kept = "it stays so" if number == 1 else "all of these stay so"
    else:
        some = f"{adjusted:,} of these {'stays' if adjusted == 1 else 'stay'} so"
        kept = "it does not stay so" if number == 1 else some
    return f"{kept} after Holm's adjustment"


def name(view: ComparisonView, place: int) -> str:
    """Label of a result, with its design where labels come again."""
    label = view.labels[place]
    if view.labels.count(label) > 1 and view.designs[place]:
        return f"{label}, {view.designs[place]}"
    return label


def place_of(view: ComparisonView, row: pd.Series) -> int:
    """At which place a row of the table stands."""
    return view.ids.index(row["id"])


def designed(view: ComparisonView) -> bool:
    """Whether results differ in design."""
    return any(view.designs)


def table(view: ComparisonView, *, brief: bool = False) -> Table:
    """A row a result; ``brief`` leaves out what a narrow text has no room for."""
    columns = _columns(view)
    if brief:
        columns = {name: columns[name] for name in columns if name not in WIDE_ONLY}
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    align = "".join("<" if name in WORDS or "nterval" in name else ">" for name in kept)
    return Table(tuple(kept), tuple(zip(*kept.values(), strict=True)), align)


def _columns(view: ComparisonView) -> dict[str, list[str]]:
    """Written cells by the head of their column."""
    frame = view.table
    levels = frame["confidence"].unique()
    spread = f"{formats.level(levels[0])} interval" if len(levels) == 1 else "Interval"
    ends = zip(frame["ci_low"], frame["ci_high"], strict=True)
    news = [formats.shortened(str(text), LONGEST_NEWS) for text in frame["headline"]]
    return {
        "Event": [formats.shortened(label, LONGEST_LABEL) for label in view.labels],
        "AR" if view.window[0] == view.window[1] else "CAR": [
            *map(percent, frame["value"])
        ],
        "Std. err.": [*map(percent, frame["std_error"])],
        "t": [*map(formats.number, frame["t"])],
        spread: [formats.between(low, high) for low, high in ends],
        "p": [*map(formats.p_value, frame["p_value"])],
        "Holm p": [*map(formats.p_value, frame["holm"])],
        "Rank p": [*map(formats.p_value, frame["empirical_p_value"])],
        "Design": list(view.designs),
        "News": [] if designed(view) else news,
    }


def missing(view: ComparisonView) -> list[str]:
    """Why a result has no abnormal return."""
    lost = view.table[view.table["value"].isna()]
    return [
        f"{name(view, view.ids.index(row['id']))}: {reason_words(str(row['reason']))}."
        for _, row in lost.iterrows()
    ]


def remarks(view: ComparisonView) -> list[str]:
    """All that is to be known before using the numbers."""
    caveat = [CAVEAT] if len(view.results) > 1 else []
    return [*missing(view), *view.notes, *caveat]


def picture_note(view: ComparisonView) -> str:
    """What the panels show."""
    firsts = {result.design.event_window[0] for result in view.results}
    since = (
        f" from day {formats.relative_day(firsts.pop())}" if len(firsts) == 1 else ""
    )
    levels = {result.confidence for result in view.results}
    level = (
        f"{formats.level(levels.pop())} interval" if len(levels) == 1 else "interval"
    )
    return (
        f"Lines: cumulative abnormal return{since}; shaded: {level} of each day. "
        f"Numbers: abnormal return of {window_words(*view.window)}, bold where unusual."
    )


def picture_words(view: ComparisonView) -> str:
    """Say what the figure shows, for those who do not see it."""
    rows = view.table.to_dict(orient="records")
    shown = "; ".join(
        f"{view.labels[i]}{f' ({view.designs[i]})' if view.designs[i] else ''} "
        f"{percent(row['value'])}"
        for i, row in enumerate(rows)
    )
    return f"{title(view)}, a panel each with one y axis for all: {shown}."


def comparison_text(view: ComparisonView) -> str:
    """The comparison as plain text, at most 88 columns wide."""
    cells = table(view, brief=True)
    notes = "\n".join(["Notes", *(paragraph(note, "  -", 4) for note in remarks(view))])
    return "\n\n".join(
        [
            f"{title(view)}\n{'=' * WIDTH}",
            paragraph(finding(view)),
            grid(cells.head, cells.rows, cells.align),
            *([notes] if remarks(view) else []),
            f"Reproduce\n{code(view.code)}",
        ]
    )
