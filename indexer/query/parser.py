"""From what someone typed to what it means. User text never raises: it gets a query and remarks.

::

    query   = any
    any     = all { OU all }
    all     = operand { [ET] operand }          side by side means ET
    operand = { - | SAUF } part
    part    = [field:] ( word | mot* | "phrase" | period | "(" any ")" )
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.analysis import Form, Forms, Token, analyse, is_stop_word
from indexer.analysis.compounds import take_apart, unite
from indexer.messages import Message, message
from indexer.query.lexer import Lexeme, Sign, lexemes
from indexer.query.periods import read_period
from indexer.query.rendering import write_query
from indexer.query.syntax import AllOf, AnyOf, Excluded, Part, Phrase, Prefix, Spellings, Word, wanted_leaves

MAX_CHARACTERS = 1000
MAX_LEAVES = 32
MAX_DEPTH = 16
MIN_PREFIX = 3
"""Limits of a query. A question typed by hand stays far below; what is beyond is left out, with a remark."""

_UNSEARCHABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True)
class Query:
    """What was typed, what it means (None: nothing to search for), how it was understood and what to say about it."""

    typed: str
    tree: Part | None
    understood: str
    remarks: tuple[Message, ...] = ()


def parse_query(typed: str) -> Query:
    """Return the query that `typed` means. Never raises, whatever the text."""
    text = _UNSEARCHABLE.sub(" ", typed)
    parser = _Parser(text[:MAX_CHARACTERS])
    if len(text) > MAX_CHARACTERS:
        parser.remark(
            "La recherche est trop longue : seuls ses {count} premiers caractères comptent.", count=MAX_CHARACTERS
        )
    tree = parser.parse()
    if tree is None and text.strip():
        parser.remark("Il n'y a rien à chercher ici : tapez au moins un mot.")
    return Query(typed, tree, write_query(tree), tuple(dict.fromkeys(parser.remarks)))


class _Parser:
    """One reading of one query: the signs, how far we are, the remarks so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.remarks: list[Message] = []
        self.leaves = 0
        self.signs = [sign for sign in lexemes(text) if not self._is_stray(sign)]
        self.at = 0

    def remark(self, template: str, **values: object) -> None:
        self.remarks.append(message(template, **values))

    def parse(self) -> Part | None:
        parts = []
        while self.at < len(self.signs):
            parts.append(self._any(depth=0, field=None))
            if self._take(Sign.CLOSE):
                self.remark("Une parenthèse fermante est de trop : elle a été ignorée.")
        return _all_of(parts)

    def _is_stray(self, sign: Lexeme) -> bool:
        """Tell whether the sign is a quote without its pair, and say so."""
        if sign.sign is not Sign.STRAY_QUOTE:
            return False
        rest = self.text[sign.end :].strip(' "“”„«»')
        self.remark("Un guillemet n'est pas fermé : les mots qui le suivent sont cherchés un par un.") if rest else None
        return True

    def _peek(self) -> Sign | None:
        return self.signs[self.at].sign if self.at < len(self.signs) else None

    def _take(self, sign: Sign) -> Lexeme | None:
        if self._peek() is not sign:
            return None
        self.at += 1
        return self.signs[self.at - 1]

    def _any(self, depth: int, field: str | None) -> Part | None:
        parts = [self._all(depth, field)]
        while sign := self._take(Sign.OR):
            parts.append(self._all(depth, field))
            if parts[-1] is None or parts[-2] is None:
                self._nothing_to_join(sign)
        found = tuple(dict.fromkeys(part for part in parts if part is not None))
        return AnyOf(found) if len(found) > 1 else found[0] if found else None

    def _all(self, depth: int, field: str | None) -> Part | None:
        parts: list[Part | None] = []
        while (sign := self._peek()) not in {None, Sign.OR, Sign.CLOSE}:
            if sign is Sign.AND:
                self._and(self.signs[self.at], first=not parts)
            elif sign is Sign.WORD:
                parts.extend(self._words(field))
            else:
                parts.append(self._operand(depth, field))
        return _all_of(parts)

    def _and(self, sign: Lexeme, *, first: bool) -> None:
        """Pass over an ET; say so when nothing stands on one of its sides."""
        self.at += 1
        if first or self._peek() in {None, Sign.OR, Sign.CLOSE, Sign.AND}:
            self._nothing_to_join(sign)

    def _nothing_to_join(self, sign: Lexeme) -> None:
        self.remark("L'opérateur {operator} n'a rien à relier : il a été ignoré.", operator=sign.text)

    def _operand(self, depth: int, field: str | None) -> Part | None:
        excluded = False
        sign = None
        while taken := self._take(Sign.NOT):
            sign, excluded = taken, not excluded
        part = self._part(depth, field)
        if sign and part is None:
            self._nothing_to_join(sign)
        return Excluded(part) if excluded and part else part

    def _part(self, depth: int, field: str | None) -> Part | None:
        if sign := self._take(Sign.FIELD):
            if sign.text != "date":
                return self._part(depth, sign.text)
            return self._period(self.signs[self.at] if self._peek() else sign)
        if self._take(Sign.OPEN):
            return self._group(depth, field)
        if sign := self._take(Sign.PHRASE):
            return self._phrase(sign, field)
        if sign := self._take(Sign.PREFIX):
            return self._prefix(sign, field)
        if self._peek() is Sign.PERIOD:
            return self._period(self.signs[self.at])
        if self._peek() is Sign.WORD:
            return _all_of(self._words(field, run=False))
        return None

    def _group(self, depth: int, field: str | None) -> Part | None:
        if depth < MAX_DEPTH:
            part = self._any(depth + 1, field)
        else:
            self.remark("Les parenthèses sont imbriquées trop profondément : certaines ont été ignorées.")
            while self._take(Sign.OPEN):
                pass
            part = self._all(depth, field)
        if not self._take(Sign.CLOSE) and self._peek() is None:
            self.remark("Une parenthèse n'est pas fermée : elle l'a été à la fin de la recherche.")
        return part

    def _phrase(self, sign: Lexeme, field: str | None) -> Part | None:
        words = analyse(sign.text)
        if not words or not self._has_room():
            return None
        typed = " ".join(sign.text.split())
        forms = tuple(token.forms for token in words)
        phrase = Phrase(typed, forms, Form.FOLDED, field, _lead(words))
        other = _other_spelling(forms)
        if other == forms:
            return phrase
        return Spellings(f'"{typed}"', (phrase, replace(phrase, words=other)), field)

    def _prefix(self, sign: Lexeme, field: str | None) -> Part | None:
        tokens = analyse(sign.text)
        last = tokens[-1] if tokens else None
        if last is None or not self._has_room():
            return None
        start = sign.text[last.start : last.end]
        if len(last.forms.folded) < MIN_PREFIX:
            self.remark(
                "« {prefix}* » correspond à trop de mots : il faut au moins trois lettres avant l'astérisque.",
                prefix=start,
            )
            return Word(start, last.forms, _form(last, field), field)
        before = [Word(sign.text[token.start : token.end], token.forms, field=field) for token in tokens[:-1]]
        return _all_of(
            [*(word for word in before if not is_stop_word(word.forms)), Prefix(start, last.forms.folded, field)]
        )

    def _period(self, sign: Lexeme) -> Part | None:
        self.at += 1
        period = read_period(sign.text) if sign.sign in {Sign.WORD, Sign.PERIOD} else None
        if period is None:
            self.remark(
                "« {date} » n'est pas une date que Furet comprend : écrivez 2016, 2016-07 ou 2016-07-08.",
                date=sign.text,
            )
        return period

    def _words(self, field: str | None, *, run: bool = True) -> list[Part | None]:
        """Return the words that stand here: all those of a run, or one chunk."""
        first = self.signs[self.at]
        end = first.end
        while (sign := self._take(Sign.WORD)) and (end := sign.end) and run:
            pass
        text = self.text[first.start : end]
        groups = _side_by_side(analyse(text), text)
        words = [self._word(group, text, field) for group in groups if self._has_room()]
        return _united(words, field)

    def _word(self, group: list[Token], text: str, field: str | None) -> Part:
        """Return what tokens without a blank between them mean: a word, or a compound."""
        while len(group) > 1 and group[0].forms.exact.endswith("'"):
            group = group[1:]
        if all(token.end <= group[0].end for token in group):
            group = group[:1]  # an address or a tag, then its parts
        typed = text[group[0].start : group[-1].end]
        form = _form(group[0], field)
        if len(group) == 1:
            word = Word(typed, group[0].forms, form, field)
            parts = take_apart(word.forms) if form is Form.STEM else ()
            return Spellings(typed, (word, Phrase(typed, parts, Form.STEM, field)), field) if parts else word
        return Phrase(typed, tuple(token.forms for token in group), Form.STEM if form is Form.STEM else form, field)

    def _has_room(self) -> bool:
        """Count one leaf; say so and return False when the query has too many."""
        self.leaves += 1
        if self.leaves > MAX_LEAVES:
            self.remark("La recherche a trop de mots : seuls les {count} premiers comptent.", count=MAX_LEAVES)
        return self.leaves <= MAX_LEAVES


def _united(words: list[Part], field: str | None) -> list[Part | None]:
    """Return words side by side, two that may be written as one looked for in both ways."""
    found: list[Part | None] = []
    for word in words:
        before = found[-1] if found else None
        if isinstance(before, Word) and isinstance(word, Word) and before.form is word.form is Form.STEM:
            typed = f"{before.typed} {word.typed}"
            if one := unite([before.forms, word.forms]):
                found[-1] = Spellings(typed, (AllOf((before, word)), Word(typed, one, Form.STEM, field)), field)
                continue
        found.append(word)
    return found


def _other_spelling(words: tuple[Forms, ...]) -> tuple[Forms, ...]:
    """Return the words of a phrase with each compound written the other way: in one word, or in two."""
    other: list[Forms] = []
    for word in words:
        if other and (one := unite([other[-1], word])):
            other[-1] = one
        else:
            other.extend(take_apart(word) or (word,))
    return tuple(other)


def _lead(words: Sequence[Token]) -> int:
    """Return how many elided words stand in front of the first whole one."""
    return next((number for number, word in enumerate(words) if not word.forms.exact.endswith("'")), 0)


def _form(token: Token, field: str | None) -> Form:
    """Return the form in which a word is looked for: names, hashtags and handles are not inflected."""
    named = field in {"author", "source"} or token.forms.folded.startswith(("#", "@"))
    return Form.FOLDED if named else Form.STEM


def _side_by_side(tokens: tuple[Token, ...], text: str) -> list[list[Token]]:
    """Group the tokens that no blank separates."""
    groups: list[list[Token]] = []
    for token in tokens:
        if groups and not re.search(r"\s", text[groups[-1][-1].end : token.start]):
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def _all_of(parts: list[Part | None]) -> Part | None:
    """Return the parts as one, the stop words left out when something else is searched for."""
    flat: list[Part] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, AllOf) else [part] if part else [])
    if any(True for part in flat if not _is_stop(part) for _ in wanted_leaves(part)):
        flat = [part for part in flat if not _is_stop(part)]
    found = tuple(dict.fromkeys(flat))
    return AllOf(found) if len(found) > 1 else found[0] if found else None


def _is_stop(part: Part) -> bool:
    return isinstance(part, Word) and part.field is None and is_stop_word(part.forms)
