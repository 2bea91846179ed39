-- Lines whose month, amount or length cannot be taken, or only with a warning, alike ones together.
-- grain: code, field, sent; large amounts all together
-- reads: staged_suspect, staged_line, staged_text, staged_amount
-- units: counts of lines; the first $lines lines of each and what stood there
with suspects as (

    select
        staged_line.source_row as line,
        staged_line.month,
        staged_line.period_first,
        staged_line.period_last,
        staged_line.currency,
        staged_line.amount_minor,
        trim(coalesce(staged_text.month, '')) as month_sent,
        trim(coalesce(staged_text.period_start, '')) as start_sent,
        trim(coalesce(staged_text.period_end, '')) as end_sent,
        coalesce(trim(staged_text.amount), '') as amount_sent,
        coalesce(staged_amount.problem, '') as amount_problem,
        staged_line.has_started,
        staged_line.has_ended
    from staged_line
    inner join staged_suspect on staged_line.record = staged_suspect.record
    inner join staged_text on staged_line.record = staged_text.record
    left join staged_amount on coalesce(staged_text.amount, '') = staged_amount.written

),

too_long as (

    select
        source_row as line,
        unnest([
            {'field': 'team', 'sent': team, 'limit': $name_letters},
            {'field': 'cost_centre', 'sent': longest_name(cost_centre), 'limit': $name_letters},
            {'field': 'cost_centre', 'sent': cost_centre, 'limit': $description_letters},
            {'field': 'pool', 'sent': pool, 'limit': $name_letters},
            {'field': 'category', 'sent': longest_name(category), 'limit': $name_letters},
            {'field': 'category', 'sent': category, 'limit': $description_letters},
            {'field': 'supplier', 'sent': supplier, 'limit': $name_letters},
            {'field': 'reference', 'sent': reference, 'limit': $name_letters},
            {'field': 'line_key', 'sent': line_key, 'limit': $name_letters},
            {'field': 'description', 'sent': description, 'limit': $description_letters}
        ]) as cell
    from staged_line
    where record in (select staged_suspect.record from staged_suspect)

),

problems as (

    select 'month_empty' as code, 'month' as field, line, '' as sent
    from suspects
    where month is null and month_sent = ''

    union all

    select 'month', 'month', line, month_sent
    from suspects
    where month is null and month_sent != '' and not ($is_open and is_numeric_date(month_sent))

    union all

    select 'other_month', 'month', line, month_sent
    from suspects
    where month != $stated_month

    union all

    select 'period', 'period_start', line, start_sent
    from suspects
    where not has_started and not ($is_open and is_numeric_date(start_sent))

    union all

    select 'period', 'period_end', line, end_sent
    from suspects
    where not has_ended and not ($is_open and is_numeric_date(end_sent))

    union all

    select 'period_order', 'period_end', line, start_sent || ' to ' || end_sent
    from suspects
    where has_started and has_ended and period_first > period_last

    union all

    select
        case
            when amount_problem != '' then 'amount_' || amount_problem
            when regexp_matches(amount_sent, '([0-9][,. '']?){15}') then 'amount_too_large'
            else 'amount_decimals'
        end,
        'amount',
        line,
        amount_sent
    from suspects
    where amount_minor is null and (currency != '' or amount_problem != '')

    union all

    select case when abs(amount_minor) > $most then 'amount_too_large' else 'large_amount' end, 'amount', line, amount_sent
    from suspects
    where abs(amount_minor) >= $large

    union all

    select 'too_long', cell.field, line, substring(cell.sent, 1, 40)
    from too_long
    where length(cell.sent) > cell.limit

)

select
    code,
    field,
    count(*) as line_count,
    min(line, $lines) as first_lines,
    arg_min(sent, line) as sent
from problems
group by code, field, case code when 'large_amount' then '' else sent end
order by min(line), code, field
