"""The third block: the kind of benefit, what one unit is worth by a driver, and whose money it is."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from roi.actors import Action
from roi.commands import drivers as commands
from roi.commands.changing.requests import Receipt
from roi.domain import drivers as reckoned
from roi.domain.drivers import MENU, Formula
from roi.domain.money import MINOR_DIGITS
from roi.domain.structure import ValueBasis, ValueClass
from roi.domain.value import DriverInput, ValueDriver
from roi.errors import INTACT
from roi.reports.choices import ChoicesReport
from roi.reports.shapes import StartReport
from roi.story import words
from roi.ui import parts, session
from roi.ui.outcomes import common, conflict, done, draft, driver_form, fields, unread
from roi.ui.outcomes.fields import Values
from roi.ui.outcomes.form_work import DRAFT
from roi.ui.outcomes.row_fields import Typed
from roi.ui.upload.pieces import note

_TYPED, _NEW = "", "*new*"
_Read = tuple[tuple[DriverInput, ...], unread.Issues]
"""The inputs of a driver as they were typed, and what of them cannot be read."""


def draw(values: Values, company: StartReport, choices: ChoicesReport) -> None:
    """Class, driver or amount, basis, finance line and cell."""
    parts.section(
        "3 · What it is worth",
        "Money for one unit of the metric, each month. Leave it empty if nobody knows.",
    )
    left, right = st.columns(2)
    with left:
        _value_class(values)
    if values["value_class"] in {None, ValueClass.NOT_FINANCIAL}:
        values.update(unit_value="", driver="", line="", cell="")
        return
    with right:
        _driver(values, choices)
    if values["driver"] == _TYPED:
        _amount(values, company)
    elif values["driver"] == _NEW:
        _new_driver(values, company, choices)
    else:
        _held_driver(values, choices)
    _line(values, choices)


def _value_class(values: Values) -> None:
    names = {one.value: word for one, word in common.CLASSES.items()}
    options = list(ValueClass)
    now = values.get("value_class")
    values["value_class"] = st.selectbox(
        "Kind of benefit",
        options,
        index=options.index(ValueClass(str(now))) if now else None,
        format_func=lambda one: names[one],
        placeholder="choose",
        key=fields.named("outcome_value_class"),
    )


def _driver(values: Values, choices: ChoicesReport) -> None:
    names = {key: one.name for key, one in choices.drivers.items()}
    options = [_TYPED, *names, _NEW]
    told = {_TYPED: "an amount that I type", _NEW: "a new formula from the menu", **names}
    fields.choose(values, "driver", "What one unit is worth comes from", options, told)


def _amount(values: Values, company: StartReport) -> None:
    cells = st.columns([1, 1, 2])
    with cells[0]:
        fields.text(values, "unit_value", "One unit, a month", placeholder="5500")
    with cells[1]:
        fields.choose(values, "currency", "Currency", _currencies(company))
    with cells[2]:
        bases = {one.value: word for one, word in common.BASES.items()}
        fields.choose(values, "value_basis", "Basis of the unit value", list(reversed(ValueBasis)), bases)


def _currencies(company: StartReport) -> list[str]:
    first = [company.company.currency] if company.company else []
    return list(dict.fromkeys([*first, "USD", "EUR", "GBP", *MINOR_DIGITS]))


# Drivers


def _held_driver(values: Values, choices: ChoicesReport) -> None:
    """A driver that is held: what it reckons with, who says so, and the unit value it makes."""
    driver = choices.drivers[str(values["driver"])]
    inputs = choices.inputs.get(driver.key, ())
    values.update(currency=driver.currency, value_basis=driver.basis.value)
    _reckon(values, driver, inputs)
    form, formula = f"worth_{driver.key}", MENU[driver.formula]
    conflict.begin(form, _key(fields.stem(form), formula.inputs[0].key, "low"))
    _saved(driver, conflict.draw(form, driver_form.texts(driver, inputs)))
    with st.expander(f"The inputs of {driver.name}"):
        given = {one.key: one for one in inputs}
        typed = _inputs(formula, driver, given, fields.stem(form))
        may = driver.basis is ValueBasis.ASSUMED or session.actor().may(Action.CONFIRM_VALUE)
        if not may:
            note("It is agreed with finance; only finance changes it.")
        if st.button(
            "Save these inputs for every outcome that uses them", key="driver_save", disabled=not may
        ):
            _save(driver, typed, form)


def _new_driver(values: Values, company: StartReport, choices: ChoicesReport) -> None:
    """A formula of the menu with its inputs; it becomes a driver that others can use."""
    left, middle, right = st.columns([2, 2, 1])
    with left:
        formula = MENU[
            st.selectbox(
                "Formula",
                list(MENU),
                format_func=lambda key: MENU[key].name,
                key=fields.named("driver_formula"),
            )
        ]
    with middle:
        name = st.text_input(
            "Name of the driver", key=fields.named("driver_name"), placeholder=formula.name, live=True
        )
    with right:
        currency = str(st.selectbox("Currency", _currencies(company), key=fields.named("driver_currency")))
    note(words.sentence(formula.says) + ".")
    key = draft.key_for(name or formula.name, set(choices.drivers))
    driver = ValueDriver(key, name or formula.name, formula.key, currency, ValueBasis.ASSUMED)
    typed = _inputs(formula, driver, {}, formula.key)
    values.update(currency=currency, value_basis=ValueBasis.ASSUMED.value)
    said = _reckon(values, driver, *typed)
    if st.button("Keep this driver", key="driver_save", disabled=bool(said)):
        _save(driver, typed, f"worth_{formula.key}_new")


def _inputs(formula: Formula, driver: ValueDriver, given: dict[str, DriverInput], stem: str) -> _Read:
    """Low, likely and high of every input, with who says so, from where, and of which day.

    `stem` tells the fields of one driver from those of another with the same formula.
    """
    made: list[DriverInput] = []
    wrong: unread.Issues = ()
    for one in formula.inputs:
        held = given.get(one.key)
        unit = one.unit.replace("{currency}", driver.currency)
        cells = st.columns([1, 1, 1, 1.4, 1.8])
        typed: Typed = {"key": one.key, "dated": session.today()}
        for cell, end in zip(cells, ("low", "likely", "high"), strict=False):
            start = "" if held is None else f"{getattr(held, end):f}"
            label = f"{words.sentence(one.name)}, {unit}: {end}" if end == "low" else end
            with cell:
                typed[end] = st.text_input(label, start, key=_key(stem, one.key, end), live=True).strip()
        for cell, name, label in ((cells[3], "owner", "Who says so"), (cells[4], "source", "Source")):
            start = "" if held is None else getattr(held, name)
            with cell:
                typed[name] = st.text_input(label, start, key=_key(stem, one.key, name))
        read, its = driver_form.read_input(driver.key, typed, f"{words.sentence(one.name)}: ")
        made += [read] if read is not None else []
        wrong += its
    return tuple(made), wrong


def _key(stem: str, name: str, end: str) -> str:
    return fields.named(f"outcome_driver_{stem}_{name}_{end}")


def _reckon(
    values: Values, driver: ValueDriver, inputs: Sequence[DriverInput], wrong: unread.Issues = ()
) -> str:
    """The unit value with its range into the draft and onto the page; what is missing otherwise."""
    said = [issue.message.removesuffix(INTACT).strip() for issue in wrong]
    said += [problem for _, problem in reckoned.problems(driver, inputs)]
    if said:
        values["unit_value"] = ""
        note(" ".join(said))
        return said[0]
    worth = reckoned.worth(driver, inputs)
    values["unit_value"] = f"{worth.likely:f}"
    likely = words.unit_worth(worth.likely, driver.currency)
    between = words.unit_range(worth.low, worth.high, driver.currency)
    told = f"One unit is worth {likely} a month{f' ({between})' if between else ''}"
    parts.callout("note", f"{told}, {common.BASES[driver.basis]}.")
    return ""


def _save(driver: ValueDriver, read: _Read, form: str) -> None:
    inputs, wrong = read
    owner = next((one.owner for one in inputs if one.owner), "") or session.actor().name
    source = next((one.source for one in inputs if one.source), driver.source)
    made = replace(driver, owner=driver.owner or owner, source=source, dated=session.today())
    texts = driver_form.texts(made, inputs)
    _saved(driver, conflict.save(form, texts, commands.save_drivers, [made], inputs, unread=wrong))
    if conflict.is_kept(form):
        st.rerun()


def _saved(driver: ValueDriver, receipt: Receipt | None) -> None:
    if receipt is not None:
        kept = dict(st.session_state.get(DRAFT, {}))
        st.session_state[DRAFT] = {**kept, "driver": driver.key}
        fields.anew()
        done.say(f"Driver “{driver.name}” saved.", receipt)
        st.rerun()


# Whose money


def _line(values: Values, choices: ChoicesReport) -> None:
    """The finance line and the cell of its partition that the money shows on (rule V8)."""
    if not choices.lines:
        told = "finance adds the first under Outcomes, Lines and drivers; this can be saved without it"
        note(f"Cash is confirmed only on a line of the company's results. There is none yet: {told}.")
        return
    left, right = st.columns(2)
    with left:
        names = {"": "not said yet", **{key: one.name for key, one in choices.lines.items()}}
        line = fields.choose(values, "line", "Finance line", list(names), names)
    cells = {one.key: one.name for one in choices.cells.get(line, ())}
    with right:
        if cells:
            fields.choose(values, "cell", "Segment", list(cells), cells)
        else:
            values["cell"] = ""
