"""The forms of the first hour: company, teams, people."""

import streamlit as st

from roi.actors import Role
from roi.charts.markup import tag
from roi.commands import lists, structure
from roi.commands.changing.requests import Receipt
from roi.commands.checks import granting
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import MONTH_NAMES, iso_month
from roi.domain.structure import Company, Team, TeamKind
from roi.reports import shell
from roi.reports.shapes import Scope, StartReport
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.outcomes import conflict, fields, unread
from roi.ui.upload.pieces import note

_FIRST_CURRENCIES = ("USD", "EUR", "GBP")
_NEW, _COMPANY = "", "company"


def _saved(receipt: Receipt | None, told: str) -> None:
    """After a change: say so, with its number, and draw the page anew."""
    if receipt is not None:
        session.notify(f"{told} (change {receipt.change_id}, it can be undone on Data).")
        st.rerun()


def company(report: StartReport) -> None:
    """Name, currency, first month of the fiscal year."""
    known = report.company
    codes = [*_FIRST_CURRENCIES, *sorted(set(MINOR_DIGITS) - set(_FIRST_CURRENCIES))]
    conflict.begin(_COMPANY, fields.named("company_name"))
    _saved(conflict.draw(_COMPANY, _company_texts(known) if known else {}), "The company is saved")
    with st.form("company", border=False):
        left, middle, right = st.columns(3)
        name = left.text_input("Name", known.name if known else "", key=fields.named("company_name"))
        at = codes.index(known.currency) if known else 0
        currency = middle.selectbox("Currency", codes, at, key=fields.named("company_currency"))
        start = right.selectbox(
            "First month of the fiscal year",
            range(1, 13),
            (known.fiscal_start if known else 1) - 1,
            format_func=lambda month: MONTH_NAMES[month - 1],
            key=fields.named("company_fiscal"),
        )
        if st.form_submit_button("Save company", type="secondary" if known else "primary"):
            _save_company(Company(name.strip(), currency, start))


def _save_company(made: Company) -> None:
    receipt = conflict.save(_COMPANY, _company_texts(made), structure.save_company, made)
    _saved(receipt, f"{made.name} is saved")
    if conflict.is_kept(_COMPANY):
        st.rerun()


def _company_texts(one: Company) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    month = MONTH_NAMES[one.fiscal_start - 1]
    return {"Name": one.name, "Currency": one.currency, "First month of the fiscal year": month}


def one_team(report: StartReport) -> None:
    """A new team, or one that is there already."""
    teams = {team.key: team for team in report.teams}
    key = st.selectbox(
        "Team",
        [_NEW, *teams],
        format_func=lambda key: teams[key].name if key else "A new team",
        key="team_choice",
    )
    team = teams.get(key)
    form = f"team_{key}"
    conflict.begin(form, fields.named(f"team_name_{key}"))
    _saved(conflict.draw(form, _team_texts(team) if team else {}), "The team is saved")
    with st.form(f"team-{key}", border=False):
        given = _team_fields(report, team, key)
        if st.form_submit_button("Save team"):
            _save_team(form, given, team)


def _team_fields(report: StartReport, team: Team | None, key: str) -> dict[str, str]:
    (left, right), (first, last) = st.columns(2), st.columns(2)
    kinds = [kind.value for kind in TeamKind]
    kind = right.selectbox(
        "Kind",
        kinds,
        kinds.index(team.kind.value) if team else 0,
        format_func=lambda kind: words.sentence(kind.replace("_", " ")),
        key=fields.named(f"team_kind_{key}"),
    )
    return {
        "name": left.text_input("Name", team.name if team else "", key=fields.named(f"team_name_{key}")),
        "kind": kind,
        "value_stream": _named("Value stream", report.value_streams, team.value_stream if team else "", key),
        "division": _named("Division", report.divisions, team.division if team else "", key),
        "starts": first.text_input(
            "First month",
            _month(team.starts if team else None),
            placeholder="2026-01",
            key=fields.named(f"team_starts_{key}"),
        ),
        "ends": last.text_input(
            "Last month",
            _month(team.ends if team else None),
            placeholder="still there",
            key=fields.named(f"team_ends_{key}"),
        ),
    }


def _named(label: str, names: tuple[str, ...], chosen: str, key: str) -> str:
    """One of the names that are there, or a new one."""
    options = ["", *sorted({*names, chosen} - {""})]
    found = st.selectbox(
        f"{label} (choose one, or type a new one)",
        options,
        options.index(chosen),
        format_func=lambda name: name or "none",
        accept_new_options=True,
        key=fields.named(f"team_{label.lower().replace(' ', '_')}_{key}"),
    )
    return (found or "").strip()


def _month(month: int | None) -> str:
    return iso_month(month) if month else ""


def _save_team(form: str, given: dict[str, str], team: Team | None) -> None:
    (starts, ends), wrong = unread.months({"First month": given["starts"], "Last month": given["ends"]})
    made = Team(
        team.key if team else "",
        given["name"].strip(),
        TeamKind(given["kind"]),
        given["value_stream"],
        given["division"],
        starts,
        ends,
    )
    receipt = conflict.save(form, _team_texts(made), structure.save_teams, [made], unread=wrong)
    _saved(receipt, f"{made.name} is saved")
    if conflict.is_kept(form):
        st.rerun()


def _team_texts(one: Team) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    return {
        "Name": one.name,
        "Kind": words.sentence(one.kind.value.replace("_", " ")),
        "Value stream": one.value_stream,
        "Division": one.division,
        "First month": _month(one.starts),
        "Last month": _month(one.ends),
    }


def paste(report: StartReport) -> None:
    """Several teams at once, one a line."""
    text = st.text_area(
        "One team a line: name, value stream, division, kind (all but the name may be left out)",
        placeholder="Onboarding, Enrolment\nCatalogue and search, Enrolment\nPlatform, , , platform",
        key="teams_pasted",
    )
    if not text.strip():
        return
    teams, issues = structure.paste_teams(text, report.teams)
    parts.issue_list(issues)
    if any(issue.is_blocker for issue in issues) or not teams:
        return
    parts.callout("note", f"Read: {words.listed([team.name for team in teams])}.")
    if st.button(f"Save {words.counted(len(teams), 'team')}", key="save_pasted", type="primary"):
        _saved(session.do(structure.save_teams, teams), f"{words.counted(len(teams), 'team')} saved")


def csv_file() -> None:
    """Teams from a CSV file made from the template."""
    st.download_button(
        "Template for teams (CSV)",
        data=lists.template("teams"),
        file_name="teams.csv",
        mime="text/csv",
        on_click="ignore",
        key="teams_template",
    )
    upload = st.file_uploader("Teams as CSV", type=["csv", "txt"], key="teams_file")
    if upload is None:
        return
    preview = session.do(lists.read_list, "teams", upload.getvalue(), upload.name)
    if preview is None:
        return
    parts.issue_list(preview.issues)
    told = f"{preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged."
    parts.callout("note", told)
    is_ready = not any(issue.is_blocker for issue in preview.issues) and preview.new + preview.changed > 0
    if is_ready and st.button("Save these teams", key="save_teams_file", type="primary"):
        receipt = session.do(lists.import_list, "teams", upload.getvalue(), upload.name)
        _saved(receipt, "The teams of the file are saved")


def team_table(report: StartReport) -> None:
    """The teams there are, with what they belong to."""
    if not report.teams:
        return
    names = ("Team", "Value stream", "Division", "Kind")
    columns = [parts.Column(name, "text", phone=i < 2) for i, name in enumerate(names)]
    rows = [
        parts.Row(
            (
                parts.Cell(team.name),
                parts.Cell(team.value_stream or words.DASH),
                parts.Cell(team.division or words.DASH),
                parts.Cell(team.kind.value.replace("_", " ")),
            ),
            "flat",
            links.href("team", team=team.key),
        )
        for team in report.teams
    ]
    parts.graphic_table("start-teams", "Teams", columns, rows)


def people() -> None:
    """Names with their roles, and one more."""
    known = session.ask(shell.build, Scope()).actors
    if known:
        told = [tag("li", f"{person.name}: {_roles(person.roles)}") for person in known]
        st.html(tag("ul", *told))
    with st.form("member", border=False, clear_on_submit=True):
        left, right = st.columns(2)
        name = left.text_input("Name", key="member_name")
        may = granting.may_give(session.actor(), known)
        given = [role for role in Role if may or role not in granting.TRUSTED]
        roles = right.multiselect("Roles", given, format_func=_role, key="member_roles")
        if not may:
            note("Finance and admin are given by finance or admin: who plans value does not confirm it.")
        if st.form_submit_button("Save person"):
            if name.strip() and roles:
                receipt = session.do(structure.save_member, name.strip(), frozenset(roles))
                _saved(receipt, f"{name.strip()} is saved")
            else:
                parts.callout("attention", "A person needs a name and at least one role.")


def _role(role: Role) -> str:
    return words.sentence(role.value.replace("_", " "))


def _roles(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.value.replace("_", " ") for role in roles))
