// The map on WebGL2. Throws where there is none; map-plain.js stands in then.
import * as maplibre from "../vendor/maplibre-gl/maplibre-gl.mjs";
import { FONTS, STANDINGS, circle, colours, drawMark, reach, sheet, tally } from "./map-parts.js";

const BASE = new URL("../basemap", import.meta.url).href;
const EMPTY = { type: "FeatureCollection", features: [] };
// Below so many pixels the real circle of an area cannot be seen: a dashed ring shows that there is one.
const SEEN = 11;
const EQUATOR = 40_075_016;
const ICON = 18;

maplibre.setWorkerUrl(new URL("../vendor/maplibre-gl/maplibre-gl-worker.mjs", import.meta.url).href);

function icon(draw, size = ICON) {
  const scale = Math.max(2, Math.ceil(devicePixelRatio));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * scale;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  draw(context, size);
  return [context.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: scale }];
}

function ring(context, size, ink, paper) {
  context.arc(size / 2, size / 2, size / 2 - 1.5, 0, 2 * Math.PI);
  context.globalAlpha = 0.85;
  context.fillStyle = paper;
  context.fill();
  context.globalAlpha = 1;
  context.setLineDash([3, 2.2]);
  context.lineWidth = 1.6;
  context.strokeStyle = ink;
  context.stroke();
}

function style(paint, arabic) {
  const name = ["coalesce", ["get", arabic ? "ar" : "en"], ["get", "en"]];
  const font = [arabic ? "IBM Plex Sans Arabic" : "IBM Plex Sans"];
  const source = (file) => ({ type: "geojson", data: `${BASE}/${file}.json` });
  const halo = { "text-halo-color": paint.land, "text-halo-width": 1.3 };
  return {
    version: 8,
    sources: {
      land: { ...source("land"), attribution: "Natural Earth" }, water: source("water"), borders: source("borders"),
      labels: source("labels"), cities: source("cities"),
      areas: { type: "geojson", data: EMPTY, promoteId: "n" }, spots: { type: "geojson", data: EMPTY, promoteId: "n" },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": paint.sea } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": paint.land, "fill-outline-color": paint.line } },
      { id: "lakes", type: "fill", source: "water", filter: ["==", ["get", "kind"], "lake"], paint: { "fill-color": paint.sea } },
      { id: "rivers", type: "line", source: "water", filter: ["==", ["get", "kind"], "river"], paint: { "line-color": paint.water, "line-width": 1.1 } },
      { id: "borders", type: "line", source: "borders", filter: ["==", ["get", "kind"], "international"], paint: { "line-color": paint.line, "line-width": 1.2 } },
      { id: "unsettled", type: "line", source: "borders", filter: ["!=", ["get", "kind"], "international"], paint: { "line-color": paint.line, "line-width": 1.2, "line-dasharray": [3, 2] } },
      { id: "area", type: "fill", source: "areas", paint: { "fill-color": ["get", "ink"], "fill-opacity": ["case", ["boolean", ["feature-state", "marked"], false], 0.25, ["interpolate", ["linear"], ["get", "metres"], 5000, 0.1, 60000, 0.02]] } },
      { id: "area-line", type: "line", source: "areas", paint: { "line-color": ["case", ["boolean", ["feature-state", "marked"], false], paint.focus, ["get", "ink"]], "line-opacity": ["case", ["boolean", ["feature-state", "marked"], false], 1, ["interpolate", ["linear"], ["get", "metres"], 10000, 0.9, 80000, 0.4]], "line-width": ["case", ["boolean", ["feature-state", "marked"], false], 2.5, 1.2], "line-dasharray": [3, 2] } },
      { id: "countries", type: "symbol", source: "labels", filter: ["all", ["==", ["get", "kind"], "country"], [">=", ["zoom"], ["get", "min_zoom"]]], layout: { "text-field": name, "text-font": font, "text-size": 12, "text-max-width": 8 }, paint: { "text-color": paint.town, "text-opacity": 0.75, ...halo } },
      { id: "towns", type: "symbol", source: "cities", filter: ["<=", ["get", "rank"], ["step", ["zoom"], 1, 6, 2, 7.5, 3]], layout: { "text-field": name, "text-font": font, "text-size": 11.5, "text-variable-anchor": ["top", "bottom", "right", "left"], "text-radial-offset": 0.7, "symbol-sort-key": ["get", "rank"] }, paint: { "text-color": paint.town, ...halo } },
      { id: "rings", type: "symbol", source: "spots", filter: ["all", ["!", ["get", "exact"]], ["<", ["zoom"], ["get", "seen"]]], layout: { "icon-image": ["concat", "ring-", ["get", "standing"]], "icon-size": ["interpolate", ["linear"], ["get", "events"], 1, 0.75, 30, 1.25, 300, 1.7], "icon-allow-overlap": true, "symbol-sort-key": ["get", "events"] } },
      { id: "sites", type: "symbol", source: "spots", filter: ["get", "exact"], layout: { "icon-image": ["concat", "mark-", ["get", "standing"]], "icon-size": ["interpolate", ["linear"], ["get", "events"], 1, 0.85, 30, 1.4], "icon-allow-overlap": true, "symbol-sort-key": ["get", "events"] } },
      { id: "counts", type: "symbol", source: "spots", filter: [">", ["get", "events"], 1], layout: { "text-field": ["to-string", ["get", "events"]], "text-font": ["IBM Plex Sans"], "text-size": 11, "symbol-sort-key": ["-", ["get", "events"]], "text-offset": ["case", ["get", "exact"], ["literal", [0.9, -0.7]], ["literal", [0, 0]]] }, paint: { "text-color": paint.ink, "text-halo-color": paint.sheet, "text-halo-width": 1.6 } },
      { id: "marked", type: "circle", source: "spots", filter: ["==", ["get", "n"], -1], paint: { "circle-radius": 15, "circle-opacity": 0, "circle-stroke-color": paint.focus, "circle-stroke-width": 3 } },
    ],
  };
}

// The zoom from which a circle of so many metres is wide enough to be seen.
function seenFrom(spot) {
  const round = EQUATOR * Math.cos((spot.lat * Math.PI) / 180);
  return Math.log2((SEEN * round) / (512 * Math.max(1, spot.metres)));
}

function features(points, paint) {
  const told = tally(points);
  const spots = [];
  const areas = [];
  points.forEach((spot, n) => {
    const properties = { n, exact: spot.exact, metres: spot.metres, seen: seenFrom(spot), ...told[n], ink: paint[told[n].standing] };
    spots.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: [spot.lon, spot.lat] } });
    if (!spot.exact) areas.push({ type: "Feature", properties, geometry: { type: "Polygon", coordinates: [circle(spot.lat, spot.lon, spot.metres)] } });
  });
  areas.sort((a, b) => points[b.properties.n].metres - points[a.properties.n].metres);
  return [spots, areas].map((some) => ({ type: "FeatureCollection", features: some }));
}

export async function openMap(box, open) {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("WebGL2 is required");
  const fonts = FONTS.map((font) => document.fonts.load(font, "a\u0627"));
  await Promise.allSettled([sheet("maplibre-gl/maplibre-gl.css"), ...fonts]);
  const { lang } = box.dataset;
  const inner = box.appendChild(document.createElement("div"));
  const paint = colours();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new maplibre.Map({
    container: inner, style: style(paint, lang === "ar"), center: [41, 34.5], zoom: 5, minZoom: 1.5, maxZoom: 14,
    attributionControl: { compact: true }, dragRotate: false, pitchWithRotate: false, fadeDuration: 0,
    locale: { "Map.Title": box.getAttribute("aria-label"), "NavigationControl.ZoomIn": box.dataset.zoomIn, "NavigationControl.ZoomOut": box.dataset.zoomOut },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl(), "bottom-left");
  for (const standing of STANDINGS) {
    map.addImage(`mark-${standing}`, ...icon((context, size) => drawMark(context, standing, size, paint[standing], paint.sheet)));
    map.addImage(`ring-${standing}`, ...icon((context, size) => ring(context, size, paint[standing], paint.sheet), 24));
  }
  const loaded = new Promise((done) => map.once("load", done));
  const layers = ["sites", "rings", "area"];
  for (const layer of layers) {
    map.on("mouseenter", layer, () => map.getCanvas().classList.add("over"));
    map.on("mouseleave", layer, () => map.getCanvas().classList.remove("over"));
  }
  map.on("click", (event) => {
    const near = [[event.point.x - 4, event.point.y - 4], [event.point.x + 4, event.point.y + 4]];
    const [first] = map.queryRenderedFeatures(near, { layers });
    if (first) open(first.properties.n);
  });
  let marked = null;
  let shown = null;
  return {
    async show(points) {
      box.setAttribute("aria-busy", "true");
      await loaded;
      marked = null;
      shown = points;
      const [spots, areas] = features(points, paint);
      map.getSource("spots").setData(spots);
      map.getSource("areas").setData(areas);
      map.setFilter("marked", ["==", ["get", "n"], -1]);
      map.once("idle", () => box.removeAttribute("aria-busy"));
      if (points.length) map.fitBounds(reach(points).map(([lat, lon]) => [lon, lat]), { padding: 45, maxZoom: 9, animate: false });
    },
    mark(n, move) {
      if (marked !== null) map.setFeatureState({ source: "areas", id: marked }, { marked: false });
      marked = n;
      map.setFilter("marked", ["==", ["get", "n"], n ?? -1]);
      if (n === null) return;
      map.setFeatureState({ source: "areas", id: n }, { marked: true });
      const spot = shown[n];
      const at = [spot.lon, spot.lat];
      if (move && !map.getBounds().contains(at)) map.easeTo({ center: at, animate: !still, duration: 300 });
    },
  };
}
