/* Suggestions below the search box. Without this file the box is a plain box. With it, it is a combobox: arrows walk through the list, Enter
   goes where the marked line leads, Escape closes it. */
(() => {
  "use strict";

  const WAIT = 150; // a hand that types steadily asks once
  const box = (target) => (target instanceof HTMLInputElement && target.dataset.suggest ? target : null);
  const listOf = (input) => input.closest("form")?.querySelector("[role=listbox]");
  const optionsOf = (input) => [...(listOf(input)?.querySelectorAll("[role=option]") ?? [])];
  let timer;
  let asking;

  // The server sends a plain box, and sends it again with every answer that is swapped in.
  const upgrade = () => {
    for (const input of document.querySelectorAll("input[data-suggest]")) {
      const list = listOf(input);
      if (!list || input.getAttribute("role") === "combobox") continue;
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-controls", list.id);
      input.setAttribute("aria-expanded", String(!list.hidden));
    }
  };

  const mark = (input, option) => {
    for (const each of optionsOf(input)) each.setAttribute("aria-selected", String(each === option));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const close = (input) => {
    clearTimeout(timer);
    asking?.abort();
    const list = listOf(input);
    if (list) {
      list.hidden = true;
      list.replaceChildren();
    }
    input.setAttribute("aria-expanded", "false");
    mark(input, null);
  };

  const show = (input, html) => {
    const list = listOf(input);
    if (!list || document.activeElement !== input) return;
    list.innerHTML = html;
    const said = list.querySelector("[data-said]");
    list.hidden = !list.querySelector("[role=option]");
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(input, null);
    const status = document.getElementById("status");
    if (status && said) status.textContent = said.dataset.said;
    said?.remove();
  };

  const ask = async (input) => {
    asking?.abort();
    if (input.value.trim().length < 2) return close(input);
    asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`, { signal: asking.signal });
      if (answer.ok) show(input, await answer.text());
      else close(input);
    } catch (error) {
      if (error.name !== "AbortError") close(input); // no answer: the box stays a plain box
    }
  };

  const walk = (input, step) => {
    const options = optionsOf(input);
    if (!options.length) return false;
    const now = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const next = now < 0 && step < 0 ? options.length - 1 : now + step;
    mark(input, options[next] ?? null); // beyond either end: back in the box
    return true;
  };

  document.addEventListener("input", (event) => {
    const input = box(event.target);
    if (!input) return;
    upgrade();
    clearTimeout(timer);
    timer = setTimeout(() => ask(input), WAIT);
  });

  document.addEventListener("keydown", (event) => {
    const input = box(event.target);
    if (!input || event.isComposing) return;
    const marked = optionsOf(input).find((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (walk(input, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
      else if (event.key === "ArrowDown") ask(input);
    } else if (event.key === "Escape" && !listOf(input)?.hidden) {
      event.preventDefault();
      close(input);
    } else if (event.key === "Enter") {
      if (marked) {
        event.preventDefault();
        marked.click();
      }
      close(input);
    }
  });

  // A click on a line takes the focus from the box first; the list must still be there for it.
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest?.("[role=listbox] [role=option]")) event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    const input = box(event.target);
    if (input && !listOf(input)?.contains(event.relatedTarget)) close(input);
  });
  document.addEventListener("submit", (event) => {
    const input = event.target.querySelector?.("input[data-suggest]");
    if (input) close(input);
  });

  document.addEventListener("htmx:after:swap", upgrade);
  upgrade();
})();
