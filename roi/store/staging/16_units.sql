-- Currency signs and codes that stand inside amounts, beside the currency of their line.
-- grain: unit, currency
-- reads: staged_text, staged_line, staged_amount
-- units: counts of lines
select
    staged_amount.unit,
    staged_line.currency,
    count(*) as line_count,
    min(staged_line.source_row, $lines) as first_lines,
    arg_min(trim(staged_text.amount), staged_line.source_row) as sent
from staged_text
inner join staged_amount on coalesce(staged_text.amount, '') = staged_amount.written
inner join staged_line on staged_text.record = staged_line.record
where coalesce(staged_amount.unit, '') != '' and staged_line.currency != ''
group by staged_amount.unit, staged_line.currency
