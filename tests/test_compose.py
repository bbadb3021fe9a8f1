"""The file for Compose: an operator's settings reach the advisor."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config.environment import FILE as FROM_FILE
from bot.config.environment import read_settings
from bot.config.settings import Settings
from bot.server.app import CHANNELS_STOP_TIMEOUT, REQUESTS_STOP_TIMEOUT
from tests.knowledge.pack_copies import SMALL
from tests.servers import free_port
from tests.serving import address, serving

ROOT = Path(__file__).parents[1]
FILE = "infra/docker/compose.yaml"
FIXED = {"REDIS_URL", "ADVISOR_HOST", "ADVISOR_PORT", "ADVISOR_STATE", "ADVISOR_DRAIN"}
"""What the file itself decides: these hang together with its other lines."""

PROXY = ("HTTPS_PROXY", "NO_PROXY")
"""No settings of ours: they are passed on without a value, so that they are absent where nobody sets them."""

PASSWORD = "${REDIS_PASSWORD:?}"
"""Compose refuses to start without it."""


@pytest.fixture
def advisor() -> Any:
    return yaml.safe_load((ROOT / FILE).read_text())["services"]["advisor"]


def test_every_setting_is_passed_on_in_the_order_of_the_table(advisor: Any) -> None:
    names = [field.alias for field in Settings.model_fields.values() if field.alias]
    assert list(advisor["environment"]) == [*names, *PROXY]
    assert {advisor["environment"][name] for name in PROXY} == {None}
    passed = {name: value for name, value in advisor["environment"].items() if name not in {*FIXED, *PROXY}}
    assert passed == {name: f"${{{name}:-}}" for name in names if name not in FIXED}


def test_what_the_file_decides_is_a_good_setting(advisor: Any) -> None:
    given = {
        name: str(value).replace(PASSWORD, "secret") for name, value in advisor["environment"].items() if name in FIXED
    }
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
    (learn,) = [stage for stage in stages if stage.startswith("build AS learn\n")]
    assert "&& advisor knowledge check && advisor knowledge learn\n" in learn
    (own,) = [stage for stage in stages if stage.startswith("advisor AS with-pack\n")]
    assert "COPY --from=learn /opt/pack /opt/pack\n" in own and "USER" not in own
    assert stages[-1] == "advisor\n"
    page = (ROOT / "docs/writing-packs.md").read_text()
    assert "--target with-pack --build-arg PACK=my-pack" in page


def test_what_learning_needs_is_in_the_lock_file_whole() -> None:
    image = (ROOT / "infra/docker/Dockerfile").read_text()
    rule = re.search(r"awk '(.*)' requirements-dev.txt", image)
    assert rule
    taken = subprocess.run(
        ["awk", rule[1], ROOT / "requirements-dev.txt"], capture_output=True, text=True, check=True
    ).stdout
    blocks = re.split(r"^(?=[a-z])", (ROOT / "requirements-dev.txt").read_text(), flags=re.MULTILINE)
    needed = {block.partition("==")[0] for block in blocks if re.search(r"^ +#.* scikit-learn$", block, re.MULTILINE)}
    assert set(re.findall(r"^([a-z-]+)==", taken, re.MULTILINE)) >= {"scikit-learn", *needed} - {"numpy"}


@pytest.mark.parametrize("page", [FILE, "docs/operations.md"])
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
    assert [name for name in named if name not in (*secrets_from_files, "REDIS_PASSWORD")] == names
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_redis_refuses_what_it_has_no_memory_for_and_evicts_nothing() -> None:
    redis = yaml.safe_load((ROOT / FILE).read_text())["services"]["redis"]
    program, *options = redis["command"]
    given = dict(zip(options[::2], options[1::2], strict=True))
    assert program == "redis-server"
    assert (given["--maxmemory"], given["--maxmemory-policy"]) == ("512mb", "noeviction")
    assert (given["--appendonly"], given["--appendfsync"]) == ("yes", "always")


def test_redis_has_a_password_and_is_reached_by_the_advisor_alone(advisor: Any) -> None:
    whole = yaml.safe_load((ROOT / FILE).read_text())
    redis = whole["services"]["redis"]
    assert redis["command"][redis["command"].index("--requirepass") + 1] == PASSWORD
    assert redis["environment"]["REDISCLI_AUTH"] == PASSWORD
    assert f":{PASSWORD}@redis:" in advisor["environment"]["REDIS_URL"]
    assert redis["networks"] == ["store"] and "store" in advisor["networks"]
    assert whole["networks"]["store"] == {"internal": True}


@pytest.mark.parametrize("service", ["advisor", "redis"])
def test_nothing_may_do_more_than_it_needs_to(service: str) -> None:
    found = yaml.safe_load((ROOT / FILE).read_text())["services"][service]
    assert found["read_only"] is True
    assert (found["cap_drop"], found["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    assert found["mem_limit"] == "1g" and found["pids_limit"]
    user = re.findall(r"^USER (.+)$", (ROOT / "infra/docker/Dockerfile").read_text(), re.MULTILINE)[-1]
    assert found.get("user", user) not in ("root", "0")


def _health_check() -> list[str]:
    image = (ROOT / "infra/docker/Dockerfile").read_text()
    found = re.search(r"^HEALTHCHECK .*\n +CMD (\[.*\])$", image, re.MULTILINE)
    assert found
    words: list[str] = json.loads(found[1])
    return [sys.executable, *words[1:]]


@pytest.mark.parametrize("admin", [False, True])
def test_the_images_health_check_asks_no_proxy(tmp_path: Path, admin: bool) -> None:
    own = str(free_port())
    settings = {"ADVISOR_ADMIN_PORT": own} if admin else {}
    with serving(tmp_path, ADVISOR_PACK=str(SMALL), **settings) as (_, said):
        port = address(said).rpartition(":")[2]
        ports = {"ADVISOR_PORT": port, "ADVISOR_ADMIN_PORT": own if admin else ""}
        nowhere = dict.fromkeys(("HTTP_PROXY", "http_proxy"), "http://127.0.0.1:1")
        assert subprocess.run(_health_check(), env=os.environ | ports | nowhere).returncode == 0
    assert subprocess.run(_health_check(), env=os.environ | ports, stderr=subprocess.DEVNULL).returncode != 0


def test_what_builds_the_page_stays_out_of_the_image() -> None:
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    assert rules.index("bot/playground/page") > rules.index("!bot")
