"""An outcome and its plan as texts by field: what two editors compare."""

from roi.domain.structure import Outcome
from roi.domain.value import OutcomePlan
from roi.story import words
from roi.ui.outcomes import common, promise
from roi.ui.outcomes.fields import Values


def of(outcome: Outcome, plan: OutcomePlan | None) -> dict[str, str]:
    """What stands in each field."""
    texts = {
        "What changes": outcome.metric,
        "Stands now": promise.level(outcome.baseline, outcome.unit),
        "Target": promise.target(outcome),
        "By when": words.day(outcome.by_when) if outcome.by_when else "",
        "Kind of benefit": common.CLASSES[outcome.value_class],
        "One unit is worth": promise.worth(outcome),
        "Owner": outcome.owner,
        "How we know": common.GRADES[outcome.grade],
        "Where it is measured": outcome.evidence,
    }
    if plan is not None:
        texts |= {
            "Problem": plan.problem,
            "How we learn": plan.learning,
            "Finance line": " ".join(part for part in (plan.line, plan.cell) if part),
            "Who confirms": plan.confirmer,
            "Leads to": plan.leads_to,
        }
    return texts


def cleaned(values: Values) -> Values:
    """The draft without what only the form knows: a formula that was not kept is no driver."""
    return {**values, "driver": ""} if values.get("driver") == "*new*" else values
