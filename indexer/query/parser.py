"""From what someone typed to what it means. User text never raises: it gets a query and remarks.

::

    query   = any
    any     = all { OU all }
    all     = operand { [ET] operand }          side by side means ET
    operand = { - | SAUF } part { PRESn part }
    part    = [=] [field:] ( word | m?t* | mot~ | "phrase" | period | "(" any ")" )
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain

from indexer.analysis import Form, analyse, is_stop_word
from indexer.messages import Message, message
from indexer.query.families import is_too_short, read_family
from indexer.query.favours import favours
from indexer.query.lexer import Lexeme, Sign, lexemes, read_nearness
from indexer.query.periods import read_period
from indexer.query.rendering import write_query
from indexer.query.strictness import exactly
from indexer.query.syntax import (
    DEFAULT_FIELDS,
    AllOf,
    AnyOf,
    Excluded,
    Family,
    Favoured,
    Like,
    Near,
    Operand,
    Part,
    Pattern,
    Phrase,
    Prefix,
    Spellings,
    Word,
    fields_of,
    wanted_leaves,
    without_favours,
)
from indexer.query.words import (
    are_small,
    lead_of,
    other_spelling,
    read_small_words,
    read_word,
    side_by_side,
    strict_words,
    united,
    without_elisions,
)

MAX_CHARACTERS = 1000
MAX_LEAVES = 32
MAX_DEPTH = 16
"""Limits of a query. A question typed by hand stays far below; what is beyond is left out, with a remark."""

_UNSEARCHABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True)
class Query:
    """What was typed, what it means (None: nothing to search for) and what to say about it.

    `plain` tells that words alone were typed: no operator, quote, field or sign. `left_out` are the stop words that are
    not looked for, since others are.
    """

    typed: str
    tree: Part | None
    remarks: tuple[Message, ...] = ()
    plain: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        """How the query was understood: what it means, as a query."""
        return write_query(self.tree)


def parse_query(typed: str, *, exact: bool = False) -> Query:
    """Return the query that `typed` means; `exact` looks for all its words and phrases as spelt. Never raises."""
    text = _UNSEARCHABLE.sub(" ", typed)
    parser = _Parser(text[:MAX_CHARACTERS])
    if len(text) > MAX_CHARACTERS:
        parser.remark(
            "La recherche est trop longue : seuls ses {count} premiers caractères comptent.", count=MAX_CHARACTERS
        )
    tree = parser.parse()
    if tree and exact:
        tree = exactly(tree)
    if tree is None and text.strip():
        parser.remark("Il n'y a rien à chercher ici : tapez au moins un mot.")
    plain = not exact and all(sign.sign is Sign.WORD for sign in parser.signs)
    remarks, left_out = tuple(dict.fromkeys(parser.remarks)), tuple(dict.fromkeys(parser.left_out))
    return Query(typed, tree, remarks, plain, left_out)


_ENDS = (None, Sign.OR, Sign.CLOSE)
"""What stands behind the last operand of « all »."""


class _Parser:
    """One reading of one query: the signs, how far we are, the remarks so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.remarks: list[Message] = []
        self.left_out: list[str] = []
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
        tree = self._all_of(parts)
        if all(isinstance(part, Excluded) for part in (tree.parts if isinstance(tree, AllOf) else [tree])):
            self.remark("Cette recherche ne fait qu'exclure : elle trouve tous les autres articles.")
        return tree

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
        if len(parts) == 1:
            return parts[0]
        flat = chain.from_iterable(part.parts if isinstance(part, AnyOf) else [part] for part in parts if part)
        # What differs by its favours only is there once.
        found = tuple({without_favours(part): part for part in flat}.values())
        return AnyOf(found) if len(found) > 1 else found[0] if found else None

    def _all(self, depth: int, field: str | None) -> Part | None:
        parts: list[Part | None] = []
        while (sign := self._peek()) not in _ENDS:
            if sign is Sign.AND:
                self._and(self.signs[self.at], first=not parts)
            elif sign is Sign.NEAR:
                self._near(depth, field, parts)
            elif sign is Sign.WORD:
                parts.extend(self._words(field))
            else:
                parts.append(self._operand(depth, field))
        return self._all_of(parts)

    def _and(self, sign: Lexeme, *, first: bool) -> None:
        """Pass over an ET; say so when nothing stands on one of its sides."""
        self.at += 1
        if first or self._peek() in (*_ENDS, Sign.AND):
            self._nothing_to_join(sign)

    def _near(self, depth: int, field: str | None, parts: list[Part | None]) -> None:
        """Join the last of the parts before PRESn to what follows; where it cannot be, both are required."""
        sign = self.signs[self.at]
        self.at += 1
        before = [at for at, part in enumerate(parts) if part and not isinstance(part, Favoured)]
        left, right = parts[before[-1]] if before else None, self._part(depth, field)
        if left is None or right is None:
            self._nothing_to_join(sign)
            parts.append(right)
            return
        near = _near(left, right, *read_nearness(sign.text))
        if near is None:
            self.remark(
                "L'opérateur {operator} ne rapproche que des mots et des expressions, du titre ou du texte : "
                "il a été lu comme ET.",
                operator=sign.text,
            )
            parts.append(right)
        elif isinstance(left, Near):
            parts.append(near)
        else:
            parts[before[-1]] = near

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
        if excluded and isinstance(part, Excluded):
            return part.part
        return Excluded(part) if excluded and part else part

    def _part(self, depth: int, field: str | None) -> Part | None:
        if sign := self._take(Sign.STRICT):
            return self._strict(sign, self._part(depth, field))
        if sign := self._take(Sign.FIELD):
            if sign.text != "date":
                return self._part(depth, sign.text)
            return self._period(self.signs[self.at] if self._peek() else sign)
        if self._take(Sign.OPEN):
            return self._group(depth, field)
        if sign := self._take(Sign.PHRASE):
            return self._phrase(sign, field)
        if sign := self._take(Sign.FAMILY):
            return self._family(sign, field)
        if self._peek() is Sign.PERIOD:
            return self._period(self.signs[self.at])
        if self._peek() is Sign.WORD:
            return self._all_of(self._words(field, run=False))
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

    def _strict(self, sign: Lexeme, part: Part | None) -> Part | None:
        """Return what stands behind = as spelt; say so when it makes no difference."""
        if part is None:
            self._nothing_to_join(sign)
            return None
        if isinstance(part, Prefix | Pattern | Like):
            self.remark("Le signe = ne vaut pas pour « {family} » : il a été ignoré.", family=write_query(part))
        return exactly(part)

    def _phrase(self, sign: Lexeme, field: str | None) -> Part | None:
        words = analyse(sign.text)
        if not words or not self._has_room():
            return None
        typed = " ".join(sign.text.split())
        forms = tuple(token.forms for token in words)
        strict = strict_words(words, sign.text)
        phrase = Phrase(typed, forms, Form.FOLDED, field, lead_of(words), strict)
        other = forms if strict else other_spelling(forms)
        if other == forms:
            return phrase
        return Spellings(f'"{typed}"', (phrase, replace(phrase, words=other)), field)

    def _family(self, sign: Lexeme, field: str | None) -> Part | None:
        parts: list[Part | None] = []
        for part in read_family(sign.text, field):
            if isinstance(part, Word):
                parts.append(None if is_stop_word(part.forms) or not self._has_room() else part)
            elif not is_too_short(part):
                parts.append(part if self._has_room() else None)
            else:
                self._too_short(part)
                parts.extend([] if isinstance(part, Pattern) else self._read(part.typed, field))
        return self._all_of(parts)

    def _too_short(self, family: Family) -> None:
        shown = write_query(family)
        if isinstance(family, Prefix):
            self.remark("« {family} » correspond à trop de mots : il faut au moins deux lettres.", family=shown)
        else:
            self.remark("« {family} » correspond à trop de mots : il faut au moins trois lettres.", family=shown)

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
        return self._read(self.text[first.start : end], field)

    def _read(self, text: str, field: str | None) -> list[Part | None]:
        """Return the words of a text, and what those side by side gain where articles have them so."""
        groups = [without_elisions(group) for group in side_by_side(analyse(text), text) if self._has_room()]
        if are_small(groups) and all(sign.sign is Sign.WORD for sign in self.signs):
            return [read_small_words(groups, text)]
        words = united([read_word(group, text, field) for group in groups], field)
        if len(groups) > 1 and field not in {"author", "source"}:
            words.extend(favours(groups, text, field))
        return words

    def _all_of(self, parts: list[Part | None]) -> Part | None:
        """Return the parts as one, the stop words left out when something else is searched for."""
        if len(parts) == 1:
            return parts[0]  # one operand, or what is all of several already
        flat: list[Part] = []
        for part in parts:
            flat.extend(part.parts if isinstance(part, AllOf) else [part] if part else [])
        others = [part for part in flat if not _is_stop(part)]
        if len(others) < len(flat) and any(True for part in others for _ in wanted_leaves(part)):
            self.left_out += [part.typed for part in flat if isinstance(part, Word) and _is_stop(part)]
            flat = others
        found = tuple(dict.fromkeys(flat))
        return AllOf(found) if len(found) > 1 else found[0] if found else None

    def _has_room(self) -> bool:
        """Count one leaf; say so and return False when the query has too many."""
        self.leaves += 1
        if self.leaves > MAX_LEAVES:
            self.remark("La recherche a trop de mots : seuls les {count} premiers comptent.", count=MAX_LEAVES)
        return self.leaves <= MAX_LEAVES


def _as_operand(part: Part) -> Part:
    """Return a part, or the first of its spellings that stands in one place."""
    spellings = part.parts if isinstance(part, Spellings) else ()
    return next((spelling for spelling in spellings if isinstance(spelling, Operand)), part)


def _near(left: Part, right: Part, distance: int, ordered: bool) -> Near | None:
    """Return two operands near each other, the left one perhaps the end of a chain.

    None if they are no operands, or have no field in common.
    """
    left = replace(left.right, field=left.field) if isinstance(left, Near) else _as_operand(left)
    right = _as_operand(right)
    if not isinstance(left, Operand) or not isinstance(right, Operand):
        return None
    fields = [name for name in DEFAULT_FIELDS if name in fields_of(left) and name in fields_of(right)]
    if not fields:
        return None
    field = fields[0] if len(fields) == 1 else None
    return Near(replace(left, field=None), replace(right, field=None), distance, ordered, field)


def _is_stop(part: Part) -> bool:
    return isinstance(part, Word) and part.field is None and part.form is not Form.EXACT and is_stop_word(part.forms)
