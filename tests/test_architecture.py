"""The rules of the house, each kept by a test: see roi/README.md and pyproject.toml."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from roi.domain.figures import REGISTRY
from roi.ui import links
from tests import house
from tests.built_texts import built_statements

PROGRAM = house.program_files()
PAGES = sorted((house.ROOT / "pages").glob("*.py"))
SQL = house.sql_files()
BUILDS_SQL = {"roi/store/tables.py", "roi/store/references.py", "roi/store/backups.py"}
"""The files that make statements from names of their own: tables and a database name, never a value."""


def _broken(rule: Callable[[Path], object], paths: list[Path]) -> dict[str, object]:
    """The files in which a rule finds something, and what."""
    found = ((house.name(path), rule(path)) for path in paths)
    return {name: what for name, what in found if what}


def _lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


# The map and the floors


@pytest.mark.parametrize("part", house.WRITTEN)
def test_the_map_and_the_graph_of_the_house_are_the_house(part):
    assert house.written(part) == house.wanted(part), "bring it up to date: python tests/house.py"


def test_every_file_that_the_map_names_in_its_prose_is_there():
    named = house.named_in_prose()
    assert len(named) > 20
    places = (house.ROOT / "roi", house.ROOT)
    assert [name for name in sorted(named) if not any([*place.glob(name)] for place in places)] == []


def test_the_map_names_every_package():
    packages = {path.parent.name for path in (house.ROOT / "roi").glob("*/__init__.py")}
    assert packages == set(house.PACKAGES)


def test_a_module_imports_only_from_the_floors_below_it():
    linter = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo"]
    done = subprocess.run(linter, cwd=house.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_only_the_screen_imports_streamlit():
    screen = ("roi/ui/", "pages/", "dashboard.py")
    outside = [path for path in PROGRAM if not house.name(path).startswith(screen)]
    assert [house.name(path) for path in outside if _imports(path, "streamlit")] == []


def test_only_the_store_imports_duckdb():
    outside = [path for path in PROGRAM if not house.name(path).startswith("roi/store/")]
    assert [house.name(path) for path in outside if _imports(path, "duckdb")] == []


def test_one_factory_opens_databases_and_another_connection_only_reads_statements():
    found = {
        house.name(path)
        for path in PROGRAM
        for call in house.calls(path)
        if ast.unparse(call.func) in {"duckdb.connect", "connect"}
    }
    assert found == {"roi/store/database.py", "roi/store/statements.py"}


def test_nothing_speaks_to_a_network():
    forbidden = ("socket", "requests", "urllib.request", "http.client", "httpx", "smtplib", "ftplib")
    found = [(house.name(path), module) for path in PROGRAM for module in forbidden if _imports(path, module)]
    assert found == []


def _imports(path: Path, module: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for name in house.imports(path))


DEAR = ("pyarrow", "python_calamine")
"""Packages of others that are dear to load and that only some work needs: they may wait for it."""


def _late(path: Path) -> list[str]:
    """What a file imports inside a function: a circle is hidden there, or what it stands on."""
    nodes = [
        node
        for function in house.nodes(path)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    found = [ast.unparse(node) for node in nodes]
    return [one for one in found if not one.split()[1].startswith(DEAR)]


def test_no_import_stands_inside_a_function():
    assert _broken(_late, PROGRAM) == {}


def _module(path: Path) -> str:
    return house.name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_no_module_imports_itself_by_way_of_others():
    modules = {_module(path): path for path in PROGRAM}
    uses = {
        one: {used for used in house.imports(path) if used in modules and used != one}
        for one, path in modules.items()
    }
    list(TopologicalSorter(uses).static_order())


# Sizes


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in house.nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first to the last statement, the docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _long_functions(path: Path) -> list[str]:
    return [function.name for function in _functions(path) if _code_lines(function) > 40]


def test_functions_have_at_most_forty_lines_of_code():
    assert _broken(_long_functions, PROGRAM) == {}


def _many_parameters(path: Path) -> list[str]:
    lines, silent = _lines_of(path), []
    for function in _functions(path):
        arguments = function.args
        names = [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        many = len([name for name in names if name not in {"self", "cls"}]) > 5
        if many and not re.search(r"# noqa: PLR0913.* - \w", lines[function.lineno - 1]):
            silent.append(function.name)
    return silent


def test_more_than_five_parameters_are_excused_with_a_reason():
    assert _broken(_many_parameters, PROGRAM) == {}


def test_files_have_at_most_five_hundred_lines_and_pages_eighty():
    assert [house.name(path) for path in PROGRAM if len(_lines_of(path)) > 500] == []
    assert [house.name(path) for path in PAGES if len(_lines_of(path)) > 80] == []


def _silent_functions(path: Path) -> list[str]:
    """Public functions without a docstring; those inside a function or a private class are not public."""
    inner = {
        id(inside)
        for node in house.nodes(path)
        if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.ClassDef) and node.name.startswith("_"))
        for inside in ast.walk(node)
        if inside is not node
    }
    return [
        function.name
        for function in _functions(path)
        if not function.name.startswith("_") and id(function) not in inner
        if ast.get_docstring(function) is None
    ]


def test_every_module_and_public_function_says_what_it_answers():
    named = [path for path in PROGRAM if path.name != "__init__.py"]
    assert [house.name(path) for path in named if not ast.get_docstring(house.tree(path))] == []
    assert _broken(_silent_functions, PROGRAM) == {}


# What the program does not use proves nothing about it

UNUSED = {
    "shapley": "the known answer beside the rule of frozen shares (cases shapley-*)",
    "brier": "forecasts are ranges, of which no chance is said; known answers (cases cal-brier, cal-curve)",
    "brier_skill": "the same",
    "reliability": "the same",
    "chance_between_extremes": "a known answer (case cal-rule-of-five)",
}
"""Public names that only tests use, each with its reason."""


def _used(nodes: Iterable[ast.AST]) -> Counter[str]:
    """Every name that is read, looked up on something, or imported."""
    names: Counter[str] = Counter()
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names[node.id] += 1
        elif isinstance(node, ast.Attribute):
            names[node.attr] += 1
        elif isinstance(node, ast.ImportFrom):
            names.update(alias.name for alias in node.names)
    return names


Nodes = Iterable[ast.AST]


def _unused(ours: Iterable[Nodes], program: Iterable[Nodes]) -> set[str]:
    """Public functions, methods and classes that nothing uses, except what stands inside of them."""
    used: Counter[str] = Counter()
    for nodes in program:
        used.update(_used(nodes))
    kinds = (ast.FunctionDef, ast.ClassDef)
    named = [node for nodes in ours for node in nodes if isinstance(node, kinds)]
    return {
        node.name
        for node in named
        if not node.name.startswith("_") and used[node.name] <= _used(ast.walk(node))[node.name]
    }


def _nodes(code: str) -> list[ast.AST]:
    return [*ast.walk(ast.parse(code))]


def test_the_program_uses_every_public_name():
    nodes = {house.name(path): house.nodes(path) for path in PROGRAM}
    ours = [its for name, its in nodes.items() if name.startswith("roi/")]
    assert _unused(ours, nodes.values()) - set(UNUSED) == set(), "use it, or leave it out"
    names = {node.name for its in ours for node in its if isinstance(node, ast.FunctionDef)}
    assert set(UNUSED) <= names, "an exception for what is not there"


def test_the_test_above_can_fail():
    code = (
        "def law(): return law()\nclass Kept:\n def dead(self): ...\n def live(self): ...\nx = Kept().live()"
    )
    assert _unused([_nodes(code)], [_nodes(code)]) == {"law", "dead"}
    assert _unused([_nodes(code)], [_nodes(code), _nodes("from domain import law")]) == {"dead"}


# Money


def _float_casts(path: Path) -> list[int]:
    return [call.lineno for call in house.calls(path) if ast.unparse(call.func) == "float"]


def _float_amounts(path: Path) -> list[int]:
    """Declared floats whose name says money."""
    return [
        node.lineno
        for node in house.nodes(path)
        if isinstance(node, ast.AnnAssign | ast.arg)
        if node.annotation is not None and "float" in ast.unparse(node.annotation)
        if re.search(r"amount|cost|minor|money|price|total|budget", _declared_name(node))
    ]


def _declared_name(node: ast.AnnAssign | ast.arg) -> str:
    return node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)


def test_r15_no_amount_becomes_a_float_below_the_charts():
    below = [path for path in PROGRAM if not house.name(path).startswith(("roi/ui/", "roi/charts/"))]
    assert _broken(_float_casts, below) == {}
    assert _broken(_float_amounts, PROGRAM) == {}


def _sql_code(path: Path) -> str:
    return re.sub(r"--.*|'(?:[^']|'')*'", "", path.read_text(encoding="utf-8"))


def _floats_and_divisions(path: Path) -> list[str]:
    """SQL sums, Python divides; `//` is whole."""
    code = _sql_code(path)
    floats = re.findall(r"\b(?:double|float|float4|float8|real)\b", code, re.IGNORECASE)
    return [*floats, *re.findall(r"(?<!/)/(?!/)", code)]


def test_r15_no_sql_uses_a_floating_type_or_divides():
    assert len(SQL) > 10
    assert _broken(_floats_and_divisions, SQL) == {}


def _frames(path: Path) -> list[int]:
    frames = {"df", "fetchdf", "fetch_df", "fetchnumpy", "pl", "to_df", "torch"}
    return [
        call.lineno
        for call in house.calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in frames
    ]


def test_d4_no_result_is_fetched_as_a_frame():
    assert _broken(_frames, PROGRAM) == {}


# SQL


def _built_statements(path: Path) -> list[int]:
    return built_statements(house.tree(path))


_STATEMENT = re.compile(
    r"\s*(select|insert into|update|delete from|create|copy|attach|drop|set \w+ =|with \w+ as)\s",
    re.IGNORECASE,
)


def _statements_with_values(path: Path, *, anywhere: bool) -> list[int]:
    """Formatted texts that begin like a statement: anywhere, or inside functions, where values are."""
    inside = {id(node) for function in _functions(path) for node in ast.walk(function)}
    return [
        node.lineno
        for node in house.nodes(path)
        if isinstance(node, ast.JoinedStr) and (anywhere or id(node) in inside)
        if any(isinstance(value, ast.FormattedValue) for value in node.values)
        if isinstance(node.values[0], ast.Constant) and _STATEMENT.match(str(node.values[0].value))
    ]


def test_s6_no_statement_is_built_from_values():
    """In the store a constant may be built once, from names of tables and fields that stand in the code."""
    others = [path for path in PROGRAM if house.name(path) not in BUILDS_SQL]
    store = [path for path in others if house.name(path).startswith("roi/store/")]
    words = ("roi/ui/", "roi/story/", "roi/charts/", "roi/cli/", "pages/")
    rest = [path for path in others if path not in store and not house.name(path).startswith(words)]
    assert _broken(_built_statements, others) == {}
    assert _broken(partial(_statements_with_values, anywhere=False), store) == {}
    assert _broken(partial(_statements_with_values, anywhere=True), rest) == {}


def test_s6_the_test_above_can_fail():
    texts = ['f"select {x}"', '"select " + x', '"select %s" % x', '"select {}".format(x)', '", ".join(x)']
    ways = [
        "cursor.execute({})",
        "text = {}; cursor.execute(text)",
        "text: str = {}; other = text; cursor.execute(other if x else 'select 1')",
        "text = 'select 1'; text += x; cursor.execute(text)",
        "first, text = 1, {}; cursor.execute(text, [x])",
        "for text in ['select 1', {}]: cursor.execute(text)",
        "[cursor.sql(text) for text in ({} for x in y)]",
        "texts = {{1: {}}}; cursor.executemany(texts[x], y)",
        "cursor.sql(query=(text := {}))",
        "cursor.execute(helper(x))",
        "cursor.execute(parsed({}), y)",
        "cursor.execute(statements.parsed(helper(x)))",
    ]
    for way in ways:
        for text in texts:
            code = f"def run(x):\n {way.format(text)}\ndef helper(x):\n text = {text}\n return text"
            assert built_statements(ast.parse(code)) == [2], code
    for harmless in (
        "'select 1'",
        "STATEMENTS[x]",
        "statements.query('one')",
        "parsed(ONE[x])",
        "f'select 1'",
    ):
        code = f"def run(x):\n text = {harmless}\n y = x + 1\n cursor.execute(text, [f'{{x}}'])"
        assert built_statements(ast.parse(code)) == [], code
    assert _built_statements(house.ROOT / "roi/store/backups.py"), (
        "the one that is built, from the engine's own name"
    )
    assert {
        house.name(path) for path in PROGRAM if _statements_with_values(path, anywhere=False)
    } >= BUILDS_SQL


def _lacking_header(path: Path) -> list[str]:
    """The first comment: a sentence, then grain, reads, units (and returns or params where they help)."""
    lines = _lines_of(path)
    head = lines[: next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))]
    wanted = (r"-- [A-Z].*", r"-- grain: \S.*", r"-- reads: \S.*", r"-- units: \S.*")
    return [pattern for pattern in wanted if not any(re.fullmatch(pattern, line) for line in head)]


def test_every_sql_file_says_what_it_answers_its_grain_what_it_reads_and_its_units():
    assert _broken(_lacking_header, SQL) == {}


# Screen


def test_charts_are_drawn_with_graph_objects():
    assert [house.name(path) for path in PROGRAM if _imports(path, "plotly.express")] == []


def test_s8_markup_is_never_let_through_unescaped():
    assert [house.name(path) for path in PROGRAM if "unsafe_allow_html" in "\n".join(_lines_of(path))] == []


def _days_without_ends(path: Path) -> list[int]:
    return [
        call.lineno
        for call in house.calls(path)
        if ast.unparse(call.func) == "st.date_input"
        if not {"min_value", "max_value"} <= {keyword.arg for keyword in call.keywords}
    ]


def test_a_field_of_a_day_says_which_days_it_takes():
    """By itself it drops in silence what lies more than ten years from where it starts."""
    assert _broken(_days_without_ends, PROGRAM) == {}


def _more_than_drawing(path: Path) -> list[int]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)
    reckons = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
    return [
        node.lineno
        for node in house.nodes(path)
        if isinstance(node, kinds) or (isinstance(node, ast.BinOp) and isinstance(node.op, reckons))
    ]


def test_pages_only_read_ask_and_draw():
    assert _broken(_more_than_drawing, PAGES) == {}
    below = ("pandas", "numpy", "roi.store", "roi.ingest")
    found = [(house.name(path), module) for path in PAGES for module in below if _imports(path, module)]
    assert found == []


def test_navigation_is_the_folder_of_pages():
    door = (house.ROOT / "dashboard.py").read_text(encoding="utf-8")
    in_door = set(re.findall(r'"(pages/\w+\.py)"', door))
    assert in_door == {house.name(path) for path in PAGES} == set(links.PAGES.values())


# Figures


def test_t7_every_figure_is_mentioned_in_a_test():
    tests = [path for path in (house.ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in tests)
    assert [figure for figure in REGISTRY if not re.search(rf"\b{figure}\b", text)] == []


# Settings


def test_s4_the_server_is_closed_to_the_network_and_tells_nothing():
    config = tomllib.loads((house.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server = config["server"]
    assert server["address"] == "127.0.0.1"
    assert set(server["allowedHosts"]) == {"127.0.0.1", "localhost", "::1"}
    assert server["enableXsrfProtection"] is True
    assert server["enableStaticServing"] is False
    assert server["maxUploadSize"] <= 50
    assert not server.get("enableAgentApi", False)
    assert server.get("enableCORS", True)
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["runner"]["magicEnabled"] is False


def test_requirements_are_pinned_and_name_no_index():
    for name in ("requirements.txt", "requirements.lock", "requirements-dev.lock"):
        text = (house.ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|--index-url|--find-links", text), name
        wanted = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
        assert wanted
        assert all("==" in line for line in wanted), name
    locked = (house.ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert locked.count("==") <= locked.count("--hash=sha256:")


def test_the_two_lists_of_versions_agree():
    def versions(name: str) -> dict[str, str]:
        lines = (house.ROOT / name).read_text(encoding="utf-8").splitlines()
        return dict(re.match(r"([a-z0-9.\-]+)==([^ ;\\]+)", line).groups() for line in lines if "==" in line)

    plain = versions("requirements.txt")
    assert plain == versions("requirements.lock")
    assert plain.items() <= versions("requirements-dev.lock").items()
