"use strict";
// Headings become buttons that sort their table; without this script it is simply not sortable.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  if (body.rows.length < 2) continue;
  const original = [...body.rows];
  // The column that each heading stands over.
  const heads = [];
  const [upper, lower] = table.tHead.rows;
  let below = 0;
  for (const head of upper.cells) {
    if (head.colSpan === 1 && !head.classList.contains("group")) heads.push(head);
    else for (let i = 0; i < head.colSpan; i++) heads.push(lower.cells[below++]);
  }
  const key = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.value;
    return value === undefined ? null : Number(value);
  };
  heads.forEach((head, column) => {
    const isNumeric = head.classList.contains("n");
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      // Numbers from the greatest first, words from A; then the other way, then as they were.
      const states = isNumeric ? ["descending", "ascending"] : ["ascending", "descending"];
      const state = states[states.indexOf(head.getAttribute("aria-sort")) + 1];
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      const rows = [...original];
      if (state) {
        head.setAttribute("aria-sort", state);
        const sign = state === "ascending" ? 1 : -1;
        rows.sort((a, b) => {
          if (!isNumeric) {
            return sign * a.cells[column].textContent.localeCompare(b.cells[column].textContent);
          }
          const [x, y] = [key(a, column), key(b, column)];
          if (x === null || y === null) return (x === null) - (y === null);
          return sign * (x - y);
        });
      }
      body.append(...rows);
    });
  });
}

// A box that leaves only the rows that hold all of its words; it is there only with this script.
const rows = [...document.querySelectorAll("main table tbody tr")];
const nav = document.querySelector("nav");
if (nav && rows.length > 8) {
  const filter = document.createElement("label");
  filter.className = "filter";
  filter.innerHTML = '<input type="search" placeholder="Filter rows: maml 5-way"><output></output>';
  const [input, output] = filter.children;
  input.setAttribute("aria-label", "Filter the rows of all tables");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    output.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
  });
  nav.append(filter);
}
