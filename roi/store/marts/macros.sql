-- Exact quotients, many times cheaper than dividing HUGEINT: the whole units first, then the rest of them.
-- grain: one number each
-- reads: nothing
-- units: as given; a product that BIGINT does not hold is taken in HUGEINT, as `floor_quotient` does (decision D4)

-- size * weight // whole, and what is left of it; none of them below nought.
create or replace temporary macro portion(size, weight, whole) as
size // whole * weight + case
    when whole <= 9223372036854775807 // greatest(weight, 1) then size % whole * weight // whole
    else cast(cast(size % whole as hugeint) * weight // whole as bigint)
end;

create or replace temporary macro portion_rest(size, weight, whole) as
case
    when whole <= 9223372036854775807 // greatest(weight, 1) then size % whole * weight % whole
    else cast(cast(size % whole as hugeint) * weight % whole as bigint)
end;

-- amount * over // under, rounded down also below nought, and what is left of it.
-- `small_over` is `over` as a BIGINT where its product with `under` is one as well, else NULL.
create or replace temporary macro above_units(amount, under) as
(amount % under + under) % under;

create or replace temporary macro floored(amount, over, under, small_over) as
case
    when small_over is not null
        then
            (amount - above_units(amount, under)) // under * small_over
            + above_units(amount, under) * small_over // under
    else
        cast(
            (amount - above_units(amount, under)) // under * over + above_units(amount, under) * over // under
            as bigint
        )
end;

create or replace temporary macro floored_rest(amount, over, under, small_over) as
case
    when small_over is not null then above_units(amount, under) * small_over % under
    else cast(above_units(amount, under) * over % under as bigint)
end;
