// Suggests names of places while somebody writes one.
const field = document.querySelector("[data-names]");
let waiting = 0;

async function suggest() {
  const text = field.value.trim();
  if (text.length < 2) return;
  const answer = await fetch(`${field.dataset.names}?${new URLSearchParams({ text })}`);
  if (!answer.ok || text !== field.value.trim()) return;
  const options = (await answer.json()).map((place) => {
    const option = document.createElement("option");
    option.value = place.value;
    option.label = place.label;
    return option;
  });
  field.list.replaceChildren(...options);
}

field?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 150);
});

// A link to a change opens the sentences behind it.
function open() {
  const change = location.hash.startsWith("#change-") && document.getElementById(location.hash.slice(1));
  const behind = change && change.querySelector("details");
  if (behind) behind.open = true;
}
addEventListener("hashchange", open);
open();
