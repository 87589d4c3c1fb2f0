// What both maps share: colours, the marks of standings, circles of real size, which standing a place shows.
export const STANDINGS = ["denied", "disputed", "corroborated", "single"];
export const FONTS = ['400 12px "IBM Plex Sans Arabic"', '400 12px "IBM Plex Sans"'];
const RADIUS = 6_371_008;

// The styles of a map's library: first of all, so that those of the page stand above them.
export function sheet(file) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(`../vendor/${file}`, import.meta.url).href;
  const loaded = new Promise((done) => ["load", "error"].forEach((end) => link.addEventListener(end, done)));
  document.head.prepend(link);
  return loaded;
}

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function colours() {
  return {
    sea: colour("--map-sea"), land: colour("--map-land"), line: colour("--map-line"), water: colour("--map-water"),
    town: colour("--map-town"), ink: colour("--ink"), sheet: colour("--sheet"), focus: colour("--focus"),
    single: colour("--accent"), corroborated: colour("--ok"), disputed: colour("--doubt"), denied: colour("--no"),
  };
}

// A circle of so many metres as a ring of [longitude, latitude], good to half a percent at 1,000 km.
export function circle(lat, lon, metres, corners = 64) {
  const north = (metres / RADIUS) * (180 / Math.PI);
  const east = north / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: corners + 1 }, (_, corner) => {
    const turn = (corner / corners) * 2 * Math.PI;
    return [lon + east * Math.sin(turn), lat + north * Math.cos(turn)];
  });
}

// How many events each place has, and the standing of most of them.
export function tally(points) {
  return points.map(({ events }) => ({
    events: Object.values(events).reduce((sum, some) => sum + some),
    standing: STANDINGS.reduce((best, one) => ((events[one] ?? 0) >= (events[best] ?? 0) ? one : best)),
  }));
}

// The mark of a standing on a canvas of `size` pixels, as static/marks.svg draws it.
export function drawMark(context, standing, size, ink, paper) {
  const middle = size / 2;
  const reach = size * 0.36;
  context.lineWidth = size * 0.13;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  context.beginPath();
  if (standing === "disputed") {
    context.moveTo(middle, middle - reach * 1.2);
    context.lineTo(middle + reach * 1.2, middle);
    context.lineTo(middle, middle + reach * 1.2);
    context.lineTo(middle - reach * 1.2, middle);
    context.closePath();
  } else if (standing === "denied") {
    for (const [from, to] of [[-1, 1], [1, -1]]) {
      context.moveTo(middle - reach * 0.8, middle + from * reach * 0.8);
      context.lineTo(middle + reach * 0.8, middle + to * reach * 0.8);
    }
    context.lineWidth = size * 0.3;
    context.stroke();
    context.lineWidth = size * 0.16;
    context.strokeStyle = ink;
    context.stroke();
    return;
  } else {
    context.arc(middle, middle, reach, 0, 2 * Math.PI);
  }
  context.stroke();
  if (standing === "single") {
    context.fillStyle = paper;
    context.fill();
    context.lineWidth = size * 0.15;
    context.strokeStyle = ink;
    context.stroke();
  } else {
    context.fill();
  }
}

// The same as an icon of Leaflet, larger where much happened.
export function markIcon(L, paint, standing, events) {
  const size = events > 9 ? 24 : 18;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * 2;
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  drawMark(context, standing, size, paint[standing], paint.sheet);
  return L.icon({ iconUrl: canvas.toDataURL(), iconSize: [size, size] });
}

// Where most events lie: the middle nine tenths of them, so that one far away does not shrink the map;
// [latitude, longitude] of two corners.
export function reach(points) {
  const told = tally(points);
  const events = told.reduce((sum, one) => sum + one.events, 0);
  const at = (value, part) => {
    let before = 0;
    const order = points.map((spot, n) => [spot[value], told[n].events]).sort(([a], [b]) => a - b);
    return order.find(([, some]) => (before += some) > part * (events - 1))[0];
  };
  const [west, east, south, north] = [at("lon", 0.05), at("lon", 0.95), at("lat", 0.05), at("lat", 0.95)];
  return [[south, west], [north, east]];
}
