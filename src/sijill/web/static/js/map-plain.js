// The map where there is no WebGL2: Leaflet on a canvas.
import { circle, colours, markIcon, reach, sheet, tally } from "./map-parts.js";

const BASE = new URL("../basemap", import.meta.url).href;

function script(address) {
  return new Promise((done, failed) => {
    const made = document.createElement("script");
    made.src = address;
    made.addEventListener("load", done);
    made.addEventListener("error", () => failed(new Error(address)));
    document.head.append(made);
  });
}

async function base(L, map, paint) {
  const read = async (file) => (await fetch(`${BASE}/${file}.json`)).json();
  const [land, water, borders] = await Promise.all(["land", "water", "borders"].map(read));
  const draw = (data, style) => L.geoJSON(data, { style, interactive: false }).addTo(map);
  draw(land, { color: paint.line, weight: 1, fillColor: paint.land, fillOpacity: 1 });
  draw(water, (one) => (one.properties.kind === "lake" ? { stroke: false, fillColor: paint.sea, fillOpacity: 1 } : { color: paint.water, weight: 1 }));
  draw(borders, (one) => ({ color: paint.line, weight: 1.2, dashArray: one.properties.kind === "international" ? null : "5 4" }));
}

export async function openMap(box, open) {
  await sheet("leaflet/leaflet.css");
  if (!window.L) await script(new URL("../vendor/leaflet/leaflet.js", import.meta.url).href);
  const { L } = window;
  const inner = box.appendChild(document.createElement("div"));
  const paint = colours();
  const map = L.map(inner, { preferCanvas: true, center: [34.5, 41], zoom: 5, minZoom: 2, maxZoom: 14, zoomControl: false, attributionControl: true });
  L.control.zoom({ position: "topright", zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth, Leaflet");
  await base(L, map, paint);
  const layer = L.layerGroup().addTo(map);
  const halo = L.circleMarker([0, 0], { radius: 15, color: paint.focus, weight: 3, fill: false, interactive: false });
  let shown = null;
  return {
    show(points) {
      shown = points;
      layer.clearLayers();
      halo.remove();
      const told = tally(points);
      const widest = points.map((spot, n) => [n, spot]).sort(([, a], [, b]) => b.metres - a.metres);
      for (const [n, spot] of widest) {
        const ink = paint[told[n].standing];
        const made = spot.exact
          ? L.marker([spot.lat, spot.lon], { icon: markIcon(L, paint, told[n].standing, told[n].events), keyboard: false })
          : L.polygon(circle(spot.lat, spot.lon, spot.metres).map(([lon, lat]) => [lat, lon]), { color: ink, weight: 1.5, dashArray: "4 3", fillOpacity: 0.08 });
        made.on("click", () => open(n)).addTo(layer);
        if (!spot.exact) L.circleMarker([spot.lat, spot.lon], { radius: 6, color: ink, weight: 1.5, dashArray: "3 2", fillColor: paint.sheet, fillOpacity: 0.8 }).on("click", () => open(n)).addTo(layer);
      }
      if (points.length) map.fitBounds(reach(points), { padding: [30, 30], maxZoom: 9, animate: false });
    },
    mark(n, move) {
      if (n === null) return halo.remove();
      const spot = shown[n];
      halo.setLatLng([spot.lat, spot.lon]).addTo(map);
      if (move && !map.getBounds().contains(halo.getLatLng())) map.panTo(halo.getLatLng());
    },
  };
}
