"""The lists that say how cost is shared: people, pools, platforms, rates, plans, natures, structure."""

from collections.abc import Mapping, Sequence

from roi.actors import Action
from roi.commands.rows import books_rows, list_rows, people_rows, sharing_rows
from roi.commands.rows.list_kinds import Build, Kind, field, required
from roi.domain.structure import TeamKind
from roi.ingest import lists
from roi.ingest.lists import ListContract, ListField

_ACTION = Action.EDIT_COST_RULES

_MONTHS: tuple[ListField, ...] = (
    required("first_month", "the first month in which it holds, such as 2026-01", lists.month),
    field("last_month", "the last month; empty until further notice", lists.month),
)
_SHARE = required("share", "the share of a full-time month, such as 0.5 or 50%", lists.share)


def _kind(kind: str, title: str, table: str, fields: Sequence[ListField], build: Build) -> tuple[str, Kind]:
    return kind, Kind(ListContract(kind, title, tuple(fields)), table, _ACTION, list_rows.once(table, build))


COST_KINDS: Mapping[str, Kind] = dict(
    (
        _kind(
            "roles",
            "Roles",
            "role",
            (
                required("role", "the role's key"),
                required("name", "what it is called"),
                required("is_shared", "yes when one person usually serves several teams", lists.yes_no),
            ),
            list_rows.plain("role name is_shared"),
        ),
        _kind(
            "standard_rates",
            "Standard rates",
            "standard_rate",
            (
                required("role", "the role's key"),
                field("band", "the band, if the role has several rates"),
                _MONTHS[0],
                required("currency", "the currency of the rate", lists.currency),
                required("amount", "what a full-time month costs", lists.number),
            ),
            people_rows.standard_rates,
        ),
        _kind(
            "pay_categories",
            "Categories that are pay",
            "people_category",
            (
                required("category", "the cost category, as the files have it"),
                required("is_pay", "yes when lines of it are people's pay", lists.yes_no),
            ),
            list_rows.plain("category is_pay"),
        ),
        _kind(
            "assignments",
            "Assignments",
            "assignment",
            (
                required("person_key", "a key with a digit, never a name"),
                required("team", "the team, by name or key"),
                *_MONTHS,
                required("role", "the role's key"),
                field("band", "the band, if the role has several rates"),
                _SHARE,
            ),
            people_rows.assignments,
        ),
        _kind(
            "cost_pools",
            "Cost pools",
            "cost_pool",
            (
                required("pool", "the pool's key, as the cost lines name it"),
                required("name", "what it is called"),
                required("driver", "headcount, even, fixed or usage", lists.choice(sharing_rows.Driver)),
                required("is_overhead", "yes when it is shared out last, by headcount", lists.yes_no),
            ),
            list_rows.plain("pool name driver is_overhead"),
        ),
        _kind(
            "pool_drivers",
            "What drives a pool",
            "pool_driver",
            (
                required("pool", "the pool's key"),
                required("team", "the team, by name or key"),
                *_MONTHS,
                required("quantity", "a share for a fixed pool, whole units for usage", lists.text),
            ),
            sharing_rows.pool_drivers,
        ),
        _kind(
            "platform_usage",
            "Who uses which platform",
            "platform_usage",
            (
                required("platform", "the serving team, by name or key"),
                required("consumer", "the served team, by name or key"),
                *_MONTHS,
                required("quantity", "units a month, in the platform's own unit", lists.whole),
            ),
            sharing_rows.platform_usage,
        ),
        _kind(
            "exchange_rates",
            "Exchange rates",
            "exchange_rate",
            (
                required("currency", "the currency that is converted", lists.currency),
                required("target", "the currency it becomes", lists.currency),
                required("month", "the month, such as 2026-01", lists.month),
                field("basis", "average, outlook, or plan: NAME; average when empty"),
                required("rate", "what one unit is in the target currency", lists.rate),
                field("source", "where the rate comes from"),
            ),
            books_rows.exchange_rates,
        ),
        _kind(
            "plan_versions",
            "Plans",
            "plan_version",
            (
                required("plan_version", "the plan's name; its cost lines have the scenario “plan: NAME”"),
                required("frozen_on", "the day on which it was frozen", lists.day),
                required("is_current", "yes for the one that actual cost is compared with", lists.yes_no),
            ),
            list_rows.plain("plan_version frozen_on is_current"),
        ),
        _kind(
            "plan_headcount",
            "Planned heads",
            "plan_headcount",
            (
                required("plan_version", "the plan's name"),
                required("team", "the team, by name or key"),
                required("role", "the role's key"),
                *_MONTHS,
                required("share", "heads, such as 3.5", lists.heads),
            ),
            people_rows.plan_headcount,
        ),
        _kind(
            "planned_positions",
            "Planned positions",
            "planned_position",
            (
                required("position", "the position's key"),
                required("team", "the team, by name or key"),
                required("role", "the role's key"),
                field("band", "the band, if the role has several rates"),
                required("starts", "the month in which it should start", lists.month),
                field("share", "the share of a full-time month; whole when empty", lists.share),
                field("epic", "the epic whose outcome it serves"),
            ),
            people_rows.positions,
        ),
        _kind(
            "nature_policies",
            "Which natures are cost",
            "nature_policy",
            (
                required("nature", "the nature, such as recoverable tax"),
                _MONTHS[0],
                required("is_cost", "yes when it is in the cost base from that month on", lists.yes_no),
            ),
            books_rows.nature_policies,
        ),
        _kind(
            "team_structure",
            "Where teams stood",
            "team_structure",
            (
                required("team", "the team, by name or key"),
                _MONTHS[0],
                required(
                    "kind",
                    "stream aligned, platform, enabling or complicated subsystem",
                    lists.choice(TeamKind),
                ),
                field("value_stream", "its value stream from that month on"),
                field("division", "its division from that month on"),
            ),
            books_rows.team_structure,
        ),
    )
)
"""Every list that moves how cost is shared, by name. Finance brings them in."""
