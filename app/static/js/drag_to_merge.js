// Drag a concern of the list onto the one that says the same; the page for putting them together opens with that one
// chosen. With the keyboard: Enter on the grip picks it up, the arrow keys go to another, Enter puts it there, Escape
// leaves it. Without this file the link "Put together" in each row does the same.

const table = document.querySelector("[data-drag-to-merge]");
const says = document.querySelector("[data-drag-says]");
let picked = null;
let over = null;

const rows = () => [...table.querySelectorAll("tr[data-concern]")];
const say = (text, row) => {
  says.textContent = text.replace("{title}", row ? row.dataset.title : "");
};

function point(row) {
  over?.classList.remove("wijk-queue__over");
  over = row;
  over?.classList.add("wijk-queue__over");
}

function pick(row) {
  picked = row;
  row.classList.add("wijk-queue__picked");
  row.querySelector(".wijk-grip").setAttribute("aria-pressed", "true");
}

function leave() {
  picked?.classList.remove("wijk-queue__picked");
  picked?.querySelector(".wijk-grip").setAttribute("aria-pressed", "false");
  picked = null;
  point(null);
}

function put(row) {
  const address = new URL(picked.querySelector("[data-merge]").href);
  address.searchParams.set("target", row.dataset.concern);
  leave();
  location.assign(address);
}

function onKey(event) {
  const row = event.currentTarget.closest("tr");
  if (!picked) return;
  const others = rows().filter((other) => other !== row);
  if (event.key === "Escape") {
    leave();
    say(table.dataset.sayLeft);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const all = rows();
    const step = event.key === "ArrowDown" ? 1 : -1;
    let at = all.indexOf(over ?? row);
    do at = (at + step + all.length) % all.length;
    while (all[at] === row && others.length);
    if (!others.length) return;
    point(all[at]);
    over.scrollIntoView({ block: "nearest" });
    say(table.dataset.sayOver, over);
  }
}

function onPress(event) {
  const row = event.currentTarget.closest("tr");
  if (picked === row && over) return put(over);
  if (picked) {
    leave();
    say(table.dataset.sayLeft);
  } else {
    pick(row);
    say(table.dataset.sayPicked, row);
  }
}

if (table && rows().length > 1) {
  for (const row of rows()) {
    const grip = row.querySelector(".wijk-grip");
    grip.hidden = false;
    grip.draggable = true;
    grip.setAttribute("aria-pressed", "false");
    grip.addEventListener("click", onPress);
    grip.addEventListener("keydown", onKey);
    grip.addEventListener("blur", () => picked === row && leave());
    grip.addEventListener("dragstart", (event) => {
      pick(row);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.title);
      event.dataTransfer.setDragImage(row, 0, 0);
    });
    grip.addEventListener("dragend", leave);
    row.addEventListener("dragover", (event) => {
      if (!picked || picked === row) return;
      event.preventDefault();
      point(row);
    });
    row.addEventListener("dragleave", (event) => {
      if (over === row && !row.contains(event.relatedTarget)) point(null);
    });
    row.addEventListener("drop", (event) => {
      if (!picked || picked === row) return;
      event.preventDefault();
      put(row);
    });
  }
}
