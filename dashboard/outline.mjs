// The outline of the land from Natural Earth: one filled shape without borders, simplified to what a screen shows, as tenths of a degree,
// each point but the first as the difference from the one before.
import { readFileSync } from 'node:fs';
import { feature } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

const leastArea = 0.036; // of a triangle that is kept, in square degrees
const tenths = degrees => Math.round(degrees * 10);

export function outline() {
  return `export default ${JSON.stringify(shapes())};`;
}

export function rings() {
  return shapes().flat();
}

function shapes() {
  const topology = JSON.parse(readFileSync(new URL('node_modules/world-atlas/land-50m.json', import.meta.url), 'utf8'));
  const land = simplify(presimplify(topology), leastArea);
  const polygons = feature(land, land.objects.land).features.flatMap(({ geometry }) => geometry.coordinates);
  return polygons.map(rings => rings.map(differences).filter(ring => ring.length >= 8)).filter(rings => rings.length > 0);
}

function differences(ring) {
  const points = [];
  let [x, y] = [0, 0];
  for (const [longitude, latitude] of ring) {
    const [dx, dy] = [tenths(longitude) - x, tenths(latitude) - y];
    if (points.length > 0 && dx === 0 && dy === 0) continue;
    points.push(dx, dy);
    [x, y] = [x + dx, y + dy];
  }
  return points;
}
