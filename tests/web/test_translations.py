"""French and English: every sentence in both, the compiled catalogue up to date, links that keep the language."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import mofile, pofile
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

import web
from indexer import Settings
from web import create_app

ROOM = Path(web.__file__).parent
ENGLISH = ROOM / "translations" / "en" / "LC_MESSAGES"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "tell": (1,)}

PAGES = [
    "/",
    "/?q=greve",
    "/?q=semaine&page=2&tri=ancien",
    "/?q=dockers+clochers",
    "/?q=funambule",
    "/?q=École&exact=1",
    "/?q=xylophage",
    "/?q=greve&annee=1950",
    "/?source=",
    "/article/port/greve-2019?q=greve&rang=1",
    "/article/cirque?q=xylophage",
    "/pourquoi/port/greve-2019?q=les+greves+ecole&rang=1",
    "/pourquoi/cirque?q=xylophage",
    "/aide",
    "/nothing",
    "/article/nothing",
    "/?q=" + "a" * 5000,
]


@pytest.fixture(scope="module")
def sentences():
    """The French sentences of the code and the templates, as the catalogue names them."""
    with (ROOM / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    return {found[2] for found in extract_from_dir(ROOM, methods, options, KEYWORDS)}


@pytest.fixture(scope="module")
def catalogue():
    with (ENGLISH / "web.po").open("rb") as file:
        return pofile.read_po(file, locale="en")


def test_every_sentence_has_its_english(sentences, catalogue):
    """The catalogue holds the sentences of the pages, all of them translated, and no other."""
    translated = {entry.id: entry.string for entry in catalogue if entry.id}

    assert set(translated) == sentences
    assert all(all(string) if isinstance(string, tuple) else string for string in translated.values())


def test_placeholders_survive_translation(catalogue):
    """An English sentence is filled in with the same values as the French one."""
    names = re.compile(r"%\(\w+\)s|\{\w+\}")

    for entry in (entry for entry in catalogue if entry.id):
        french, english = ((text if isinstance(text, tuple) else (text,)) for text in (entry.id, entry.string))
        assert {*names.findall(" ".join(french))} == {*names.findall(" ".join(english))}


def test_the_compiled_catalogue_is_up_to_date(catalogue):
    """web.mo is web.po compiled."""
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)

    assert (ENGLISH / "web.mo").read_bytes() == compiled.getvalue()


class _Words(HTMLParser):
    """The words of a page that stand outside its French parts, labels and titles included."""

    def __init__(self, skipped: str) -> None:
        super().__init__()
        self.skipped, self.languages, self.words = skipped, [], []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag not in {"img", "input", "link", "meta"}:
            self.languages.append(values.get("lang") or (self.languages or [""])[-1])
        self.words += [
            value for name, value in attrs if name in {"aria-label", "title", "alt", "placeholder"} and value
        ]

    def handle_endtag(self, tag):
        self.languages.pop()

    def handle_data(self, data):
        if (self.languages or [""])[-1] != self.skipped:
            self.words.append(data)


def words_of(text: str, skipped: str) -> str:
    reader = _Words(skipped)
    reader.feed(text)
    return " ".join("\n".join(reader.words).split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path[:40])
def test_no_french_is_left_on_english_pages(client, catalogue, path):
    """No French sentence of the catalogue stands on the page in English."""
    told = words_of(client.get(path + ("&" if "?" in path else "?") + "lang=en").text, skipped="fr")

    for entry in (entry for entry in catalogue if entry.id):
        forms = zip(*((text if isinstance(text, tuple) else (text,)) for text in (entry.id, entry.string)), strict=True)
        for french, english in forms:
            for part in re.split(r"%\(\w+\)s", french):
                if len(part.strip()) > 3 and part.strip() not in english:
                    assert not re.search(rf"\b{re.escape(part.strip().replace(chr(39), '’'))}\b", told)


@pytest.mark.parametrize("template", sorted((ROOM / "templates").iterdir()), ids=lambda path: path.name)
def test_templates_hold_no_sentence_outside_the_catalogue(app, template):
    """Whatever a template says to people goes through the catalogue."""
    tokens = app.jinja_env.lex(template.read_text("utf-8"))
    data = "".join(value if kind == "data" else "" for _, kind, value in tokens)
    reader = _Words(skipped="")

    words = re.sub(r"<!doctype html>|<\?xml.*?\?>|<[^>]*>|https?://\S+|UTF-8", " ", data)
    reader.feed("".join(re.findall(r"<[^/!?][^>]*>", data)))

    assert not re.search(r"[^\W\d_]{2,}", words)
    assert not [word for word in reader.words if re.search(r"[^\W\d_]{2,}", word)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path[:40])
def test_links_keep_the_language(client, read_html, path):
    """On an English page every link of ours but the one to French, and the form, stay in English."""
    page = read_html(client.get(path + ("&" if "?" in path else "?") + "lang=en").text)

    for link in page.one("body").all("a"):
        if link["href"].startswith("/") and link["hreflang"] != "fr":
            assert "lang=en" in link["href"]
    assert [field["value"] for field in page.all("input", name="lang")] == ["en"]


@pytest.mark.parametrize("path", ["/?q=greve&annee=2020", "/article/port/greve-2019?q=greve", "/aide"])
def test_the_switch_leads_to_the_same_page(client, read_html, path):
    """FR and EN show the same page in the other language."""
    french = read_html(client.get(path).text)
    english = read_html(client.get(french.one("a", hreflang="en")["href"]).text)

    assert english.one("html")["lang"] == "en"
    assert english.one("a", hreflang="fr")["href"] == path


def test_the_settings_choose_the_usual_language(index, read_html):
    """With English in the settings, English needs no parameter and French does."""
    page = read_html(create_app(Settings(index=index, language="en")).test_client().get("/?q=greve").text)

    assert page.one("html")["lang"] == "en"
    assert page.one("a", hreflang="fr")["href"] == "/?q=greve&lang=fr"
    assert all("lang=" not in link["href"] for link in page.one("ol").all("a"))


def test_french_is_well_set(client):
    """No-break spaces before double punctuation and inside guillemets, typographic apostrophes."""
    text = client.get("/?q=xylophage").text

    assert "«\xa0xylophage\xa0»" in text
    assert "vérifiez l’orthographe\u202f;" in text
    assert "Pour trouver davantage\xa0:" in text


def test_remarks_follow_the_language(app, client, read_html):
    """What the indexer has to say is told in the language of the page."""
    (remark,) = app.extensions["archive"].searcher.search("a*").remarks

    for language in ("fr", "en"):
        page = read_html(client.get(f"/?q=a*&lang={language}").text)
        assert page.one("p", class_="remark").text == remark.tell(language)
