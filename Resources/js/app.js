// What makes a page quicker to use. Every page works without any of it.
import { suggest } from "./suggest.js";
import { watchForm } from "./forms.js";

document.querySelectorAll("input[data-suggest]").forEach(suggest);
document.querySelectorAll("form[method=post]").forEach(watchForm);

// The reasons for a refusal are the first thing to read after it.
document.querySelector(".summary")?.focus();

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null, true);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.getElementById("search");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

document.addEventListener("click", (event) => closeMenus(event.target, false));

function closeMenus(except, giveBackFocus) {
  for (const menu of document.querySelectorAll("details.pop[open], details.menu[open]")) {
    if (except && menu.contains(except)) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (giveBackFocus && hadFocus) menu.querySelector("summary").focus();
  }
}
