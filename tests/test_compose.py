"""The file for Compose: an operator's settings reach the advisor."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config.environment import FILE as FROM_FILE
from bot.config.environment import read_settings
from bot.config.settings import Settings
from bot.server.app import CHANNELS_STOP_TIMEOUT, REQUESTS_STOP_TIMEOUT

ROOT = Path(__file__).parents[1]
FILE = "infra/docker/compose.yaml"
FIXED = {"REDIS_URL", "ADVISOR_HOST", "ADVISOR_PORT", "ADVISOR_STATE", "ADVISOR_DRAIN"}
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
    found = read_settings(given)
    assert advisor["ports"] == [f"127.0.0.1:{found.port}:{found.port}"]


def test_it_may_drain_before_it_is_killed(advisor: Any) -> None:
    drain = int(advisor["environment"]["ADVISOR_DRAIN"])
    assert drain > 0
    assert int(advisor["stop_grace_period"].rstrip("s")) > drain + REQUESTS_STOP_TIMEOUT + CHANNELS_STOP_TIMEOUT


def test_the_state_folder_is_a_volume_that_the_image_has(advisor: Any) -> None:
    state = advisor["environment"]["ADVISOR_STATE"]
    assert f"state:{state}" in advisor["volumes"]
    image = (ROOT / "infra/docker/Dockerfile").read_text()
    assert f"ADVISOR_STATE={state}\n" in image
    assert f"--mode=700 {state}\n" in image


def test_a_pack_of_ones_own_is_learnt_in_a_stage_of_its_own_and_the_plain_image_is_the_last() -> None:
    image = (ROOT / "infra/docker/Dockerfile").read_text()
    stages = re.split(r"^FROM ", image, flags=re.MULTILINE)[1:]
    (own,) = [stage for stage in stages if stage.startswith("advisor AS with-pack\n")]
    assert "RUN advisor knowledge check && advisor knowledge learn\n" in own
    assert own.rindex("USER 10001:10001") > own.index("RUN advisor")
    assert stages[-1] == "advisor\n"
    page = (ROOT / "docs/writing-packs.md").read_text()
    assert "--target with-pack --build-arg PACK=my-pack" in page


@pytest.mark.parametrize("page", [FILE, "README.md"])
def test_the_command_reads_the_settings_from_the_top_folder(page: str) -> None:
    """Without `--env-file`, Compose looks for `.env` beside its own file."""
    commands = [line for line in (ROOT / page).read_text().splitlines() if "docker compose " in line]
    assert commands
    assert all(f"docker compose --env-file .env -f {FILE} " in line for line in commands)


def test_the_example_of_settings_names_each_and_sets_none() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = re.findall(r"^# ?([A-Z_]+)=", "\n".join(lines), re.MULTILINE)
    secrets_from_files = [name for name in named if name.endswith(FROM_FILE)]
    names = [field.alias for field in Settings.model_fields.values() if field.alias]
    assert [name for name in named if name not in secrets_from_files] == names
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_redis_refuses_what_it_has_no_memory_for_and_evicts_nothing() -> None:
    redis = yaml.safe_load((ROOT / FILE).read_text())["services"]["redis"]
    program, *options = redis["command"]
    given = dict(zip(options[::2], options[1::2], strict=True))
    assert program == "redis-server"
    assert (given["--maxmemory"], given["--maxmemory-policy"]) == ("512mb", "noeviction")
    assert (given["--appendonly"], given["--appendfsync"]) == ("yes", "always")
