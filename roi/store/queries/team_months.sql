-- The months in which a team has actual cost, and whether every source of it agrees with the books.
-- grain: month, team
-- reads: mart_team_cost
-- units: none
-- params: $sources, $currencies, $months: as long as each other; what agrees, by source, currency and month
with agreeing as (

    select
        unnest(cast($sources as varchar [])) as source,
        unnest(cast($currencies as varchar [])) as currency,
        unnest(cast($months as integer [])) as month

)

select
    mart_team_cost.month,
    mart_team_cost.team,
    bool_and(agreeing.month is not null) as is_agreed
from mart_team_cost
left join agreeing
    on
        mart_team_cost.month = agreeing.month
        and mart_team_cost.source = agreeing.source
        and mart_team_cost.currency = agreeing.currency
where mart_team_cost.scenario = 'actual' and mart_team_cost.placed = 'team'
group by mart_team_cost.month, mart_team_cost.team
