"""Draws the two icons that a Teams app needs, with the standard library alone: `python infra/teams/draw_icons.py`.

The picture: a road that forks. `color.png` 192 × 192 in colour, `outline.png` 32 × 32 in white on nothing.
"""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

NIGHT, WHITE, NOTHING = (29, 59, 83, 255), (255, 255, 255, 255), (255, 255, 255, 0)
FINE = 4
"""Samples along each side of a pixel, for smooth edges."""

Colour = tuple[int, int, int, int]


def on_road(x: float, y: float) -> bool:
    """Whether a point of the unit square lies on the road: a stem, two arms, and a dot at each end."""
    half = 0.055
    stem = abs(x - 0.5) < half and 0.52 < y < 0.78
    rise = 0.56 - y
    arm = 0 <= rise < 0.28 and abs(abs(x - 0.5) - rise * 0.9) < half * 1.35
    dots = any((x - cx) ** 2 + (y - cy) ** 2 < 0.1**2 for cx, cy in ((0.5, 0.8), (0.25, 0.26), (0.75, 0.26)))
    return stem or arm or dots


def picture(size: int, ground: Colour, scale: float) -> bytes:
    """Pixels of the icon as PNG data. `scale` below 1 leaves a margin."""

    def pixel(column: int, row: int) -> Colour:
        hits = 0
        for i in range(FINE * FINE):
            x, y = (column + (i % FINE + 0.5) / FINE) / size, (row + (i // FINE + 0.5) / FINE) / size
            hits += on_road((x - 0.5) / scale + 0.5, (y - 0.5) / scale + 0.5)
        return mixed(ground, WHITE, hits / (FINE * FINE))

    return png(size, pixel)


def mixed(below: Colour, above: Colour, share: float) -> Colour:
    """Two colours, the second one covering a share of the first."""
    red, green, blue, alpha = (round(a + (b - a) * share) for a, b in zip(below, above, strict=True))
    return red, green, blue, alpha


def png(size: int, pixel: Callable[[int, int], Colour]) -> bytes:
    """A square PNG with eight bits a channel and transparency."""
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


if __name__ == "__main__":
    folder = Path(__file__).parent
    (folder / "color.png").write_bytes(picture(192, NIGHT, 0.85))
    (folder / "outline.png").write_bytes(picture(32, NOTHING, 1.1))
