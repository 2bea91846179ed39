"""The tree of the program as data, and its map and its graph of imports in roi/README.md.

`python tests/house.py` writes both anew: the map from the first line of each module's docstring, the graph
from the imports in the code.
"""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "roi" / "README.md"
PACKAGES = ("ui", "cli", "demo", "charts", "story", "commands", "reports", "ingest", "store", "domain")


def program_files() -> list[Path]:
    """Every Python file that runs in production."""
    return sorted(
        [
            ROOT / "dashboard.py",
            *(ROOT / "pages").glob("*.py"),
            *(ROOT / "roi").rglob("*.py"),
        ]
    )


def sql_files() -> list[Path]:
    """Every SQL file."""
    return sorted((ROOT / "roi").rglob("*.sql"))


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of the file, walked through once: many rules look at all of them."""
    return tuple(ast.walk(tree(path)))


def name(path: Path) -> str:
    """The path as messages say it."""
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> list[ast.Call]:
    """Every call in the file."""
    return [node for node in nodes(path) if isinstance(node, ast.Call)]


@cache
def imports(path: Path) -> set[str]:
    """Every module that the file imports, in full."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def map_lines() -> list[str]:
    """What the map should say: every package from the roof down, every module with what it answers."""
    lines = []
    for package in ("", *PACKAGES):
        folder = ROOT / "roi" / package
        lines += [f"**`roi/{package}`**".replace("/`", "`"), ""]
        files = folder.rglob("*.py") if package else folder.glob("*.py")
        modules = sorted(
            (file for file in files if _has_line(file, folder)), key=lambda file: _order(file, folder)
        )
        lines += [f"- `{_called(file, folder)}`: {_first_line(file)}" for file in modules]
        lines += [f"- `{sub}/*.sql` ({count} files)" for sub, count in _sql_folders(folder) if package]
        lines.append("")
    return lines


def _has_line(file: Path, folder: Path) -> bool:
    return file.name != "__init__.py" or file.parent != folder


def _called(file: Path, folder: Path) -> str:
    """The name of a module in the map; that of a folder within a package says what it is for."""
    return file.relative_to(folder).as_posix().removesuffix("__init__.py")


def _order(file: Path, folder: Path) -> tuple[bool, str]:
    """First what stands in the package itself, then folder by folder."""
    relative = file.relative_to(folder)
    return (len(relative.parts) > 1, _called(file, folder))


def _first_line(file: Path) -> str:
    return (ast.get_docstring(tree(file)) or "").partition("\n")[0]


def _sql_folders(folder: Path) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for file in sorted(folder.rglob("*.sql")):
        sub = file.parent.relative_to(folder).as_posix()
        counts[sub] = counts.get(sub, 0) + 1
    return list(counts.items())


def graph_lines() -> list[str]:
    """The packages from the roof down, each with an arrow to every package that it imports from."""
    floors = ("pages", *PACKAGES[:-1])
    arrows = {(_package(file), used.split(".")[1]) for file in program_files() for used in _own(file)}
    wanted = [(one, other) for one in floors for other in floors if one != other and (one, other) in arrows]
    return ["```mermaid", "graph TD", *(f"    {one} --> {other}" for one, other in wanted), "```"]


def _own(file: Path) -> set[str]:
    return {used for used in imports(file) if used.startswith("roi.")}


def _package(file: Path) -> str:
    parts = file.relative_to(ROOT).parts
    return parts[1] if parts[0] == "roi" else parts[0]


WRITTEN = {"map": map_lines, "graph": graph_lines}
"""What is written into the README, between marks of these names."""


def _marks(part: str) -> tuple[str, str]:
    return f"<!-- {part}: begin -->", f"<!-- {part}: end -->"


def written(part: str) -> list[str]:
    """What this part of the README says now."""
    begin, end = _marks(part)
    return README.read_text(encoding="utf-8").partition(begin)[2].partition(end)[0].strip().splitlines()


def wanted(part: str) -> list[str]:
    """What it should say."""
    return "\n".join(WRITTEN[part]()).strip().splitlines()


def write() -> None:
    """Bring every part up to date."""
    for part in WRITTEN:
        begin, end = _marks(part)
        before, _, rest = README.read_text(encoding="utf-8").partition(begin)
        body = "\n".join((begin, "", *wanted(part), "", end))
        README.write_text(f"{before}{body}{rest.partition(end)[2]}", encoding="utf-8")


def named_in_prose() -> set[str]:
    """Every file that the README names besides what is written into it, as a path from `roi` or the root."""
    text = README.read_text(encoding="utf-8")
    for part in WRITTEN:
        begin, end = _marks(part)
        text = text.partition(begin)[0] + text.partition(end)[2]
    return set(re.findall(r"`([\w/*.]+/[\w*]+\.(?:py|sql|toml|md))`", text))


if __name__ == "__main__":
    write()
