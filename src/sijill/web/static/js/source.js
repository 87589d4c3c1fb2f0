// Lights the words of a report when it is pointed at or focused in the margin, and the other way.
const marks = [...document.querySelectorAll("mark[data-reports]")];
const items = new Map([...document.querySelectorAll("[data-report]")].map((one) => [one.dataset.report, one]));
const asked = [...items.keys()].filter((id) => items.get(id).classList.contains("lit"));
const reportsOf = (mark) => mark.dataset.reports.split(" ");

function light(ids) {
  const lit = new Set(ids.length ? ids : asked);
  for (const mark of marks) mark.classList.toggle("lit", reportsOf(mark).some((id) => lit.has(id)));
  for (const [id, item] of items) item.classList.toggle("lit", lit.has(id));
}

function follow(start, stop, target, ids) {
  target.addEventListener(start, () => light(ids));
  target.addEventListener(stop, () => light([]));
}

for (const [id, item] of items) {
  follow("pointerenter", "pointerleave", item, [id]);
  follow("focusin", "focusout", item, [id]);
  item.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== item) return;
    marks.find((mark) => reportsOf(mark).includes(id))?.scrollIntoView({ block: "center" });
  });
}
for (const mark of marks) {
  follow("pointerenter", "pointerleave", mark, reportsOf(mark));
  mark.addEventListener("click", () => items.get(reportsOf(mark)[0])?.focus());
}
if (asked.length && !location.hash) {
  marks.find((mark) => mark.classList.contains("lit"))?.scrollIntoView({ block: "center" });
}
