/* Searching in a long filter. Without this file every value is there to be read, and the field is not shown. */
(() => {
  "use strict";

  const folded = (text) => text.toLocaleLowerCase("nb").normalize("NFC");

  const show = (input) => {
    const wanted = folded(input.value.trim());
    const facet = document.getElementById(input.dataset.findsIn);
    if (!facet) return;
    const fits = (item) => !wanted || folded(item.querySelector(".choice-name").textContent).includes(wanted)
      || item.querySelector("input").checked || [...item.querySelectorAll("li")].some(fits);
    let left = 0;
    facet.querySelectorAll("li").forEach((item) => {
      item.hidden = !fits(item);
      if (!item.hidden) left += 1;
    });
    const none = facet.querySelector(".facet-none");
    none.textContent = left ? "" : none.dataset.none;
  };

  document.addEventListener("input", (event) => {
    if (event.target.dataset.findsIn) show(event.target);
  });

  // Enter would send the whole form, which is not what a person who looks for a value means.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.dataset.findsIn) event.preventDefault();
  });

  // A swap brings every value back.
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-finds-in]").forEach(show));
})();
