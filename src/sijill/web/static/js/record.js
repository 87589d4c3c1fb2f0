// The record's page: the map follows the list, the list follows the map, the address is the view.
const view = document.getElementById("view");
const box = document.getElementById("map");
const panel = document.getElementById("at-place");
const narrow = matchMedia("(max-width: 56rem)");
const texts = box.dataset;
const kinds = new Map(texts.kinds.split(";").map((pair) => pair.split("=")));
let opening = null;
let map = null;
// What the map shows, once it shows it: until then nothing on it can be marked or opened.
let points = null;
let spotOf = new Map();
let asked = null;
let drawing = 0;
// Milliseconds that the list has to itself: drawing the map would hold it up.
const LIST_FIRST = 120;

const total = (spot) => Object.values(spot.events).reduce((sum, some) => sum + some);
const results = () => document.getElementById("results");

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// ---------------------------------------------------------------- the map

async function openMap() {
  try {
    return await (await import("./map-gl.js")).openMap(box, open);
  } catch (error) {
    console.info(`no WebGL2, a plain map instead: ${error.message}`);
    return (await import("./map-plain.js")).openMap(box, open);
  }
}

async function draw() {
  const faulty = "faulty" in results().dataset;
  const query = faulty ? null : results().dataset.query;
  if ((query === asked && points) || (narrow.matches && view.dataset.tab !== "map")) return;
  asked = query;
  try {
    const answer = faulty ? null : fetch(`/record/points.json${query ? `?${query}` : ""}`);
    opening ??= openMap();
    const [opened, got] = await Promise.all([opening, answer]);
    const found = got?.ok ? await got.json() : [];
    if (query !== asked) return;
    close();
    await opened.show(found);
    map = opened;
    points = found;
    spotOf = new Map(points.map((spot, n) => [spot.key, n]));
    box.classList.add("drawn");
    follow(document.activeElement, true);
  } catch (error) {
    console.error(error);
    box.querySelector(".map-wait").textContent = texts.failed;
    box.classList.remove("drawn");
  }
}

function close() {
  panel.hidden = true;
  panel.replaceChildren();
}

// What happened at a place of the map: a click away from each event.
async function open(number) {
  const spot = points[number];
  const query = new URLSearchParams(asked);
  query.set("spot", spot.key);
  const got = await fetch(`/record/at.json?${query}`);
  if (!got.ok || points[number] !== spot) return;
  const there = await got.json();
  const shut = element("button", { class: "close plain", type: "button", "aria-label": texts.close }, "×");
  shut.addEventListener("click", () => {
    close();
    box.querySelector("canvas, .leaflet-container")?.focus();
  });
  const title = element("h3", { tabindex: "-1" }, element("bdi", {}, spot.name));
  const list = element("ul");
  for (const [id, type, standing, day] of there) {
    const what = `${kinds.get(type) ?? type} · ${texts[standing] ?? standing}`;
    const when = element("bdi", { class: "num", dir: day ? "ltr" : "auto" }, day || texts.undated);
    list.append(element("li", {}, element("a", { href: `/event/${encodeURIComponent(id)}` }, element("span", {}, what), when)));
  }
  query.delete("spot");
  query.set("place", spot.id);
  panel.replaceChildren(shut, title, list);
  if (spot.id) panel.append(element("a", { href: `/record?${query}` }, `${texts.more} (${total(spot)})`));
  panel.hidden = false;
  title.focus({ preventScroll: true });
  for (const line of document.querySelectorAll("[data-event]")) {
    line.closest("li")?.classList.toggle("marked", line.dataset.spot === spot.key);
  }
}

function follow(target, move) {
  const line = target.closest?.("li")?.querySelector("[data-event]");
  if (line && map) map.mark(spotOf.get(line.dataset.spot) ?? null, move);
}

view.addEventListener("focusin", (event) => event.target.closest("#results") && follow(event.target, true));
view.addEventListener("mouseover", (event) => event.target.closest("#results") && follow(event.target, false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  close();
  for (const drop of document.querySelectorAll("details.drop[open]")) drop.open = false;
});
document.addEventListener("click", (event) => {
  for (const drop of document.querySelectorAll("details.drop[open]")) {
    if (!drop.contains(event.target)) drop.open = false;
  }
});

// ---------------------------------------------------------------- filters

let typing = 0;
let lastTyped = "";
document.addEventListener("input", (event) => {
  const { target } = event;
  clearTimeout(typing);
  if (target.name === "text") {
    typing = setTimeout(() => target.dispatchEvent(new Event("change", { bubbles: true })), 350);
  } else if (target.name === "place" && target.list) {
    typing = setTimeout(() => suggest(target), 150);
  }
});

async function suggest(input) {
  const typed = input.value.trim();
  if (typed.length < 2 || typed === lastTyped) return;
  lastTyped = typed;
  const got = await fetch(`/record/places.json?q=${encodeURIComponent(typed)}`);
  if (!got.ok || typed !== input.value.trim()) return;
  const found = await got.json();
  input.list.replaceChildren(...found.map((one) => element("option", { value: one.value, label: one.label })));
}

document.addEventListener("submit", () => {
  if (narrow.matches) document.querySelector(".sheet-of-filters").open = false;
});

// After a swap: say the count, keep the focus in the page, draw the map anew.
document.addEventListener("htmx:after:swap", () => {
  const count = document.getElementById("count");
  document.getElementById("said").textContent = count ? count.textContent : "";
  const shown = document.getElementById("show-count");
  if (shown) shown.textContent = count?.querySelector(".num")?.textContent ?? "0";
  if (document.activeElement === document.body) {
    results().focus({ preventScroll: true });
    if (results().getBoundingClientRect().top < 0) results().scrollIntoView();
  }
  clearTimeout(drawing);
  drawing = setTimeout(draw, LIST_FIRST);
});

// Going back shows the page of that address whole: the map would not outlive a swapped body.
document.addEventListener("htmx:before:history:restore", (event) => {
  event.preventDefault();
  location.reload();
});

// ---------------------------------------------------------------- the brush

const DAY = 86_400_000;
let brush = null;

function dayAt(svg, x) {
  const first = Date.parse(svg.dataset.first);
  const days = (Date.parse(svg.dataset.last) - first) / DAY + 1;
  const day = Math.min(days - 1, Math.max(0, Math.floor(x * days)));
  return new Date(first + day * DAY).toISOString().slice(0, 10);
}

function place(event) {
  const frame = brush.svg.getBoundingClientRect();
  brush.to = Math.min(1, Math.max(0, (event.clientX - frame.left) / frame.width));
  const [low, high] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)];
  const mark = brush.svg.querySelector(".brush");
  mark.setAttribute("x", `${low * 100}%`);
  mark.setAttribute("width", `${(high - low) * 100}%`);
  return [low, high];
}

document.addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.("svg.bars");
  if (!svg || event.button !== 0) return;
  const frame = svg.getBoundingClientRect();
  brush = { svg, from: (event.clientX - frame.left) / frame.width, to: 0, moved: false };
});
document.addEventListener("dragstart", (event) => brush && event.preventDefault());
document.addEventListener("pointermove", (event) => {
  if (!brush) return;
  const [low, high] = place(event);
  brush.moved ||= high - low > 0.012;
});
document.addEventListener("pointerup", (event) => {
  if (!brush) return;
  const { svg, moved } = brush;
  const [low, high] = place(event);
  brush = null;
  if (!moved) return svg.querySelector(".brush").setAttribute("width", "0");
  svg.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
  const form = document.querySelector("#time form");
  form.elements.after.value = dayAt(svg, low);
  form.elements.before.value = dayAt(svg, high);
  form.requestSubmit();
});

// ---------------------------------------------------------------- phone

const tabs = document.querySelector(".tabs");
tabs.classList.add("on");
tabs.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  view.dataset.tab = link.dataset.tab;
  for (const one of tabs.children) one.toggleAttribute("aria-current", one === link);
  link.setAttribute("aria-current", "true");
  draw();
});
if (narrow.matches) document.querySelector(".sheet-of-filters").open = false;
narrow.addEventListener("change", () => { document.querySelector(".sheet-of-filters").open = !narrow.matches; draw(); });

// The list comes first: the map waits until the browser has nothing else to do.
("requestIdleCallback" in window ? requestIdleCallback : setTimeout)(draw);
