// The map of who held what on a day, and the slider that plays the days.
// MapLibre draws it; where there is no WebGL, Leaflet does.
import { sheet } from "./map-parts.js";

const box = document.getElementById("map");
const BASE = new URL("../basemap/", import.meta.url).href;
const SVG = "http://www.w3.org/2000/svg";
const KM_A_DEGREE = 111.32;

const layer = async (name) => (await fetch(`${BASE}${name}.json`)).json();
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Elements of a drawing have a name space of their own.
function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

function words(place) {
  const names = place.sides.map((side) => side.name).join(" / ");
  return `${place.name}: ${box.dataset[place.state]} ${names}`;
}

// A sign: pattern, letters and outline say whose it is; the colour repeats them.
function sign(place) {
  const link = document.createElement("a");
  link.href = place.href;
  link.className = `held-marker side-${place.colour} ${place.state}`;
  link.title = words(place);
  link.tabIndex = -1; // the table has the same links, for the keyboard
  link.setAttribute("aria-label", `${place.letters}: ${link.title}`);
  const svg = element("svg", { width: 34, height: 26, viewBox: "0 0 34 26", "aria-hidden": "true" });
  const shape = place.state === "contested" ? { rx: 0 } : { rx: 6 };
  const face = { x: 2, y: 2, width: 30, height: 22, ...shape };
  const kind = place.state === "contested" ? "contested" : "held";
  element("rect", { ...face, class: "plate" }, svg);
  element("rect", { ...face, class: "face", fill: `url(#${kind}-${place.side})` }, svg);
  element("text", { x: 17, y: 17, "text-anchor": "middle" }, svg).textContent = place.letters;
  link.append(svg);
  return link;
}

function caption(text) {
  const label = document.createElement("span");
  label.className = "map-label";
  label.textContent = text;
  return label;
}

// A circle of the real size of a district or governorate.
function ring(place) {
  const steps = Array.from({ length: 65 }, (_, step) => (step / 64) * 2 * Math.PI);
  const shrink = Math.cos((place.lat * Math.PI) / 180);
  const degrees = place.km / KM_A_DEGREE;
  const points = steps.map((turn) => [
    place.lon + (degrees / shrink) * Math.cos(turn),
    place.lat + degrees * Math.sin(turn),
  ]);
  return { type: "Feature", properties: { colour: token(`--side-${place.colour}`) || token("--soft") },
    geometry: { type: "Polygon", coordinates: [points] } };
}

const collection = (features) => ({ type: "FeatureCollection", features });
const located = (places) => places.filter((place) => place.lat !== null);
const areas = (places) => collection(located(places).filter((place) => place.area).map(ring));

function bounds(places) {
  const lats = places.map((place) => place.lat), lons = places.map((place) => place.lon);
  return places.length
    ? [[Math.min(...lons) - 0.7, Math.min(...lats) - 0.7], [Math.max(...lons) + 0.7, Math.max(...lats) + 0.7]]
    : [[34, 29], [50, 38]];
}

function style(data) {
  const fill = (id, source, colour) => ({ id, type: "fill", source, paint: { "fill-color": colour } });
  const line = (id, source, colour, width) => ({ id, type: "line", source, paint: { "line-color": colour, "line-width": width } });
  const sources = Object.entries(data).map(([name, geojson]) => [name, { type: "geojson", data: geojson }]);
  return {
    version: 8,
    sources: { ...Object.fromEntries(sources), areas: { type: "geojson", data: collection([]) } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": token("--sunk") } },
      fill("land", "land", token("--sheet")),
      line("coast", "land", token("--strong-rule"), 0.6),
      { ...fill("lakes", "water", token("--sunk")), filter: ["==", ["geometry-type"], "Polygon"] },
      { ...line("rivers", "water", token("--rule"), 1), filter: ["!=", ["geometry-type"], "Polygon"] },
      line("borders", "borders", token("--strong-rule"), 1),
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": ["get", "colour"], "fill-opacity": 0.07 } },
      { id: "rings", type: "line", source: "areas", paint: { "line-color": ["get", "colour"], "line-width": 1.5, "line-dasharray": [3, 2] } },
    ],
  };
}

async function withMapLibre(data, labels) {
  await sheet("maplibre-gl/maplibre-gl.css");
  const maplibre = await import("../vendor/maplibre-gl/maplibre-gl.mjs");
  maplibre.setWorkerUrl?.(new URL("../vendor/maplibre-gl/maplibre-gl-worker.mjs", import.meta.url).href);
  const map = new maplibre.Map({ container: box, style: style(data), attributionControl: false,
    locale: { "Map.Title": box.getAttribute("aria-label") }, center: [42, 34], zoom: 4, minZoom: 2, maxZoom: 12, maxBounds: [[-30, -12], [85, 54]], dragRotate: false, pitchWithRotate: false });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.ScaleControl({ maxWidth: 90 }));
  await map.once("load");
  const captions = labels.map((one) => {
    const label = caption(one.text);
    new maplibre.Marker({ element: label }).setLngLat(one.at).addTo(map);
    return [label, one.zoom];
  });
  const thin = () => captions.forEach(([label, zoom]) => { label.hidden = map.getZoom() < zoom; });
  map.on("zoom", thin);
  thin();
  let shown = [];
  return {
    show(places) {
      shown.forEach((marker) => marker.remove());
      map.getSource("areas").setData(areas(places));
      shown = located(places).map((place) =>
        new maplibre.Marker({ element: sign(place) }).setLngLat([place.lon, place.lat]).addTo(map));
    },
    fit: (places) => map.fitBounds(bounds(located(places)), { animate: false, maxZoom: 8, padding: 30 }),
  };
}

async function withLeaflet(data, labels) {
  await sheet("leaflet/leaflet.css");
  const { default: leaflet = globalThis.L } = await import("../vendor/leaflet/leaflet.js");
  const L = leaflet ?? globalThis.L;
  const map = L.map(box, { attributionControl: false, minZoom: 2, maxZoom: 12 }).setView([34, 42], 5);
  const paint = (name, look) => L.geoJSON(data[name], { interactive: false, style: look }).addTo(map);
  paint("land", { color: token("--strong-rule"), weight: 0.6, fillColor: token("--sheet"), fillOpacity: 1 });
  paint("water", { color: token("--rule"), weight: 1, fillColor: token("--sunk"), fillOpacity: 1 });
  paint("borders", { color: token("--strong-rule"), weight: 1, fill: false });
  L.control.scale({ imperial: false }).addTo(map);
  const icon = (html, size) => L.divIcon({ html, className: "", iconSize: size });
  for (const one of labels.filter((label) => label.zoom < 4.5)) {
    L.marker([one.at[1], one.at[0]], { icon: icon(caption(one.text), [80, 14]), interactive: false, keyboard: false }).addTo(map);
  }
  const shown = L.layerGroup().addTo(map);
  return {
    show(places) {
      shown.clearLayers();
      for (const place of located(places)) {
        const colour = token(`--side-${place.colour}`) || token("--soft");
        if (place.area) {
          L.circle([place.lat, place.lon], { radius: place.km * 1000, color: colour, weight: 1.5, dashArray: "6 4", fillOpacity: 0.07 }).addTo(shown);
        }
        L.marker([place.lat, place.lon], { icon: icon(sign(place), [34, 26]), keyboard: false }).addTo(shown);
      }
    },
    fit(places) {
      const [[west, south], [east, north]] = bounds(located(places));
      map.fitBounds([[south, west], [north, east]], { animate: false, maxZoom: 8 });
    },
  };
}

function drawable() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2"));
}

async function begin() {
  const [land, water, borders, names] = await Promise.all(["land", "water", "borders", "labels"].map(layer));
  const countries = names.features.filter((one) => one.properties.kind === "country");
  const labels = countries.map((one) => ({ text: one.properties[box.dataset.lang], at: one.geometry.coordinates, zoom: one.properties.min_zoom - 0.5 }));
  const data = { land, water, borders };
  if (!drawable()) return withLeaflet(data, labels);
  try {
    return await withMapLibre(data, labels);
  } catch (error) {
    console.warn(error);
    box.replaceChildren();
    return withLeaflet(data, labels);
  }
}

async function placesOn(day) {
  const asked = new URLSearchParams({ on: day });
  if (box.dataset.known) asked.set("known_on", box.dataset.known);
  const answer = await fetch(`/held/map.json?${asked}`);
  return answer.ok ? (await answer.json()).places : [];
}

// ------------------------------------------------------------------ the player
const DAY = 86_400_000;
const iso = (time) => new Date(time).toISOString().slice(0, 10);

function player(show) {
  const bar = document.querySelector(".player");
  const { first, last, day } = bar.dataset;
  const start = Date.parse(first), days = Math.round((Date.parse(last) - start) / DAY);
  const range = bar.querySelector("input"), output = bar.querySelector("output");
  const button = bar.querySelector("[data-play]");
  const at = () => iso(start + Number(range.value) * DAY);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const stride = Math.max(1, Math.round(days / 160));
  let timer = 0, settling = 0;

  function draw() {
    output.textContent = at();
    range.setAttribute("aria-valuetext", at());
    return show(at());
  }
  // The tables and the address follow once the slider rests.
  function settle() {
    clearTimeout(settling);
    if (timer) return;
    settling = setTimeout(() => follow(at()), 500);
  }
  function move(by) {
    range.value = Number(range.value) + by;
    draw();
    settle();
  }
  function stop() {
    clearTimeout(timer);
    timer = 0;
    button.textContent = button.dataset.playText;
    settle();
  }
  async function tick() {
    if (Number(range.value) >= days) return stop();
    range.value = Number(range.value) + stride;
    await draw();
    if (timer) timer = setTimeout(tick, calm ? 1500 : 250);
  }
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (Number(range.value) >= days) range.value = 0;
    button.textContent = button.dataset.pauseText;
    timer = setTimeout(tick, 0);
  });
  bar.querySelectorAll("[data-step]").forEach((step) =>
    step.addEventListener("click", () => move(Number(step.dataset.step))));
  range.addEventListener("input", () => { draw(); settle(); });
  range.max = days;
  range.value = Math.round((Date.parse(day) - start) / DAY);
  output.textContent = at();
  bar.hidden = false;
}

let followed = "";

async function follow(day) {
  followed = day;
  const address = new URL(location.href);
  address.searchParams.set("on", day);
  const answer = await fetch(address);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (day !== followed) return;
  for (const part of ["#held-count", "#held-legend", "#held-twin"]) {
    document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  }
  document.getElementById("held-on").value = day;
  history.replaceState(null, "", address);
}

if (box) {
  try {
    const map = await begin();
    let newest = 0;
    const show = async (day) => {
      const mine = (newest += 1);
      const places = await placesOn(day);
      if (mine === newest) map.show(places);
      return places;
    };
    map.fit(await show(box.dataset.day));
    player(show);
  } catch (error) {
    console.warn(error);
    const note = document.createElement("p");
    note.className = "note";
    note.dir = "auto";
    note.textContent = box.dataset.failed;
    box.replaceChildren(note);
  }
}
