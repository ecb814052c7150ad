"""The mutants of a module: its tree with one node otherwise."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

from tests.mutants.change import Mutant, numbered, told

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: What says nothing of a rule: what types are, how a class is made, what a programmer's error says.
_UNTOLD = frozenset({"annotation", "returns", "decorator_list", "type_params", "bases"})
#: Arguments that guard against our own faults, or tell how and not what.
_GUARDS = frozenset({"strict", "maxsize", "stacklevel", "copy", "ensure_ascii", "encoding"})


@dataclass(frozen=True, slots=True)
class Edit:
    """One node in another's place."""

    owner: ast.AST
    field: str
    index: int | None
    new: ast.AST | None
    #: The function or constant it is in, the statement or expression that shows it, its line.
    place: str
    shown: ast.AST
    line: int

    def put(self, node: ast.AST | None) -> ast.AST | None:
        """Put a node there, or nothing; return what was there."""
        if self.index is None:
            before: ast.AST = getattr(self.owner, self.field)
            setattr(self.owner, self.field, node)
            return before
        nodes: list[ast.AST] = getattr(self.owner, self.field)
        before = nodes[self.index]
        nodes[self.index : self.index + 1] = [] if node is None else [node]
        return before

    def undo(self, before: ast.AST | None) -> None:
        """Put back what was there."""
        if self.index is not None and self.new is None and before is not None:
            getattr(self.owner, self.field).insert(self.index, before)
        else:
            self.put(before)


def mutants_of(file: str, source: str) -> list[Mutant]:
    """Every mutant of a module's source; whether it is another program ``mutated`` says."""
    tree, found = ast.parse(source), []
    for number, edit in enumerate(edits(tree)):
        text = ast.unparse(edit.shown)
        before = edit.put(edit.new)
        shown = edit.new if edit.shown is before else edit.shown
        changed = told(text, ast.unparse(ast.fix_missing_locations(shown)) if shown else "")
        edit.undo(before)
        found.append(Mutant(file, edit.place, edit.line, changed, number))
    return numbered(found)


def mutated(source: str, number: int, file: str) -> CodeType | None:
    """A module with its change of that number, compiled; None where it is the same program."""
    tree = ast.parse(source)
    original = compile(tree, file, "exec")
    edit = next(edit for n, edit in enumerate(edits(tree)) if n == number)
    edit.put(edit.new)
    try:
        code = compile(ast.fix_missing_locations(tree), file, "exec")
    except (SyntaxError, ValueError, TypeError):
        return None
    return None if essence(code) == essence(original) else code


def edits(tree: ast.Module) -> Iterator[Edit]:
    """Every change of a tree, in the order of its text."""
    yield from _within(tree, _Where("", False, tree, 1))


@dataclass(frozen=True, slots=True)
class _Where:
    """Where in a tree we are: in what function, in what that can be shown, in what line."""

    place: str
    is_function: bool
    shown: ast.AST
    line: int

    def inside(self, child: ast.AST) -> "_Where":
        """Where its children are; what a function defines is a part of it."""
        name = None if self.is_function else _name_of(child)
        place = ".".join(part for part in (self.place, name) if part)
        return _Where(
            place,
            self.is_function or isinstance(child, _FUNCTIONS),
            _shows(child, self.shown),
            getattr(child, "lineno", self.line),
        )


def _within(node: ast.AST, where: _Where) -> Iterator[Edit]:
    for field, value in ast.iter_fields(node):
        if field in _UNTOLD:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_untold(node, child):
                continue
            inside = where.inside(child)
            for new in _instead(node, field, child):
                yield Edit(node, field, index, new, inside.place, inside.shown, inside.line)
            yield from _within(child, inside)


def _name_of(node: ast.AST) -> str | None:
    """The name that a statement gives: a function's, a class's, a constant's."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return None


def _is_untold(node: ast.AST, child: ast.AST) -> bool:
    """Whether nothing that a person counts on hangs on a part of a tree."""
    match child:
        case ast.Raise() | ast.Assert() | ast.JoinedStr():
            return True
        case ast.keyword(arg=arg) if arg in _GUARDS:
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Constant():
            return isinstance(node, ast.MatchValue | ast.FormattedValue)
    return False


def _shows(child: ast.AST, shown: ast.AST) -> ast.AST:
    """What shows a change in a child: the smallest part that can be read by itself."""
    if isinstance(child, ast.If | ast.While):
        return child.test
    if isinstance(child, ast.Compare | ast.BoolOp | ast.BinOp | ast.Call | ast.comprehension):
        return child
    if isinstance(child, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return | ast.Subscript):
        return child
    if isinstance(child, ast.stmt | ast.arguments | ast.match_case):
        return child
    return shown


def _instead(node: ast.AST, field: str, child: ast.AST) -> Iterator[ast.AST | None]:
    """What may stand in a child's place."""
    if field == "test" and isinstance(node, ast.If | ast.IfExp) and not _is_constant(child):
        yield ast.Constant(True)
        yield ast.Constant(False)
    if field == "test" and isinstance(node, ast.While) and not _is_constant(child):
        yield ast.Constant(False)
    if field == "ifs":
        yield None
    if field == "guard":
        yield ast.Constant(True)
    match child:
        case ast.Compare():
            yield from _compared(child)
        case ast.BoolOp():
            yield from _fewer(child)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield child.operand
        case ast.BinOp(op=op) if type(op) in _ARITHMETIC and not _is_text(child):
            yield ast.BinOp(child.left, _ARITHMETIC[type(op)](), child.right)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
            yield ast.Call(ast.Name(_CALLS[name], ast.Load()), child.args, child.keywords)


def _compared(child: ast.Compare) -> Iterator[ast.AST]:
    for index, op in enumerate(child.ops):
        ops: list[ast.cmpop] = [*child.ops]
        ops[index] = _COMPARISONS[type(op)]()
        yield ast.Compare(child.left, ops, child.comparators)


def _fewer(child: ast.BoolOp) -> Iterator[ast.AST]:
    """The other of «and» and «or», and each operand left out."""
    yield ast.BoolOp(ast.Or() if isinstance(child.op, ast.And) else ast.And(), child.values)
    for index in range(len(child.values)):
        left = child.values[:index] + child.values[index + 1 :]
        yield left[0] if len(left) == 1 else ast.BoolOp(child.op, left)


def _is_constant(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant)


def _is_text(node: ast.BinOp) -> bool:
    """Whether an operation is one of texts or lists, which a minus would only break."""
    parts = (node.left, node.right)
    return any(
        isinstance(part, ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp)
        or (isinstance(part, ast.Constant) and isinstance(part.value, str | bytes))
        for part in parts
    )


def essence(code: CodeType) -> Any:
    """What a code object does, without where it stands."""
    consts = tuple(essence(c) if isinstance(c, CodeType) else (type(c), c) for c in code.co_consts)
    return code.co_code, consts, code.co_names, code.co_varnames, code.co_freevars
