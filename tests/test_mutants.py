"""The small mistakes are real ones: each changes the code, and it still compiles."""

import ast

import pytest

from tests.mutants.mistakes import mutants


@pytest.mark.parametrize(
    ("source", "mistakes"),
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = a not in b", ["x = a in b"]),
        ("x = a and b or c", ["x = a and b and c", "x = a or b or c"]),
        ("x = not a", ["x = (a)"]),
        ("if a:\n    pass", ["if (not (a)):\n    pass"]),
        ("x = [a for a in b if c]", ["x = [a for a in b if (not (c))]"]),
        ("x += 1", ["x += 2", "x -= 1"]),
        ("x = True", ["x = False"]),
        ("def f():\n    return a", ["def f():\n    return None"]),
        ("raise a", ["pass"]),
        ("é = f(a)\nawait g(é)", ["é = f(a)\npass"]),
        ("log.info(a)", []),
        ("def f(a: Literal[1]) -> Literal[2]: ...", []),
        ("@dataclass(frozen=True)\nclass A: ...", []),
        ('x = f"{a + b}"', []),
        ("if TYPE_CHECKING:\n    a(1)", []),
    ],
)
def test_a_mistake_for_each_thing_that_can_go_wrong(source: str, mistakes: list[str]) -> None:
    text = source.encode()
    made = sorted(mutant.applied(text).decode() for mutant in mutants("a.py", text))
    assert made == sorted(mistakes)
    for mistake in made:
        compile(mistake, "a.py", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def test_it_is_told_with_its_line() -> None:
    source = b"a = 0\nb = (\n    a == 2\n)\n"
    told = [mutant.told(source) for mutant in mutants("a.py", source)]
    assert "a.py:3\n    - a == 2\n    + a != 2" in told
