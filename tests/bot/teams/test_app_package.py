"""The app package: what Teams' rules ask of it."""

import json
import struct
import zlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.teams.app_package import EXAMPLE, MAX_NAME, TEMPLATE, BadOption, PackageError, build_app_package
from bot.teams.form_cards import ASK, FORM, TRIAGE_MESSAGE
from dialogs import catalogue
from dialogs.view import line_text

APP_ID = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def manifest(tmp_path: Path) -> dict:
    with ZipFile(build_app_package(APP_ID, "Advisor", tmp_path / "new" / "app.zip")) as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]
        return json.loads(package.read("manifest.json"))


def test_it_is_about_this_app(manifest: dict) -> None:
    assert manifest["id"] == manifest["bots"][0]["botId"] == APP_ID
    assert manifest["composeExtensions"][0]["botId"] == APP_ID
    assert manifest["copilotAgents"]["customEngineAgents"] == [{"id": APP_ID, "type": "bot"}]
    assert manifest["name"]["short"] == "Advisor"
    assert "YOUR-" not in json.dumps(manifest)


def test_limits_of_the_manifest(manifest: dict) -> None:
    assert len(manifest["name"]["full"]) <= 100
    assert len(manifest["description"]["short"]) <= 80
    assert len(manifest["description"]["full"]) <= 4000
    lists = manifest["bots"][0]["commandLists"]
    assert len(lists) <= 3
    for commands in lists:
        assert len(commands["commands"]) <= 12
        assert all(len(c["title"]) <= 32 and len(c["description"]) <= 128 for c in commands["commands"])


def test_the_menu_offers_what_the_advisor_hears(manifest: dict) -> None:
    words = catalogue.load()
    heard = {phrase for phrases in words.commands.values() for phrase in phrases}
    heard.add(line_text(words.in_channel("form_command")))
    for commands in manifest["bots"][0]["commandLists"]:
        basic = {command["title"] for command in commands["commands"] if command.get("type") != "prompt"}
        assert basic <= heard
        assert all(command["prompt"] for command in commands["commands"] if command.get("type") == "prompt")


def test_commands_are_offered_after_a_mention_and_a_slash(manifest: dict) -> None:
    lists = {tuple(commands["scopes"]): commands.get("triggers") for commands in manifest["bots"][0]["commandLists"]}
    assert lists[("team", "groupChat")] == lists[("personal",)] == ["mention", "slash"]
    assert manifest["bots"][0]["supportsTargetedMessages"]


def test_limits_of_the_message_extension(manifest: dict) -> None:
    (extension,) = manifest["composeExtensions"]
    assert [(command["id"], command["type"]) for command in extension["commands"]] == [
        (ASK, "query"),
        (TRIAGE_MESSAGE, "action"),
        (FORM, "action"),
    ]
    for command in extension["commands"]:
        assert len(command["title"]) <= 32
        assert len(command["description"]) <= 128
        for parameter in command.get("parameters", []):
            assert len(parameter["title"]) <= 32
            assert len(parameter["description"]) <= 128


def test_the_package_says_who_offers_it(tmp_path: Path) -> None:
    home = "https://initech.example"
    developer = {"developer": "Initech", "website": home, "privacy": f"{home}/p", "terms": f"{home}/t"}
    made = build_app_package(APP_ID, "Advisor", tmp_path / "app.zip", developer=developer, version="2.0.1")
    with ZipFile(made) as package:
        text = package.read("manifest.json").decode()
    found = json.loads(text)
    assert found["developer"] == {
        "name": "Initech",
        "websiteUrl": "https://initech.example",
        "privacyUrl": "https://initech.example/p",
        "termsOfUseUrl": "https://initech.example/t",
    }
    assert found["version"] == "2.0.1"
    assert EXAMPLE not in text


@pytest.mark.parametrize(
    ("option", "developer", "version"),
    [
        ("developer", {"developer": " "}, None),
        ("terms", {"terms": "https://x.org/" + "y" * 2035}, None),
        ("version", None, "1.2.3.4"),
        ("version", None, "1.x"),
        ("developer", {"developer": "x" * 33}, None),
        ("website", {"website": "http://initech.example"}, None),
        ("privacy", {"privacy": "https://"}, None),
        ("terms", {"terms": "initech.example"}, None),
        ("version", None, "two"),
    ],
)
def test_an_option_that_teams_refuses(
    option: str, developer: dict[str, str] | None, version: str | None, tmp_path: Path
) -> None:
    with pytest.raises(BadOption) as raised:
        build_app_package(APP_ID, "Advisor", tmp_path / "app.zip", developer=developer, version=version)
    assert raised.value.option == option
    assert not (tmp_path / "app.zip").exists()


def test_what_teams_just_takes(tmp_path: Path) -> None:
    longest = {"developer": "x" * 32, "website": "https://x.org/" + "y" * 2034}
    for name, version in (("x" * MAX_NAME, "1"), (" x ", "1.2.3")):
        build_app_package(APP_ID, name, tmp_path / "app.zip", developer=longest, version=version)


@pytest.mark.parametrize(("icon", "size"), [("color.png", 192), ("outline.png", 32)])
def test_icons_have_the_size_that_teams_asks_for(icon: str, size: int) -> None:
    data = (TEMPLATE / icon).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (size, size)


def test_the_outline_is_white_on_nothing() -> None:
    data = (TEMPLATE / "outline.png").read_bytes()
    length = struct.unpack(">I", data[33:37])[0]
    rows = zlib.decompress(data[41 : 41 + length])
    pixels = [rows[y * 129 + 1 + x * 4 :][:4] for y in range(32) for x in range(32)]
    assert {pixel[:3] for pixel in pixels} == {b"\xff\xff\xff"}
    assert {0, 255} <= {pixel[3] for pixel in pixels}


def test_the_same_input_makes_the_same_package(tmp_path: Path) -> None:
    first, second = (build_app_package(APP_ID, "Advisor", tmp_path / f"{n}.zip") for n in "ab")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("app_id", ["", "advisor", "1111"])
def test_an_id_that_is_none(app_id: str, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="MICROSOFT_APP_ID"):
        build_app_package(app_id, "Advisor", tmp_path / "app.zip")


@pytest.mark.parametrize("name", ["", "   ", "x" * (MAX_NAME + 1)])
def test_a_name_that_teams_refuses(name: str, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="1 to 30"):
        build_app_package(APP_ID, name, tmp_path / "app.zip")


def test_without_a_checkout_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="checkout"):
        build_app_package(APP_ID, "Advisor", tmp_path / "app.zip", template=tmp_path)
