"""The file for Compose: an operator's settings reach the advisor."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config.settings import Settings

ROOT = Path(__file__).parents[1]
FILE = "infra/docker/compose.yaml"
FIXED = {"REDIS_URL", "ADVISOR_HOST", "ADVISOR_PORT", "ADVISOR_STATE"}
"""What the file itself decides: these hang together with its other lines."""


@pytest.fixture
def advisor() -> Any:
    return yaml.safe_load((ROOT / FILE).read_text())["services"]["advisor"]


def test_every_setting_is_passed_on_in_the_order_of_the_table(advisor: Any) -> None:
    names = [field.alias for field in Settings.model_fields.values() if field.alias]
    assert list(advisor["environment"]) == names
    passed = {name: value for name, value in advisor["environment"].items() if name not in FIXED}
    assert passed == {name: f"${{{name}:-}}" for name in names if name not in FIXED}


def test_what_the_file_decides_is_a_good_setting(advisor: Any) -> None:
    given = {name: str(value) for name, value in advisor["environment"].items() if name in FIXED}
    found = Settings.from_environment(given)
    assert advisor["ports"] == [f"127.0.0.1:{found.port}:{found.port}"]


def test_the_state_folder_is_a_volume_that_the_image_has(advisor: Any) -> None:
    state = advisor["environment"]["ADVISOR_STATE"]
    assert f"state:{state}" in advisor["volumes"]
    image = (ROOT / "infra/docker/Dockerfile").read_text()
    assert f"ADVISOR_STATE={state}\n" in image
    assert f"--mode=700 {state}\n" in image


@pytest.mark.parametrize("page", [FILE, "README.md"])
def test_the_command_reads_the_settings_from_the_top_folder(page: str) -> None:
    """Without `--env-file`, Compose looks for `.env` beside its own file."""
    commands = [line for line in (ROOT / page).read_text().splitlines() if "docker compose " in line]
    assert commands
    assert all(f"docker compose --env-file .env -f {FILE} " in line for line in commands)
