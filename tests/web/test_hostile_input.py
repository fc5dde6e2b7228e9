"""Hostile articles and hostile queries: never an element, an attribute or an error that they chose."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src onerror=alert(1)></style></mtext></math>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<a href="javascript:alert(1)">x</a>',
    "<a href='data:text/html,<script>1</script>'>x</a>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '" style="position:fixed" x="',
    "</mark><script>alert(1)</script><mark>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><x/>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example><input name=q></form>",
    "<object data=//evil.example></object>",
    "<details open ontoggle=alert(1)>",
    "<mark id=m1>faux</mark>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "%s %(count)s {0} {name} {0.__class__}",
    "javascript:alert(1)",
    "＜script＞alert(1)＜/script＞",
    "<scr\u00adipt>alert(1)</scr\u00adipt>",
    "\u202e<script>alert(1)</script>\u202c",
    "``<img src=`x`onerror=alert(1)>``",
]

ALLOWED_ATTRIBUTES = {
    "a": {"class", "href", "hreflang", "lang", "title", "rel", "aria-label", "aria-current"},
    "article": {"class"},
    "body": {"class"},
    "button": {"type"},
    "details": {"class"},
    "div": {"class", "lang"},
    "footer": {"class"},
    "form": {"class", "action", "method", "role"},
    "h1": {"class", "lang"},
    "h2": {"lang"},
    "header": {"class"},
    "html": {"lang"},
    "img": {"src", "alt", "width", "height"},
    "input": {
        "type", "id", "name", "value", "maxlength", "autocomplete", "autocapitalize", "spellcheck", "enterkeyhint",
        "data-completions", "data-label",
    },
    "label": {"for"},
    "li": {"id"},
    "link": {"rel", "type", "href", "title"},
    "main": {"id", "tabindex"},
    "mark": {"id"},
    "meta": {"charset", "name", "content"},
    "nav": {"class", "aria-label"},
    "ol": {"class", "start"},
    "p": {"class", "id", "lang", "role"},
    "q": {"lang"},
    "script": {"defer", "src"},
    "span": {"class", "aria-hidden", "aria-current"},
    "time": {"datetime"},
    "ul": {"class", "lang", "aria-label"},
} | {name: set() for name in ("cite", "head", "s", "section", "strong", "summary", "title")}  # fmt: skip
"""Every element that the templates write, and the attributes that they give it."""


def assert_harmless(page):
    """Fail on an element or attribute that no template writes, and on a link out of the site."""
    for element in page.inside:
        assert element.name in ALLOWED_ATTRIBUTES
        assert set(element.attributes) <= ALLOWED_ATTRIBUTES[element.name]
        for address in (element["href"], element["src"], element["action"]):
            assert re.match(r"/(?!/)|#m\d+$|#contenu$|#q$|http://localhost/|$", address)
    marks = [mark["id"] for mark in page.all("mark") if mark["id"]]
    assert marks == [f"m{number}" for number in range(1, len(marks) + 1)]


@pytest.fixture(scope="module")
def hostile_client(tmp_path_factory):
    """An archive in which every field of every article attacks the page."""
    import json

    from indexer import Settings, rebuild
    from web import create_app

    room = tmp_path_factory.mktemp("hostile")
    (room / "corpus").mkdir()
    articles = [
        {
            "id": f"piege-{number} {payload}".replace("..", "").replace("//", "/")[:150],
            "title": f"{payload} embuscade",
            "text": f"{payload} embuscade {payload}\n\nSuite. {payload}",
            "author": payload,
            "source": payload,
            "date": "2020-01-01",
            "url": f"javascript:alert({number})",
        }
        for number, payload in enumerate(PAYLOADS)
    ]
    lines = "\n".join(json.dumps(article) for article in articles)
    (room / "corpus" / "a.jsonl").write_text(lines, "utf-8")
    report = rebuild([room / "corpus"], room / "index")
    assert report.status.documents == len(PAYLOADS)
    return create_app(Settings(index=room / "index", page=100)).test_client()


def test_hostile_articles_stay_text_among_the_results(hostile_client, read_html):
    """All the attacks on one page: titles, passages, authors, sources, facets, links."""
    page = read_html(hostile_client.get("/?q=embuscade").text)

    assert_harmless(page)
    assert len(page.all("article", class_="result")) == len(PAYLOADS)


def test_hostile_articles_stay_text_when_opened(hostile_client, read_html):
    """Each article opened from the results, with marks in the middle of its attack."""
    results = read_html(hostile_client.get("/?q=embuscade").text)

    for heading in results.one("ol").all("h2"):
        page = read_html(hostile_client.get(heading.one("a")["href"].partition("#")[0]).text)
        assert_harmless(page)
        assert page.one("h1").text == heading.text
        assert not page.all("p", class_="origin")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_queries_stay_text(hostile_client, read_html, payload):
    """The query is shown in the field, in the title, in links: as text everywhere, marked or not found."""
    for parameters in (
        {"q": payload},
        {"q": f'"{payload}'},
        {"q": "embuscade", "source": payload, "auteur": payload, "tri": payload, "lang": payload, "page": payload},
        {"source": payload},
    ):
        response = hostile_client.get("/", query_string=parameters)
        assert response.status_code == 200
        assert_harmless(read_html(response.text))
    opened = hostile_client.get("/article/" + quote(payload, safe=""), query_string={"q": payload})
    assert_harmless(read_html(opened.text))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_queries_stay_text_in_json(hostile_client, payload):
    """JSON is announced as JSON and never sniffed as a page."""
    response = hostile_client.get("/api/search", query_string={"q": payload, "source": payload})

    assert response.mimetype == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.json["query"] == payload


QUERY_STRINGS = [
    "q=%00",
    "q=a%00b",
    "q=%ED%A0%80",
    "q=%ED%A0%80gr%C3%A8ve%ED%B0%80",
    "q=%C0%AF",
    "q=%FF%FE",
    "q=%zz",
    "q=%",
    "q=%u00e9",
    "q=%F0%9F%A6%A6",
    "q=%E2%80%AEgreve",
    "q=%EF%BB%BFgreve",
    "q=a%0D%0ASet-Cookie:%20a=b",
    "q=%22",
    "q=%22%22%22",
    "q=%C2%AB+greve",
    "q=greve+%C2%BB",
    "q=((((((((((((((((((((((((((((((greve",
    "q=" + "(" * 1200,
    "q=" + ")" * 1200,
    "q=" + "NON+" * 300 + "greve",
    "q=" + "-" * 500 + "greve",
    "q=*",
    "q=%3F*",
    "q=**greve**",
    "q=a*+b*+c*+d*+e*",
    "q=gre*+" * 40,
    "q=[a+TO+z]",
    "q=greve~9+port^1e9",
    "q=ET+OU+SAUF",
    "q=OU",
    "q=titre:",
    "q=titre:titre:titre:greve",
    "q=:::::",
    "q=date:0000..9999",
    "q=date:2019-02-31",
    "q=9999999999..0",
    "q=../../../../etc/passwd",
    "q=%27+OR+1=1--",
    "q=" + "mot+" * 800,
    "q=" + "a" * 3900,
    "q=" + "%22a+b%22" * 300,
    "q=a&q=b&q[]=c&q%5B%5D=d",
    "&&&===;;;",
    "q",
    "=",
    "page=1e9&q=greve",
    "page=%00&annee=%00&tri=%00&lang=%00&q=greve",
    "annee=99999999999999999999&q=greve",
    "annee=%D9%A2&q=greve",
    "source=%00&auteur=%ED%A0%80&q=greve",
    "lang=de&q=greve",
    "lang=fr%0D%0AX:%20y&q=greve",
    "rang=1&marques=non&q=greve",
]


@pytest.mark.parametrize("query_string", QUERY_STRINGS, ids=lambda text: text[:40])
@pytest.mark.parametrize("path", ["/", "/api/search", "/article/cirque", "/aide", "/nothing"])
def test_hostile_addresses_never_break_a_page(client, path, query_string):
    """200, 400 or 404, never 500, and no header that the address chose."""
    response = client.get(f"{path}?{query_string}")

    assert response.status_code in {200, 400, 404}
    assert "Set-Cookie" not in response.headers
    assert "X" not in response.headers


@pytest.mark.parametrize("length", [4000, 4001])
def test_an_address_has_a_limit(client, length):
    """4,000 characters of parameters are read, one more is a French 400 page."""
    response = client.get("/?q=" + "a" * (length - 2))

    assert response.status_code == (200 if length == 4000 else 400)
    if length > 4000:
        assert "L’adresse est trop longue" in response.text


@pytest.mark.parametrize(
    "path", ["/article/%00", "/article/..%2f..%2fetc", "/article/%ED%A0%80", "/article/" + "a" * 9000]
)
def test_hostile_identifiers_are_unknown_articles(client, path):
    """An identifier that names nothing is a 404, whatever it is made of."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("host", ['a"b<script>', "a b", "x" * 300, "évêché", "[::1", "a:b:c", ""])
def test_hostile_hosts_never_break_a_page(client, read_html, host):
    """A Host header that names nothing is refused or ignored, and is never written as markup."""
    response = client.get("/article/cirque", headers={"Host": host})

    assert response.status_code in {200, 400}
    assert "<script>" not in response.text
