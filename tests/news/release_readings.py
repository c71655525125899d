"""What a person reads in each release of ``releases/``: the expected values.

Columns: file, ticker, exchange, date, instant in UTC or timing, category, headline.
"""

from typing import NamedTuple


class Reading(NamedTuple):
    file: str
    ticker: str
    exchange: str
    date: str
    hour: str | None
    category: str
    headline: str
    asked: str | None = None


READINGS = [
    Reading(
        "dow_jones_release.txt", "SLTM", "Nasdaq", "2010-08-27", "2010-08-27 11:00",
        "fda_action", "Saltmarsh Bio Hears From FDA on SB-44",
    ),
    Reading(
        "dow_jones_figures.txt", "THRB", "NYSE", "2009-03-09", "2009-03-09 20:05", "",
        "Thornbury Rail Halves Its Dividend",
    ),
    Reading(
        "figures_in_dateline.txt", "MRGS", "Nasdaq", "2010-08-09", "after_close",
        "earnings", "Merganser Semiconductor Reports Second Quarter Results",
    ),
    Reading(
        "half_day_call.txt", "WNDR", "NYSE", "2017-11-24", "after_close", "earnings",
        "Windrow Stores Revises Its Outlook for the Holiday Season",
    ),
    Reading(
        "figures_day_first.txt", "HRBL", "London", "2010-08-27", "2010-08-27 06:00",
        "ma", "Harebell Energy to acquire Fulmar Petroleum for 310 million pounds",
    ),
    Reading(
        "business_wire_stamp.txt", "IMGN", "Nasdaq", "2010-08-27", "2010-08-27 11:00",
        "fda_action",
        "ImmunoGen, Inc. Says FDA Will Not File the T-DM1 Application as Submitted",
    ),
    Reading(
        "business_wire_old.txt", "OVC", "NYSE", "2004-10-21", "after_close", "earnings",
        "Orchard Valve Reports Third Quarter Results",
    ),
    Reading(
        "pr_newswire_year.txt", "LRKS", "Nasdaq", "2010-05-06", None, "financing",
        "Larkspur Therapeutics Prices Public Offering of Common Stock",
    ),
    Reading(
        "pr_newswire_no_year.txt", "TMRK", "Nasdaq", "2009-03-03", None, "management",
        "Tamarack Bancorp Names New Chief Financial Officer",
    ),
    Reading(
        "pr_newswire_provided_by.txt", "QLWT", "Nasdaq", "2019-02-14",
        "2019-02-14 21:05", "trial_result",
        "Quillwort's Phase 3 Study of QW-12 Misses Its Primary Endpoint",
    ),
    Reading(
        "globenewswire_stamp.txt", "PNST", "Nasdaq", "2023-01-09", "2023-01-09 11:30",
        "partnership",
        "Penstemon Bio and Ibex Pharma Begin a Collaboration in Sickle Cell Disease",
    ),
    Reading(
        "nyse_american.txt", "CWG", "NYSE American", "2018-06-12", None, "financing",
        "Coldwater Gold Closes Private Placement",
    ),
    Reading(
        "class_of_shares.txt", "MRD.B", "NYSE", "2014-11-03", "2014-11-03 11:45", "ma",
        "Meridian Holdings to Acquire Fenwick Rail for $3.1 Billion",
    ),
    Reading(
        "after_the_close.txt", "HLS", "NYSE", "2015-07-08", "after_close", "earnings",
        "Hollis Software Lowers Its Outlook",
    ),
    Reading(
        "call_next_morning.txt", "BRAE", "NYSE", "2016-02-24", "after_close",
        "earnings", "Brae Energy Announces Fourth Quarter and Full Year Results",
    ),
    Reading(
        "call_another_day.txt", "SDGE", "Nasdaq", "2013-07-17", None, "earnings",
        "Sedge Medical Sets Date for Second Quarter Report",
    ),
    Reading(
        "pacific_time.txt", "ALDR", "Nasdaq", "2014-04-22", "after_close", "earnings",
        "Alder Networks Posts Record Quarterly Results",
    ),
    Reading(
        "two_issuers.txt", "JNMP", "NYSE", "2016-09-08", None, "ma",
        "Kestrel Oil and Juniper Midstream Agree to Merge", "JNMP",
    ),
    Reading(
        "partner_is_named_first.txt", "IMGN", "Nasdaq", "2010-08-27", None,
        "fda_action", "FDA Declines to File Marketing Application for T-DM1", "IMGN",
    ),
    Reading(
        "no_issuer.txt", "BKS", "", "2012-03-09", None, "",
        "County Library Extends Its Hours", "BKS",
    ),
    Reading(
        "reposted.txt", "AVNS", "Nasdaq", "2010-09-01", None, "fda_action",
        "Avens Biologics Gets Complete Response Letter",
    ),
    Reading(
        "only_the_page_is_dated.txt", "AVNS", "Nasdaq", "2010-09-03", None,
        "fda_action", "Avens Biologics Gets Complete Response Letter",
    ),
    Reading(
        "no_wire.txt", "TSL", "Nasdaq", "2017-03-22", None, "management",
        "TEASEL ROBOTICS APPOINTS J. P. OKORO PRESIDENT AND CHIEF EXECUTIVE OFFICER",
    ),
    Reading(
        "european_date.txt", "WLD", "NYSE", "2018-05-14", None, "ma",
        "Weld Chemie buys adhesives maker",
    ),
    Reading(
        "embargo.txt", "YRRW", "Nasdaq", "2011-08-04", "2011-08-04 20:01", "earnings",
        "Yarrow Labs Cuts Its Guidance",
    ),
    Reading(
        "said_this_morning.txt", "FXT", "NYSE", "2013-01-16", "before_open", "",
        "Foxtail Air Statement on the Grounding of Its Fleet",
    ),
    Reading(
        "after_market_phrase.txt", "BRKN", "NYSE", "2012-12-05", "after_close", "",
        "Bracken Stores Comments on Sales",
    ),
    Reading(
        "marketwire_inside.txt", "RWN", "NYSE American", "2011-04-12", None, "",
        "Rowan Silver Drills 4 Metres of Silver",
    ),
    Reading(
        "accesswire.txt", "DDDR", "OTC", "2021-06-03", None, "partnership",
        "Dodder Health Enters Into Supply Agreement",
    ),
    Reading(
        "wrapped_hard.txt", "VTCH", "Nasdaq", "2017-11-30", None, "fda_action",
        "Vetch Pharmaceuticals Announces That the FDA Has Granted Fast Track "
        "Designation to VTC-9 for the Treatment of a Rare Disease of the Kidney",
    ),
    Reading(
        "no_blank_lines.txt", "SRL", "NYSE", "2005-06-03", None, "",
        "Sorrel Inc. Buys Back No Shares",
    ),
    Reading(
        "under_the_symbol.txt", "BRDK", "Nasdaq", "2019-05-02", None, "financing",
        "Burdock Lending Retires Its Term Loan",
    ),
    Reading(
        "summer_est.txt", "CLVR", "Nasdaq", "2016-08-09", "2016-08-09 12:00",
        "fda_action", "Clover Devices Receives FDA Clearance",
    ),
    Reading(
        "quoted_other_release.txt", "MADR", "NYSE", "2019-10-02", None, "",
        "Madder Corp Answers Short Seller",
    ),
    Reading(
        "page.html", "CMPN", "Nasdaq", "2020-11-17", "2020-11-17 12:30", "trial_result",
        "Campion Gene\u2019s Therapy Helps Nine of Ten in a Phase 2 Trial",
    ),
    Reading(
        "page_reposted_later.html", "SPRG", "NYSE", "2012-06-04", "before_open", "",
        "Spurge Steel to Cut 400 Jobs",
    ),
    Reading(
        "typographic.txt", "THSL", "NYSE", "2013-04-02", None, "",
        "Thistle & Co. Names Auditor",
    ),
]  # fmt: skip
