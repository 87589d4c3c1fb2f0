// Keys of the review: by the key's position, so that they work on an Arabic layout too.
const box = document.querySelector(".keys-switch input");
const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
const remembered = "sijill-review-keys";

function decide() {
  document.body.classList.toggle("keys-off", Boolean(box) && !box.checked);
}

if (box) {
  box.parentElement.hidden = false;
  box.checked = localStorage.getItem(remembered) !== "off";
  box.addEventListener("change", () => {
    localStorage.setItem(remembered, box.checked ? "on" : "off");
    decide();
  });
  decide();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
  if (typing(event.target) || (box && !box.checked)) return;
  const code = event.code.replace("Numpad", "Digit");
  const chosen = document.querySelector(`[data-code="${CSS.escape(code)}"]`);
  if (!chosen) return;
  event.preventDefault();
  chosen.click();
});
