"""B1 System overview: is the system in my area getting better, and where is it stuck?"""

from clickhouse.measures import measures
from grafana.boards.common import (
    ALL_AREAS,
    CASE_LINK,
    FORCE,
    NO_WHOLE_MONTH,
    OFFENCE_GROUP,
    WHOLE_MONTHS,
    by_force,
    headline,
    items,
    monthly,
)
from grafana.model import DAYS, GREY, MONTH, ORANGE, PALETTE, WHEN, Board, Column, Panel

_M = measures()
_BLUE = PALETTE[0]


def _tile(number: int, title: str, measure_id: str, value: str, *beside: Column, unit: str = "locale") -> Panel:
    """A measure's figure; `beside` are values of the measure that are shown with it."""
    names = {"value": value, **{column.name: column.name for column in beside}}
    name = value.replace("_", " ") if beside else ""
    return Panel(
        number, "stat", title, _M[measure_id].described(), x=4 * (number - 1), y=0, w=4, h=4,
        sql=headline(measure_id, names),
        columns=(Column("value", name, unit, 1 if unit == "percent" else None, _BLUE), *beside),
    )  # fmt: skip


def _report_to_arrest() -> str:
    """The median in words: in hours below two days (the unit of a panel cannot depend on its value)."""
    return (
        "SELECT if(days < 2, printf('%.1f hours', days * 24), printf('%.1f days', days)) AS value, arrested_before\n"
        f"FROM\n(\n{headline('P10', {'days': 'median', 'arrested_before': 'before_report'})}\n)"
    )


def _clocks() -> str:
    measure = _M["P10"]
    return (
        "SELECT transform(clock, ['incident', 'crime', 'recorded'],\n"
        "        ['Report of the incident', 'Report of the crime', 'Recording of the crime'], clock) AS start,\n"
        f"    {measure.values['n']} AS crimes,\n"
        "    round(100 * crimes / nullIf(sum(crimes) OVER (), 0), 1) AS share,\n"
        f"    {measure.values['median']} AS median, {measure.values['by_day']} AS by_day,\n"
        f"    {measure.values['before_report']} AS arrested_before\n"
        f"FROM\n{items('P10')}\nGROUP BY clock\n"
        "ORDER BY indexOf(['incident', 'crime', 'recorded'], clock)\nLIMIT 10"
    )


def _by_area() -> str:
    parts = (
        by_force("P01", "crimes", "crimes"),
        by_force("C06", "suspects", "charged"),
        by_force("P10", "median", "days_to_arrest"),
        by_force("T05", "effective", "effective"),
        by_force("T05", "ineffective", "ineffective"),
    )
    joined = parts[0]
    sql = f"SELECT name AS area, crimes, charged, days_to_arrest, effective, ineffective\nFROM\n(\n{joined}\n) AS p01"
    for at, part in enumerate(parts[1:], start=1):
        sql += f"\nLEFT JOIN\n(\n{part}\n) AS m{at} USING force"
    return (
        sql + "\nLEFT JOIN casestream.forces AS areas USING force\nORDER BY crimes DESC\nLIMIT 50"
        "\nSETTINGS join_use_nulls = 1"
    )


def _link_rate() -> str:
    measure = _M["A04"]
    return (
        f"SELECT agency, {measure.values['rate']} AS linked, {measure.values['n']} AS records\n"
        f"FROM\n{items('A04')}\nGROUP BY agency\nORDER BY agency\nLIMIT 10"
    )


def _freshness() -> str:
    measure = _M["FRESH"]
    return (
        f"SELECT agency, {measure.values['arrived_seconds_ago']} AS arrived,\n"
        f"    {measure.values['newest_told']} AS newest, {measure.values['messages']} AS messages,\n"
        "    countIf(rejected.offset IS NOT NULL) AS rejects\n"
        f"FROM\n{items('FRESH')} AS told\n"
        "LEFT JOIN (SELECT topic, epoch, partition, offset FROM casestream.feed_rejects) AS rejected\n"
        "    USING (topic, epoch, partition, offset)\nGROUP BY agency\nORDER BY agency\nLIMIT 10"
        "\nSETTINGS join_use_nulls = 1"
    )


_LATEST_CASES = """
SELECT case_id, areas.name AS area, offence_group, stage, holder, crimes, defendants, court_cases, last_event_at
FROM casestream.cases FINAL
LEFT JOIN casestream.forces AS areas USING force
WHERE $__timeFilter(last_event_at)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
ORDER BY length(agencies) DESC, last_event_at DESC, case_id
LIMIT 100
""".strip()

SYSTEM_OVERVIEW = Board(
    uid="system-overview",
    title="System overview",
    question="Is the system in my area getting better, and where is it stuck? For the chairs of national and local"
    " boards and ministers' offices.",
    variables=(FORCE, OFFENCE_GROUP),
    tags=("casestream", "national", "local"),
    panels=(
        _tile(1, "Crimes recorded", "P01", "crimes"),
        _tile(2, "Suspects charged by the CPS", "C06", "suspects"),
        _tile(3, "Court cases received", "T01", "cases"),
        _tile(4, "Court cases disposed of", "T01d", "cases"),
        Panel(
            5, "stat", "Median time from report to arrest", _M["P10"].described(), x=16, y=0, w=4, h=4,
            sql=_report_to_arrest(), columns=(
                Column("value", "median", colour=_BLUE),
                Column("arrested_before", "arrested before the report", "locale", colour=_BLUE),
            ),
        ),
        _tile(
            6, "Effective trials, per cent", "T05", "effective",
            Column("not_recorded", "listings not recorded", "locale", colour=_BLUE), unit="percent",
        ),
        Panel(
            7, "barchart", "Volumes at each stage", _M["FLOW"].described(), x=0, y=4, w=12, h=9,
            sql=f"SELECT stage, {_M['FLOW'].values['volume']} AS volume\nFROM\n{items('FLOW')}\n"
            "GROUP BY stage, number\nORDER BY number\nLIMIT 20",
            axis="stage", horizontal=True, columns=(Column("volume", "In the period", "locale", colour=_BLUE),),
        ),
        Panel(
            8, "barchart", "Trials effective, cracked, ineffective by month, per cent",
            _M["T05"].described() + WHOLE_MONTHS, no_value=NO_WHOLE_MONTH, x=12, y=4, w=12, h=9,
            sql=monthly("T05", ("effective", "cracked", "ineffective")), axis="month",
            stacked=True, columns=(
                Column("month", "Month", MONTH),
                Column("effective", "Effective", "percent", 1, _BLUE),
                Column("cracked", "Cracked", "percent", 1, GREY),
                Column("ineffective", "Ineffective", "percent", 1, ORANGE),
            ),
        ),
        Panel(
            9, "timeseries", "Crimes recorded by month", _M["P01"].described() + WHOLE_MONTHS, x=0, y=13, w=8, h=8,
            sql=monthly("P01", ("crimes",)), no_value=NO_WHOLE_MONTH,
            columns=(Column("crimes", "Crimes", "locale", colour=_BLUE),),
        ),
        Panel(
            10, "timeseries", "Suspects charged by the CPS by month", _M["C06"].described() + WHOLE_MONTHS,
            x=8, y=13, w=8, h=8, sql=monthly("C06", ("suspects",)), no_value=NO_WHOLE_MONTH,
            columns=(Column("suspects", "Suspects", "locale", colour=_BLUE),),
        ),
        Panel(
            11, "timeseries", "Days from report to arrest by month", _M["P10"].described() + WHOLE_MONTHS,
            x=16, y=13, w=8, h=8, sql=monthly("P10", ("median", "p90")), no_value=NO_WHOLE_MONTH, columns=(
                Column("median", "Median", DAYS, 2, _BLUE), Column("p90", "90th percentile", DAYS, 2, ORANGE),
            ),
        ),
        Panel(
            16, "table", "Report to arrest: where its clock starts", "Of the crimes in the median, how many start with"
            " which report, how many have an end known only to the day, and how many arrests came before the report:"
            " those are in no figure but this one.\n\n" + _M["P10"].described(), x=0, y=21, w=12, h=7, sql=_clocks(),
            columns=(
                Column("start", "Clock starts with"), Column("crimes", "Crimes", "locale"),
                Column("share", "Share", "percent", 1), Column("median", "Median", DAYS, 2),
                Column("by_day", "Known to the day", "locale"),
                Column("arrested_before", "Arrest before it", "locale"),
            ),
        ),
        Panel(
            17, "table", "Trial listings by month, with those not recorded", _M["T05"].described() + WHOLE_MONTHS,
            x=12, y=21, w=12, h=7, no_value=NO_WHOLE_MONTH,
            sql=monthly("T05", ("n", "effective", "cracked", "ineffective", "not_recorded")), columns=(
                Column("month", "Month", MONTH), Column("n", "Listings", "locale"),
                Column("effective", "Effective", "percent", 1), Column("cracked", "Cracked", "percent", 1),
                Column("ineffective", "Ineffective", "percent", 1),
                Column("not_recorded", "Not recorded", "locale"),
            ),
        ),
        Panel(
            12, "table", "Areas compared", "Measures P01, C06, P10 and T05 by force of the originating crime, each as"
            " its own panel defines it. No ranking is meant: areas differ in what is reported to them.",
            x=0, y=28, w=24, h=10, sql=_by_area(), columns=(
                Column("area", "Area"), Column("crimes", "Crimes recorded", "locale"),
                Column("charged", "Suspects charged", "locale"),
                Column("days_to_arrest", "Median to arrest", DAYS, 2),
                Column("effective", "Effective trials", "percent", 1),
                Column("ineffective", "Ineffective trials", "percent", 1),
            ),
        ),
        Panel(
            13, "barchart", "Records linked to another agency, per cent",
            _M["A04"].described(), x=0, y=38, w=8, h=8, sql=_link_rate(), axis="agency",
            horizontal=True, columns=(
                Column("linked", "Linked", "percent", 1, _BLUE), Column("records", hidden=True),
            ),
        ),
        Panel(
            14, "table", "Freshness by agency, all areas", _M["FRESH"].described() + ALL_AREAS, x=8, y=38, w=16, h=8,
            sql=_freshness(), columns=(
                Column("agency", "Agency"), Column("arrived", "Newest message, seconds ago", "locale"),
                Column("newest", "Newest event told", WHEN), Column("messages", "Messages", "locale"),
                Column("rejects", "Rejected", "locale"),
            ),
        ),
        Panel(
            15, "table", "Cases with the latest events", "Linked cases with an event in the period, those known to the"
            " most agencies first. A case opens with a click: its timeline and how it was linked. At most 100.",
            x=0, y=46, w=24, h=10, sql=_LATEST_CASES, columns=(
                Column("case_id", "Case", link=CASE_LINK), Column("area", "Area"),
                Column("offence_group", "Offence group"), Column("stage", "Stage"), Column("holder", "Held by"),
                Column("crimes", "Crimes", "locale"), Column("defendants", "Defendants", "locale"),
                Column("court_cases", "Court cases", "locale"),
                Column("last_event_at", "Last event", WHEN),
            ),
        ),
    ),
)  # fmt: skip
