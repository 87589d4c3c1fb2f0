// What both maps share: colours, the marks of standings, circles of real size, which standing a place shows.
export const STANDINGS = ["denied", "disputed", "corroborated", "single"];
export const FONTS = ['400 12px "IBM Plex Sans Arabic"', '400 12px "IBM Plex Sans"'];
const RADIUS = 6_371_008;

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
  const counts = points.spots.map(() => ({ events: 0, single: 0, corroborated: 0, disputed: 0, denied: 0 }));
  for (const event of points.events) {
    const there = counts[event[5]];
    there.events += 1;
    there[event[2]] += 1;
  }
  return counts.map((there) => ({
    events: there.events,
    standing: STANDINGS.reduce((best, one) => (there[one] >= there[best] ? one : best)),
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

// Where most events lie: the middle nine tenths of them, so that one far away does not shrink the map;
// [latitude, longitude] of two corners.
export function reach(points) {
  const at = (value) => {
    const sorted = points.events.map((event) => points.spots[event[5]][value]).sort((a, b) => a - b);
    return [sorted[Math.floor(sorted.length * 0.05)], sorted[Math.floor((sorted.length - 1) * 0.95)]];
  };
  const [[west, east], [south, north]] = [at("lon"), at("lat")];
  return [[south, west], [north, east]];
}
