-- Buckets are sought among all places: most are wanted.
-- grain: the view `wanted_summed` by bucket of which something is wanted
-- reads: what `wanted_line` prepares on this cursor
-- units: minor units of currency; shown as the report shows it
create or replace temporary view wanted_summed as
select
    month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside, is_excluded,
    cast(sum(amount_minor) as hugeint) as whole,
    cast(sum(amount_minor) filter (is_wanted) as hugeint) as part,
    case
        when count(shown_minor) = count(*) then cast(sum(shown_minor) filter (is_wanted) as hugeint)
    end as shown,
    count(*) filter (is_wanted) as places,
    min(team) filter (is_wanted) as first_team,
    max(team) filter (is_wanted) as last_team,
    min(reason) filter (is_wanted) as first_reason,
    max(reason) filter (is_wanted) as last_reason,
    max(rule) filter (is_wanted) as rule,
    max(placed) filter (is_wanted) as placed,
    bool_and(is_wanted) as is_all
from wanted_place
group by all
having bool_or(is_wanted)
