"""The story of a search, in a real browser: the system's own Chromium, headless."""

from __future__ import annotations

import os
import re
import shutil

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/?q=semaine",
    "/?q=greve&annee=2019",
    "/?q=dockers+clochers",
    "/?q=xylophage",
    "/?q=capitainnerie",
    "/?q=capitainnerie&correction=non",
    "/article/port/greve-2019?q=greve&rang=1#m2",
    "/article/cirque?q=filet",
    "/aide",
    "/nothing",
]


@pytest.fixture(scope="module")
def browser():
    """Chromium; without it the story is skipped, or fails where FURET_REQUIRE_CHROMIUM=1 says that it must be told."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        if os.environ.get("FURET_REQUIRE_CHROMIUM") == "1":
            pytest.fail("FURET_REQUIRE_CHROMIUM=1, and there is no Chromium on this system")
        pytest.skip("there is no Chromium on this system")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        # Its sandbox refuses to start as root, which is what containers run as; every page here is ours.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_tab(browser, server):
    """Opens tabs on the archive; checks at the end that none complained, asked elsewhere or kept a cookie."""
    contexts, complaints, requests = [], [], []

    def open_one(path, **options):
        context = browser.new_context(base_url=f"http://127.0.0.1:{server}", locale="fr-FR", **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto(path)
        return tab

    yield open_one
    cookies = [context.cookies() for context in contexts]
    for context in contexts:
        context.close()
    assert [complaint for complaint in complaints if "404" not in complaint] == []
    assert {re.match(r"\w+://[^/]*", url).group() for url in requests} == {f"http://127.0.0.1:{server}"}
    assert not any(cookies)


def in_view(element):
    """Whether an element lies wholly in the window, below the bar that stays at the top."""
    return element.evaluate(
        """element => {
            const box = element.getBoundingClientRect();
            const bar = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
            return box.top >= Math.min(bar, box.top + 1) && box.top >= 0 && box.bottom <= innerHeight;
        }"""
    )


def test_a_search_from_the_first_word_to_the_passage_and_back(open_tab):
    """Type without accents, see the marks, open a passage, step to the next occurrence, come back."""
    tab = open_tab("/", viewport={"width": 1000, "height": 420})

    tab.locator("#q:focus").wait_for()
    tab.keyboard.type("greve port")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?q=greve+port")
    assert "grève" in tab.locator(".passages mark").all_text_contents()

    tab.locator(".result", has_text="reconduite jusqu’à vendredi").locator(".passages a").last.click()
    opened = tab.locator("mark:target")
    assert in_view(opened)
    tab.goto(tab.url.partition("#")[0] + "#m1")
    steps = tab.locator("mark:target + .steps")
    assert "Occurrence 1 sur" in steps.text_content()
    steps.get_by_label("Occurrence suivante").click()
    assert tab.url.endswith("#m2")
    assert in_view(tab.locator("mark:target"))
    assert tab.locator(".steps:visible").count() == 1

    tab.get_by_text("← Retour aux").click()
    assert "?q=greve+port" in tab.url
    assert in_view(tab.locator("#r1 h2"))


def test_the_keyboard_is_enough(open_tab):
    """Skip link, results, article, occurrences: every step with Tab and Enter."""
    tab = open_tab("/")

    tab.locator("#q:focus").wait_for()
    tab.keyboard.type("greve")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?q=greve")

    tab.keyboard.press("Tab")
    assert tab.locator(":focus").text_content() == "Aller aux résultats"
    assert in_view(tab.locator(":focus"))
    tab.keyboard.press("Enter")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.locator("h2 a:focus").count():
            break
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/article/**")

    assert tab.url.endswith("#m2")
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").get_attribute("aria-label") == "Occurrence précédente"
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#m1")
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").get_attribute("aria-label") == "Occurrence suivante"


def test_a_word_is_completed_from_the_keyboard(open_tab):
    """Arrows walk through the completions and back to what was typed, Escape closes, Enter searches."""
    tab = open_tab("/")
    field, options = tab.locator("#q:focus"), tab.get_by_role("option")

    field.press_sequentially("gre")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert tab.get_by_role("listbox", name="Propositions").get_attribute("id") == field.get_attribute("aria-controls")
    assert options.all_text_contents() == ["grève"]

    tab.keyboard.press("ArrowDown")
    assert field.input_value() == "grève"
    assert options.first.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    tab.keyboard.press("ArrowDown")
    assert (field.input_value(), field.get_attribute("aria-activedescendant")) == ("gre", None)

    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Escape")
    assert (field.input_value(), field.get_attribute("aria-expanded")) == ("gre", "false")
    assert not options.first.is_visible()

    field.press_sequentially("v")
    options.first.wait_for()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?q=gr%C3%A8ve")


def test_a_completion_is_chosen_with_the_pointer(open_tab):
    """A click searches; in the dark too the words are readable, and nothing is hidden behind the results."""
    tab = open_tab("/?q=semaine", color_scheme="dark", viewport={"width": 360, "height": 740})

    tab.locator("#q").fill("ecol")
    option = tab.get_by_role("option", name="école")
    option.wait_for()
    assert in_view(option)
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    assert all(ratio >= 4.5 for _, ratio in tab.evaluate(CONTRASTS, ["[role=option]"]))

    option.click()
    tab.wait_for_url("**/?q=%C3%A9cole")


def test_the_form_does_without_the_script(open_tab):
    """Without JavaScript the field is a plain one, and finds."""
    tab = open_tab("/", java_script_enabled=False)

    assert tab.locator("#q").get_attribute("role") is None
    tab.locator("#q").fill("greve port")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?q=greve+port")
    assert tab.locator(".result").count()


def test_marks_and_steps_do_not_reach_the_clipboard(open_tab):
    """The text that a reader selects is the article's, without the links between occurrences."""
    tab = open_tab("/article/port/greve-2019?q=greve#m2")

    selected = tab.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.text')), getSelection().toString()"
    )

    assert "La grève coûte déjà trois escales" in selected
    assert "Occurrence" not in selected


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(open_tab, path):
    """From a phone of 360 pixels to the first width with a column, every page fits, long words included."""
    tab = open_tab(path)

    for width in (360, 600, 960):
        tab.set_viewport_size({"width": width, "height": 740})
        assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_filters_are_folded_on_a_phone_and_open_on_a_desk(open_tab):
    """The facets take no room on a phone until they are asked for; on a wide screen they are a column."""
    phone, desk = (open_tab("/?q=greve", viewport={"width": width, "height": 740}) for width in (360, 1280))

    assert not phone.locator(".facets li").first.is_visible()
    phone.get_by_text("Filtres", exact=True).click()
    assert phone.locator(".facets li").first.is_visible()
    assert desk.locator(".facets li").first.is_visible()
    assert not desk.locator(".facets > summary").is_visible()


CONTRASTS = """selectors => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const rgb = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
                           return [...canvas.getImageData(0, 0, 1, 1).data]; };
    const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
    const behind = element => { for (; element; element = element.parentElement) {
        const color = rgb(getComputedStyle(element).backgroundColor); if (color[3] === 255) return color; }
        return [255, 255, 255, 255]; };
    return selectors.flatMap(selector => [...document.querySelectorAll(selector)].map(element => {
        const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
        return [selector, (a + .05) / (b + .05)]; }));
}"""
"""The contrast between each element's text and what lies behind it (WCAG 2.2, 1.4.3)."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_everything_is_readable_in_both_schemes(open_tab, path, scheme):
    """All text has a contrast of at least 4.5 with what lies behind it, marks and links included."""
    tab = open_tab(path, color_scheme=scheme)

    contrasts = tab.evaluate(
        CONTRASTS, ["mark", "a", "p", "h1", "h2", "button", "input", "li", "label", "code", "dd", "s"]
    )

    assert [(name, ratio) for name, ratio in contrasts if ratio < 4.5] == []
    assert contrasts


def test_marks_do_not_rely_on_colour(open_tab):
    """A mark is bold as well."""
    tab = open_tab("/?q=greve")

    assert tab.locator(".passages mark").first.evaluate("mark => getComputedStyle(mark).fontWeight") == "700"


def test_paper_holds_the_article_and_nothing_to_click(open_tab):
    """Printed: title, text, reference, address; no form, bar or navigation."""
    tab = open_tab("/article/port/greve-2019?q=greve&rang=1#m2")
    tab.emulate_media(media="print")

    for kept in ("h1", ".text", ".citation", ".here"):
        assert tab.locator(kept).first.is_visible()
    for dropped in ("form", ".bar", ".path", ".steps", ".tools", ".foot", ".skip"):
        assert not tab.locator(dropped).first.is_visible()
