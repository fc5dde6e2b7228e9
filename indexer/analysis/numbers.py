"""Numbers: 12 000 is 12000, whatever space groups it."""


def join_thousands(word: str) -> str:
    """Return a number without the spaces that group its digits; other words hold no space and stay."""
    return "".join(word.split())
