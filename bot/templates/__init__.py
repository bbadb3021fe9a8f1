"""Manifests and icons for Slack and Teams, as package data.

The files are links to those in `infra`, so that a checkout has each of them once; a wheel holds copies.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Below it: `slack` and `teams`."""
