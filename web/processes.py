"""Several processes behind one address, each with a core of the processor to itself.

They are copies (fork) of a process that listens already: they share its socket and the maps of its index. The system
gives each connection to whichever takes it first.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any, NoReturn

POSSIBLE = hasattr(os, "fork")
"""Whether this system copies processes; Windows does not."""

_PAUSE = 1.0
"""Seconds before a process that died is replaced: one that cannot live must not take all the machine's time."""

_STOPPING = (signal.SIGINT, signal.SIGTERM)


class Processes:
    """Processes that all run the same; they end with this one, even if it is killed."""

    def __init__(self, run: Callable[[], Any], count: int) -> None:
        """Start `count` of them. `run` is to end on KeyboardInterrupt."""
        self._run = run
        self._living, self._alive = os.pipe()  # nothing is ever written: its end tells the end of this process
        self._working = {self._start() for _ in range(count)}

    def wait(self) -> None:
        """Replace those that die, until KeyboardInterrupt; then have them all end."""
        try:
            while True:
                ended, _ = os.wait()
                if ended in self._working:
                    self._working.remove(ended)
                    time.sleep(_PAUSE)
                    self._working.add(self._start())
        except KeyboardInterrupt:
            for told_again in _STOPPING:
                signal.signal(told_again, signal.SIG_IGN)
            for process in self._working:
                os.kill(process, signal.SIGTERM)  # one that has just ended is not forgotten before it is waited for
            for process in self._working:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(process, 0)

    def _start(self) -> int:
        """Return the number of a new process."""
        return os.fork() or self._serve()

    def _serve(self) -> NoReturn:
        """Run in this process, a copy; end it without what the original does at its own end."""
        code = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches them all; the original passes it on
            os.close(self._alive)
            threading.Thread(target=self._follow, daemon=True).start()
            self._run()
            code = 0
        except KeyboardInterrupt:
            code = 0
        finally:
            os._exit(code)

    def _follow(self) -> None:
        """Wait for the end of the original, then end this process."""
        os.read(self._living, 1)
        os.kill(os.getpid(), signal.SIGTERM)
