"""Real issue logs come in whole: each control total of their SOURCE.md comes out of what was read."""

import csv
import io
import lzma
from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import groupby

import pytest

from roi.domain.effort import EffortBasis, effort, item_days
from roi.ingest.tracker import exported
from roi.ingest.tracker.days import written
from roi.ingest.tracker.exported import work_items
from roi.ingest.tracker.shapes import Answers, DropReason, ItemKind, StatusCategory

pytestmark = pytest.mark.real


def read(content, **answers):
    return exported.read(content, "issues.csv", Answers(**answers))


def said(found):
    return {issue.code: issue for issue in found.issues}


def column(found, header):
    place = found.redacted.headers.index(header)
    return [row[place] for row in found.redacted.rows]


def median_and_85(days):
    """Nearest rank."""
    ordered = sorted(days)
    return ordered[len(ordered) // 2], ordered[-(-len(ordered) * 85 // 100) - 1]


def test_a_jira_export_of_a_commercial_project(shared):
    content = (shared / "data/real/jira_export_anonymised/hemmati2018.csv").read_bytes()
    found = read(content)
    assert found.is_ready
    assert found.sha256 == sha256(content).hexdigest()
    assert found.sha256.startswith("a3193e1bf7ddad22")
    assert "person_taken_out" not in said(found)
    assert (found.records, len(found.items), found.epics) == (1945, 1945, ())
    assert Counter(item.type_word for item in found.items) == {
        "Bug": 914,
        "Technical task": 632,
        "Improvement": 196,
        "Task": 190,
        "Technical Debt": 13,
    }
    assert Counter(item.kind for item in found.items) == {
        ItemKind.DEFECT: 914,
        ItemKind.TASK: 632 + 190,
        ItemKind.FEATURE: 196,
        ItemKind.TECHNICAL_DEBT: 13,
    }
    assert Counter(item.status for item in found.items) == {"Closed": 1912, "Resolved": 19, "QAed": 14}
    assert {item.status_category for item in found.items} == {StatusCategory.DONE}
    created = [item.created for item in found.items]
    assert (min(created), max(created)) == (date(2015, 12, 9), date(2018, 1, 8))
    assert all(item.created <= item.resolved for item in found.items)
    assert said(found)["inferred_dates"].message.startswith("Dates were read with the day first")


def test_cycle_times_and_hours_of_that_export(shared):
    """From the rows that are kept: median 4.15 days, 85 of 100 within 26.74; hours estimated and spent."""
    found = read((shared / "data/real/jira_export_anonymised/hemmati2018.csv").read_bytes())
    starts, ends = column(found, "Created"), column(found, "Resolved")
    cycles = [(moment(end) - moment(start)) / 86_400 for start, end in zip(starts, ends, strict=True)]
    assert [round(days, 2) for days in median_and_85(cycles)] == [4.15, 26.74]
    for header, rows, hours in (("Original Estimate", 1927, 8992.825), ("Time Spent", 1424, 7295.888)):
        seconds = [int(cell) for cell in column(found, header) if cell]
        assert (len(seconds), round(sum(seconds) / 3600, 3)) == (rows, hours)
    assert column(found, "Fix Version").count("") == 756


def moment(text):
    meant = written(text)
    return (meant.day_first or meant.plain).toordinal() * 86_400 + meant.seconds


def test_t3_that_export_has_no_start_so_its_items_are_counted_by_the_month_of_their_end(shared):
    found = read((shared / "data/real/jira_export_anonymised/hemmati2018.csv").read_bytes())
    split = effort(work_items(found.items, found.last_day))
    assert split.basis == {"": EffortBasis.ITEM_COUNT}
    assert sum(split.amounts.values()) == 1945
    assert split.coverage[""].dated == 0


def test_t10_real_prose_loses_no_word_to_accounts_and_surnames_that_anybody_writes(shared):
    """Aims and schedules of major projects as titles, assigned to people who are called by such a word."""
    named = (
        "Anna Field,Bob Plan,Gina Case,Ian Page,Carl Price,Tom Key,Paul Major,Dan Project,Kim Start,Rob Cost"
    )
    people = [*named.split(","), *"mark will may support search test data grant art jsmith".split()]
    with (shared / "data/real/uk_major_projects/uk_2016.csv").open(encoding="cp1252", newline="") as file:
        prose = [" ".join(cell.split()) for row in csv.reader(file) for cell in row if len(cell) > 40]
    assert len(prose) > 500
    rows = [["Issue key", "Summary", "Issue Type", "Status", "Assignee"]]
    rows += [[f"A-{place}", text, "Task", "Open", people[place % 20]] for place, text in enumerate(prose)]
    with io.StringIO() as sent:
        csv.writer(sent).writerows(rows)
        found = read(sent.getvalue().encode())
    assert column(found, "Summary") == prose
    assert "person_taken_out" not in said(found)


def test_every_finished_item_of_a_music_company(shared):
    found = read((shared / "data/real/flow_7digital/7digital2012.csv").read_bytes())
    assert found.is_ready
    assert (found.records, len(found.items)) == (3238, 3238)
    assert Counter(item.type_word for item in found.items) == {
        "MMF": 1350,
        "Production Bug": 745,
        "Infrastructure": 569,
        "Support": 173,
        "Build Maintenance": 101,
        "Feature Bug": 94,
        "Bug": 93,
        "Regression Bug": 84,
        "Reports": 28,
        "": 1,
    }
    assert Counter(item.kind for item in found.items) == {
        ItemKind.FEATURE: 1350,
        ItemKind.DEFECT: 745 + 94 + 93 + 84,
        ItemKind.TECHNICAL_DEBT: 569 + 101,
        ItemKind.TASK: 173 + 28 + 1,
    }
    assert min(item.created for item in found.items) == date(2009, 4, 22)
    assert found.last_day == max(item.resolved for item in found.items) == date(2012, 7, 31)
    assert all(item.started <= item.resolved for item in found.items)
    assert said(found).keys() == {"inferred_dates", "team_source", "no_key_column"}


def test_v3_item_days_of_that_company_are_the_days_between_its_own_two_columns(shared):
    found = read((shared / "data/real/flow_7digital/7digital2012.csv").read_bytes())
    pairs = zip(column(found, "Dev.Started"), column(found, "Done"), strict=True)
    days = sum((moment(end) - moment(start)) // 86_400 + 1 for start, end in pairs)
    split = effort(work_items(found.items, found.last_day))
    assert split.basis == {"": EffortBasis.ITEM_DAYS}
    assert sum(split.amounts.values()) == days


def test_ten_years_of_commercial_tasks(shared):
    content = (shared / "data/real/flow_sip_dates/est-act-dates.csv").read_bytes()
    found = read(content, columns={"created": "EstimateOn"})
    assert found.is_ready
    assert (found.records, len(found.items)) == (12_299, 10_266)
    assert said(found)["repeated_key"].message.endswith("(2,033 rows more than items).")
    assert (column(found, "StartedOn").count(""), column(found, "CompletedOn").count("")) == (353, 2586)
    assert said(found)["before_start"].count == 2
    estimated, begun = column(found, "EstimateOn"), column(found, "StartedOn")
    assert (
        sum(
            1
            for first, second in zip(estimated, begun, strict=True)
            if second and moment(second) < moment(first)
        )
        == 48
    )
    every = [item.created for item in found.items] + [item.resolved for item in found.items if item.resolved]
    assert (min(every), found.last_day) == (date(2004, 2, 26), date(2014, 12, 5))
    assert "long_open" in said(found), "most of what has no end was given up, and is said"


HELPDESK = "data/real/flow_helpdesk_changelog/helpdesk.csv"


@pytest.fixture(scope="module")
def helpdesk(shared):
    content = (shared / HELPDESK).read_bytes()
    return read(content, active_states=frozenset({"8"}), done_states=frozenset({"6"}))


def test_states_that_are_numbers_are_asked(shared):
    head = b"".join((shared / HELPDESK).read_bytes().splitlines(keepends=True)[:40])
    assert {"1", "6", "8"} <= set(said(read(head))["active_states"].choices)


def test_a_log_of_status_changes_of_a_help_desk(helpdesk):
    """Its states are numbers: 8 is said to mean work, and every case ends in 6."""
    assert helpdesk.is_ready
    assert (helpdesk.records, len(helpdesk.items)) == (13_710, 3804)
    events = {"8": 4278, "6": 4150, "1": 4144, "9": 962, "3": 108, "2": 45, "4": 14, "5": 5, "7": 4}
    assert Counter(column(helpdesk, "ActivityID")) == events
    first = min(item.created for item in helpdesk.items)
    assert (first, helpdesk.last_day) == (date(2010, 1, 13), date(2012, 11, 6))
    assert {item.status_category for item in helpdesk.items} == {StatusCategory.DONE}
    assert {item.status for item in helpdesk.items} == {"6"}


def test_517_cases_of_it_enter_a_state_again_after_leaving_it(helpdesk):
    states = {}
    for key, state in zip(column(helpdesk, "CaseID"), column(helpdesk, "ActivityID"), strict=True):
        states.setdefault(key, []).append(state)
    runs = [[state for state, _ in groupby(own)] for own in states.values()]
    assert sum(1 for run in runs if len(set(run)) < len(run)) == 517


def test_days_between_the_changes_of_a_case_are_its_active_days(helpdesk):
    """Case 5, by hand: in state 8 on 3 April from 21:45, and again from 22:15 to 4 April 00:07: two days."""
    case = [item for item in helpdesk.items if item.key == "5"]
    assert case[0].spans == ((date(2012, 4, 3), date(2012, 4, 3)), (date(2012, 4, 3), date(2012, 4, 4)))
    assert item_days(work_items(case, helpdesk.last_day)) == {("", "", 201204): 2}


@pytest.fixture(scope="module")
def cesaw(shared):
    content = lzma.decompress((shared / "data/real/cesaw_team_time_log/2018_005_tf.csv.xz").read_bytes())
    assert len(content) == 5_484_535
    columns = {
        "key": "plan_item_key",
        "team": "team_key",
        "project": "project_key",
        "epic_link": "wbs_element_key",
        "started": "task_actual_start_date",
        "resolved": "task_actual_complete_date",
    }
    return read(content, columns=columns)


def test_a_time_log_of_ten_teams(cesaw):
    assert cesaw.records == 61_817
    assert len(set(column(cesaw, "project_key"))) == 45
    assert len({item.team for item in cesaw.items}) == 10
    readable = [written(text) for text in column(cesaw, "task_actual_start_date")]
    starts = [meant.day_first if meant.month_first is None else meant.month_first for meant in readable]
    assert sum(1 for day in starts if day) == 60_974
    assert (min(day for day in starts if day), max(day for day in starts if day)) == (
        date(2008, 9, 29),
        date(2017, 7, 5),
    )
    assert "month first" in said(cesaw)["inferred_dates"].message


def test_t10_its_people_stay_outside_though_they_are_only_numbers(cesaw):
    assert {dropped.header: dropped.reason for dropped in cesaw.dropped}["person_key"] is DropReason.PEOPLE
    assert "person_key" not in cesaw.redacted.headers
    assert "person_taken_out" not in said(cesaw), "nothing that is kept names any of them"


def test_its_one_year_without_a_century_is_a_blocker_with_its_line(cesaw):
    """SOURCE.md counts 843 unreadable starts: 842 are the word for nothing, one has lost its century."""
    starts = [written(text) for text in column(cesaw, "task_actual_start_date")]
    assert (sum(meant.is_missing for meant in starts), sum(meant.is_cut for meant in starts)) == (842, 1)
    (blocker,) = [issue for issue in cesaw.issues if issue.is_blocker]
    assert (blocker.code, blocker.column, blocker.sent, blocker.line) == (
        "year_cut",
        "started",
        "0016-01-11 16:22:26",
        31_430,
    )


def test_t1_a_teams_item_days_are_those_of_its_epics(cesaw):
    """Which epic an item belongs to divides a team's days and never changes their sum."""
    own = [item for item in cesaw.items if item.team == "31"]
    split = effort(work_items(own, cesaw.last_day)).amounts
    whole = effort(work_items([replace(item, epic_key="") for item in own], cesaw.last_day)).amounts
    assert len({epic for _, epic, _ in split}) > 100
    by_month = Counter()
    for (team, _, month), days in split.items():
        by_month[team, "", month] += days
    assert by_month == whole
