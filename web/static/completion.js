// Completes the word being typed: a combobox with its listbox (ARIA 1.2). Without it the form does all it has to.

"use strict";

const PATIENCE = 80; // milliseconds after the last key: a fast typist asks once

for (const field of document.querySelectorAll("input[data-completions]")) completeIn(field);

function completeIn(field) {
  const { completions: address, label } = field.dataset;
  const list = make("ul", { id: `${field.id}-completions`, role: "listbox", "aria-label": label, lang: "fr", class: "completions" });
  const status = make("span", { role: "status", class: "unseen" });
  let typed = field.value; // what the reader typed, while the field shows an option
  let chosen = -1;
  let timer = 0;
  let asking = new AbortController();

  list.hidden = true;
  field.after(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);

  field.addEventListener("input", (event) => {
    typed = field.value;
    forget();
    const atEnd = field.selectionStart === typed.length;
    if (event.isComposing || !atEnd || !typed.trim()) close();
    else timer = setTimeout(ask, PATIENCE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Escape") { choose(-1); close(); }
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => { forget(); close(); });
  field.form.addEventListener("submit", forget);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    field.value = option.textContent;
    close();
    field.form.requestSubmit();
  });

  async function ask() {
    asking = new AbortController();
    const asked = typed;
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: asked })}`, { signal: asking.signal });
      if (answer.ok && asked === field.value) show((await answer.json())[1]);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no server: the form is still there
    }
  }

  function show(queries) {
    if (!queries.length || document.activeElement !== field) return close();
    list.replaceChildren(...queries.map((query, number) => {
      const option = make("li", { id: `${list.id}-${number}`, role: "option", "aria-selected": "false" });
      option.textContent = query;
      return option;
    }));
    chosen = -1;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    status.textContent = `${label} (${queries.length})`;
  }

  // Shows an option in the field; beyond either end stands what was typed.
  function choose(number) {
    const options = [...list.children];
    const count = options.length;
    chosen = number < -1 ? count - 1 : number >= count ? -1 : number;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen]?.scrollIntoView({ block: "nearest" });
    field.value = chosen < 0 ? typed : options[chosen].textContent;
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  // Nothing that was asked before may open the list any more.
  function forget() {
    clearTimeout(timer);
    asking.abort();
  }
}

function make(name, attributes) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}
