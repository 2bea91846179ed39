-- No record, but a column for every field of the contract: what a file lacks is NULL.
-- grain: none
-- reads: nothing
-- units: as in 2_text.sql
create or replace temporary table staged_none (
    record integer,
    line integer,
    month varchar,
    amount varchar,
    currency varchar,
    team varchar,
    cost_centre varchar,
    pool varchar,
    person_key varchar,
    category varchar,
    supplier varchar,
    reference varchar,
    description varchar,
    scenario varchar,
    nature varchar,
    intent varchar,
    treatment varchar,
    line_key varchar,
    period_start varchar,
    period_end varchar,
    label varchar,
    nameless varchar,
    hundredths bigint,
    is_plain boolean,
    key ubigint,
    may_total boolean
);
