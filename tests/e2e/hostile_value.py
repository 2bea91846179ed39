"""The demo company with markup in every free text about value, and of the lists beside cost."""

from pathlib import Path

from roi.store.database import Store
from tests.payloads import MARKUP

FREE_TEXTS = """
team.name role.name cost_pool.name exchange_rate.rate_source closed_month.reason epic.name
outcome.metric outcome.unit outcome.evidence outcome.owner
initiative.name initiative.owner initiative.problem initiative.result initiative.measure initiative.learning
success_measure.name success_measure.unit success_measure.source success_measure.target success_measure.actual
epic_plan.owner epic_plan.ended_because epic_slice.name
outcome_plan.evidence_planned outcome_plan.problem outcome_plan.result outcome_plan.learning
reading.evidence reading.also_happened closure.learned closure.reason
question.asked_by question.text question.answered_by question.answer confirmation.confirmed_by
finance_line.name finance_line.source line_cell.name metric_month.source
value_driver.name value_driver.owner value_driver.source driver_input.owner driver_input.source
epic_wait.waits_for epic_wait.note
""".split()


def rewrite(path: Path) -> None:
    """Put a payload into each of them, behind the program's back: each row has another one."""
    store = Store.open(path, purpose="a test")
    with store.cursor() as cursor:
        for offset, name in enumerate(FREE_TEXTS):
            table, column = name.split(".")
            text = f"list_extract($texts, cast(1 + (rowid + {7 * offset}) % len($texts) as bigint))"
            statement = f"update {table} set {column} = {text} where {column} != ''"
            rows = cursor.execute(statement, {"texts": list(MARKUP)}).fetchall()[0][0]
            assert rows > 0, f"{name} is empty in the demo company: nothing is tested"
    store.close()
