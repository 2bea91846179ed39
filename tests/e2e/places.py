"""Every page of the dashboard, with the address keys that it needs on the small company."""

PLACES = {
    "portfolio": "",
    "teams": "teams",
    "team": "team?team=onboarding",
    "outcomes": "outcomes",
    "outcomes-queue": "outcomes?view=queue",
    "initiatives": "outcomes?view=initiatives",
    "outcome-new": "outcomes?state=new",
    "outcome-reading": "outcomes?state=reading&outcome=trial-to-paid",
    "outcome-confirm": "outcomes?state=confirm&outcome=trial-to-paid",
    "outcome-close": "outcomes?state=close&outcome=trial-to-paid",
    "epic": "epic?epic=guided-setup",
    "initiative": "initiative?initiative=grow-trials",
    "data": "data",
    "import": "data?view=import",
    "areas": "data?view=areas",
    "ledger": "data?view=ledger",
    "lists": "data?view=lists",
    "trace": "trace?figure=team_cost",
    "method": "method",
    "start": "start",
}
