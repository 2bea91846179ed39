"""What the staging tests share: a header, the teams of the store, and short ways to look at what is found."""

HEADER = "month,team,amount,currency\n"
TEAMS = ("Search", "Zoë Labs", "Total Rewards", "NA", "Core Infra")


def kinds(found):
    return [issue.code for issue in found.issues]


def amount(stage, written, currency="EUR", **said):
    cell = f'"{written}"'
    found, lines = stage(f"{HEADER}2025-01,Search,{cell},{currency}\n2025-01,Search,1.5,{currency}\n", **said)
    return found, lines[0]["amount_minor"]
