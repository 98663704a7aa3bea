"""The small changes: given a function's syntax tree, every way to change one thing in it."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARES = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
# A sentence is data: another wording is no other rule.
SENTENCES = {"lazy", "_", "gettext", "ngettext"}


@dataclass(frozen=True)
class Mutant:
    """One changed function: `was` and `becomes` are the changed piece as source."""

    function: str
    line: int
    was: str
    becomes: str
    tree: ast.FunctionDef


def mutants_of(name: str, function: ast.FunctionDef) -> Iterator[Mutant]:
    """Every mutant of a function."""
    for path, node in _places(function):
        for changed in _changes(node):
            tree = copy.deepcopy(function)
            _put(tree, path, ast.fix_missing_locations(ast.copy_location(changed, node)))
            ast.fix_missing_locations(tree)
            line = getattr(node, "lineno", function.lineno)
            yield Mutant(name, line, _source(node), _source(changed), tree)


Path = tuple[tuple[str, int | None], ...]


def _places(function: ast.FunctionDef) -> Iterator[tuple[Path, ast.AST]]:
    """All nodes of the body with the way to them; docstring, annotations and sentences left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    offset = len(function.body) - len(body)
    for index, statement in enumerate(body):
        yield from _walk(statement, (("body", index + offset),))


def _walk(node: ast.AST, path: Path) -> Iterator[tuple[Path, ast.AST]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SENTENCES:
        return
    yield path, node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "args", "ctx") and not isinstance(
            node, ast.Call | ast.Lambda
        ):
            continue
        if isinstance(value, ast.AST):
            yield from _walk(value, (*path, (field, None)))
        elif isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, ast.AST):
                    yield from _walk(each, (*path, (field, index)))


def _put(tree: ast.AST, path: Path, changed: ast.AST) -> None:
    for field, index in path[:-1]:
        tree = getattr(tree, field) if index is None else getattr(tree, field)[index]
    field, index = path[-1]
    if index is None:
        setattr(tree, field, changed)
    else:
        getattr(tree, field)[index] = changed


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    yield from _of_comparison(node)
    yield from _of_logic(node)
    yield from _of_arithmetic(node)
    yield from _of_flow(node)


def _of_comparison(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            if type(operator) in COMPARES:
                yield _with(node, ops=[*node.ops[:index], COMPARES[type(operator)](), *node.ops[index + 1 :]])


def _of_logic(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BoolOp(op=ast.And()):
            yield _with(node, op=ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield _with(node, op=ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield _with(node, func=ast.Name(CALLS[name], ast.Load()))


def _of_arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(op=op) if type(op) in ARITHMETIC and not _is_text(node):
            yield _with(node, op=ARITHMETIC[type(op)]())
        case ast.AugAssign(op=op) if type(op) in ARITHMETIC:
            yield _with(node, op=ARITHMETIC[type(op)]())
        case ast.Constant(value=value):
            yield from (ast.Constant(other) for other in _other_values(value))


def _of_flow(node: ast.AST) -> Iterator[ast.AST]:
    """A test that is a comparison or a `not` changes there; negating it too would try the same thing twice."""
    plain = (ast.Compare, ast.UnaryOp)
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not isinstance(test, plain):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[only]) if not isinstance(only, plain):
            yield _with(node, ifs=[ast.UnaryOp(ast.Not(), only)])
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield _with(node, value=ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _other_values(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif isinstance(value, str) and value:
        yield f"~{value}"


def _is_text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in sides
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _source(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.While):
        return f"if {ast.unparse(node.test)}"
    if isinstance(node, ast.comprehension):
        return "if " + " if ".join(ast.unparse(each) for each in node.ifs)
    return " ".join(ast.unparse(node).split())
