// While words are being counted, the part that shows them comes again by itself.
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

async function follow() {
  let part = document.querySelector("[data-counting]");
  while (part) {
    await pause(Number(part.dataset.counting));
    if (document.hidden || part.contains(document.activeElement) || part.querySelector("details[open]")) continue;
    const answer = await fetch(location.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = document.adoptNode(page.getElementById("words"));
    part.replaceWith(fresh);
    part = fresh.hasAttribute("data-counting") ? fresh : null;
  }
}

follow();
