-- The staged file as text: one column per field of the contract, NULL where the file has none.
-- grain: record; line is the physical line on which it starts, which several share where months stood across columns
-- reads: nothing; 2_load_*.sql fill it
-- units: text as it was sent; label holds the cells that no field takes, nameless those of
--        columns without a header
create or replace temporary table staged_text (
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
    nameless varchar
);
