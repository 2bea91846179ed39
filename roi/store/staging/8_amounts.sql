-- Every distinct amount that is not plainly digits with the file's decimal mark, taken apart strictly.
-- grain: written
-- reads: staged_text; $decimal is the file's decimal mark
-- units: whole and fraction as digits; problem names why it cannot be read
create or replace temporary table staged_amount as
with odd as (

    select distinct coalesce(amount, '') as written
    from staged_text
    where
        case
            when hundredths is not null then $decimal != '.'
            else not is_plain or contains(amount, case $decimal when '.' then ',' else '.' end)
        end

),

spaced as (

    select
        written,
        trim(translate(written, '−–’' || chr(160) || chr(8239) || chr(8201), '--''   ')) as amount
    from odd

),

opened as (

    select
        written,
        amount,
        regexp_full_match(amount, '[(].*[)]') as is_bracketed,
        case
            when regexp_full_match(amount, '[(].*[)]') then trim(substring(amount, 2, length(amount) - 2))
            else amount
        end as inner_amount
    from spaced

),

parts as (

    select
        written,
        amount,
        is_bracketed,
        regexp_extract(
            inner_amount,
            '^([-+]?) ?((?:[A-Z]{1,3})?[€$£¥₹]|[A-Z]{3}|kr[.]?|zł|Fr[.]?)? ?([-+]?) ?([0-9][0-9., '']*?) ?([€$£¥₹]|[A-Z]{3}|kr[.]?|zł|Fr[.]?|,-|[.]-)? ?([-]?)$',
            ['before', 'sign', 'after', 'body', 'unit', 'tail']
        ) as part
    from opened

),

marked as (

    select
        *,
        case when $decimal = ',' then translate(part.body, '.,', ',.') else part.body end as body
    from parts

)

select
    written,
    case when is_bracketed or '-' in (part.before, part.after, part.tail) then -1 else 1 end as sign,
    regexp_replace(split_part(body, '.', 1), '[^0-9]', '', 'g') as whole,
    split_part(body, '.', 2) as fraction,
    coalesce(nullif(part.sign, ''), part.unit) as unit,
    case
        when amount = '' then 'empty'
        when
            coalesce(part.body, '') = ''
            or not regexp_full_match(
                body,
                '([0-9]+|[1-9][0-9]{0,2}((,[0-9]{3})+|( [0-9]{3})+|(''[0-9]{3})+))([.][0-9]+)?'
            )
            then 'unreadable'
        when
            part.unit = '.-' or (part.unit = ',-' and part.tail != '')
            or (part.sign != '' and part.unit not in ('', ',-', '.-'))
            or cast(is_bracketed as integer) + cast(part.before != '' as integer) + cast(part.after != '' as integer)
            + cast(part.tail != '' as integer) > 1
            then 'unreadable'
        else ''
    end as problem
from marked
