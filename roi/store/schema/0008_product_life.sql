-- The life of a product, which is a value stream: its first month, its last one when it is retired, and why.
-- grain: one row per value stream; temporal as every table: put and ended, never edited
-- reads: nothing
-- units: months as yyyymm; null: its first cost or epic, and while it goes on

create table product_life (
    value_stream varchar not null,
    started integer,
    retired integer,
    reason varchar not null,
    owner varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (value_stream, removed_by)
);

create view live_product_life as
select *
from product_life
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);
