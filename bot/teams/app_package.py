"""The app package that is uploaded to Teams: manifest and icons in one zip file."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot import templates

TEMPLATE = templates.FOLDER / "teams"
"""The manifest and the icons."""

MAX_NAME = 30
APP_ID = "YOUR-APP-ID"
"""The template's placeholder for the app's id."""

DEVELOPER = {"developer": "name", "website": "websiteUrl", "privacy": "privacyUrl", "terms": "termsOfUseUrl"}
"""The options that say who offers the app, with their names in the manifest."""

EXAMPLE = "example.com"
"""The template's placeholder for the developer's addresses."""

_VERSION = re.compile(r"\d{1,9}(\.\d{1,9}){0,2}")
_MAX_URL, _MAX_DEVELOPER = 2048, 32

_MADE = (2026, 1, 1, 0, 0, 0)
"""One time for all files, so that the same input makes the same package."""


class PackageError(ValueError):
    """The package cannot be made; the message says what would be right."""


class BadOption(PackageError):
    """Teams would refuse the value of an option of the command; `option` is its name."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


def build_app_package(
    app_id: str,
    name: str,
    out: Path,
    template: Path = TEMPLATE,
    *,
    developer: Mapping[str, str | None] | None = None,
    version: str | None = None,
) -> Path:
    """Writes the package of an app with this id and name to `out`, and returns where it is. `developer`: who offers it,
    by the options of DEVELOPER; the template's placeholders stand for the rest.

    PackageError for an id that Teams would refuse, and where the template is not there; BadOption for the rest.
    """
    try:
        text = (template / "manifest.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PackageError(f"{template / 'manifest.json'} is not there. Install the advisor again.") from None
    manifest = json.loads(text.replace(APP_ID, _checked(app_id)))
    manifest["name"] = {**manifest["name"], "short": _text("name", name, MAX_NAME)}
    manifest["developer"] |= dict(_developer(developer or {}))
    if version is not None:
        if not _VERSION.fullmatch(version):
            raise BadOption("version", "The version must be numbers with dots, like 1.2.0.")
        manifest["version"] = version
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    out.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        _add(package, "manifest.json", text.encode())
        for icon in manifest["icons"].values():
            _add(package, icon, (template / icon).read_bytes())
    return out


def _developer(given: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    for option, key in DEVELOPER.items():
        said = given.get(option)
        if said is not None:
            yield key, _text(option, said, _MAX_DEVELOPER) if key == "name" else _address(option, said)


def _address(option: str, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or len(address) > _MAX_URL:
        raise BadOption(option, "It must begin with https:// and name a host.")
    return address


def _text(option: str, text: str, limit: int) -> str:
    short = text.strip()
    if not 0 < len(short) <= limit:
        raise BadOption(option, f"It must have 1 to {limit} characters; it has {len(short)}.")
    return short


def _checked(app_id: str) -> str:
    try:
        return str(UUID(app_id))
    except ValueError:
        raise PackageError(
            "MICROSOFT_APP_ID must be the app's id from Azure, like 00000000-0000-0000-0000-000000000000."
        ) from None


def _add(package: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name, _MADE)
    entry.compress_type = ZIP_DEFLATED
    package.writestr(entry, data)
