"""The vendors' own schemas against both manifests as the commands make them: `python -m tests.schemas FOLDER`.

The schemas are not part of this repository. In FOLDER: Slack's `manifest.schema.2.0.0.json`, from GitHub's
slackapi/manifest-schema (0.5.0, July 2026), and Microsoft's `MicrosoftTeams.schema.json` of v1.30, from
microsoft/json-schemas (August 2026).
What the tests hold without them: `tests/bot/slack/test_manifest.py`, `tests/bot/teams/test_app_package.py`.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from jsonschema.validators import validator_for

from bot.commands.slack_manifest import manifest
from bot.teams.app_package import Developer, build_app_package

APP_ID = "11111111-2222-3333-4444-555555555555"
ADDRESS = "https://advisor.example.com"


def made() -> dict[str, tuple[str, Any]]:
    """The manifests by name, each with the file of its schema."""
    with TemporaryDirectory() as folder:
        package = build_app_package(APP_ID, "Advisor", Path(folder) / "app.zip", developer=Developer())
        with ZipFile(package) as opened:
            teams = json.loads(opened.read("manifest.json"))
    slack = "manifest.schema.2.0.0.json"
    return {
        "Slack over HTTP": (slack, manifest(ADDRESS, socket_mode=False)),
        "Slack with MCP": (slack, manifest(ADDRESS, socket_mode=False, mcp=True)),
        "Slack, Socket Mode": (slack, manifest(None, socket_mode=True)),
        "Teams": ("MicrosoftTeams.schema.json", teams),
    }


def problems(folder: Path) -> list[str]:
    """What the schemas say against the manifests."""
    found = []
    for name, (file, document) in made().items():
        schema = json.loads((folder / file).read_text("utf-8"))
        validator = validator_for(schema)(schema)
        for error in validator.iter_errors(document):
            found.append(f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
    return found


if __name__ == "__main__":
    wrong = problems(Path(sys.argv[1]))
    print("\n".join(wrong) or "All manifests are valid.")
    sys.exit(bool(wrong))
