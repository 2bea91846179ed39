"""Which statements are handed to the engine as texts that a function put together (S6)?

Followed are the local names of a function, what it loops over, and the functions of the same file that it
calls. A constant of a module is not: it is built once, from names that stand in the code.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

RUNS = {"execute", "executemany", "sql", "query", "from_query"}
BUILDS = {"format", "join", "replace", "format_map"}
PARSED = "parsed"
"""What makes a statement of a text: it is built if the text is."""

_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def built_statements(module: ast.Module) -> list[int]:
    """The lines on which a statement is run that is a built text."""
    helpers = {node.name: node for node in ast.walk(module) if isinstance(node, _FUNCTION)}
    found = []
    for scope in _outermost(module):
        if runs := list(_runs(scope)):
            texts = _Texts(_bindings(scope), helpers, set())
            found += [call.lineno for call in runs if any(map(texts.is_built, _statements_of(call)))]
    return sorted(set(found))


def _outermost(node: ast.AST) -> Iterator[ast.AST]:
    """Each function with all that is inside it; outside of functions, each statement by itself."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _outermost(child)
        else:
            yield child


def _runs(scope: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RUNS:
            yield node


def _statements_of(call: ast.Call) -> list[ast.expr]:
    named = [keyword.value for keyword in call.keywords if keyword.arg in {"query", "sql", "statement"}]
    return [*call.args[:1], *named]


def _bindings(scope: ast.AST) -> dict[str, list[ast.expr]]:
    """What each name of a function is bound to, anywhere in it; a text that is added to is a sum."""
    found: dict[str, list[ast.expr]] = {}
    if not isinstance(scope, _FUNCTION):
        return found
    for node in ast.walk(scope):
        for target, value in _bound(node):
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=False))
            for one, its in pairs:
                for name in ast.walk(one):
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, []).append(its)
    return found


def _bound(node: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(node, ast.Assign):
        return [(target, node.value) for target in node.targets]
    if isinstance(node, ast.AugAssign):
        return [(node.target, ast.BinOp(node.target, node.op, node.value))]
    if isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        return [(node.target, node.value)]
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        return [(node.target, node.iter)]
    return []


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is known in one function: its names, the functions of its file, and what was looked at already."""

    bindings: dict[str, list[ast.expr]]
    helpers: dict[str, ast.FunctionDef | ast.AsyncFunctionDef]
    seen: set[str]

    def is_built(self, text: ast.expr) -> bool:
        """Whether this expression is a text that was put together, or may be one."""
        if isinstance(text, ast.JoinedStr):
            return any(isinstance(value, ast.FormattedValue) for value in text.values)
        if isinstance(text, ast.BinOp):
            return True
        if isinstance(text, ast.Call):
            return self._is_built_by(text)
        if isinstance(text, ast.Name):
            return self._once(f"name {text.id}", self.bindings.get(text.id, []))
        return any(map(self.is_built, _parts(text)))

    def _is_built_by(self, call: ast.Call) -> bool:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
        if isinstance(call.func, ast.Attribute) and name in BUILDS:
            return True
        if name == PARSED:
            return any(map(self.is_built, call.args))
        own = isinstance(call.func, ast.Name) or ast.unparse(call.func) == f"self.{name}"
        if not own or name not in self.helpers or f"call {name}" in self.seen:
            return False
        helper = self.helpers[name]
        inner = _Texts(_bindings(helper), self.helpers, self.seen | {f"call {name}"})
        gives = [node.value for node in ast.walk(helper) if isinstance(node, ast.Return | ast.Yield)]
        return any(inner.is_built(value) for value in gives if value is not None)

    def _once(self, what: str, values: list[ast.expr]) -> bool:
        """A name that is bound to itself is looked at once."""
        deeper = _Texts(self.bindings, self.helpers, self.seen | {what})
        return what not in self.seen and any(map(deeper.is_built, values))


def _parts(text: ast.expr) -> list[ast.expr]:
    """What an expression may give as it stands: the branches of a choice, the parts of a list."""
    if isinstance(text, ast.IfExp):
        return [text.body, text.orelse]
    if isinstance(text, ast.BoolOp):
        return text.values
    if isinstance(text, ast.Tuple | ast.List | ast.Set):
        return text.elts
    if isinstance(text, ast.Dict):
        return text.values
    if isinstance(text, ast.ListComp | ast.GeneratorExp | ast.SetComp):
        return [text.elt]
    if isinstance(text, ast.DictComp):
        return [text.value]
    if isinstance(text, ast.Subscript | ast.Starred | ast.NamedExpr | ast.Await):
        return [text.value]
    return []
