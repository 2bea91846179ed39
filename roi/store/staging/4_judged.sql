-- Lines that may carry no cost: totals, which have no month of their own, and lines with none of our cells.
-- A total says so in one cell and has little else: a cost line may name the supplier "Total Energies".
-- A line with a month is a cost, also when it says no more than "Total"; that is told.
-- grain: line
-- reads: staged_text, staged_date, live_team
-- units: amount and label as written; why: total, no_cost, or maybe_total, which is kept and only told
create or replace temporary table staged_judged as
with candidates as (

    select
        line,
        coalesce(trim(amount), '') as amount,
        coalesce(currency, '') as currency,
        coalesce(month, '') || coalesce(amount, '') || coalesce(team, '') || coalesce(cost_centre, '')
        || coalesce(pool, '') || coalesce(person_key, '') as ours,
        list_filter(
            list_concat(
                [month, team, cost_centre, pool, person_key, category, supplier, reference, description],
                split(label, chr(31))
            ),
            lambda cell: regexp_matches(coalesce(cell, ''), '\pL')
        ) as words
    from staged_text
    where
        $may_lack_month
        and (
            not $has_month
            or coalesce(month, '') in (
                select staged_date.written from staged_date where not regexp_matches(staged_date.written, '[0-9]')
            )
        )

),

worded as (

    select
        candidates.*,
        list_filter(words, lambda cell: is_total(cell) and not list_contains(known.teams, lower(trim(cell))))
            as totals
    from candidates
    cross join (select coalesce(list(lower(name)), []) as teams from live_team) as known

),

found as (

    select
        *,
        list_filter(totals, lambda cell: is_plain_total(cell)) as plain
    from worded

)

select
    line,
    amount,
    currency,
    case
        when len(totals) = 0 then 'no_cost'
        when len(words) = 1 or (len(plain) > 0 and ($has_month or len(words) = 2)) then 'total'
        else 'maybe_total'
    end as why,
    coalesce(trim(coalesce(plain[1], totals[1])), '') as label
from found
where len(totals) > 0 or trim(ours) = ''

union all

select
    line,
    coalesce(trim(amount), '') as amount,
    coalesce(currency, '') as currency,
    'maybe_total' as why,
    trim(case
        when is_plain_total(description) then description
        when is_plain_total(reference) then reference
        else supplier
    end) as label
from staged_text
where
    $may_total
    and may_total
    and (
        (may_be_total(description) and is_plain_total(description))
        or (may_be_total(reference) and is_plain_total(reference))
        or (may_be_total(supplier) and is_plain_total(supplier))
    )
    and regexp_matches(coalesce(month, ''), '[0-9]')
