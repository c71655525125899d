"""Press releases as people read them, and what is said where they cannot be read."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import eventstudy as es
from tests.news.release_readings import READINGS

FOLDER = Path(__file__).parent / "releases"
DATELINE = "BOSTON, Aug. 27, 2010 /PRNewswire/ -- "
CALL_OF_HOLLIS = "conference call today, July 8, at 4:30 p.m. Eastern Time"
UNREADABLE = {"two_issuers.txt", "no_issuer.txt", "no_date.txt"}


def read(file, **given):
    return es.read_press_release(FOLDER / file, **given)


def words(*lines, stock="(Nasdaq: ACME)"):
    return f"Acme Speaks\n\n{DATELINE}Acme Inc. {stock} spoke.\n" + "\n".join(lines)


def timing_of(sentence):
    event = es.read_press_release(words(sentence))
    assert event.timing_inferred is (event.timing is not None)
    return event.timing


# ---------------------------------------------------------------- the releases


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.file)
def test_each_release_is_read_as_a_person_does(reading):
    event = read(reading.file, ticker=reading.asked)
    at = event.announced_at
    hour = event.timing if at is None else f"{at.tz_convert('UTC'):%Y-%m-%d %H:%M}"
    assert event.ticker == reading.ticker
    assert event.exchange == reading.exchange
    assert event.date == pd.Timestamp(reading.date)
    assert hour == reading.hour
    assert event.category == reading.category
    assert event.headline == reading.headline


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("file", ["typographic.txt", "no_blank_lines.txt"])
def test_files_as_programs_save_them(file, encoding, newline, tmp_path):
    text = (FOLDER / file).read_text(encoding="utf-8")
    content = text.replace("\n", newline).encode(encoding)
    (tmp_path / file).write_bytes(content)
    event = es.read_press_release(tmp_path / file)
    assert event == read(file)
    assert dict(event.evidence) == dict(read(file).evidence)


def test_every_release_of_the_folder_has_a_reading():
    read_by_hand = {reading.file for reading in READINGS}
    assert {path.name for path in FOLDER.iterdir()} - UNREADABLE <= read_by_hand
    assert len(read_by_hand) >= 25


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.file)
def test_evidence_is_quoted_from_the_release(reading):
    path = FOLDER / reading.file
    event = read(reading.file, ticker=reading.asked)
    if path.suffix == ".txt":
        source = " ".join(path.read_text(encoding="utf-8").split())
        quotes = {k: v for k, v in event.evidence.items() if k != "date_reading"}
        assert all(quote in source for quote in quotes.values())
    fields = {"date": True, "headline": True, "exchange": bool(reading.exchange)}
    fields |= {"category": bool(reading.category), "timing": bool(event.timing)}
    fields |= {"announced_at": event.announced_at is not None}
    assert {name for name, there in fields.items() if there} <= event.evidence.keys()


@pytest.mark.parametrize(
    ("file", "field", "quote"),
    [
        ("business_wire_stamp.txt", "ticker", "(Nasdaq: IMGN)"),
        (
            "business_wire_stamp.txt",
            "announced_at",
            "August 27, 2010 07:00 AM Eastern Daylight Time",
        ),
        (
            "business_wire_old.txt",
            "timing",
            "conference call at 5:00 p.m. Eastern Time today",
        ),
        ("pr_newswire_no_year.txt", "date", "March 3"),
        ("after_the_close.txt", "timing", CALL_OF_HOLLIS),
        ("embargo.txt", "announced_at", "EMBARGOED UNTIL 4:01 P.M. EDT"),
        ("said_this_morning.txt", "timing", "said early this morning"),
        ("reposted.txt", "date", "Sept. 1, 2010"),
        ("page.html", "announced_at", "2020-11-17T07:30:00-05:00"),
    ],
)
def test_the_words_behind_a_field(file, field, quote):
    assert read(file).evidence[field] == quote


def test_confidence_is_low_where_only_the_page_is_dated():
    assert read("only_the_page_is_dated.txt").confidence == "low"
    assert read("reposted.txt").confidence == "high"
    assert read("pr_newswire_no_year.txt").confidence == "medium"


def test_source_names_wire_and_file():
    event = read("business_wire_old.txt")
    assert event.source == "Business Wire, business_wire_old.txt"
    assert es.read_press_release(words()).source == "PR Newswire"


def test_the_event_is_analysed():
    event = read("business_wire_stamp.txt")
    result, known = es.analyze(event), es.analyze("IMGN", "2010-08-27")
    assert result.day0 == pd.Timestamp(2010, 8, 27)
    assert float(result.car(0)) == float(known.car(0))
    assert result.headline == event.headline
    assert "07:00 EDT lies before the open" in result.to_dict()["event"]["sentence"]


def test_events_of_releases_are_studied_together():
    letter = read("business_wire_stamp.txt")
    other = es.Event.of("IMGN", "2010-10-11", "before_open", headline="Novartis")
    table = es.study([letter, other]).events
    assert table["exchange"].tolist() == ["Nasdaq", ""]
    assert table["ticker"].tolist() == ["IMGN", "IMGN"]


# ---------------------------------------------------------------- whose stock


@pytest.mark.parametrize(
    ("written", "ticker", "exchange"),
    [
        ("(Nasdaq: IMGN)", "IMGN", "Nasdaq"),
        ("(NASDAQ:IMGN)", "IMGN", "Nasdaq"),
        ("(NasdaqGS: IMGN)", "IMGN", "Nasdaq"),
        ("(Nasdaq Global Select Market: IMGN)", "IMGN", "Nasdaq"),
        ("(NASDAQ\u00ae: IMGN)", "IMGN", "Nasdaq"),
        ("(Nasdaq: \u201cIMGN\u201d)", "IMGN", "Nasdaq"),
        ("(NASDAQ - IMGN)", "IMGN", "Nasdaq"),
        ("(Nasdaq: IMGN, the \u201cCompany\u201d)", "IMGN", "Nasdaq"),
        ("[NASDAQ: IMGN]", "IMGN", "Nasdaq"),
        ("(NYSE American: X)", "X", "NYSE American"),
        ("(NYSE MKT: X)", "X", "NYSE American"),
        ("(AMEX: X)", "X", "NYSE American"),
        ("(NYSE Arca: X)", "X", "NYSE Arca"),
        ("(New York Stock Exchange: X)", "X", "NYSE"),
        ("(NYSE: BRK.B)", "BRK.B", "NYSE"),
        ("(NYSE: BRK/B)", "BRK.B", "NYSE"),
        ("(NYSE and TSX: ABC)", "ABC", "NYSE"),
        ("(TSX/NYSE: ABC)", "ABC", "NYSE"),
        ("(LSE: AZN; NYSE: AZN)", "AZN", "NYSE"),
        ("(SIX: WELD; NYSE: WLD)", "WLD", "NYSE"),
        ("(TSE: 4503)", "4503", "Tokyo"),
        ("(NYSE: ABC), as before (NYSE: ABC)", "ABC", "NYSE"),
        ("(TSX: ABC), listed as well (Nasdaq: ABC)", "ABC", "Nasdaq"),
    ],
)
def test_tickers_as_they_are_written(written, ticker, exchange):
    event = es.read_press_release(words(stock=written))
    assert (event.ticker, event.exchange) == (ticker, exchange)


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("(NYSE: AAA) and Beta (Nasdaq: BBB)", ["AAA (NYSE)", "BBB (Nasdaq)"]),
        ("(NYSE: BRK.A, BRK.B)", ["BRK.A (NYSE)", "BRK.B (NYSE)"]),
        ("(NASDAQ: GOOG, GOOGL)", ["GOOG (Nasdaq)", "GOOGL (Nasdaq)"]),
        ("(TSX: XYZ; OTCQX: XYZZF)", ["XYZ (TSX)", "XYZZF (OTC)"]),
    ],
)
def test_several_stocks_are_named(written, candidates):
    with pytest.raises(es.PressReleaseError, match="several stocks") as caught:
        es.read_press_release(words(stock=written))
    assert ", ".join(candidates) in caught.value.bound
    assert "ticker=" in caught.value.way_out
    second = candidates[1].split()[0]
    assert es.read_press_release(words(stock=written), ticker=second).ticker == second


@pytest.mark.parametrize(
    "written",
    ["Inc", "(NYSE: )", "aim: A big one", "six: A half dozen", "The NYSE - A market"],
)
def test_no_stock_is_named(written):
    with pytest.raises(es.PressReleaseError, match="names no listed stock"):
        es.read_press_release(words(stock=written))


def test_the_caller_may_choose_a_stock_that_is_not_named():
    event = es.read_press_release(words(), ticker="IMGN")
    assert (event.ticker, event.exchange) == ("IMGN", "")
    assert "ticker" not in event.evidence


def test_a_class_of_shares_may_be_asked_for_in_either_spelling():
    text = words(stock="(NYSE: BRK.A, BRK.B)")
    event = es.read_press_release(text, ticker="BRK-B")
    assert (event.ticker, event.exchange) == ("BRK-B", "NYSE")


# ------------------------------------------------------------------- the hour


@pytest.mark.parametrize(
    ("sentence", "timing"),
    [
        ("There is a conference call today at 8:30 am EDT.", "before_open"),
        ("A webcast starts at 10:00 a.m. ET today.", "before_open"),
        ("Conference call: 4:00 p.m. ET today.", "after_close"),
        ("Conference call today, August 27, at 16:30 ET.", "after_close"),
        ("A conference call is at 3:59 p.m. Eastern Time today.", "before_open"),
        ("A call for investors is on Friday at 5 p.m. ET.", "after_close"),
        ("A call for investors is on Monday at 9:00 a.m. ET.", None),
        ("A conference call is at 9:00 a.m. ET on August 28.", "after_close"),
        ("A conference call is at 3:00 p.m. ET tomorrow.", None),
        ("The webcast today begins at 2:00 p.m. PT.", "after_close"),
        ("A replay of the conference call is there today from 6:00 p.m. ET.", None),
        ("It announced today that a conference call is at 8:30 a.m. ET.", None),
        ("It today announced a conference call at 8:30 a.m. ET.", None),
        ("Today the shop closes at 8:00 p.m. ET.", None),
        ("It issued these figures today after the close of trading.", "after_close"),
        ("This was announced today before the market opened.", "before_open"),
        ("It will report on Monday before the market opens.", None),
        ("It announced today that it will report after the market closes.", None),
        ("The figures were released this evening.", "after_close"),
        ("It plans a dinner this evening.", None),
    ],
)
def test_the_hour_by_the_release_s_own_words(sentence, timing):
    assert timing_of(sentence) == timing


@pytest.mark.parametrize(
    ("stamp", "utc"),
    [
        ("August 27, 2010 07:00 AM Eastern Daylight Time", "11:00"),
        ("Fri, Aug 27, 2010 at 7:00 AM EDT", "11:00"),
        ("7:00 a.m. ET, August 27, 2010", "11:00"),
        ("27 August 2010 07:00 GMT", "07:00"),
        ("08/27/2010 7:00 AM ET", "11:00"),
        ("7:00 AM ET 08/27/2010", "11:00"),
        ("(END) Dow Jones Newswires August 27, 2010 07:00 ET (11:00 GMT)", "11:00"),
        ("(END) Dow Jones Newswires\n08-27-10 0700ET", "11:00"),
        ("2010-08-27T07:00:00-04:00", "11:00"),
        ("Aug 27, 2010, 12:30 ET | Source: Acme", "16:30"),
        ("August 27, 2010 07:00 PT", "14:00"),
    ],
)
def test_stamps_of_the_day_give_the_instant(stamp, utc):
    event = es.read_press_release(f"{stamp}\n\n{words()}")
    assert event.announced_at == pd.Timestamp(f"2010-08-27T{utc}Z")
    assert (event.timing, event.timing_inferred) == (None, False)


@pytest.mark.parametrize(
    "stamp",
    [
        "August 28, 2010 07:00 AM ET",
        "Posted on August 27, 2010 at 7:00 PM ET",
        "August 27, 2010 12:00 AM ET",
        "August 27, 2010 25:10 ET",
        "1006-06-05T21:10:00-04:00",
        "Posted on 08/27/2010 7:00 AM ET",
        "08/28/2010 7:00 AM ET",
        "(END) Dow Jones Newswires 13-27-10 0700ET",
        "(END) Dow Jones Newswires 08-28-10 0700ET",
        "(END) Dow Jones Newswires 08-27-10 2500ET",
        "2010-08-27T25:10:00-04:00",
        "By August 27, 2010 7:00 AM ET we were told of all that had happened there",
    ],
)
def test_other_stamps_do_not(stamp):
    event = es.read_press_release(f"{stamp}\n\n{words()}")
    assert event.date == pd.Timestamp(2010, 8, 27)
    assert event.announced_at is None


def test_a_stamp_may_be_of_the_day_in_new_york_only():
    event = es.read_press_release(f"28 August 2010 00:30 GMT\n\n{words()}")
    assert event.date == pd.Timestamp(2010, 8, 27)
    assert event.announced_at == pd.Timestamp("2010-08-28T00:30Z")


def test_a_stamp_without_a_zone_is_left_without():
    event = es.read_press_release(f"August 27, 2010 7:00 AM\n\n{words()}")
    assert event.announced_at == pd.Timestamp(2010, 8, 27, 7)


FIGURES = "Acme Speaks\n\nBOSTON, {} {}-- Acme Inc. (Nasdaq: ACME) spoke of it.\n"
FIGURES += "It was said that much will come of it, in time and in all places. " * 6
ONE_READING = "the only reading that is a date"


@pytest.mark.parametrize(
    ("figures", "wire", "day", "reading"),
    [
        ("08/27/2010", "", "2010-08-27", f"month first, {ONE_READING}"),
        ("27/8/2010", "", "2010-08-27", f"day first, {ONE_READING}"),
        ("27/08/2010", "/PRNewswire/ ", "2010-08-27", f"day first, {ONE_READING}"),
        ("8/9/2010", "/PRNewswire/ ", "2010-08-09",
         "month first, as PR Newswire writes"),
        ("08/09/2010", "(BUSINESS WIRE)", "2010-08-09",
         "month first, as Business Wire writes"),
        ("08/08/2010", "", "2010-08-08", f"month first, {ONE_READING}"),
        ("August 9, 2010", "/PRNewswire/ ", "2010-08-09", None),
    ],
)  # fmt: skip
def test_dates_in_figures_and_the_rule(figures, wire, day, reading):
    event = es.read_press_release(FIGURES.format(figures, wire))
    assert event.date == pd.Timestamp(day)
    said = event.evidence.get("date_reading")
    assert said == (None if reading is None else f"{figures}: {reading}")


@pytest.mark.parametrize(
    "wire", ["", "(Newsfile Corp.)", "/CNW/ ", "(GLOBE NEWSWIRE) "]
)
def test_two_readings_are_none_without_an_american_wire(wire):
    with pytest.raises(es.PressReleaseError, match=r"month or day first\?"):
        es.read_press_release(FIGURES.format("08/09/2010", wire))


STAMPED = (
    f"{{}}\n\nAcme Speaks Of It\n\nAcme (Nasdaq: ACME) spoke. {'So it was. ' * 30}\n"
)


def test_stamps_of_two_readings_need_an_american_wire():
    release = STAMPED.format("08/09/2010 7:00 AM ET")
    with pytest.raises(es.PressReleaseError, match=r"month or day first\?"):
        es.read_press_release(release)
    event = es.read_press_release(f"{release}(END) Dow Jones Newswires\n")
    assert event.announced_at == pd.Timestamp("2010-08-09T11:00Z")
    assert event.evidence["date_reading"].endswith("month first, as Dow Jones writes")


def test_only_dow_jones_writes_its_short_stamp():
    release = STAMPED.format("08-09-10 0700ET")
    with pytest.raises(es.PressReleaseError, match="neither a dateline nor a stamp"):
        es.read_press_release(release)
    event = es.read_press_release(f"{release}Dow Jones Newswires 08-09-10 0700ET\n")
    assert event.announced_at == pd.Timestamp("2010-08-09T11:00Z")


@pytest.mark.parametrize(
    "figures", ["13/13/2010", "02/30/2010", "0/5/2010", "1/2/2010/3"]
)
def test_figures_that_are_no_date(figures):
    with pytest.raises(es.PressReleaseError, match="neither a dateline"):
        es.read_press_release(FIGURES.format(figures, "/PRNewswire/ "))


@pytest.mark.parametrize(
    ("day", "time", "timing"),
    [
        ("Nov. 24, 2017", "1:00 p.m.", "after_close"),
        ("Nov. 24, 2017", "12:59 p.m.", "before_open"),
        ("July 3, 2012", "2:00 p.m.", "after_close"),
        ("Nov. 27, 2017", "1:30 p.m.", "before_open"),
        ("Nov. 25, 2017", "1:30 p.m.", "before_open"),
        ("Dec. 24, 2099", "1:30 p.m.", "before_open"),
        ("Aug. 27, 2010", "4:00 p.m.", "after_close"),
    ],
)
def test_half_days_close_at_their_own_hour(day, time, timing):
    text = words(f"A conference call is today at {time} ET.")
    event = es.read_press_release(text.replace("Aug. 27, 2010", day))
    assert event.timing == timing


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        ("DJ Acme Speaks Of It", "Acme Speaks Of It"),
        ("*DJ Acme Speaks Of It", "Acme Speaks Of It"),
        ("DJ Press Release: Acme Speaks Of It", "Acme Speaks Of It"),
        ("DJs Of Acme Speak", "DJs Of Acme Speak"),
    ],
)
def test_the_mark_of_dow_jones_is_no_part_of_the_headline(printed, headline):
    event = es.read_press_release(words().replace("Acme Speaks", printed))
    assert event.headline == headline


def test_dow_jones_is_named_as_the_source():
    assert read("dow_jones_figures.txt").source == "Dow Jones, dow_jones_figures.txt"
    event = read("dow_jones_release.txt")
    assert event.source == "Dow Jones, dow_jones_release.txt"
    assert event.evidence["source"] == "(END) Dow Jones Newswires"


# --------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no/such/release.txt", "no such file, and too short to be a release"),
        ("word " * 39, "no such file, and too short to be a release"),
        ("letter.txt", "no such file, and too short to be a release"),
        (Path("no/such/release.txt"), "no such file"),
        (FOLDER, "this is a folder"),
        ("", "this is empty"),
        ("\n\n", "this is empty"),
        (17, "neither text nor a path"),
        (b"bytes", "neither text nor a path"),
        (FOLDER / "two_issuers.txt", r"KSTL \(NYSE\), JNMP \(NYSE\)"),
        (FOLDER / "no_issuer.txt", "names no listed stock"),
        (FOLDER / "no_date.txt", "neither a dateline nor a stamp.*January 4, 2011"),
        (words().replace(", 2010", ""), "no year"),
    ],
    ids=repr,
)
def test_what_cannot_be_read_is_said(source, said):
    with pytest.raises(es.PressReleaseError, match=said) as caught:
        es.read_press_release(source)
    assert caught.value.parameter == "source"
    assert caught.value.way_out


@pytest.mark.parametrize("ticker", ["", "  ", 5])
def test_a_ticker_is_text(ticker):
    with pytest.raises(es.PressReleaseError, match="not a ticker"):
        es.read_press_release(words(), ticker=ticker)


def test_binary_files_are_refused(tmp_path):
    for name, content in {"a.pdf": b"%PDF-1.7 \xff", "a.docx": b"PK\x03\x04\0"}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(es.PressReleaseError, match="no text"):
            es.read_press_release(tmp_path / name)


def test_a_string_that_names_a_file_is_read_from_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("r.txt").write_text(words(), encoding="utf-16")
    assert es.read_press_release("r.txt").ticker == "ACME"
    assert es.read_press_release(Path("r.txt")).source == "PR Newswire, r.txt"


def test_one_long_line_is_a_release():
    line = " ".join(words("It was said that much will come of it." * 5).split())
    assert es.read_press_release(line).ticker == "ACME"


def test_a_page_as_a_string_is_read_as_a_page():
    page = (FOLDER / "page.html").read_text(encoding="utf-8")
    assert es.read_press_release(page) == es.Event.of(
        "CMPN",
        "2020-11-17",
        announced_at="2020-11-17T07:30:00-05:00",
        headline="Campion Gene\u2019s Therapy Helps Nine of Ten in a Phase 2 Trial",
        category="trial_result",
        source="GlobeNewswire",
        confidence="high",
        exchange="Nasdaq",
    )


# ----------------------------------------------------------------------- laws

PIECES = st.sampled_from(
    ["(NYSE: ", "Nasdaq", "IMGN)", "Aug. 27, 2010", " /PRNewswire/ ", "(BUSINESS WIRE)",
     "today at 8:30 a.m. ET", "conference call", "Posted on", "\n", "\n\n", "<p>",
     "<!--", "<script>", "&#99999999999;", "&#x110000;", "&#0;",
     "2010-08-27T07:00:00-04:00",
     "2010-08-27T07:00+99:99", "Feb. 29", "Feb. 30, 2011", "March 14, 2010 2:30 AM ET",
     "BOSTON, ", " -- ", "\ud800", "\0", "after the market close", "1:30 p.m. PT",
     "tomorrow", "08/27/2010", "8/9/2010 ", "99/99/2010", "1:30 p.m. ET today",
     "(END) Dow Jones Newswires ", "08-27-10 0700ET", "DJ ", "(Dow Jones)--",
     "12/31/9999", "12/24/1899 ", "9999-12-31", "Dec. 31, 2099", "99:99"]
)  # fmt: skip


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(PIECES | st.text(max_size=12), max_size=25), st.booleans())
@example(["BOSTON, Feb. 29, 2012 /PRNewswire/ -- (NYSE: X) call at 9 am, May 1"], True)
def test_any_text_is_an_event_or_our_own_error(pieces, dated):
    text = "".join(pieces) + (f"\n{DATELINE}(Nasdaq: ACME)" if dated else "")
    try:
        event = es.read_press_release(text)
    except es.PressReleaseError:
        return
    assert event.timing is None or event.announced_at is None
    assert isinstance(event.date, pd.Timestamp)


@pytest.mark.parametrize(
    "unit",
    ["NYSE/", "(NYSE: A, ", "8:30 a.m. ", "<a ", "<!-- ", "<script>", "A\n", "A", "(",
     "August 27, 2010 7:00 AM ET\n", "Boston, May 1, 2010 - x\n", "/PRNewswire/ ", "\n",
     "call today at 8:30 am ", "said this morning ", " ", "&#1",
     "after the close today ", "08/09/2010 ", "1/1/", "08/27/2010 7:00 AM ET\n",
     "(END) Dow Jones Newswires ", "Dow Jones Newswires 08-27-10 ", "DJ ",
     "call today 1:30 pm "]
)  # fmt: skip
def test_time_is_linear_in_the_length(unit):
    def seconds(length):
        text = (unit * (length // len(unit) + 1))[:length] + f"\n{DATELINE}(NYSE: X)"
        start = time.process_time()
        with contextlib.suppress(es.PressReleaseError):
            es.read_press_release(text)
        return time.process_time() - start

    short = min(seconds(10_000) for _ in range(2))
    assert min(seconds(80_000) for _ in range(2)) < 8 * 3 * short + 0.05
