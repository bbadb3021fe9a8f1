"""What came out once and has to come out again, as files of text.

After a change that is meant, `SNAPSHOTS=write .venv/bin/python -m pytest …` writes them anew; the difference is read
like any other.
"""

import os
from pathlib import Path


def check(file: Path, text: str) -> None:
    """The text is that of the file, or is written to it where that is asked for."""
    if os.environ.get("SNAPSHOTS") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"{file.name} is another one; if that is meant: SNAPSHOTS=write"
