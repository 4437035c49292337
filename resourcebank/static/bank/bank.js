/* Every page works without this file. It swaps search results in place, keeps focus where it belongs and says what changed. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);

  // One live region, in the page from the start and never swapped: empty it, wait, then speak, so that the same words are heard again.
  let timer;
  const say = (words) => {
    const region = byId("status");
    if (!region || !words) return;
    clearTimeout(timer);
    region.textContent = "";
    timer = setTimeout(() => { region.textContent = words; }, 150);
  };

  const plain = (event) => !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

  // Links that change the hits (pages, order, removed filters) swap in place and move focus to the heading of the hits.
  let focusHits = false;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-finder-link]");
    if (!link || !window.htmx || event.defaultPrevented || !plain(event)) return;
    event.preventDefault();
    focusHits = true;
    window.htmx.ajax("GET", link.href, { source: "#finder", target: "#finder", select: "#finder", swap: "outerMorph", push: "true" });
  });

  document.addEventListener("htmx:after:swap", () => {
    say(byId("hits")?.dataset.status);
    if (document.activeElement === document.body) focusHits = true; // what had the focus is gone: a filter value without hits
    if (!focusHits) return;
    focusHits = false;
    const heading = byId("hits-heading");
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "start" });
  });

  // Fields nobody filled in stay out of the address; this fires for ordinary submits too.
  document.addEventListener("formdata", (event) => {
    if (event.target.id !== "filters") return;
    for (const name of ["q", "minutes_min", "minutes_max", "group"]) {
      if (!event.formData.get(name)) event.formData.delete(name);
    }
  });

  // No answer: do what the browser would have done without us.
  const asUsual = (event) => {
    const error = event.detail?.error || event.detail?.ctx?.error;
    if (error?.name === "AbortError") return; // a newer request took its place
    if (event.target?.id === "filters") event.target.submit();
    else if (event.target?.id === "finder") location.reload();
  };
  document.addEventListener("htmx:error", asUsual);
  document.addEventListener("htmx:response:error", asUsual);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  document.querySelectorAll("[data-print], [data-print-by-hand]").forEach((each) => { each.hidden = !each.hidden; });

  // The server sends the filters unfolded, for those without this file; on a narrow screen the hits come first.
  const panel = byId("panel");
  const wide = window.matchMedia("(min-width: 60rem)");
  if (panel) {
    panel.open = wide.matches;
    wide.addEventListener("change", () => { byId("panel").open = wide.matches; });
  }
})();
