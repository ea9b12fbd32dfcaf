// Shortcuts of the keyboard for the review. The page works wholly without this file.
//
// An element with data-key is followed or pressed by its key; in a list, j and k go through the elements with
// data-item, and m follows the data-merge of the row. Nothing happens while a field has the focus or a dialog is
// open, nor with Ctrl, Alt or Meta; and everything can be switched off (WCAG 2.1.4).

const SETTING = "wijk-shortcuts";
const opener = document.querySelector("[data-shortcuts]");
const help = document.querySelector("[data-shortcuts-help]");
const choice = document.querySelector("[data-shortcuts-on]");

function isOn() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true; // storage is refused: they stay on until the page is left
  }
}

function show(on) {
  choice.checked = on;
  for (const target of document.querySelectorAll("[data-key]")) {
    if (on) target.setAttribute("aria-keyshortcuts", target.dataset.key);
    else target.removeAttribute("aria-keyshortcuts");
  }
}

function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function step(by) {
  const items = [...document.querySelectorAll("[data-item]")];
  const now = items.findIndex((item) => item.closest("tr").contains(document.activeElement));
  const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : now + by;
  items[Math.min(Math.max(next, 0), items.length - 1)]?.focus();
}

function press(key) {
  if (key === "?") return help.showModal();
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (target) return target.click();
  if (key === "j") return step(1);
  if (key === "k") return step(-1);
  if (key === "m") return document.activeElement?.closest("tr")?.querySelector("[data-merge]")?.click();
}

let on = isOn();

document.addEventListener("keydown", (event) => {
  if (!on || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.key.length !== 1 || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  press(event.key.toLowerCase());
});

choice.addEventListener("change", () => {
  on = choice.checked;
  show(on);
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // storage is refused: it holds for this page
  }
});
opener.querySelector("[data-shortcuts-open]").addEventListener("click", () => help.showModal());
help.querySelector("[data-shortcuts-close]").addEventListener("click", () => help.close());
opener.hidden = false;
show(on);
