"""The documents, held against the product: what they name exists, and what exists they name."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, fields
from importlib.metadata import PackageNotFoundError, requires
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from indexer import (
    Kind,
    Reason,
    Searcher,
    Settings,
    answer_as_json,
    errors,
    explanation_as_json,
    load_settings,
    open_index,
    rebuild,
)
from indexer.passages import selection
from indexer.query import lexer, parse_query, parser, syntax
from indexer.readers import READERS, dates, files, jsonl, markdown
from indexer.searcher import MAX_PAGE
from tests.catalogues import commands
from web import address, create_app
from web.errors import LONGEST_ADDRESS
from web.headers import HEADERS
from web.serving import LIMITS

CHECKOUT = Path(__file__).parent.parent

MADE = {"build", "dist", "htmlcov"}
"""Folders, beside the hidden ones, that are made here and hold nobody's documents."""

README = (CHECKOUT / "README.md").read_text("utf-8")
CONTRIBUTING = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")

COMMANDS = commands()


def documents() -> list[Path]:
    """Return every Markdown document of the repository; the articles of the corpus are none."""
    found = (file.relative_to(CHECKOUT) for file in CHECKOUT.rglob("*.md"))
    kept = (file for file in found if not any(part.startswith(".") or part in MADE for part in file.parts))
    return sorted(file for file in kept if file.parts[0] != "corpus" or file.name == "README.md")


def section(title: str) -> str:
    """Return the text of README under a heading, with the smaller headings below it."""
    level = re.search(rf"^(#+) {re.escape(title)}$", README, re.MULTILINE)
    assert level, f"README has no heading « {title} »"
    return re.split(rf"^#{{1,{len(level[1])}}} ", README[level.end() :], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of the tables of a text, without their headings."""
    lines = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line] for line in lines]
    heads = {number - 1 for number, line in enumerate(cells) if re.fullmatch("-+", line[0])}
    return [line for number, line in enumerate(cells) if number not in heads and number - 1 not in heads]


def quoted(text: str) -> list[str]:
    """Return what a text gives as code within its lines."""
    return re.findall(r"`([^`\n]+)`", text)


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks of code of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """Return the anchors that a reader of Markdown gives to the headings of a text."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> list[tuple[Path, str]]:
    """Return the links of all documents, pictures included, that lead into the repository."""
    found = [
        (file, target)
        for file in documents()
        for target in re.findall(r"\]\(([^)\s]+)\)", (CHECKOUT / file).read_text("utf-8"))
    ]
    return [(file, target) for file, target in found if not urlsplit(target).scheme]


@pytest.mark.parametrize(("file", "target"), links(), ids=str)
def test_a_link_leads_somewhere(file: Path, target: str) -> None:
    """A relative link names a file or folder of the repository, and a heading if it has an anchor."""
    path, _, anchor = target.partition("#")
    there = (CHECKOUT / file.parent / path) if path else CHECKOUT / file

    assert there.exists()
    assert not anchor or anchor in anchors(there.read_text("utf-8"))


@pytest.mark.parametrize("picture", re.findall(r"!\[[^]]*\]\(([^)]+)\)", README))
def test_a_picture_is_light(picture: str) -> None:
    """A picture of the README is a PNG of less than 250 kB."""
    content = (CHECKOUT / picture).read_bytes()

    assert content.startswith(b"\x89PNG")
    assert len(content) < 250_000


@pytest.mark.parametrize(
    "path", [path for path in quoted(CONTRIBUTING + README) if re.match(r"(indexer|web|tests)/", path)]
)
def test_a_file_named_exists(path: str) -> None:
    """A file or folder that a document names is there."""
    assert (CHECKOUT / path).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)(?=`|\n)", README + CONTRIBUTING))))
def test_a_make_target_named_exists(target: str) -> None:
    """What a document tells to make has a rule in the Makefile."""
    assert re.search(rf"^{target}:", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_changelog_has_this_version() -> None:
    """The version of the package has its section."""
    version = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert re.search(rf"^## {re.escape(version)}\b", (CHECKOUT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_the_versions_of_python_are_those_of_the_package() -> None:
    """README names the versions of Python that the package declares."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [kind.rpartition(" ")[2] for kind in project["classifiers"] if "Python :: 3." in kind]

    assert f"Python {', '.join(declared[:-1])} or {declared[-1]}" in README


# Commands, options, exit codes, settings


def options(command: click.Command) -> set[str]:
    """Return the flags of a command, long and short, but that of its help."""
    found = (option.opts + option.secondary_opts for option in command.params if isinstance(option, click.Option))
    return set(chain.from_iterable(found)) - {"--help", "-h"}


def test_every_command_has_a_heading_and_the_reverse() -> None:
    """The headings of « The command line » are the commands."""
    told = re.findall(r"^### `furet ([a-z ]+)`$", section("The command line"), re.MULTILINE)

    assert set(COMMANDS) - {"furet"} == set(told)
    assert len(told) == len(set(told))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_of_a_command_are_told_and_the_reverse(name: str) -> None:
    """The text on a command names each of its options, and no option that it lacks."""
    text = section("The command line").partition("###")[0] if name == "furet" else section(f"`furet {name}`")
    words = [word for piece in quoted(text) for word in piece.split()]
    told = {word for word in words if re.fullmatch("--?[a-z-]*[a-z]", word)} - {"--help", "-h"}

    assert options(COMMANDS[name]) == told


def test_the_exit_codes_are_those_of_the_help() -> None:
    """README has a row for each code that the help lists."""
    listed = (COMMANDS["furet"].help or "").partition("Codes de sortie :")[2]

    assert re.findall(r"^ +(\d+) ", listed, re.MULTILINE) == [row[0] for row in rows(section("Exit codes"))]


def test_the_errors_of_the_exit_codes_are_those_of_the_product() -> None:
    """README names each error that ends the command line, beside its code."""
    found = [error for error in vars(errors).values() if isinstance(error, type)]
    codes = {error.__name__: str(error.exit_code) for error in found if getattr(error, "exit_code", 1) != 1}

    assert codes == {
        name: row[0] for row in rows(section("Exit codes")) for name in re.findall("`([A-Z]\\w+)`", row[2])
    }


def test_the_settings_are_those_of_the_product() -> None:
    """README has a row for each setting: its variable, its key and its default."""
    expected = [
        [f"`FURET_{setting.name.upper()}`", f"`{setting.name}`", f"`{setting.default}`"] for setting in fields(Settings)
    ]

    assert sorted(expected) == sorted(row[1:4] for row in rows(section("Settings")))


def test_the_flags_of_the_settings_are_those_of_serve() -> None:
    """README gives each setting the flag that `furet serve` has for it, if it has one."""
    flags = options(COMMANDS["serve"])
    expected = {
        setting.name: f"`--{setting.name}`" if f"--{setting.name}" in flags else "" for setting in fields(Settings)
    }

    assert expected == {row[2].strip("`"): row[0] for row in rows(section("Settings"))}


def test_the_variables_are_those_that_are_read() -> None:
    """README names no variable that Furet does not read, and all that it reads."""
    read = {f"FURET_{setting.name.upper()}" for setting in fields(Settings)} | {"FURET_CONFIG"}

    assert read == set(re.findall(r"FURET_[A-Z_]+", README))


def test_the_example_of_a_configuration_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The furet.toml of the README holds settings that make sense."""
    (example,) = blocks(section("Settings"), "toml")
    (tmp_path / "furet.toml").write_text(example, "utf-8")
    monkeypatch.chdir(tmp_path)

    loaded = load_settings({})

    assert tomllib.loads(example) == {"index": str(loaded.index), "name": loaded.name, "page": loaded.page}


# Formats and limits


def test_the_formats_are_those_that_are_read() -> None:
    """README has a row with each extension that a reader knows, and no other."""
    told = [extension for row in rows(section("Your own articles")) for extension in quoted(row[0])]

    assert sorted(READERS) == sorted(told)


def test_the_keys_of_front_matter_are_those_that_are_read() -> None:
    """README names each key of a Markdown file's heading that gives a part of the article."""
    (row,) = [row for row in rows(section("Your own articles")) if "`.md`" in row[0]]

    assert sorted(chain.from_iterable(markdown.KEYS.values())) == sorted(quoted(row[2]))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Your own articles", f"{files.MAX_BYTES // 1_000_000} MB for a file"),
        ("Your own articles", f"{jsonl.LONGEST_ID} characters for an `id`"),
        ("Your own articles", f"years {dates.YEARS[0]} to {dates.YEARS[-1]}"),
        ("The query language", f"{parser.MAX_CHARACTERS:,} characters"),
        ("The query language", f"{parser.MAX_LEAVES} words or phrases"),
        ("The query language", f"{parser.MAX_DEPTH} levels of parentheses"),
        ("How results and passages are chosen", f"of {selection.SHORTEST} to {selection.LONGEST} characters"),
        ("`furet search`", f"{MAX_PAGE} at most"),
        ("Running it for others", f"{LONGEST_ADDRESS:,} characters"),
        *(("Running it for others", f"`{name}` {value}") for name, value in LIMITS.items()),
    ],
)
def test_a_limit_is_that_of_the_product(title: str, told: str) -> None:
    """A limit that README tells is the one that holds."""
    assert told in " ".join(section(title).split())


# The query language


QUERIES = [query for row in rows(section("The query language")) for query in quoted(row[0])]


@pytest.fixture(scope="module")
def place(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the examples suppose it: the sample corpus, articles, questions, and an index in the usual place."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(corpus, folder / "corpus")
    shutil.copytree(corpus / "notes", folder / "articles")
    (folder / "questions.txt").write_text("retraite\nécole\n", "utf-8")
    (folder / "cas.jsonl").write_text("".join(blocks(section("`furet evaluate cases`"), "json")), "utf-8")
    (folder / "formes.tsv").write_text("grèves\tgrève\tNOUN\t2\ngrève\tgrève\tNOUN\t3\n", "utf-8")
    (folder / "accents.tsv").write_text("peche\tpêche péché\n", "utf-8")
    (folder / "collection").mkdir()
    (folder / "collection" / "docs.jsonl").write_text('{"id": "a", "title": "", "text": "La grève."}', "utf-8")
    (folder / "collection" / "queries.tsv").write_text("1\tgrève\n", "utf-8")
    (folder / "collection" / "qrels.tsv").write_text("1\ta\t1\n", "utf-8")
    rebuild([folder / "corpus"], folder / "furet-index")
    return folder


@pytest.fixture(scope="module")
def searcher(place: Path) -> Searcher:
    return open_index(place / "furet-index")


@pytest.mark.parametrize("query", QUERIES)
def test_an_example_is_understood(query: str) -> None:
    """A query of the README needs no repair."""
    assert parse_query(query).remarks == ()


@pytest.mark.parametrize("query", QUERIES)
def test_an_example_finds_something(query: str, searcher: Searcher) -> None:
    """A query of the README finds articles of the sample corpus that have all it asks for."""
    answer = searcher.search(query)

    assert answer.total
    assert answer.complete


@pytest.mark.parametrize("operator", lexer.OPERATORS)
def test_every_operator_is_told(operator: str) -> None:
    """README shows each operator, in an example or beside one."""
    assert operator in [word for piece in quoted(section("The query language")) for word in piece.split()]


@pytest.mark.parametrize("field", lexer.FIELD_NAMES)
def test_every_field_is_told(field: str) -> None:
    """README shows each name of a field, in an example or beside one."""
    assert re.search(rf"(?<!\w){field}:", " ".join(quoted(section("The query language"))))


def kinds(part: syntax.Part) -> Iterator[str]:
    """Yield the kinds of the parts of a query."""
    yield type(part).__name__
    inner = getattr(part, "parts", (part.part,) if isinstance(part, syntax.Excluded) else ())
    yield from chain.from_iterable(map(kinds, inner))


def test_the_examples_show_all_that_can_be_asked() -> None:
    """The examples have every kind of part that a parser makes of a text."""
    shown = {kind for query in QUERIES if (tree := parse_query(query).tree) for kind in kinds(tree)}

    made = {"Word", "Phrase", "Prefix", "Pattern", "Like", "Near", "Published"}
    assert made | {"AllOf", "AnyOf", "Spellings", "Excluded", "Favoured"} == shown


# Examples that run


def shell_examples() -> list[str]:
    """Return the `furet` commands of the README that end by themselves."""
    lines = [line for block in blocks(README, "sh") for line in block.splitlines()]
    return [line for line in lines if re.match("furet (?!serve)", line)]


@pytest.fixture(scope="module")
def ran(place: Path) -> dict[str, int]:
    """Run the shell examples in the order of the README, each as a process; return their exit codes."""
    codes = {}
    for line in shell_examples():
        arguments, _, _ = line.removeprefix("furet ").partition(" > ")
        command = [sys.executable, "-m", "indexer", *shlex.split(arguments)]
        codes[line] = subprocess.run(command, cwd=place, capture_output=True, check=False).returncode
    return codes


@pytest.mark.parametrize("line", shell_examples())
def test_a_shell_example_runs(line: str, ran: dict[str, int]) -> None:
    """An example of the README ends with 0: it does what it says, and finds something."""
    assert ran[line] == 0


def test_the_python_example_runs(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python example gives what the README says it gives."""
    monkeypatch.chdir(place)
    (example,) = blocks(README, "pycon")
    test = doctest.DocTestParser().get_doctest(example, {}, "README", "README.md", 0)

    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize(
    "line", [line for block in blocks(README, "sh") for line in re.findall("^curl.*", block, re.MULTILINE)]
)
def test_an_address_example_answers(line: str, place: Path) -> None:
    """An address of the README, asked for, gives results."""
    client = create_app(Settings(index=place / "furet-index")).test_client()

    assert client.get(shlex.split(line)[-1]).get_json()["total"]


# JSON, addresses, headers


def keys_told(name: str) -> list[str]:
    """Return the keys that README gives to a JSON object."""
    (row,) = [row for row in rows(section("JSON")) if row[0].startswith(name)]
    return quoted(row[1])


def test_the_keys_of_json_are_those_of_the_product(searcher: Searcher) -> None:
    """README gives answers, facets, results and passages the keys that they have, in their order."""
    answer = answer_as_json(searcher.search("age retraite"))
    result = answer["results"][0]

    assert list(answer) == keys_told("answer")
    assert list(answer["facets"]["year"][0]) == keys_told("each value")
    assert list(result) == keys_told("result")
    assert list(result["passages"][0]) == keys_told("passage")


def test_the_keys_of_an_explanation_are_those_of_the_product(searcher: Searcher) -> None:
    """README gives explanations, contributions, factors and met forms the keys that they have, in their order."""
    explanation = explanation_as_json(searcher.explain("age retraite", "depeche-2023-022"))
    contribution = explanation["contributions"][0]

    assert list(explanation) == keys_told("`furet explain --json`")
    assert list(contribution) == keys_told("contribution")
    assert list(contribution["factors"][0]) == keys_told("factor")
    assert list(contribution["met"][0]) == keys_told("met form")


@pytest.mark.parametrize("name", [*Kind, *Reason])
def test_the_names_in_an_explanation_are_told(name: str) -> None:
    """README names each kind of part and each reason of a score."""
    assert name in quoted(section("JSON"))


def test_the_keys_of_a_status_are_those_of_the_product(searcher: Searcher) -> None:
    """README gives a status the keys that it has, in their order."""
    assert list(asdict(searcher.status())) == keys_told("`furet status --json`")


def test_the_parameters_of_an_address_are_those_that_are_read() -> None:
    """README has each parameter of an address, and no other."""
    full = address.Address("q", "s", "a", 1, True, address.Sort.OLDEST, 2, 3, marked=False, repaired=False)
    told = [name for row in rows(section("Addresses")) for name in quoted(row[0])]

    assert {*full.parameters, "lang"} == set(told)


def test_the_orders_of_an_address_are_those_that_are_read() -> None:
    """README has each value of « tri »."""
    (row,) = [row for row in rows(section("Addresses")) if row[0] == "`tri`"]

    assert list(address.SORTS) == quoted(row[1])


def test_the_addresses_are_those_of_the_product() -> None:
    """README names each address that the pages have; their assets are nobody's business."""
    rules = [rule for rule in create_app(Settings()).url_map.iter_rules() if rule.endpoint != "asset"]
    told = {name.partition("?")[0] for name in quoted(section("Addresses")) if name.startswith("/")}

    assert {rule.rule.partition("<")[0] for rule in rules} == told


def test_the_headers_are_those_of_every_answer() -> None:
    """README names each header that protects readers."""
    (paragraph,) = [text for text in section("Running it for others").split("\n\n") if "**Headers" in text]

    assert list(HEADERS) == quoted(paragraph)


# Licences


def installed(name: str, extras: frozenset[str] = frozenset(), seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names of the packages that installing `name` installs here, itself included."""
    if (canonical := canonicalize_name(name)) in seen:
        return seen
    seen |= {canonical}
    try:
        needed = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:  # for another system or an older Python
        return seen - {canonical}
    for one in needed:
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            seen = installed(one.name, frozenset(one.extras), seen)
    return seen


LICENSED = [name for row in rows(section("Licences")) for name in quoted(row[1])]


def test_the_licences_of_all_packages_are_told() -> None:
    """README tells under which licence each package comes that Furet installs."""
    assert installed("furet") - {"furet"} <= set(LICENSED)


def test_no_licence_of_another_package_is_told() -> None:
    """The packages whose licence README tells are packages of the lock file, each named once."""
    locked = set(re.findall(r"^([a-z0-9-]+)==", (CHECKOUT / "requirements.lock").read_text("utf-8"), re.MULTILINE))

    assert set(LICENSED) <= locked
    assert len(LICENSED) == len(set(LICENSED))
