"""A small archive of invented articles, served for real, and pages read the way a browser reads them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import Settings, open_index, rebuild
from web import create_app
from web.serving import build_server, listen

VOID = {"br", "hr", "img", "input", "link", "meta"}

ARTICLES: list[dict[str, str | None]] = [
    {
        "id": "port/greve-2019",
        "title": "Au port, la grève reconduite jusqu’à vendredi",
        "text": "Les dockers ont voté la grève à main levée, sous une pluie battante.\n\n"
        "Devant l’École maritime, une cinquantaine d’élèves attendaient la reprise des cours du matin. "
        "Leur professeur de navigation a fini par les renvoyer chez eux.\n\n"
        "La grève coûte déjà trois escales au port, assure la capitainerie. Une seconde grève est annoncée "
        "pour le printemps & les syndicats n’excluent rien.",
        "author": "Hélène Vasseur",
        "date": "2019-12-12",
        "source": "La Gazette du Ponant",
        "url": "https://gazette.example/greve",
    },
    {
        "id": "port/greve-2020",
        "title": "Les dockers reprennent le travail",
        "text": "La grève est finie : le premier porte-conteneurs est entré au port hier à l’aube.",
        "author": "Loïc N’Diaye",
        "date": "2020-03-01",
        "source": "La Gazette du Ponant",
    },
    {
        "id": "village/ecole",
        "title": "Une école de montagne sauvée par ses parents",
        "text": "Au village, la rentrée des écoles s’est jouée à deux inscriptions près.\n\nLe maire prête sa grange.",
        "author": "Hélène Vasseur",
        "date": "2019-09-03",
        "source": "L’Écho des Deux-Rives",
    },
    {
        "id": "cirque",
        "title": "Funambule",
        "text": "Il marche depuis l’enfance sur un fil tendu entre deux clochers, sans filet ni musique. "
        "Ses papiers : https://cirque.example/" + "funambulesque" * 12,
    },
]

BULLETINS: list[dict[str, str | None]] = [
    {
        "id": f"bulletin-{number:02d}",
        "title": f"Bulletin des marées, semaine {number}",
        "text": f"Le coefficient de la semaine {number} sera consultable au sémaphore.",
        "author": f"Signataire {number % 11}",
        "date": f"{2000 + number % 12}-05-{number % 28 + 1:02d}",
        "source": f"Sémaphore {number % 11}",
    }
    for number in range(1, 46)
]


@dataclass
class Element:
    """An element of a page: its name, its attributes, the elements and the text inside it."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def inside(self) -> Iterator[Element]:
        for child in self.children:
            yield child
            yield from child.inside

    def all(self, tag: str = "", /, **attributes: str) -> list[Element]:
        """The elements of this name and these attributes; `class_` asks for one of several classes."""
        wanted = attributes.pop("class_", None)
        return [
            element
            for element in self.inside
            if tag in ("", element.name)
            and (wanted is None or wanted in element["class"].split())
            and all(element[key.replace("_", "-")] == value for key, value in attributes.items())
        ]

    def one(self, tag: str = "", /, **attributes: str) -> Element:
        """The only element of this name and these attributes."""
        (element,) = self.all(tag, **attributes)
        return element


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        assert len(attrs) == len({name for name, _ in attrs}), f"attribute given twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def read_html(text: str) -> Element:
    """The elements of a page; fails on a page whose tags do not match."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert builder.open == [builder.root], "an element is not closed"
    return builder.root


def write_corpus(folder: Path, articles: Sequence[dict[str, str | None]]) -> Path:
    folder.mkdir()
    lines = [json.dumps(article, ensure_ascii=False) for article in articles]
    (folder / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the small archive."""
    room = tmp_path_factory.mktemp("archive")
    rebuild([write_corpus(room / "corpus", ARTICLES + BULLETINS)], room / "index")
    return room / "index"


@pytest.fixture(scope="session")
def server(index: Path) -> Iterator[int]:
    """The port of a real server of the small archive."""
    settings = Settings(index=index, port=0)
    server = build_server(settings, open_index(index), listen(settings))
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.effective_port
    server.trigger.pull_trigger(server.close)  # in the server's own thread: it ends when nothing is left to watch
    thread.join(20)
    server.task_dispatcher.shutdown()


@pytest.fixture
def build_index(tmp_path: Path) -> Callable[[Sequence[dict[str, str | None]]], Path]:
    """Builds the index of other articles."""

    def build(articles: Sequence[dict[str, str | None]]) -> Path:
        rebuild([write_corpus(tmp_path / "corpus", articles)], tmp_path / "index")
        return tmp_path / "index"

    return build


@pytest.fixture
def app(index: Path) -> Flask:
    return create_app(Settings(index=index))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Callable[..., Element]:
    """Asks for a page by its path and parameters and reads it; it must be there."""

    def get(path: str = "/", **parameters: str) -> Element:
        response = client.get(path, query_string=parameters or None)
        assert response.status_code == 200
        return read_html(response.text)

    return get


@pytest.fixture(name="read_html")
def read_html_fixture() -> Callable[[str], Element]:
    return read_html
