// Records suggested while a name, a code or a number is typed: the ARIA combobox pattern with a list.
// data-suggest="pick" fills a form's field with the record's uid, "go" opens the unit's page; data-from is the list
// that is asked, of units where nothing else is said.

let lists = 0;

export function suggest(input) {
  const picks = input.dataset.suggest === "pick";
  const list = document.createElement("ul");
  const status = document.createElement("span");
  const words = document.body.dataset;
  // Where nothing is picked, what was typed can still be searched for.
  const none = picks ? words.none : words.noneGo;
  let items = [];
  let active = -1;
  let timer = 0;
  let asked = null;

  list.id = `suggest-${++lists}`;
  list.className = "suggest";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label") ?? input.labels[0]?.textContent ?? "");
  status.className = "sr";
  status.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.after(list, status);

  const field = picks ? carrier(input) : null;

  input.addEventListener("input", () => {
    if (field) field.value = input.value;
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return ask();
      move(event.key === "ArrowDown" ? active + 1 : active - 1);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  // Before the field loses the focus.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });

  async function ask() {
    const query = input.value.trim();
    asked?.abort();
    if (query === "") return close();
    asked = new AbortController();
    try {
      const list = input.dataset.from ?? "/api/v1/units";
      const answer = await fetch(`${list}?limit=10&q=${encodeURIComponent(query)}`, {
        signal: asked.signal,
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) return close();
      show((await answer.json()).items);
    } catch {
      // A newer question came, or the network went: the field works as plain text.
    }
  }

  function show(found) {
    if (document.activeElement !== input) return;
    items = found;
    list.replaceChildren(...(items.length ? items.map(option) : [nothing()]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = items.length ? words.some.replace("{count}", items.length) : none;
    move(-1);
  }

  function option(item, index) {
    const line = document.createElement("li");
    line.id = `${list.id}-${index}`;
    line.setAttribute("role", "option");
    line.textContent = item.name ?? item.title;
    // A unit by where it lies, a document by what it is about and who issued it, a person by their office, a task by
    // who leads it.
    const held = item.offices?.[0];
    const about = item.sign ? item.title : held ? `${held.title}, ${held.unit.name}` : null;
    const details = [about, item.lead_unit_name, item.issuer_name, item.parent_name, item.code, item.ended ? words.ended : null].filter(Boolean);
    const small = document.createElement("small");
    small.className = "sub";
    small.textContent = details.join(" · ");
    line.append(small);
    return line;
  }

  function nothing() {
    const line = document.createElement("li");
    line.className = "nothing";
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.textContent = none;
    return line;
  }

  function move(to) {
    active = items.length === 0 ? -1 : to >= items.length ? 0 : to < -1 ? items.length - 1 : to;
    [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function choose(index) {
    const item = items[index];
    if (!item) return;
    if (!field) {
      location.assign(`/units/${encodeURIComponent(item.uid)}`);
      return close();
    }
    input.value = item.name ?? item.title;
    field.value = item.uid;
    close();
  }

  function close() {
    clearTimeout(timer);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    status.textContent = "";
    active = -1;
  }
}

// The field that travels: the uid once a unit is chosen, what was typed until then. People see the name.
function carrier(input) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = input.name;
  field.value = input.value;
  input.removeAttribute("name");
  input.after(field);
  if (input.dataset.chosen) {
    input.value = input.dataset.chosen;
    input.parentElement.querySelector(".chosen")?.remove();
  }
  return field;
}
