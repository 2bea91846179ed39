-- The typed lines: NULL where a value could not be read, '' where there is none; what they are booked on by number.
-- grain: record
-- reads: staged_text, staged_coding, staged_month, staged_amount
-- units: amount_minor in minor units of currency; months as yyyymm; mark is a hash of the line
create or replace temporary table staged_typed as
with typed as (

    select
        text.record,
        text.line as source_row,
        coding.booking,
        coding.coding,
        coalesce(posted.month, case when coalesce(text.month, '') = '' then $stated_month end) as month,
        started.month as started,
        ended.month as ended,
        started.month is not null or coalesce(trim(text.period_start), '') = '' as has_started,
        ended.month is not null or coalesce(trim(text.period_end), '') = '' as has_ended,
        trimmed(coalesce(text.supplier, '')) as supplier,
        trimmed(coalesce(text.reference, '')) as reference,
        coalesce(text.description, '') as description,
        trimmed(coalesce(text.line_key, '')) as line_key,
        case
            when text.hundredths is not null and $decimal = '.' and coding.digits = 2 then text.hundredths
            when odd.written is null
                then
                    case
                        when not contains(text.amount, $decimal)
                            then try_cast(text.amount as bigint) * [1, 10, 100, 1000][coding.digits + 1]
                        when strlen(text.amount) - strpos(text.amount, $decimal) <= coding.digits
                            then
                                try_cast(replace(text.amount, $decimal, '') as bigint)
                                * [1, 10, 100, 1000][
                                    coding.digits + 1 - (strlen(text.amount) - strpos(text.amount, $decimal))
                                ]
                        when coding.digits = 0 and regexp_full_match(text.amount, '[^.,]*[.,]0{1,2}')
                            then try_cast(split_part(text.amount, $decimal, 1) as bigint)
                    end
            when odd.problem = '' and length(odd.decimals) <= coding.digits
                then odd.sign * try_cast(odd.whole || rpad(odd.decimals, coding.digits, '0') as bigint)
        end as amount_minor,
        coding.words,
        coding.is_understood
    from staged_text as text
    inner join staged_coding as coding on text.key = coding.key
    left join staged_month as posted on text.month = posted.written
    left join (select * from staged_month where $has_start) as started on text.period_start = started.written
    left join (select * from staged_month where $has_end) as ended on text.period_end = ended.written
    left join (
        select
            *,
            -- Zeros past the currency's digits lose nothing; three decimals look like thousands and are refused.
            case when length(fraction) = 3 then fraction else rtrim(fraction, '0') end as decimals
        from staged_amount
    ) as odd on coalesce(text.amount, '') = odd.written

),

dated as (

    select
        *,
        coalesce(started, least(month, ended)) as period_first,
        coalesce(ended, greatest(month, started)) as period_last
    from typed

)

select
    record,
    source_row,
    booking,
    coding,
    month,
    period_first,
    period_last,
    has_started,
    has_ended,
    supplier,
    reference,
    description,
    line_key,
    amount_minor,
    is_understood and month is not null and amount_minor is not null as is_read,
    mark_of_line(
        words, month, period_first, period_last, supplier, reference, description, line_key, amount_minor
    ) as mark
from dated
