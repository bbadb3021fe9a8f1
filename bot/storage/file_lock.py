"""File locks, released however their process ends, and folders that only this user may enter."""

import asyncio
import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

if sys.platform != "win32":
    import fcntl

POLL_INTERVAL = 0.02
"""Seconds between two tries of a lock: the kernel wakes no event loop when one is released."""


class FileLock:
    """A lock on a file (flock), held until `release`, the end of a `with` block or of the process, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    @property
    def released(self) -> bool:
        return self.descriptor < 0

    def acquire(self, *, shared: bool = False) -> bool:
        """Acquires the lock unless another process holds it; does not wait. A lock already held changes its kind."""
        try:
            fcntl.flock(self.descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    async def acquire_within(self, seconds: float) -> bool:
        """Acquires the lock as soon as it is free, waiting at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.acquire():  # noqa: ASYNC110
                    await asyncio.sleep(POLL_INTERVAL)
                return True
        return False

    def release(self) -> None:
        """Releases the lock. A child process that inherited it keeps it."""
        if not self.released:
            os.close(self.descriptor)
            self.descriptor = -1


def private_folder(path: Path) -> Path:
    """Makes the folder where it is missing; OSError unless it belongs to this user. Nobody else may enter it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise OSError(errno.EPERM, "it is not a folder of this user", str(path))
    if stat.S_IMODE(found.st_mode) & 0o077:
        path.chmod(0o700)
    return path.resolve()
