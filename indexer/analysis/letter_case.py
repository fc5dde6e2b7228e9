"""Letter case: PARIS and Paris are one word."""


def lower_case(word: str) -> str:
    """Return the word in lower case. What a case change could leave decomposed (İ) is for the folding to settle."""
    return word.lower()
