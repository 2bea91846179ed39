-- The typed lines: what the ledger would get, NULL where a value could not be read, '' where there is none.
-- grain: line
-- reads: staged_text, staged_left, staged_month, staged_amount, staged_word, staged_currency, staged_aside
-- units: amount_minor in minor units of currency; months as yyyymm; mark is a hash of the line,
--        the same as in import_diff.sql
create or replace temporary table staged_line as
with typed as (

    select
        text.record,
        text.line as source_row,
        $source as source,
        coalesce(posted.month, case when coalesce(text.month, '') = '' then $stated_month end) as month,
        started.month as started,
        ended.month as ended,
        started.month is not null or coalesce(trim(text.period_start), '') = '' as has_started,
        ended.month is not null or coalesce(trim(text.period_end), '') = '' as has_ended,
        case when aside.line is null then team.value else coalesce(team.value, '') end as team,
        case when aside.line is null then cost_centre.value else coalesce(cost_centre.value, '') end as cost_centre,
        case when aside.line is null then pool.value else coalesce(pool.value, '') end as pool,
        case when aside.line is null then person_key.value else coalesce(person_key.value, '') end as person_key,
        case when aside.line is null then category.value else coalesce(category.value, '') end as category,
        trim(coalesce(text.supplier, '')) as supplier,
        trim(coalesce(text.reference, '')) as reference,
        coalesce(text.description, '') as description,
        scenario.value as scenario,
        nature.value as nature,
        intent.value as intent,
        treatment.value as treatment,
        trim(coalesce(text.line_key, '')) as line_key,
        coalesce(aside.reason, '') as aside,
        currency.value as currency,
        case
            when odd.written is null
                then
                    case
                        when length(text.amount) - strpos(text.amount, $decimal) <= digits.digits
                            or strpos(text.amount, $decimal) = 0
                            then
                                try_cast(replace(text.amount, $decimal, '') as bigint)
                                * [1, 10, 100, 1000][
                                    digits.digits + 1
                                    - case strpos(text.amount, $decimal)
                                        when 0 then 0
                                        else length(text.amount) - strpos(text.amount, $decimal)
                                    end
                                ]
                    end
            when odd.problem = '' and length(odd.decimals) <= digits.digits
                then odd.sign * try_cast(odd.whole || rpad(odd.decimals, digits.digits, '0') as bigint)
        end as amount_minor,
        coalesce(text.label, '') as label
    from staged_text as text
    left join staged_month as posted on text.month = posted.written
    left join staged_month as started on text.period_start = started.written
    left join staged_month as ended on text.period_end = ended.written
    left join staged_word as team on team.field = 'team' and coalesce(text.team, '') = team.sent
    left join staged_word as cost_centre
        on cost_centre.field = 'cost_centre' and coalesce(text.cost_centre, '') = cost_centre.sent
    left join staged_word as pool on pool.field = 'pool' and coalesce(text.pool, '') = pool.sent
    left join staged_word as person_key
        on person_key.field = 'person_key' and coalesce(text.person_key, '') = person_key.sent
    left join staged_word as category
        on category.field = 'category' and coalesce(text.category, '') = category.sent
    left join staged_word as scenario
        on scenario.field = 'scenario' and coalesce(text.scenario, '') = scenario.sent
    left join staged_word as nature on nature.field = 'nature' and coalesce(text.nature, '') = nature.sent
    left join staged_word as intent on intent.field = 'intent' and coalesce(text.intent, '') = intent.sent
    left join staged_word as treatment
        on treatment.field = 'treatment' and coalesce(text.treatment, '') = treatment.sent
    left join staged_word as currency
        on currency.field = 'currency' and coalesce(text.currency, '') = currency.sent
    left join staged_currency as digits on currency.value = digits.currency
    left join (
        select
            *,
            -- Zeros past the currency's digits lose nothing; three decimals look like thousands and are refused.
            case when length(fraction) = 3 then fraction else rtrim(fraction, '0') end as decimals
        from staged_amount
    ) as odd on coalesce(text.amount, '') = odd.written
    left join staged_aside as aside on text.line = aside.line
    where text.line not in (select staged_left.line from staged_left)

)

select
    * exclude (started, ended, label),
    coalesce(started, least(month, ended)) as period_first,
    coalesce(ended, greatest(month, started)) as period_last,
    label,
    month is not null and amount_minor is not null and team is not null and cost_centre is not null
    and pool is not null and person_key is not null and category is not null and scenario is not null
    and nature is not null and intent is not null and treatment is not null as is_read,
    hash(
        month, period_first, period_last, team, cost_centre, pool, person_key, category, supplier, reference,
        description, scenario, nature, intent, treatment, line_key, currency, amount_minor
    ) as mark
from typed
