"""The tabs of *Data*: overview, ledger, cost areas, months, lists, tracker and history."""
