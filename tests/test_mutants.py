"""The small mistakes are real ones: each changes the code, and it still compiles."""

import ast
import json
import math
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from coverage import CoverageData

from tests.mutants.__main__ import Trial
from tests.mutants.executions import MOST, Executions, recorded
from tests.mutants.mistakes import Mutant, mutants
from tests.mutants.tree_copy import tells


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
        ("def f():\n    return False", ["def f():\n    return True"]),
        ("assert_never(a)", []),
        ("_CACHED_TEXTS = 64", []),
        ("_CACHED, _KEPT = 64, 32", ["_CACHED, _KEPT = 64, 33", "_CACHED, _KEPT = 65, 32"]),
        ("TEXTS = 64", ["TEXTS = 65"]),
        ("def f(a: Literal[1]) -> Literal[2]: ...", []),
        ("@dataclass(frozen=True)\nclass A: ...", []),
        ("class A(Protocol):\n    def f(self, a=1): ...", []),
        ("class A(B):\n    def f(self, a=1): ...", ["class A(B):\n    def f(self, a=2): ..."]),
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


SOURCE = b"""LIMIT = 3


def within(number, most=LIMIT):
    return (
        number > 0
        and number <= most
    )


def far(number):
    return number > LIMIT
"""


def record(folder: Path, executed: dict[str, tuple[float, list[int]]]) -> Executions:
    """What would be recorded where these tests took so many seconds and executed these lines of m.py."""
    data = CoverageData(str(folder / "lines.db"))
    for test, (_seconds, lines) in executed.items():
        data.set_context(test)
        data.add_lines({"m.py": lines})
    data.write()
    seconds = {test: seconds for test, (seconds, _lines) in executed.items() if test}  # imports belong to none
    (folder / "seconds.json").write_text(json.dumps(seconds))
    return Executions(folder, {test.partition("::")[0] for test in executed})


def mistake(part: bytes) -> Mutant:
    start = SOURCE.index(part)
    return Mutant("m.py", start, start + len(part), b"?")


def test_tests_that_execute_the_line_come_first_the_quickest_of_each_function_before_a_second_one(
    tmp_path: Path,
) -> None:
    executions = record(
        tmp_path,
        {"t.py::a[1]": (0.1, [5, 7]), "t.py::a[2]": (0.2, [7]), "t.py::b": (0.3, [7]), "t.py::c": (0.0, [12])},
    )
    assert executions.tests(mistake(b"<="), SOURCE) == ["t.py::a[1]", "t.py::b", "t.py::a[2]"]
    assert executions.tests(mistake(b"> LIMIT"), SOURCE) == ["t.py::c"]


@pytest.mark.parametrize(
    ("part", "tests"),
    [
        (b"> 0", ["t.py::within"]),  # no line of its own was recorded: that of the statement
        (b"=LIMIT", ["t.py::within"]),  # a default
        (b"3", ["t.py::far"]),  # a constant
    ],
)
def test_where_no_test_executes_the_line_itself_those_that_it_has_an_effect_on(
    tmp_path: Path, part: bytes, tests: list[str]
) -> None:
    executions = record(tmp_path, {"t.py::within": (0.1, [5, 7]), "t.py::far": (0.2, [12]), "": (0.0, [1, 4, 11])})
    assert executions.tests(mistake(part), SOURCE) == tests


def test_a_file_of_tests_that_went_is_not_run(tmp_path: Path) -> None:
    record(tmp_path, {"gone.py::a": (0.1, [12]), "t.py::b": (0.2, [12])})
    assert Executions(tmp_path, {"t.py"}).tests(mistake(b"> LIMIT"), SOURCE) == ["t.py::b"]


def test_not_more_of_them_than_take_a_moment(tmp_path: Path) -> None:
    quick = record(tmp_path, {f"t.py::t{number}": (0.0, [12]) for number in range(2 * MOST)})
    assert len(quick.tests(mistake(b"> LIMIT"), SOURCE)) == MOST
    folder = tmp_path / "slow"
    folder.mkdir()
    slow = record(folder, {"t.py::a": (50.0, [12]), "t.py::b": (60.0, [12])})
    assert slow.tests(mistake(b"> LIMIT"), SOURCE) == ["t.py::a"]


def test_a_record_is_kept_for_files_of_tests_that_are_the_same_while_the_product_is(tmp_path: Path) -> None:
    tree, cache = tmp_path / "tree", tmp_path / "cache"
    files = ["tests/test_a.py", "tests/test_b.py"]
    for file in ("bot/m.py", *files):
        (tree / file).parent.mkdir(parents=True, exist_ok=True)
        (tree / file).write_text("")
    ran = list[list[str]]()

    def passes(changed: list[str], folder: Path) -> bool:
        ran.append(changed)
        record(folder, {})
        return len(ran) > 1

    assert recorded(tree, files, cache, passes) is None  # one failed
    for _again in range(2):
        assert recorded(tree, files, cache, passes)
    (tree / files[1]).write_text("b = 2")
    assert recorded(tree, files, cache, passes)
    (tree / "bot/m.py").write_text("c = 3")
    assert recorded(tree, files, cache, passes)
    assert ran == [files, files, files[1:], files]
    assert len(list(cache.iterdir())) == 1


def test_pytest_records_what_each_test_executes_and_runs_chosen_tests_only(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot/__init__.py").write_text("")
    (tmp_path / "bot/m.py").write_text("def f():\n    return 1\n\n\ndef g():\n    return 2\n")
    tests = "from bot import m\n\ndef test_f():\n    assert m.f() == 1\n\ndef test_g():\n    assert m.g() == 3\n"
    (tmp_path / "test_m.py").write_text(tests)
    record_folder, chosen = tmp_path / "record", tmp_path / "chosen.json"
    record_folder.mkdir()

    def status(*options: str) -> int:
        command = [sys.executable, "-m", "pytest", "-p", "tests.mutants.plugin", "-p", "no:cacheprovider", "test_m.py"]
        path = f"{tmp_path}{os.pathsep}{Path(__file__).parents[1]}"
        here = {"PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        return subprocess.run([*command, *options], cwd=tmp_path, env=os.environ | here, check=False).returncode

    assert status("--record", str(record_folder)) == 1
    executions = Executions(record_folder, {"test_m.py"})
    source = (tmp_path / "bot/m.py").read_bytes()
    at = source.index(b"2")
    assert executions.tests(Mutant("bot/m.py", at, at + 1, b"3"), source) == ["test_m.py::test_g"]
    chosen.write_text(json.dumps(["test_m.py::test_f", "test_m.py::test_gone"]))
    assert status("--chosen", str(chosen)) == 0
    chosen.write_text(json.dumps(["test_m.py::test_gone"]))
    assert status("--chosen", str(chosen)) == 5


@pytest.mark.parametrize(
    ("status", "said", "told"),
    [
        (0, "", True),
        (1, "", True),
        (5, "", True),
        (-signal.SIGXCPU, "", True),
        (4, "ImportError while loading conftest '/x/conftest.py'.", True),
        (4, "error: unrecognized arguments: --chosen", False),
        (3, "INTERNALERROR", False),
    ],
)
def test_what_pytest_could_not_run_tells_nothing_about_a_mistake(status: int, said: str, told: bool) -> None:
    assert tells(status, said) is told


class FakeCopy:
    """A copy whose tests fail with some mistakes only."""

    def __init__(self, by_execution: set[Mutant], beside: set[Mutant]) -> None:
        self.by_execution, self.beside, self.ran = by_execution, beside, list[str]()
        self.related = self

    def mistaken(self, mutant: Mutant, source: bytes) -> nullcontext[None]:
        self.now = mutant
        return nullcontext()

    def stages(self, module: str) -> list[list[str]]:
        return [["tests/t.py"]]

    def passes_chosen(self, tests: list[str], seconds: float) -> bool:
        self.ran.append("chosen")
        return self.now not in self.by_execution

    def passes(self, tests: list[str], seconds: float) -> bool:
        self.ran.append("beside")
        return self.now not in self.beside


def test_those_beside_are_run_for_what_those_that_execute_it_do_not_notice(tmp_path: Path) -> None:
    drawn = first, second, third = mistake(b"<="), mistake(b"> LIMIT"), mistake(b"> 0")
    copy = FakeCopy({first}, {second})
    executions = record(tmp_path, {"t.py::within": (0.1, [7]), "t.py::far": (0.1, [5, 12])})
    trial = Trial({"m.py": SOURCE}, [copy], executions)
    assert trial.noticed(drawn, math.inf) == {first: True, second: True, third: False}
    assert copy.ran == ["chosen"] * 3 + ["beside"] * 2
    assert trial.noticed(drawn, -1) == {}
