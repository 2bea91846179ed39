"""Every page of the dashboard, with the address keys that it needs on the small company."""

PLACES = {
    "portfolio": "",
    "teams": "teams",
    "team": "team?team=onboarding",
    "outcomes": "outcomes",
    "outcomes-queue": "outcomes?view=queue",
    "initiatives": "outcomes?view=initiatives",
    "obligations": "outcomes?view=obligations",
    "lines-and-drivers": "outcomes?view=worth",
    "outcome-new": "outcomes?state=new",
    "outcome-reading": "outcomes?state=reading&outcome=trial-to-paid",
    "outcome-confirm": "outcomes?state=confirm&outcome=trial-to-paid",
    "outcome-close": "outcomes?state=close&outcome=trial-to-paid",
    "epic": "epic?epic=guided-setup",
    "initiative": "initiative?initiative=grow-trials",
    "product": "product?value_stream=Enrolment",
    "products": "product",
    "data": "data",
    "import": "data?view=import",
    "areas": "data?view=areas",
    "ledger": "data?view=ledger",
    "lists": "data?view=lists",
    "tracker": "data?view=tracker",
    "trace": "trace?figure=team_cost",
    "method": "method",
    "start": "start",
}

SCOPED = {"portfolio-of-a-stream": "?vs=Enrolment", "teams-by-division": "teams?by=division"}
"""Pages that show something else where a part of the company is looked at."""
