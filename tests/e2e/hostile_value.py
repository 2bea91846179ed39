"""The demo company with markup in every free text about value, and of the lists beside cost."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from roi.store.database import Store
from tests.payloads import MARKUP

FREE_TEXTS = """
team.name role.name cost_pool.name exchange_rate.rate_source closed_month.reason epic.name
outcome.metric outcome.unit outcome.evidence outcome.owner
initiative.name initiative.owner initiative.problem initiative.result initiative.measure initiative.learning
success_measure.name success_measure.unit success_measure.source success_measure.target success_measure.actual
epic_plan.owner epic_plan.ended_because epic_slice.name
outcome_plan.evidence_planned outcome_plan.problem outcome_plan.result outcome_plan.learning
outcome_plan.confirmer reading.evidence reading.also_happened closure.learned closure.reason
question.asked_by question.text question.answered_by question.answer
confirmation.confirmed_by confirmed_reading.confirmed_by
finance_line.name finance_line.source line_cell.name line_cell.segments metric_month.source
value_driver.name value_driver.owner value_driver.source driver_input.owner driver_input.source
epic_wait.waits_for epic_wait.note obligation.note product_life.owner product_life.reason
planned_position.position
""".split()
"""Each row has another payload."""

SHARED = (
    "initiative.value_stream team.value_stream team_structure.value_stream product_life.value_stream".split(),
    "team.division team_structure.division".split(),
    "outcome_plan.series metric_month.series".split(),
    "plan_version.plan_version plan_headcount.plan_version".split(),
    "assignment.band standard_rate.band planned_position.band".split(),
)
"""Names that join rows of several tables: one payload for each name, the same everywhere."""

OF_COST = """
change.actor change.reason change.source_name control_total.source control_total.reason member.name
source.source value_mapping.source value_mapping.sent setting.value
coding.source coding.cost_centre coding.pool coding.category
ledger_line.supplier ledger_line.reference ledger_line.description
""".split()
"""Written by `hostile`, through the commands, as the company's own files would."""

NO_TEXTS = """
*.currency *.kind *.direction *.grade *.basis *.formula *.tick *.nature *.driver *.scenario *.intent
*.treatment *.aside *.line_key *.person_key *.sha256 *.ended_by *.landed *.origin *.value_class *.value_basis
*.target_low *.target_likely *.target_high *.baseline *.unit_value *.effect_low *.effect_likely *.effect_high
*.low *.likely *.high *.copied_from *.leads_to
outcome.actual reading.actual confirmed_reading.actual metric_month.value success_measure.stated
exchange_rate.target value_mapping.field value_mapping.value member.roles setting.name source.settings
schema_version.name change.role change.detail change.content_sha256 change.previous_sha256
change.source_sha256 coding.team cost_centre.cost_centre people_category.category
*.team *.epic *.outcome *.initiative *.measure *.slice *.line *.cell *.role *.pool *.platform *.consumer
*.input
""".split()
"""Vocabularies, numbers, hashes, keys of lists; centres and categories of lists are those of the ledger."""


def every_text(cursor: DuckDBPyConnection) -> set[str]:
    """Every column of text that the schema has; what is reckoned from others is left out."""
    rows = cursor.execute(
        "select table_name || '.' || column_name from duckdb_columns() where not internal "
        "and data_type = 'VARCHAR' and table_name in (select table_name from duckdb_tables())"
    ).fetchall()
    return {name for (name,) in rows if not name.startswith("mart_")}


def rewrite(path: Path) -> dict[str, str]:
    """Put a payload into each of them, behind the program's back; what the shared names are called then."""
    renamed: dict[str, str] = {}
    store = Store.open(path, purpose="a test")
    with store.cursor() as cursor:
        for offset, name in enumerate(FREE_TEXTS):
            table, column = name.split(".")
            text = f"list_extract($texts, cast(1 + (rowid + {7 * offset}) % len($texts) as bigint))"
            statement = f"update {table} set {column} = {text} where {column} != ''"
            rows = cursor.execute(statement, {"texts": list(MARKUP)}).fetchall()[0][0]
            assert rows > 0, f"{name} is empty in the demo company: nothing is tested"
        for offset, names in enumerate(SHARED):
            renamed |= _rename(cursor, names, 11 * offset)
    store.close()
    return renamed


def _rename(cursor: DuckDBPyConnection, names: list[str], offset: int) -> dict[str, str]:
    """Each name by a payload of its own, in every column that has it."""
    places = [name.split(".") for name in names]
    queries = [f"select {column} from {table} where {column} != ''" for table, column in places]
    found = sorted({text for query in queries for (text,) in cursor.execute(query).fetchall()})
    assert found, f"{names} are empty in the demo company: nothing is tested"
    renamed = {old: MARKUP[(offset + number) % len(MARKUP)] for number, old in enumerate(found)}
    for old, new in renamed.items():
        for table, column in places:
            cursor.execute(f"update {table} set {column} = ? where {column} = ?", [new, old])
    return renamed
