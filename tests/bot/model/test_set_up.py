"""What of a model is set: the settings that belong together, and what is true of the advisor then."""

from pathlib import Path

import pytest

from bot import assembly
from bot.assembly import open_advisor, open_model
from bot.config.environment import check_settings, read_settings
from bot.model.listener import ModelListener
from bot.model.speaker import ModelSpeaker
from dialogs import catalogue
from tests.bot.in_process import in_process
from tests.shipped import DAY, STATE, shipped

SET = {"ADVISOR_STATE": str(STATE), "ADVISOR_MODEL_URL": "http://127.0.0.1:9/v1", "ADVISOR_MODEL": "m"}


def test_the_endpoint_and_the_model_belong_together() -> None:
    for name in ("ADVISOR_MODEL_URL", "ADVISOR_MODEL"):
        _, mistakes = check_settings({name: SET[name]})
        assert [mistake.variable for mistake in mistakes] == [({*SET} - {name, "ADVISOR_STATE"}).pop()]
    assert read_settings(SET).listener == "m"
    assert read_settings({**SET, "ADVISOR_MODEL_NAME": "House model"}).listener == "House model"
    assert read_settings({}).listener == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EXTRA", "[1]"),
        ("EXTRA", "{"),
        ("LIMIT", "0"),
        ("LIMIT", "x"),
        ("WHEN", "never"),
        ("USE", "decide"),
        ("NAME", "a {b}"),
        ("URL", "x"),
    ],
)
def test_a_wrong_value_is_a_mistake(name: str, value: str) -> None:
    _, mistakes = check_settings({**SET, f"ADVISOR_MODEL_{name}": value})
    assert mistakes[0].variable == f"ADVISOR_MODEL_{name}"


def test_a_long_limit_is_warned_of() -> None:
    assert read_settings({**SET, "ADVISOR_MODEL_LIMIT": "60"}).warnings == ()
    assert "above 60 s" in read_settings({**SET, "ADVISOR_MODEL_LIMIT": "61"}).warnings[0]


def test_text_that_travels_unprotected_is_warned_of() -> None:
    assert read_settings(SET).warnings == ()
    assert "not https" in read_settings({**SET, "ADVISOR_MODEL_URL": "http://llm.example.org/v1"}).warnings[0]


async def test_without_a_setting_or_its_packages_nothing_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_model(read_settings({}), shipped()) as model:
        assert model == (None, None)
    monkeypatch.setattr(assembly, "find_spec", lambda _: None)
    advisor, warnings = open_advisor(read_settings(SET), DAY)
    assert advisor.listener == ""
    assert "extra `model`" in warnings[-1]
    async with open_model(read_settings(SET), advisor) as model:
        assert model == (None, None)


async def test_with_both_it_listens_and_says_so() -> None:
    advisor, _ = open_advisor(read_settings({**SET, "ADVISOR_MODEL_NAME": "House model"}), DAY)
    async with open_model(read_settings(SET), advisor) as (listener, speaker):
        assert (type(listener), type(speaker)) == (ModelListener, ModelSpeaker)
    only = read_settings({**SET, "ADVISOR_MODEL_USE": "listen"})
    async with open_model(only, open_advisor(only, DAY)[0]) as (listener, speaker):
        assert (type(listener), speaker) == (ModelListener, None)
    for key in ("about_me", "made_by", "no_chatgpt", "what_is_stored"):
        assert "House model" in advisor.catalogue.remarks[key]
        assert advisor.catalogue.remarks[key] != shipped().catalogue.remarks[key]


def test_a_name_is_no_markup() -> None:
    assert "a b" in catalogue.load().with_listener("a {b}*").remarks["no_chatgpt"]


def test_the_check_needs_a_model(tmp_path: Path) -> None:
    done = in_process(tmp_path, "model", "check")
    assert (done.returncode, "ADVISOR_MODEL_URL" in done.stderr) == (78, True)
    silent = in_process(tmp_path, "model", "check", **{name: SET[name] for name in SET if name != "ADVISOR_STATE"})
    assert (silent.returncode, "did not answer" in silent.stdout) == (1, True)
