"""Files that only this user may touch: folders, and locks that die with their process."""

import asyncio
import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PAUSE = 0.02
"""Seconds between two looks at a lock: the kernel wakes no event loop when one is released."""


class Lock:
    """A lock on a file (flock), held until `close` or until the process is gone, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    @property
    def closed(self) -> bool:
        """Whether it has been given up."""
        return self.descriptor < 0

    def take(self, *, shared: bool = False) -> bool:
        """Takes the lock unless another stands in the way; does not wait. A lock already held changes its kind."""
        try:
            fcntl.flock(self.descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    async def take_within(self, seconds: float) -> bool:
        """Takes the lock as soon as it is free, waiting at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.take():  # noqa: ASYNC110
                    await asyncio.sleep(PAUSE)
                return True
        return False

    def close(self) -> None:
        """Gives the lock up. A child process that inherited it keeps it."""
        if not self.closed:
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
