-- How one written date becomes a month, which words name a total, what a plain amount is, the longest of names that
-- stand in one cell, and what two lines that say the same have in common.
-- grain: one value
-- reads: nothing
-- units: months as yyyymm
create or replace temporary macro plain_date(written) as
regexp_replace(
    trim(written),
    '[ T](00:00(:00([.]0+)?)?Z|([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.]\d+)?)?( ?[AaPp][Mm])?)$', ''
);

create or replace temporary macro full_year(year) as
case
    when length(year) > 2 then try_cast(year as integer)
    when try_cast(year as integer) < 70 then 2000 + try_cast(year as integer)
    else 1900 + try_cast(year as integer)
end;

-- One text, not a map: each entry of a map is prepared anew for every file.
create or replace temporary macro named_month(name) as
try_cast(split_part(split_part(
    ' jan=1, january=1, januar=1, jänner=1, janvier=1, janv=1, enero=1, ene=1,'
    ' feb=2, february=2, februar=2, février=2, févr=2, febrero=2,'
    ' mar=3, march=3, märz=3, mär=3, mrz=3, mars=3, marzo=3,'
    ' apr=4, april=4, avril=4, avr=4, abril=4, abr=4,'
    ' may=5, mai=5, mayo=5,'
    ' jun=6, june=6, juni=6, juin=6, junio=6,'
    ' jul=7, july=7, juli=7, juillet=7, juil=7, julio=7,'
    ' aug=8, august=8, août=8, agosto=8, ago=8,'
    ' sep=9, sept=9, september=9, septembre=9, septiembre=9,'
    ' oct=10, october=10, okt=10, oktober=10, octobre=10, octubre=10,'
    ' nov=11, november=11, novembre=11, noviembre=11,'
    ' dec=12, december=12, dez=12, dezember=12, décembre=12, déc=12, diciembre=12, dic=12,',
    ' ' || lower(name) || '=', 2
), ',', 1) as integer);

create or replace temporary macro month_if_day(year, month, day) as
case
    when
        try_cast(
            lpad(cast(year as varchar), 4, '0') || '-' || lpad(cast(month as varchar), 2, '0')
            || '-' || lpad(cast(day as varchar), 2, '0') as date
        ) is not null
        and year between 1990 and 2099
        then cast(year as integer) * 100 + cast(month as integer)
end;

create or replace temporary macro is_total(written) as
regexp_full_match(
    lower(trim(coalesce(written, ''))),
    '((grand|sub|overall|net|gross)[ -]?)?totals?([ :].*)?|sum:?|summe:?|(zwischen|gesamt)summe.*|gesamt:?|insgesamt:?|'
    '(sous-)?total général.*|sous-total.*|somme:?|suma:?|total(es)?( general)?:?'
);

create or replace temporary macro is_plain_total(written) as
regexp_full_match(
    lower(trim(coalesce(written, ''))),
    '((grand|sub|overall|net|gross)[ -]?)?totals?:?|sums?:?|summe:?|(zwischen|gesamt)summe:?|gesamt:?|insgesamt:?|'
    '(sous-)?total général:?|sous-total:?|somme:?|suma:?|total(es)?( general)?:?'
);

-- Quick to ask of every line: a plain total has at most 16 bytes (`totales general:`) but for blanks at its ends and
-- letters beyond ASCII; and how each begins. Of signs before the exclamation mark only the blank is usual.
create or replace temporary macro may_be_total(written) as
(
    strlen(written) <= 16 or written < '!' or suffix(written, ' ') or strlen(written) != length(written)
)
and regexp_matches(written, '^[\s\pZ]*(?i:gra|sub|ove|net|gro|tot|sum|zwi|ges|ins|sou|som)');

-- As trim, which looks at every letter; most texts are ASCII without a blank at either end.
create or replace temporary macro trimmed(written) as
case
    when strlen(written) = length(written) and written >= '!' and not suffix(written, ' ') then written
    else trim(written)
end;

create or replace temporary macro is_numeric_date(written) as
regexp_full_match(plain_date(written), '\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2})');

create or replace temporary macro longest_name(names) as
list_reduce(
    split(names, ' | '), lambda longest, name: case when length(name) > length(longest) then name else longest end
);

create or replace temporary macro is_plain_amount(written) as
coalesce(regexp_full_match(written, '-?[0-9]{1,15}([.,][0-9]{1,3})?'), false);

-- The amount in hundredths where it is written as the engine would write it, with a dot and two decimals, else NULL.
create or replace temporary macro hundredths(written) as
case
    when cast(try_cast(written as decimal(15, 2)) as varchar) = written
        then cast(try_cast(written as decimal(15, 2)) * 100 as bigint)
end;

create or replace temporary macro key_of_words(
    team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, currency
) as
hash(team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, currency);

-- The same for lines that are alike in all but their row, their source and their reason to be aside.
create or replace temporary macro mark_of_words(
    team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, currency
) as
hash(team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, currency);

create or replace temporary macro mark_of_line(
    words, month, period_first, period_last, supplier, reference, description, line_key, amount_minor
) as
hash(words, month, period_first, period_last, supplier, reference, description, line_key, amount_minor);
