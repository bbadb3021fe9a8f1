"""The small mistakes that can be put into a source file."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

SWAPPED: dict[type[ast.AST], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
}

UNTOUCHED = {"annotation", "returns", "decorator_list", "type_params"}
"""Fields of the syntax tree that types and decorators stand in."""


SAYING_NOTHING = (b"log.", b"assert_never(")
"""Calls whose absence no test can notice: log lines, and what is for the type checker, since nothing gets there."""

CACHE_SIZE = re.compile(r"_*CACHED(_[A-Z]+)?")
"""Names of constants that say how much a cache holds, which changes nothing but the time."""


@dataclass(frozen=True, order=True)
class Mutant:
    """One mistake: bytes of a file, and what stands there instead."""

    file: str
    start: int
    end: int
    instead: bytes

    def applied(self, source: bytes) -> bytes:
        """The file with it."""
        return source[: self.start] + self.instead + source[self.end :]

    def told(self, source: bytes) -> str:
        """Where it is, and the lines before and after."""
        first = source.rfind(b"\n", 0, self.start) + 1
        last = source.find(b"\n", self.end)
        after = source[first : self.start] + self.instead + source[self.end : last]
        lines = [*_marked("-", source[first:last]), *_marked("+", after)]
        number = source.count(b"\n", 0, self.start) + 1
        return "\n".join([f"{self.file}:{number}", *lines])


def _marked(mark: str, text: bytes) -> list[str]:
    return [f"    {mark} {line.strip()}" for line in text.decode().splitlines()]


def mutants(file: str, source: bytes) -> Iterator[Mutant]:
    """Every mistake that could be put into a file."""
    starts = [0, *(match.end() for match in re.finditer(rb"\n", source))]

    def begin(node: ast.expr | ast.stmt) -> int:
        return starts[node.lineno - 1] + node.col_offset

    def end(node: ast.expr | ast.stmt) -> int:
        return starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)

    def instead(node: ast.expr | ast.stmt, text: bytes) -> tuple[int, int, bytes]:
        return begin(node), end(node), text

    def inverted(test: ast.expr) -> Iterator[tuple[int, int, bytes]]:
        if not isinstance(test, ast.UnaryOp):
            yield instead(test, b"(not (" + source[begin(test) : end(test)] + b"))")

    def swapped(kind: ast.AST, left: ast.expr, right: ast.expr) -> Iterator[tuple[int, int, bytes]]:
        if type(kind) in SWAPPED:
            old, new = (word.encode() for word in SWAPPED[type(kind)])
            at = source.find(old, end(left), begin(right))
            yield at, at + len(old), new

    def here(node: ast.AST) -> Iterator[tuple[int, int, bytes]]:
        match node:
            case ast.Compare(left=left, ops=kinds, comparators=others):
                for kind, before, after in zip(kinds, [left, *others], others, strict=False):
                    yield from swapped(kind, before, after)
            case ast.BinOp(left=left, op=kind, right=right):
                yield from swapped(kind, left, right)
            case ast.AugAssign(target=left, op=kind, value=right):
                yield from swapped(kind, left, right)
            case ast.BoolOp(op=kind, values=values):
                for before, after in pairwise(values):
                    yield from swapped(kind, before, after)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield instead(node, b"(" + source[begin(operand) : end(operand)] + b")")
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                yield from inverted(test)
            case ast.comprehension(ifs=tests):
                for test in tests:
                    yield from inverted(test)
            case ast.match_case(guard=ast.expr() as test):
                yield from inverted(test)
            case ast.Constant(value=bool(value)):
                yield instead(node, str(not value).encode())
            case ast.Constant(value=int(value) | float(value)):
                yield instead(node, str(value + 1).encode())
            case ast.Return(value=ast.Constant(value=None | False)):
                return  # None counts as False wherever one is asked for; that it is True is tried out below
            case ast.Return(value=ast.expr() as value):
                yield instead(value, b"None")
            case ast.Raise(exc=ast.expr()):
                yield instead(node, b"pass")
            case ast.Expr(value=ast.Call() | ast.Await()) if not source.startswith(SAYING_NOTHING, begin(node)):
                yield instead(node, b"pass")
            case ast.Break():
                yield instead(node, b"continue")
            case ast.Continue():
                yield instead(node, b"break")

    def below(node: ast.AST) -> Iterator[tuple[int, int, bytes]]:
        # Before Python 3.12 nobody knows where in a file the parts of an f-string stand.
        if isinstance(node, ast.JoinedStr | ast.pattern) or (isinstance(node, ast.If) and _for_types(node.test)):
            return
        if isinstance(node, ast.ClassDef) and any(_is_protocol(base) for base in node.bases):
            return
        if isinstance(node, ast.Assign) and all(_is_cache_size(target) for target in node.targets):
            return
        yield from here(node)
        for name, value in ast.iter_fields(node):
            if name not in UNTOUCHED:
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        yield from below(child)

    for place in below(ast.parse(source)):
        yield Mutant(file, *place)


def _is_protocol(base: ast.expr) -> bool:
    """Whether a class with this base is an interface, which does nothing itself."""
    return isinstance(base, ast.Name) and base.id == "Protocol"


def _is_cache_size(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and CACHE_SIZE.fullmatch(target.id) is not None


def _for_types(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"
