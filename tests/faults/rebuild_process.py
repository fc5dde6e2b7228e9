"""A real rebuild, in a process of its own, that stops at one of its requests to the system.

``python -m tests.faults.rebuild_process CORPUS INDEX NUMBER wait|exit`` stops before request NUMBER: it says so on
stdout and waits to be killed, or ends at once without any cleaning up.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from indexer import rebuild
from tests.faults.storage import watched


def main(corpus: str, index: str, number: str, then: str) -> None:
    """Rebuild, up to the request."""

    def stop(request: int) -> None:
        if request != int(number):
            return
        if then == "exit":
            os._exit(9)
        print("stopped", flush=True)  # noqa: T201 - what the parent waits for
        sys.stdin.read()

    with watched(Path(index), before=stop):
        rebuild([Path(corpus)], Path(index))


if __name__ == "__main__":
    main(*sys.argv[1:])
