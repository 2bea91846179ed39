"""Exports of issue trackers as they come, written for the tests: nobody in them is anybody."""

import csv
import io


def as_csv(*rows: list[str], delimiter: str = ",") -> str:
    """Rows, header first, as a tracker writes them."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


PEOPLE = (
    "Jane Doe",
    "jdoe",
    "Marta Núñez",
    "ivan.petrov",
    "Okafor",
    "jane.doe@example.org",
    "5d8f0a1b2c3d4e5f6a7b8c9d",
)
"""Everything by which a person of `JIRA` could be known."""

JIRA_HEADER = [
    *(
        "Summary",
        "Issue key",
        "Issue id",
        "Issue Type",
        "Status",
        "Project key",
        "Project name",
        "Project lead",
    ),
    *("Project lead id", "Priority", "Resolution", "Assignee", "Reporter", "Creator", "Created", "Updated"),
    *(
        "Resolved",
        "Fix versions",
        "Components",
        "Labels",
        "Labels",
        "Labels",
        "Description",
        "Watchers",
        "Watchers",
    ),
    *(
        "Attachment",
        "Inward issue link (Blocks)",
        "Inward issue link (Blocks)",
        "Outward issue link (Blocks)",
    ),
    *(
        "Custom field (Epic Link)",
        "Custom field (Epic Name)",
        "Custom field (Story Points)",
        "Custom field (Team)",
    ),
    *("Custom field (Team)", "Sprint", "Sprint", "Comment", "Comment", "Custom field (Actual start)"),
    *(
        "Custom field (QA contact)",
        "Custom field (Something new)",
        "Status Category",
        "Status Category Changed",
    ),
]


def jira_row(**cells: str | list[str]) -> list[str]:
    """A row of `JIRA_HEADER`; a repeated column takes a list. Blanks in names are written as underscores."""
    left = {
        name: [values] if isinstance(values, str) else list(values)
        for name, values in ((_header(name), values) for name, values in cells.items())
    }
    row = [left[name].pop(0) if left.get(name) else "" for name in JIRA_HEADER]
    assert not any(left.values()), f"no such columns: {left}"
    return row


def _header(name: str) -> str:
    known = {column.casefold().replace(" ", "_"): column for column in JIRA_HEADER}
    short = {
        "epic": "Custom field (Epic Link)",
        "epic_name": "Custom field (Epic Name)",
        "team": "Custom field (Team)",
    }
    short |= {
        "key": "Issue key",
        "id": "Issue id",
        "type": "Issue Type",
        "start": "Custom field (Actual start)",
    }
    short |= {"inward": "Inward issue link (Blocks)", "outward": "Outward issue link (Blocks)"}
    short |= {"points": "Custom field (Story Points)", "qa": "Custom field (QA contact)"}
    short |= {
        "new": "Custom field (Something new)",
        "category": "Status Category",
        "changed": "Status Category Changed",
    }
    return short.get(name) or known[name]


_SAME = {
    "project_key": "SHOP",
    "project_name": "Shop",
    "project_lead": "Jane Doe",
    "project_lead_id": "5d8f0a1b2c3d4e5f6a7b8c9d",
}

JIRA = as_csv(
    JIRA_HEADER,
    jira_row(
        **_SAME,
        summary="Guided setup",
        key="SHOP-1",
        id="10001",
        type="Epic",
        status="In Progress",
        reporter="Marta Núñez",
        created="22/Dec/25 2:38 PM",
        updated="20/Feb/26 9:00 AM",
        epic_name="Setup",
        labels=["compliance", "tech-debt"],
        team="Onboarding",
    ),
    jira_row(
        **_SAME,
        summary="First lesson in a minute, thanks to Jane Doe and @Marta Núñez",
        key="SHOP-2",
        id="10002",
        type="Story",
        status="Done",
        resolution="Done",
        assignee="Jane Doe",
        created="05/Jan/26 9:12 AM",
        start="07/Jan/26 12:00 AM",
        resolved="09/Jan/26 5:03 PM",
        epic="SHOP-1",
        team=["", "Onboarding"],
        labels=["ux", "Jane Doe", "mobile"],
        description='Line one\nline "two"; by Jane Doe\n',
        comment=["05/Jan/26 9:15 AM;ivan.petrov;Ask ivan.petrov", "06/Jan/26 1:00 PM;Okafor;I did, twice"],
        watchers=["jdoe", "ivan.petrov"],
        attachment="05/Jan/26 9:15 AM;jdoe;photo of Jane.png;https://example.org/1",
        inward=["SHOP-4", "OPS-9"],
        points="5",
        qa="Okafor",
        new="Jane Doe",
        sprint=["Sprint 1", "Sprint 2"],
    ),
    jira_row(
        **_SAME,
        summary="Sub-step",
        key="SHOP-3",
        id="10003",
        type="Sub-task",
        status="Done",
        created="07/Jan/26 9:12 AM",
        start="07/Jan/26 12:00 AM",
        resolved="08/Jan/26 12:00 AM",
        team="Onboarding",
    ),
    jira_row(
        **_SAME,
        summary="Login fails, write to jane.doe@example.org",
        key="SHOP-4",
        id="10004",
        type="Bug",
        status="In Progress",
        assignee="ivan.petrov",
        created="30/Jan/26 9:12 AM",
        start="30/Jan/26 12:00 AM",
        team="Onboarding",
        outward="SHOP-5",
    ),
    jira_row(
        **_SAME,
        summary="Tidy up",
        key="SHOP-5",
        id="10005",
        type="Task",
        status="Cancelled",
        resolution="Won't Do",
        created="12/Jan/26 9:12 AM",
        start="12/Jan/26 12:00 AM",
        resolved="13/Jan/26 12:00 AM",
        team="Jane Doe",
    ),
)
"""An export of all fields: an epic, a story below it, a sub-task, a bug without an epic, a cancelled task."""
