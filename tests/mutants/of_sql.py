"""The mutants of a query: its tree with one node otherwise, written out again."""

from collections.abc import Callable, Iterator

import sqlglot
from sqlglot import exp

from tests.mutants.change import Mutant, numbered, told

_PAIRS: tuple[tuple[type[exp.Expr], type[exp.Expr]], ...] = (
    (exp.LT, exp.LTE), (exp.GT, exp.GTE), (exp.EQ, exp.NEQ), (exp.Add, exp.Sub), (exp.Min, exp.Max),
    (exp.Least, exp.Greatest), (exp.And, exp.Or), (exp.NullSafeEQ, exp.NullSafeNEQ),
)  # fmt: skip
_OTHER = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_OTHER |= {exp.Mul: exp.Add, exp.Div: exp.Mul, exp.Mod: exp.Mul}
#: Columns that may be taken for each other are of one kind, and their names say of which.
_KINDS: tuple[Callable[[str], bool], ...] = (
    lambda name: name.endswith(("_on", "_from", "_to", "_as_of", "_start", "_end", "day")),
    lambda name: name.startswith(("is_", "has_")),
    lambda name: name.endswith("_id"),
    lambda name: name.endswith("_no"),
    lambda name: name.startswith("days_") or name.endswith(("_days", "_count", "s")),
)


def written(tree: exp.Expr) -> str:
    """A query's text."""
    return tree.sql(dialect="duckdb", normalize_functions=False)


def body_of(text: str) -> str:
    """A file's SELECT, its lines where they stood: the opening comment is empty lines."""
    return "\n".join("" if line.startswith("--") else line for line in text.splitlines())


def mutants_of(file: str, text: str) -> list[Mutant]:
    """Every mutant of a file's SELECT that reads otherwise; whether it runs the engine says."""
    name = file.rsplit("/", 1)[-1].removesuffix(".sql")
    body, found = body_of(text), []
    for number, (node, new) in enumerate(changes(tree_of(text))):
        around = _around(node)
        before = written(around)
        copy = around.copy()
        same = next(n for n, own in zip(copy.walk(), around.walk(), strict=True) if own is node)
        after = "" if same is copy and new is None else written(_with(copy, same, new))
        if before != after:
            found.append(
                Mutant(
                    file, name, body.count("\n", 0, _start(node)) + 1, told(before, after), number
                )
            )
    return numbered(found)


def mutated(text: str, number: int) -> str:
    """A file's SELECT with its change of that number."""
    tree = tree_of(text)
    node, new = next(each for n, each in enumerate(changes(tree)) if n == number)
    return written(_with(tree, node, new))


def changes(
    tree: exp.Expr,
) -> Iterator[tuple[exp.Expr, exp.Expr | None]]:
    """Every node with what may stand in its place, or nothing; the tree is left as it is."""
    columns = sorted({column.name for column in tree.find_all(exp.Column)})
    for node in list(tree.walk()):
        for new in _instead(node, columns):
            yield node, new


def _instead(node: exp.Expr, columns: list[str]) -> Iterator[exp.Expr | None]:
    yield from _operators(node)
    yield from _left_out(node)
    match node:
        case exp.Column():
            yield from _swapped(node, columns)
        case exp.Boolean():
            yield exp.Boolean(this=not node.this)
        case exp.Literal() if node.is_int:
            yield exp.Literal.number(int(node.this) + 1)
        case exp.Not() | exp.Neg():
            yield node.this.copy()
        case exp.Is() if not isinstance(node.parent, exp.Not):
            yield exp.Not(this=exp.Paren(this=node.copy()))
        case exp.Coalesce():
            yield node.this.copy()
        case exp.Ordered():
            yield exp.Ordered(this=node.this.copy(), desc=not node.args.get("desc"))
        case exp.Union() if node.args.get("distinct") is not None:
            changed = node.copy()
            changed.set("distinct", not node.args["distinct"])
            yield changed
        case exp.Join() if node.args.get("on") or node.args.get("using"):
            changed = node.copy()
            changed.set("side", None if node.side else "LEFT")
            changed.set("kind", None)
            yield changed
        case exp.Between():
            low, high = node.args["low"], node.args["high"]
            for first, last in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
                one = first(this=node.this.copy(), expression=low.copy())
                two = last(this=node.this.copy(), expression=high.copy())
                yield exp.Paren(this=exp.And(this=one, expression=two))


def _operators(node: exp.Expr) -> Iterator[exp.Expr]:
    """The operator or function that is another one's neighbour."""
    other = _OTHER.get(type(node))
    if other and "expression" in node.args:
        left, right = node.this.copy(), node.expression.copy()
        changed = other(this=left, expression=right)
        yield exp.Paren(this=changed) if isinstance(node, exp.And) else changed
    elif other:
        yield other(**{name: _copied(value) for name, value in node.args.items()})


def _left_out(node: exp.Expr) -> Iterator[exp.Expr | None]:
    """A condition, a branch, a value of a list that is not there any more."""
    match node:
        case exp.And() | exp.Or():
            yield node.this.copy()
            yield node.expression.copy()
        case exp.Where() if isinstance(node.parent, exp.Filter):
            return  # the filter as a whole is left out
        case exp.Where() | exp.Having() | exp.Qualify() | exp.Distinct():
            if isinstance(node, exp.Distinct) and isinstance(node.parent, exp.Count):
                yield node.expressions[0].copy()
            else:
                yield None
        case exp.Filter():
            yield node.this.copy()
        case exp.In() if len(node.expressions) > 1:
            for index in range(len(node.expressions)):
                changed = node.copy()
                changed.expressions[index].pop()
                yield changed
        case exp.Case() if len(node.args["ifs"]) > 1:
            for index in range(len(node.args["ifs"])):
                changed = node.copy()
                changed.args["ifs"][index].pop()
                yield changed


def _swapped(node: exp.Column, columns: list[str]) -> Iterator[exp.Expr]:
    """The next column of the same kind that the query names."""
    kind = next((kind for kind in _KINDS if kind(node.name)), None)
    alike = [name for name in columns if kind and kind(name)]
    if node.name in alike and len(alike) > 1:
        other = alike[(alike.index(node.name) + 1) % len(alike)]
        changed = node.copy()
        changed.set("this", exp.to_identifier(other))
        yield changed


def _with(tree: exp.Expr, node: exp.Expr, new: exp.Expr | None) -> exp.Expr:
    """A tree with something else in a node's place."""
    if node is tree:
        return new if new is not None else exp.Null()
    if new is None:
        node.pop()
    else:
        node.replace(new)
    return tree


def _around(node: exp.Expr) -> exp.Expr:
    """What shows a change: the node with what holds it, if that is no whole SELECT."""
    holder = node.parent
    if holder is None or isinstance(holder, exp.Select | exp.With | exp.CTE | exp.Subquery):
        return holder if holder is not None and isinstance(node, exp.Distinct) else node
    if isinstance(node, exp.Where | exp.Join):
        return holder
    further = holder.parent
    if isinstance(further, exp.Binary | exp.Func | exp.Ordered | exp.Between | exp.In):
        return further
    return holder


def _start(node: exp.Expr) -> int:
    """Where a node stands in the text: at the first name in it, or in what holds it."""
    at: exp.Expr | None = node
    while at is not None:
        starts = [n.meta["start"] for n in at.find_all(exp.Identifier) if "start" in n.meta]
        if starts:
            return int(min(starts))
        at = at.parent
    return 0


def _copied(value: object) -> object:
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return value.copy() if isinstance(value, exp.Expr) else value


def tree_of(text: str) -> exp.Expr:
    """A file's SELECT as a tree."""
    return sqlglot.parse_one(body_of(text), dialect="duckdb")


def sources_of(sql: str) -> set[str]:
    """What a SELECT reads: tables, relations, its own CTEs."""
    return {table.name for table in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Table)}
