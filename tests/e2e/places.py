"""Every page of the dashboard, with the address keys that it needs on the small company."""

PLACES = {
    "portfolio": "",
    "teams": "teams",
    "team": "team?team=onboarding",
    "outcomes": "outcomes",
    "epic": "epic?epic=guided-setup",
    "data": "data",
    "import": "data?view=import",
    "areas": "data?view=areas",
    "ledger": "data?view=ledger",
    "lists": "data?view=lists",
    "trace": "trace?figure=team_cost",
    "method": "method",
    "start": "start",
}
