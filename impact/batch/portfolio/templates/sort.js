"use strict";
const collator = new Intl.Collator("en", { numeric: true });
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const value = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...body.rows].map((row) => [value(row), row]);
      rows.sort(([one], [two]) => (one === "") - (two === "") || (up ? 1 : -1) * collator.compare(one, two));
      body.append(...rows.map(([, row]) => row));
    });
  });
}
for (const field of document.querySelectorAll(".sorts")) field.hidden = true;
