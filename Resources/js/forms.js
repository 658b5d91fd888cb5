// Forms: sent once, counted while typed, and not left behind by accident.

export function watchForm(form) {
  let sent = false;
  let changed = false;
  const warning = form.querySelector(".unsaved");

  form.addEventListener("input", (event) => {
    if (warning) {
      changed = true;
      warning.hidden = false;
    }
    count(event.target);
  });

  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    sent = true;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });

  // Back from the next page: the form can be sent again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sent = false;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  });

  addEventListener("beforeunload", (event) => {
    if (changed && !sent) event.preventDefault();
  });
}

// Says how much is too much while it is typed; the server counts the same way, in characters as people see them.
function count(field) {
  const max = Number(field.dataset?.max);
  if (!max) return;
  const length = field.value.length <= max ? 0 : [...segments(field.value)].length;
  let counter = field.parentElement.querySelector(".counter");
  if (length <= max) return counter?.remove();
  if (!counter) {
    counter = document.createElement("p");
    counter.className = "counter over";
    counter.setAttribute("role", "status");
    field.after(counter);
  }
  counter.textContent = document.body.dataset.over.replace("{count}", length).replace("{max}", max);
}

function segments(text) {
  const clean = text.trim().normalize("NFC");
  return "Segmenter" in Intl ? new Intl.Segmenter().segment(clean) : clean;
}
