"""Results beside each other: the numbers of each, what differs, and the figure."""

import datetime as dt
import io
import json
import re

import html5lib
import numpy as np
import openpyxl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

import eventstudy as es
from eventstudy.errors import ArgumentError, WindowError

DATES = ("2010-08-27", "2014-11-06", "2011-04-07")


@pytest.fixture(scope="module")
def results():
    return [es.analyze("IMGN", date) for date in DATES]


@pytest.fixture(scope="module")
def three(results):
    return es.compare(results)


@pytest.fixture(scope="module")
def designs():
    """One event in several designs, and another event."""
    asked = [
        {}, {"model": "constant_mean"}, {"industry": "IBB", "confidence": 0.9},
        {"return_kind": "log", "event_window": (-5, 5)},
    ]  # fmt: skip
    found = [es.analyze("IMGN", "2010-08-27", **options) for options in asked]
    return es.compare([*found, es.analyze("IMGN", "2014-11-06")])


def prices(seed, name):
    """A made-up share over the days of 2015 to 2017, and its prices."""
    rng = np.random.default_rng(seed)
    days = pd.bdate_range("2015-01-02", "2017-12-29")
    return pd.Series(
        20 * np.exp(np.cumsum(rng.normal(0, 0.01, days.size))), days, name=name
    )


# ------------------------------------------------------------------------- table


def test_a_row_a_result_with_the_numbers_of_each(results, three):
    table = three.to_frame()
    assert list(table["id"]) == [f"IMGN-{date}" for date in DATES]
    assert list(table["day0"]) == [pd.Timestamp(date) for date in DATES]
    for row, result in zip(table.to_dict(orient="records"), results, strict=True):
        effect = result.car(0).to_dict()
        for name in ("value", "std_error", "t", "df", "p_value", "ci_low", "mde", "n"):
            assert row[name] == effect[name], name
        assert row["model"] == "market_model"
        assert (row["window"], row["start"], row["end"]) == ("[0,0]", 0, 0)


def test_holm_by_hand(three):
    # 3 p-values: the smallest three times, the next twice, never falling
    p = three.table["p_value"].to_numpy()
    order = np.argsort(p)
    expected = np.maximum.accumulate(np.minimum(1.0, p[order] * [3, 2, 1]))
    np.testing.assert_array_equal(three.table["holm"].to_numpy()[order], expected)


def test_each_is_judged_at_its_own_level():
    # its p lies between the two levels
    date = "2022-11-14"
    pair = [es.analyze("IMGN", date, confidence=level) for level in (0.95, 0.9)]
    p = float(pair[0].car(0).p_value)
    table = es.compare(pair).table
    assert 0.05 < p < 0.1
    assert table["unusual"].tolist() == [False, True]


def test_another_window(results):
    both = es.compare(results, window=(-1, 1))
    assert both.table["value"].tolist() == [float(r.car(-1, 1)) for r in results]
    assert "days −1 to +1" in repr(both)
    assert es.compare(results, window=2).table["window"].tolist() == ["[+2,+2]"] * 3


def test_all_days_of_all(results, three):
    days = three.abnormal_returns
    assert len(days) == 3 * 21
    mine = (
        days[days["id"] == "IMGN-2014-11-06"].set_index("event_day").drop(columns="id")
    )
    pd.testing.assert_frame_equal(mine, results[1].abnormal_returns)


def test_frames_are_built_anew(three):
    table, frame = three.table, three.to_frame()
    table["value"] = frame["value"] = 0.0
    assert (three.table["value"] != 0).all()


def test_results_of_a_study(results):
    study = es.study(pd.DataFrame({"ticker": "IMGN", "date": DATES}))
    both = es.compare([study.result(key) for key in study.events.index])
    values = [float(result.car(0)) for result in results]
    np.testing.assert_allclose(both.table["value"], values, rtol=1e-12)
    assert "es.analyze('IMGN', '2014-11-06')" in both.code, "no call with a bare event"


# ------------------------------------------------------------- what differs is said


def test_nothing_is_said_where_nothing_differs(three):
    assert three.notes == ()
    assert three.designs == ("", "", "")


def test_differences_of_design_are_said(designs):
    said = " ".join(designs.notes)
    assert "The models differ: market model (3 results)" not in said
    for words in (
        "The models differ: market model (three results); constant mean",
        "The industry indices differ: no industry index (four results); industry IBB",
        "The kinds of return differ: simple returns (four results); log returns",
        "The event windows differ: event window [−10,+10] (four results)",
        "The levels differ: 95 % intervals (four results); 90 % intervals",
        "Four results are of events that come repeatedly",
    ):
        assert words in said, words
    # a constant mean has no market index: that is no difference of indices
    assert "market indices" not in said
    assert all(note in repr(designs).replace("\n    ", " ") for note in designs.notes)


def test_what_sets_each_apart(designs):
    assert designs.designs == (
        "market model",
        "constant mean return",
        "market model with industry, industry IBB, 90 % intervals",
        "market model, log returns, event window [−5,+5]",
        "market model",
    )


def test_ids_of_one_event_are_numbered(designs):
    assert designs.ids[:3] == (
        "IMGN-2010-08-27", "IMGN-2010-08-27-2", "IMGN-2010-08-27-3"
    )  # fmt: skip


def test_events_that_share_days_are_said():
    frame = pd.concat([prices(1, "AAA"), prices(2, "BBB"), prices(3, "MKT")], axis=1)
    found = [
        es.analyze(ticker, date, prices=frame, market=frame["MKT"])
        for ticker, date in (
            ("AAA", "2017-03-01"), ("BBB", "2017-03-03"), ("BBB", "2017-06-01"),
        )
    ]  # fmt: skip
    assert "share" not in " ".join(es.compare(found).notes)
    for order in (found, found[::-1]):
        wide = es.compare(order, window=(-1, 1)).notes
        assert "1 of 3 pairs are of different events that share" in " ".join(wide)


def test_another_headline_window_is_said(results):
    other = es.analyze("IMGN", "2012-03-30", windows=[(-1, 1)])
    both = es.compare([results[0], other])
    assert "other verdicts rest on days −1 to +1" in " ".join(both.notes)
    assert both.window == (0, 0)
    assert es.compare([results[0], other], window=0).notes == ()


def test_a_result_without_a_return_stays_and_says_why(results):
    series = prices(1, "AAA")
    series["2017-03-01"] = np.nan
    market = prices(3, "MKT")
    empty = es.analyze(
        "AAA",
        "2017-03-01",
        prices=series.to_frame(),
        market=market,
        missing="available",
    )
    both = es.compare([results[0], empty])
    assert np.isnan(both.table["value"][1])
    assert not both.table["unusual"][1]
    assert both.table["reason"][1]
    assert "AAA, 1 Mar 2017: " in repr(both)
    assert both.plot().to_png()


# --------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([], "there is none"),
        (3, "not a list"),
        (["IMGN"], r"results\[0\].*not the result of one event"),
        ([pd.DataFrame()], "not the result of one event"),
    ],
)
def test_what_is_no_list_of_results(results, words):
    with pytest.raises(ArgumentError, match=words):
        es.compare(results)


def test_one_result_is_no_list_and_a_study_no_result(results):
    with pytest.raises(ArgumentError, match="Pass a list"):
        es.compare(results[0])
    study = es.study(pd.DataFrame({"ticker": "IMGN", "date": DATES}))
    with pytest.raises(ArgumentError, match=r"study\.result\(id\)"):
        es.compare([study])


def test_a_window_that_one_result_lacks(results):
    short = es.analyze("IMGN", "2012-03-30", event_window=(-2, 2))
    with pytest.raises(
        WindowError, match=r"IMGN, 30 Mar 2012: .*event_window=\(-2, 2\)"
    ):
        es.compare([results[0], short], window=(-5, 5))
    with pytest.raises(WindowError, match="Swap"):
        es.compare(results, window=(3, 1))
    assert len(es.compare([results[0], short], window=(-2, 2))) == 2


def test_a_figure_of_another_kind_or_on_axes(three):
    with pytest.raises(ArgumentError, match="one figure"):
        three.plot("price")
    with pytest.raises(ArgumentError, match="several axes"):
        three.plot(ax=Figure().subplots())
    with pytest.raises(ArgumentError, match="screen, paper, slide"):
        three.plot(preset="poster")


# ------------------------------------------------------------------------- figure


def panels(figure):
    return [
        {line.get_label(): line.get_xydata() for line in ax.lines} for ax in figure.axes
    ]


def test_a_panel_a_result_with_one_y_axis(results, three):
    figure = three.plot()
    assert isinstance(figure, Figure)
    assert len({ax.get_ylim() for ax in figure.axes}) == 1
    for drawn, result in zip(panels(figure), results, strict=True):
        np.testing.assert_array_equal(
            drawn["path"][:, 1], result.abnormal_returns["car"]
        )
        assert any(ax.lines for ax in figure.axes)
    low, high = figure.axes[0].get_ylim()
    assert low < min(r.abnormal_returns["car"].min() for r in results)
    assert high > max(r.abnormal_returns["car"].max() for r in results)


def test_bold_where_unusual_also_without_colour(three):
    weights = []
    for ax in three.plot().axes:
        value = next(t for t in ax.texts if "%" in t.get_text())
        weights.append(value.get_fontweight())
    assert weights == ["bold", "normal", "bold"]


@pytest.mark.parametrize(
    ("number", "preset"),
    [(1, "screen"), (2, "paper"), (6, "screen"), (6, "slide"), (20, "screen")],
)
def test_nothing_leaves_the_figure(designs, three, number, preset):
    every = [*designs.results, *three.results] * 3
    figure = es.compare(every[:number]).plot(preset=preset)
    figure.draw_without_rendering()
    boxes = [ax.get_position() for ax in figure.axes]
    assert len(boxes) == number
    assert min(box.height * figure.get_size_inches()[1] for box in boxes) > 0.6
    for ax in figure.axes:
        for text in [*ax.texts, *ax.get_xticklabels(), *figure.texts]:
            box = text.get_window_extent()
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= figure.bbox.width + 1, text.get_text()


def test_a_slide_is_a_slide_and_paper_is_grey(three):
    assert three.plot(preset="slide").get_size_inches().tolist() == [7.2, 4.05]
    paper = three.plot(preset="paper")
    picture = np.asarray(Image.open(io.BytesIO(paper.to_bytes("png"))).convert("RGB"))
    assert (np.ptp(picture.astype(int), axis=2) <= 1).all()
    assert paper.get_size_inches()[0] == 3.5


# -------------------------------------------------------------------------- files


def test_the_page_and_the_card(designs, tmp_path):
    page = designs.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page
    parse = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse
    tree = parse(page)
    assert "<script" not in page
    assert not re.search(r"""(src|href|srcset)=["']?https?:""", page)
    alts = [image.attrib["alt"] for image in tree.iter("img")]
    assert len(alts) == 1
    assert "one y axis for all" in alts[0]
    assert "constant mean return) −38.64 %" in alts[0]
    assert parse(f"<!DOCTYPE html><title>x</title>{designs._repr_html_()}") is not None
    for result in designs.results:
        assert result.verdict.split(" (")[0] in re.sub("<[^>]*>", "", page)


def test_what_users_write_stays_text(results):
    event = es.Event.of("IMGN", "2014-11-06", headline="<script>alert(1)</script> & co")
    both = es.compare([results[0], es.analyze(event)])
    for page in (both.to_html(), both._repr_html_()):
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_the_workbook_holds_the_frame(designs, tmp_path):
    path = designs.to_excel(tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "summary", "comparison", "abnormal_returns", "verdicts", "provenance",
    ]  # fmt: skip
    head, *rows = book["comparison"].iter_rows(values_only=True)
    frame = designs.to_frame()
    assert list(head) == list(frame.columns)
    for column, name in enumerate(head):
        for found, value in zip(
            [row[column] for row in rows], frame[name], strict=True
        ):
            if isinstance(found, dt.datetime):
                assert found == value
            else:
                blank = not isinstance(value, str) and pd.isna(value)
                assert found == (None if blank else value), name
    assert path.read_bytes() == designs.to_excel(tmp_path / "again.xlsx").read_bytes()


def test_json_and_latex(designs, tmp_path):
    record = json.loads(designs.to_json())
    assert [row["id"] for row in record["table"]] == list(designs.ids)
    assert record["table"][0]["value"] == designs.table["value"][0]
    latex = designs.to_latex(tmp_path / "table.tex")
    assert (tmp_path / "table.tex").read_text(encoding="utf-8") == latex
    body = latex.split(r"\midrule")[1].split(r"\bottomrule")[0].strip()
    lines = body.splitlines()
    assert len(lines) == 5
    assert all(line.count(" & ") == 8 for line in lines)
    assert "The models differ" in latex


def test_the_code_makes_it_again(designs):
    again = eval(designs.code, {"es": es})
    pd.testing.assert_frame_equal(again.table, designs.table)
    assert again.notes == designs.notes


def test_the_text_is_narrow(designs, three):
    for text in (repr(designs), str(three.summary())):
        assert max(map(len, text.splitlines())) <= 88
