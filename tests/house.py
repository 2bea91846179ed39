"""The tree of the program as data, and the map of it in roi/README.md.

`python tests/house.py` writes the map anew, from the first line of each module's docstring.
"""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "roi" / "README.md"
BEGIN, END = "<!-- map: begin -->", "<!-- map: end -->"
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


def name(path: Path) -> str:
    """The path as messages say it."""
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> list[ast.Call]:
    """Every call in the file."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def imports(path: Path) -> set[str]:
    """Every module that the file imports, in full."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
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
            (file for file in files if file.name != "__init__.py"), key=lambda file: _order(file, folder)
        )
        lines += [f"- `{file.relative_to(folder).as_posix()}`: {_first_line(file)}" for file in modules]
        lines += [f"- `{sub}/*.sql` ({count} files)" for sub, count in _sql_folders(folder) if package]
        lines.append("")
    return lines


def _order(file: Path, folder: Path) -> tuple[int, str]:
    relative = file.relative_to(folder)
    return (len(relative.parts), relative.as_posix())


def _first_line(file: Path) -> str:
    return (ast.get_docstring(tree(file)) or "").partition("\n")[0]


def _sql_folders(folder: Path) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for file in sorted(folder.rglob("*.sql")):
        sub = file.parent.relative_to(folder).as_posix()
        counts[sub] = counts.get(sub, 0) + 1
    return list(counts.items())


def written_map() -> list[str]:
    """What the map says now."""
    text = README.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0].strip().splitlines()


def write_map() -> None:
    """Bring the map up to date."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    body = "\n".join(map_lines()).strip()
    README.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write_map()
