"""The table of settings in the documentation, made from the fields in `settings.py`."""

from datetime import timedelta
from typing import Any

from pydantic_core import PydanticUndefined

from bot.config.settings import FIELDS, Settings, setting_type


def settings_table() -> str:
    """All settings as a Markdown table: variable, type, default, meaning."""
    lines = ["| Variable | Type | Default | Meaning |", "|---|---|---|---|"]
    for variable, name in FIELDS.items():
        field = Settings.model_fields[name]
        shown = f"`{_as_text(field.default)}`" if field.default not in (None, (), PydanticUndefined) else "–"
        lines.append(f"| `{variable}` | {setting_type(variable).description} | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"


def _as_text(default: Any) -> str:
    if isinstance(default, timedelta):
        return f"{default.days}d"
    return str(default).lower() if isinstance(default, bool) else str(default)
