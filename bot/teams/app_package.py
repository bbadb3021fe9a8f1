"""The app package that is uploaded to Teams: manifest and icons in one zip file."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot import templates

TEMPLATE = templates.FOLDER / "teams"
"""The manifest and the icons."""

NAME_LIMIT = 30
APP_ID = "YOUR-APP-ID"

_MADE = (2026, 1, 1, 0, 0, 0)
"""One time for all files, so that the same input makes the same package."""


class PackageError(ValueError):
    """The package cannot be made; the message says what would be right."""


class BadName(PackageError):
    """Teams would refuse the name."""


def build_app_package(app_id: str, name: str, out: Path, template: Path = TEMPLATE) -> Path:
    """Writes the package of an app with this id and name to `out`, and returns where it is.

    PackageError for an id or a name that Teams would refuse, and where the template is not there.
    """
    manifest = _manifest(template)
    short = name.strip()
    if not 0 < len(short) <= NAME_LIMIT:
        raise BadName(f"The name must have 1 to {NAME_LIMIT} characters; it has {len(short)}.")
    manifest["id"] = _checked(app_id)
    manifest["name"] = {**manifest["name"], "short": short}
    for bot in manifest["bots"]:
        bot["botId"] = manifest["id"]
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    out.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        _add(package, "manifest.json", text.encode())
        for icon in manifest["icons"].values():
            _add(package, icon, (template / icon).read_bytes())
    return out


def _checked(app_id: str) -> str:
    try:
        return str(UUID(app_id))
    except ValueError:
        raise PackageError(
            "MICROSOFT_APP_ID must be the app's id from Azure, like 00000000-0000-0000-0000-000000000000."
        ) from None


def _manifest(template: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((template / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackageError(f"{template / 'manifest.json'} is not there. Install the advisor again.") from None
    return found


def _add(package: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name, _MADE)
    entry.compress_type = ZIP_DEFLATED
    package.writestr(entry, data)
