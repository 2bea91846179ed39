-- Says which ledger lines are wanted: what the `wanted_*` views of this cursor show from now on.
-- grain: one variable of this cursor; a filter that is null names everything
-- reads: nothing
-- units: $first and $last as yyyymm, both included
-- params: $teams: those that a line is placed on; $booked_on: `team x`, `cost_centre x`, `pool x`, `person`, `nothing`;
--         $pay: false leaves pay out
set variable wanted = {
    'first': cast($first as integer),
    'last': cast($last as integer),
    'scenario': cast($scenario as varchar),
    'source': cast($source as varchar),
    'teams': cast($teams as varchar[]),
    'area': cast($area as varchar),
    'currency': cast($currency as varchar),
    'placed': cast($placed as varchar),
    'change_id': cast($change_id as integer),
    'pay': cast($pay as boolean),
    'treatment': cast($treatment as varchar),
    'nature': cast($nature as varchar),
    'intent': cast($intent as varchar),
    'category': cast($category as varchar),
    'reason': cast($reason as varchar),
    'booked_on': cast($booked_on as varchar[])
}
