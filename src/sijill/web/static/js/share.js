// A shared file: the language, and a map that leads to the list. Without scripts the list is all there.
import { STANDINGS, circle, colours, markIcon, reach, tally } from "./map-parts.js";

const $ = (id) => document.getElementById(id);
const language = () => ($("lang-ar").checked ? "ar" : "en");
const word = (name) => $("words").content.querySelector(`[data-word="${name}"] .${language()}`).textContent;
const onSwitch = [];

function speak() {
  document.documentElement.lang = language();
  document.documentElement.dir = language() === "ar" ? "rtl" : "ltr";
  for (const change of onSwitch) change();
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function light(item, move) {
  for (const one of document.querySelectorAll("li.lit")) one.classList.remove("lit");
  item.classList.add("lit");
  item.querySelector("details").open = true;
  if (!move) return;
  item.scrollIntoView({ block: "center" });
  item.querySelector("summary").focus({ preventScroll: true });
}

const standing = (item) => STANDINGS.find((one) => item.firstElementChild.classList.contains(one));

// What happened at a place: a click away from each event, in the words of the list.
function open(number) {
  const there = document.querySelectorAll(`#list li[data-spot="${number}"]`);
  const list = element("ul");
  for (const item of there) {
    const link = element("a", { href: `#${item.id}` });
    for (const code of ["en", "ar"]) {
      const said = item.querySelector(`.${code}`);
      const parts = [said.querySelector("h3"), said.querySelector(".when")].map((one) => one.textContent.trim());
      link.append(element("span", { class: code, lang: code, dir: said.dir }, parts.join(" · ")));
    }
    link.addEventListener("click", (event) => {
      event.preventDefault();
      light(item, true);
    });
    list.append(element("li", {}, link));
  }
  const shut = element("button", { class: "close plain", type: "button", "aria-label": word("close") }, "×");
  shut.addEventListener("click", () => { $("here").hidden = true; });
  $("here").replaceChildren(shut, list);
  $("here").hidden = false;
}

// Hundredths of a degree, each point as steps from the one before.
function unpacked(line) {
  const points = [];
  let [x, y] = [0, 0];
  for (let n = 0; n < line.length; n += 2) {
    [x, y] = [x + line[n], y + line[n + 1]];
    points.push([y / 100, x / 100]);
  }
  return points;
}

function base(map, drawn, paint) {
  const draw = (features, style) => {
    for (const [kind, area, parts] of features) {
      const points = parts.map((part) => (area ? part.map(unpacked) : unpacked(part)));
      (area ? L.polygon : L.polyline)(points, { ...style(kind), interactive: false }).addTo(map);
    }
  };
  draw(drawn.land, () => ({ color: paint.line, weight: 1, fillColor: paint.land, fillOpacity: 1 }));
  draw(drawn.water, (kind) => (kind === "lake" ? { stroke: false, fillColor: paint.sea, fillOpacity: 1 } : { color: paint.water, weight: 1 }));
  draw(drawn.borders, (kind) => ({ color: paint.line, weight: 1.2, dashArray: kind === "international" ? null : "5 4" }));
  const towns = [L.layerGroup(), L.layerGroup(), L.layerGroup()];
  for (const [lat, lon, ar, en, rank] of drawn.towns) {
    const html = element("span", {}, element("span", { class: "en", lang: "en" }, en), element("span", { class: "ar", lang: "ar" }, ar));
    L.marker([lat, lon], { icon: L.divIcon({ className: "town", html, iconSize: null, iconAnchor: [3, 9] }), interactive: false, keyboard: false }).addTo(towns[rank - 1]);
  }
  const show = () => {
    for (const [n, from] of [[0, 5], [1, 7], [2, 8]]) map.getZoom() < from ? towns[n].remove() : towns[n].addTo(map);
  };
  map.on("zoomend", show);
  return show;
}

function spots(map, points, paint) {
  const told = tally(points);
  const widest = points.map((spot, n) => [n, spot]).sort(([, a], [, b]) => b.metres - a.metres);
  for (const [n, { lat, lon, metres, exact }] of widest) {
    const ink = paint[told[n].standing];
    const shapes = exact
      ? [L.marker([lat, lon], { icon: markIcon(L, paint, told[n].standing, told[n].events), keyboard: false })]
      : [
          L.polygon(circle(lat, lon, metres).map(([x, y]) => [y, x]), { color: ink, weight: 1.5, dashArray: "4 3", fillOpacity: 0.08 }),
          L.circleMarker([lat, lon], { radius: 6, color: ink, weight: 1.5, dashArray: "3 2", fillColor: paint.sheet, fillOpacity: 0.8 }),
        ];
    for (const shape of shapes) shape.on("click", () => open(n)).addTo(map);
  }
}

function follow(map, points, paint) {
  const halo = L.circleMarker([0, 0], { radius: 15, color: paint.focus, weight: 3, fill: false, interactive: false });
  $("list").addEventListener("toggle", ({ target }) => {
    const item = target.closest("li[data-spot]");
    if (!item || !target.open) return;
    light(item, false);
    const spot = points[Number(item.dataset.spot)];
    halo.setLatLng([spot.lat, spot.lon]).addTo(map);
    if (!map.getBounds().contains(halo.getLatLng())) map.panTo(halo.getLatLng());
  }, true);
}

function openMap() {
  const drawn = JSON.parse($("drawn").textContent);
  $("side").hidden = false;
  const listed = [...document.querySelectorAll("#list li[data-spot]")];
  const points = drawn.spots.map(([lat, lon, metres, exact]) => ({ lat, lon, metres, exact, events: {} }));
  for (const item of listed) {
    const { events } = points[Number(item.dataset.spot)];
    events[standing(item)] = (events[standing(item)] ?? 0) + 1;
  }
  const paint = colours();
  const map = L.map($("map").appendChild(element("div")), { preferCanvas: true, minZoom: 3, maxZoom: 12, zoomControl: false });
  map.fitBounds(reach(points), { padding: [30, 30], maxZoom: 9, animate: false });
  const zoom = L.control.zoom({ position: "bottomright" }).addTo(map).getContainer();
  L.control.scale({ imperial: false }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth, Leaflet");
  base(map, drawn, paint)();
  spots(map, points, paint);
  follow(map, points, paint);
  onSwitch.push(() => {
    for (const [button, name] of [[".leaflet-control-zoom-in", "zoom-in"], [".leaflet-control-zoom-out", "zoom-out"]]) {
      zoom.querySelector(button).title = word(name);
      zoom.querySelector(button).setAttribute("aria-label", word(name));
    }
    $("here").hidden = true;
  });
}

if (navigator.language.startsWith("ar")) $("lang-ar").checked = true;
for (const id of ["lang-en", "lang-ar"]) $(id).addEventListener("change", speak);
addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
if ($("drawn")) openMap();
speak();
