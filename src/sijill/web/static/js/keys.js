// Keys of every page: they work on an Arabic layout too, since they ask for the key's position.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function focusables() {
  return [...document.querySelectorAll("[data-item], .event-line h3 a")];
}

function step(by) {
  const items = focusables();
  if (!items.length) return;
  const at = items.indexOf(document.activeElement);
  items[Math.min(items.length - 1, Math.max(0, at + by))].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.code === "Slash" && !event.shiftKey) {
    event.preventDefault();
    document.querySelector("[data-key='/']")?.focus();
  } else if (event.code === "Slash") {
    location.href = "/about";
  } else if (document.body.dataset.keys !== "own") {
    if (event.code === "KeyJ") step(1);
    if (event.code === "KeyK") step(-1);
  }
});
