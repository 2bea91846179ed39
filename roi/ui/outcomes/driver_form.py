"""A value driver: a formula of the menu, its inputs each with a range, owner, source and date (rule V7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from roi.actors import Action
from roi.commands import drivers as commands
from roi.domain.drivers import MENU, Formula
from roi.domain.structure import ValueBasis
from roi.domain.value import DriverInput, ValueDriver
from roi.errors import INTACT, blocker
from roi.reports.choices import ChoicesReport
from roi.story import words
from roi.ui import parts, session
from roi.ui.outcomes import closed, common, conflict, done, draft, fields, removing, row_fields, unread
from roi.ui.outcomes.row_fields import Field, Typed
from roi.ui.upload.pieces import note

_NEW = ""
_ENDS = ("low", "likely", "high")
_INPUTS = (
    Field("low", "Low", 1),
    Field("likely", "Likely", 1),
    Field("high", "High", 1),
    Field("owner", "Who says so", 1.4),
    Field("source", "Source", 2),
    Field("dated", "Of", 1.2, is_day=True),
)


def draw(choices: ChoicesReport) -> None:
    """A new driver, or one that is there; finance alone changes what it has booked or agreed."""
    names = {_NEW: "A new driver", **{key: one.name for key, one in choices.drivers.items()}}
    with st.expander("Add or change a value driver", expanded=not choices.drivers):
        key = st.selectbox("Driver", list(names), format_func=lambda one: names[one], key="driver_chosen")
        held = choices.drivers.get(key)
        if held and held.basis is not ValueBasis.ASSUMED and not _is_finance():
            note(f"{held.name} is {common.BASES[held.basis]}; only finance changes it.")
            return
        _form(choices, held)


def _is_finance() -> bool:
    return session.actor().may(Action.CONFIRM_VALUE)


def _form(choices: ChoicesReport, held: ValueDriver | None) -> None:
    formula = MENU[held.formula] if held else _formula()
    form = f"driver_{held.key if held else formula.key + '_new'}"
    inputs = choices.inputs.get(held.key, ()) if held else ()
    stem = fields.stem(form)
    conflict.begin(form, fields.named(f"{stem}_name"))
    done.tell(conflict.draw(form, texts(held, inputs) if held else {}), "Driver saved over the other text.")
    note(f"{words.sentence(formula.says)}. Where only the likely number is typed, it is all three.")
    with st.form(f"form_{form}", border=False):
        typed = _driver(stem, held, formula)
        rows = [_input(stem, typed.currency, one, _held(inputs, one.key)) for one in formula.inputs]
        told = closed.restated(fields.named(f"{stem}_restated"), _TICKED) if held else ""
        if st.form_submit_button("Save the driver", type="primary"):
            _save(form, choices, typed, rows, told)
    if held:
        removing.draw(form, [_removal(choices, held, inputs, form)])


def _removal(
    choices: ChoicesReport, held: ValueDriver, inputs: Sequence[DriverInput], form: str
) -> removing.Removal:
    used = tuple(sorted(one.outcome for one in choices.plans.values() if one.driver == held.key))
    along, command = f"Its {words.counted(len(inputs), 'input')} go along.", commands.remove_driver
    return removing.Removal("", held.name, along, used, command, (held.key,), texts(held, inputs), form)


def _formula() -> Formula:
    chosen = st.selectbox(
        "Formula", list(MENU), format_func=lambda key: MENU[key].name, key=fields.named("worth_formula")
    )
    return MENU[chosen]


def _driver(form: str, held: ValueDriver | None, formula: Formula) -> ValueDriver:
    columns = st.columns([2, 1, 2, 2])
    name = columns[0].text_input(
        "Name", held.name if held else "", key=fields.named(f"{form}_name"), placeholder=formula.name
    )
    codes = common.currencies(held.currency if held else "")
    currency = columns[1].selectbox("Currency", codes, key=fields.named(f"{form}_currency"))
    bases = list(reversed(ValueBasis)) if _is_finance() else [ValueBasis.ASSUMED]
    basis = columns[2].selectbox(
        "Basis",
        bases,
        bases.index(held.basis) if held else 0,
        format_func=lambda one: common.BASES[one],
        key=fields.named(f"{form}_basis"),
    )
    source = columns[3].text_input(
        "Where it can be seen", held.source if held else "", key=fields.named(f"{form}_source")
    )
    made = ValueDriver(held.key if held else "", name.strip(), formula.key, str(currency), basis)
    owner = held.owner if held and held.owner else session.actor().name
    return replace(made, owner=owner, source=source.strip(), dated=session.today())


def _held(inputs: Sequence[DriverInput], key: str) -> Typed:
    one = next((found for found in inputs if found.key == key), None)
    if one is None:
        return {"key": key, "dated": session.today()}
    ends = {end: f"{getattr(one, end):f}" for end in ("low", "likely", "high")}
    return {"key": key, **ends, "owner": one.owner, "source": one.source, "dated": one.dated}


def _input(form: str, currency: str, wanted: object, held: Typed) -> Typed:
    """The fields of one input under its name."""
    name, unit = getattr(wanted, "name", ""), getattr(wanted, "unit", "")
    told = f"{words.sentence(str(name))}, {str(unit).replace('{currency}', currency)}"
    st.markdown(f"**{parts.plain(told)}**")
    return row_fields.one(f"{form}_{held['key']}", _INPUTS, held)


def texts(driver: ValueDriver, inputs: Sequence[DriverInput]) -> dict[str, str]:
    """What stands in each field, for two editors side by side."""
    ends = {
        words.sentence(one.key.replace("_", " ")): f"{one.likely:f} ({one.low:f}–{one.high:f}), {one.source}"
        for one in inputs
    }
    basis = common.BASES[driver.basis]
    return {"Name": driver.name, "Currency": driver.currency, "Basis": basis, "Source": driver.source, **ends}


_TICKED = " The tick of the unit value ends with it: say it once more where you confirm."


def _save(
    form: str, choices: ChoicesReport, typed: ValueDriver, rows: Sequence[Typed], restatement: str
) -> None:
    name = typed.name or MENU[typed.formula].name
    key = typed.key or draft.key_for(name, set(choices.drivers))
    driver = replace(typed, key=key, name=name)
    names = {one.key: one.name for one in MENU[driver.formula].inputs}
    read = [read_input(key, one, f"{words.sentence(names[str(one['key'])])}: ") for one in rows]
    inputs = [made for made, _ in read if made is not None]
    wrong = [issue for _, its in read for issue in its]
    said, more = texts(driver, inputs), {"unread": wrong, "restatement": restatement}
    receipt = conflict.save(form, said, commands.save_drivers, [driver], inputs, **more)
    done.tell(receipt, f"Driver “{driver.name}” saved; outcomes that use it are worth what it says now.")
    if conflict.is_kept(form):
        st.rerun()


def read_input(driver: str, one: Typed, of: str) -> tuple[DriverInput | None, unread.Issues]:
    """The input as typed, None where nothing is; where an end cannot be read, another stands in for it."""
    if not any(one[end] for end in _ENDS):
        return None, ()
    labels = {column.key: column.label for column in _INPUTS}
    read = {end: unread.number(labels[end], one[end], of) for end in _ENDS}
    wrong = tuple(issue for _, its in read.values() for issue in its)
    if not one["likely"]:
        lacks = f"{of}its likely number is left empty. {INTACT}"
        wrong = (*wrong, blocker("unread", lacks, column=labels["likely"], sent="", fix="Type it."))
    found = {end: number for end, (number, _) in read.items() if number is not None}
    likely = found.get("likely", next(iter(found.values()), Decimal(1)))
    ends = (found.get("low", likely), likely, found.get("high", likely))
    day = one["dated"]
    said = (str(one["owner"]), str(one["source"]), day if isinstance(day, date) else None)
    return DriverInput(driver, str(one["key"]), *ends, *said), wrong
