-- The staged file as text: one column per field of the contract, NULL where the file has none. What is left out goes from it.
-- grain: record; line is the physical line on which it starts, which several share where months stood across columns
-- reads: staged_none, staged_cell
-- units: text as it was sent; label holds the cells that no field takes, nameless those of
--        columns without a header; is_plain: the amount is digits with at most one mark and three decimals;
--        hundredths: what most amounts are, digits with a dot and two decimals, as a whole number, else NULL;
--        key is a hash of the words on which the line is booked; may_total: a text of the line may be a total
create or replace temporary view staged_text as
select *
from staged_none

union all by name

select
    columns('^[a-z]'),
    concat_ws(chr(31), *columns('^_')) as label,
    concat_ws('', *columns('^_nameless')) as nameless
from staged_cell
