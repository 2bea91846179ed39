"""Every way in which systems write an amount and a month: read as what it means, or refused with what to do.

The forms of one table stand in one file, each on a line of its own, so that a table costs one reading.
"""

import pytest

from roi.actors import Actor, Role
from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import DateOrder, Settings
from roi.domain.structure import Company, Team
from roi.store.database import Store

CLERK = Actor("Clerk", frozenset(Role))
HEADER = "month;team;amount;currency\n"


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """What is said of these lines of month and amount, and what they would add; nothing is stored."""
    store = Store.open(tmp_path_factory.mktemp("forms") / "roi.duckdb", purpose="a test")
    structure.save_company(store, CLERK, Company("Clerk", "EUR"))
    structure.save_teams(store, CLERK, [Team("search", "Search")])

    def previewed(lines, **settings):
        text = HEADER + "".join(
            f'"{month}";Search;"{amount}";{currency}\n' for month, amount, currency in lines
        )
        asked = CostImport(text.encode(), "costs.csv", "Books", Settings(**settings))
        return costs.preview(store, CLERK, asked)

    yield previewed
    store.close()


def months(count):
    """So many different months, one for each form."""
    return [f"{2000 + number // 12}-{number % 12 + 1:02d}" for number in range(count)]


def read(preview, forms, **settings):
    """Each written amount as it was read, by its place in the table."""
    found = preview(
        [(month, *form) for month, form in zip(months(len(forms)), forms, strict=True)], **settings
    )
    assert not found.blockers, found.blockers
    return [one.amount for one in found.months]


def refused(preview, lines, **settings):
    """What is said about each line that cannot be read."""
    found = preview(lines, **settings)
    told = {}
    for issue in found.blockers:
        assert issue.message.endswith("Nothing has been saved.")
        assert issue.fix
        assert issue.expected
        told |= dict.fromkeys(issue.lines or (issue.line,), issue)
    return [told.get(line) for line in range(2, len(lines) + 2)]


POINT = {
    "1'234.50": 123450,
    "1’234.50": 123450,
    "1 234.50": 123450,
    "1\u00a0234.50": 123450,
    "1\u202f234.50": 123450,
    "1\u2009234.50": 123450,
    "(1,234.50)": -123450,
    "( 1,234.50 )": -123450,
    "1234.50-": -123450,
    "1234.50 -": -123450,
    "- 1234.50": -123450,
    "-€1,234.50": -123450,
    "€-1,234.50": -123450,
    "−1234.50": -123450,
    "–1234.50": -123450,
    "+1234.50": 123450,
    "1234.50 EUR": 123450,
    "1234.50EUR": 123450,
    "EUR 1234.50": 123450,
    "1,234,567.89": 123456789,
    "1,000": 100000,
    "1234.5000": 123450,
    "-0": 0,
    "0.00": 0,
    "00012.50": 1250,
    "\u00a012.50\u00a0": 1250,
}


def test_amounts_with_a_decimal_point(preview):
    assert read(preview, [(text, "EUR") for text in POINT]) == list(POINT.values())


COMMA = {
    "1 234,50": 123450,
    "1\u202f234,50": 123450,
    "1.234,50 €": 123450,
    "€ 1.234,50": 123450,
    "1’234,50": 123450,
    "1.234.567,89": 123456789,
    "(1.234,50)": -123450,
    "1234,50-": -123450,
    "1.000": 100000,
    "12,5": 1250,
    "5,-": 500,
}


def test_amounts_with_a_decimal_comma(preview):
    assert read(preview, [(text, "EUR") for text in COMMA]) == list(COMMA.values())


def test_each_currency_has_its_own_decimals(preview):
    forms = [("5", "JPY"), ("1,500", "JPY"), ("5.125", "KWD"), ("5.1", "KWD"), ("5", "KWD"), ("5.25", "EUR")]
    assert read(preview, forms, decimal=".") == [5, 1500, 5125, 5100, 5000, 525]


DECIMALS = [("5.50", "JPY"), ("5.1234", "KWD"), ("5.125", "EUR"), ("0.001", "EUR")]


def test_more_decimals_than_the_currency_has_are_never_rounded(preview):
    told = refused(preview, [("2025-01", *form) for form in DECIMALS], decimal=".")
    assert [issue.code for issue in told] == ["amount_decimals"] * len(DECIMALS)


NO_AMOUNTS = {
    "1234.50 CR": "negative",
    "1234.50 DR": "negative",
    "1234.50 D": "negative",
    "1,23,456.00": "thousands",
    "12,34,567": "thousands",
    "100,00,0": "thousands",
    "12,3456.00": "thousands",
    "0,123": "thousands",
    "000,123.00": "thousands",
    "1 23 456.00": "thousands",
    ".5": "zero",
    "-.50": "zero",
    "5.": "zero",
    "\uff11\uff12.\uff15\uff10": "0 to 9",
    "\u0665": "0 to 9",
    "\u096b00": "0 to 9",
    "5.00\u200b": "cannot be seen",
    "\u200e5.00": "cannot be seen",
    "1.5E+03": "number with decimals",
    "NaN": "Correct",
    "inf": "Correct",
    "1_000": "Correct",
    "0x10": "Correct",
    "--5": "Correct",
    "(-5)": "Correct",
    "£(5.00)": "Correct",
    "5 .00": "Correct",
    "~5": "Correct",
    "five": "Correct",
    "n/a": "Correct",
    "=5+5": "Correct",
}


def test_amounts_that_are_none_are_refused_with_what_to_do(preview):
    told = refused(preview, [("2025-01", text, "EUR") for text in NO_AMOUNTS], decimal=".")
    for (text, word), issue in zip(NO_AMOUNTS.items(), told, strict=True):
        assert issue is not None, text
        assert (issue.code, issue.column) == ("amount_unreadable", "amount"), text
        assert word in issue.fix, (text, issue.fix)


def test_a_zero_never_begins_a_group_of_thousands(preview):
    """`0,123` is no 123: beside amounts with a point it is refused, in dinars it is a decimal comma."""
    found = preview([("2025-01", "5.25", "EUR"), ("2025-01", "0,123", "EUR")])
    assert found.blockers[0].code == "decimal_mark"
    assert read(preview, [("0,123", "KWD")]) == [123]
    assert preview([("2025-01", "0,123", "JPY")]).blockers


@pytest.mark.parametrize("text", ["1.234", "1,234", "5.001", "123.456"])
def test_a_mark_that_may_be_either_is_asked(preview, text):
    found = preview([("2025-01", text, "EUR")])
    assert found.blockers[0].code == "decimal_mark"
    assert read(preview, [(text, "EUR")], decimal="," if "." in text else ".") == [
        int(text.replace(".", "").replace(",", "")) * 100
    ]


LARGE = ["999999999999999", "99999999999999999", "9" * 40, "123456789012345678.50"]


def test_what_no_company_spends_is_called_too_large(preview):
    told = refused(preview, [("2025-01", text, "EUR") for text in LARGE], decimal=".")
    assert [issue.code for issue in told] == ["amount_too_large"] * len(LARGE)


DATES = {
    "2025-01": 202501,
    "2025.01": 202501,
    "202501": 202501,
    "1/2025": 202501,
    "01.2025": 202501,
    "20250131": 202501,
    "2025-1-31": 202501,
    "2025-01-31 00:00:00": 202501,
    "2025-01-31T00:00:00.000Z": 202501,
    "2025-01-31 13:45": 202501,
    "2025-01-31T23:59:59.999": 202501,
    "31/01/2025 13:45:10": 202501,
    "31.01.25": 202501,
    "31.1.2025": 202501,
    "31-JAN-25": 202501,
    "Jan-25": 202501,
    "Jan. 2025": 202501,
    "Jan 31, 2025": 202501,
    "January 31, 2025": 202501,
    "15. Januar 2025": 202501,
    "Jänner 2025": 202501,
    "Mrz 2025": 202503,
    "Mai-25": 202505,
    "janv. 2025": 202501,
    "févr. 2025": 202502,
    "15 août 2025": 202508,
    "juil. 2025": 202507,
    "déc. 2025": 202512,
    "enero de 2025": 202501,
    "15 de agosto de 2025": 202508,
    "Dic-25": 202512,
    "29/02/2024": 202402,
    "\u00a02025-01 ": 202501,
}


def test_months_and_days_as_systems_write_them(preview):
    lines = [(text, "1.00", "EUR") for text in DATES]
    found = preview(lines)
    assert not found.blockers, found.blockers
    read_as = {text: preview([(text, "1.00", "EUR")]).months[0].month for text in ("20250131", "01.2025")}
    assert read_as == {"20250131": 202501, "01.2025": 202501}
    wanted = dict.fromkeys(DATES.values(), 0)
    for month in DATES.values():
        wanted[month] += 100
    assert {one.month: one.amount for one in found.months} == wanted


def test_american_days_with_the_time_of_day(preview):
    lines = [("1/31/2025 1:45:00 PM", "1.00", "EUR"), ("02/03/2025 9:00 am", "1.00", "EUR")]
    assert [one.month for one in preview(lines).months] == [202501, 202502]


NO_MONTHS = {
    "2025-W03": "week",
    "2025W03": "week",
    "2025M01": "fiscal",
    "P01 FY25": "fiscal",
    "FY2025-P01": "fiscal",
    "Period 1": "fiscal",
    "001.2025": "fiscal",
    "Q1": "fiscal",
    "Q1-25": "fiscal",
    "45678": "day number",
    "45678.5": "day number",
    "2025-01-31T23:30:00Z": "zone",
    "2025-01-31T23:30:00+02:00": "zone",
    "25-Jan": "year",
    "Jan 25": "year",
    "January": "year",
    "2025-02-30": "no such day",
    "30.02.2025": "no such day",
    "30-Feb-2025": "no such day",
    "29/02/2025": "no such day",
    "31/04/2025": "no such day",
    "2025-13": "Correct",
    "0202-01-01": "Correct",
    "1925-01": "Correct",
    "2100-01": "Correct",
    "9999-12-31": "Correct",
    "0000-00-00": "Correct",
    "2025": "Correct",
    "1": "Correct",
    "01/25": "Correct",
    "2025-01-01 to 2025-01-31": "Correct",
    "today": "Correct",
}


def test_months_that_are_none_are_refused_with_what_to_do(preview):
    told = refused(preview, [(text, "1.00", "EUR") for text in NO_MONTHS], date_order=DateOrder.DAY_FIRST)
    for (text, word), issue in zip(NO_MONTHS.items(), told, strict=True):
        assert issue is not None, text
        assert (issue.code, issue.column) == ("month", "month"), text
        assert word in issue.fix, (text, issue.fix)


@pytest.mark.parametrize("text", ["01/02/2025", "01/02/03", "1-2-2025 10:00"])
def test_a_date_that_may_be_either_is_asked(preview, text):
    assert [issue.code for issue in preview([(text, "1.00", "EUR")]).blockers] == ["date_order"]


def test_a_month_far_from_all_others_is_told(preview):
    """A slip in the year (2052 for 2025) is no error that anything could prove, but never passes unsaid."""
    lines = [("2025-01", "1.00", "EUR"), ("2025-02", "1.00", "EUR"), ("2052-02", "1.00", "EUR")]
    (only,) = preview(lines).warnings
    assert (only.code, only.line, only.sent) == ("month_apart", 4, "2052-02")
    assert "2025-02" in only.message
    near = [("2025-01", "1.00", "EUR"), ("2027-01", "1.00", "EUR")]
    assert not preview(near).warnings
