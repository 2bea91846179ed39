-- No line may be without cost: each has a month, and no text begins like the name of a total.
-- grain: line
-- reads: nothing
-- units: as staged_judged; empty
create or replace temporary table staged_judged (
    line integer, amount varchar, currency varchar, why varchar, label varchar
)
