import { geoAzimuthalEqualArea, geoCircle, geoDistance, geoInterpolate, geoPath, type GeoProjection } from 'd3-geo';
import shapes from 'outline';

type Place = readonly [longitude: number, latitude: number];

const earthRadius = 6371; // km
const ringStep = 2000; // km
const rings = 3;
const arcPoints = 32;
const precision = 0.3; // pixels

const land = {
  type: 'MultiPolygon' as const,
  coordinates: shapes.map(polygon => polygon.map(ring => {
    const points: [number, number][] = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < ring.length; i += 2) {
      x += ring[i]!;
      y += ring[i + 1]!;
      points.push([x / 10, y / 10]);
    }
    return points;
  })),
};

// The land of the last frame: from day to day it is mostly the same, and projecting it takes longer than all the rest of the map.
let drawn = { frame: '', path: '' };

/** An equal-area picture of the region in which all places lie, in a frame of that size. */
export class Geography {
  private readonly projection: GeoProjection;
  private readonly frame: string;

  constructor(places: Place[], home: Place, readonly width: number, readonly height: number) {
    const [west, east] = [Math.min(home[0], ...places.map(([x]) => x)), Math.max(home[0], ...places.map(([x]) => x))];
    const [south, north] = [Math.min(home[1], ...places.map(([, y]) => y)), Math.max(home[1], ...places.map(([, y]) => y))];
    this.frame = [width, height, west, east, south, north].join(' ');
    const [side, top] = [width * (width < 500 ? 0.1 : 0.12), height * 0.1];
    this.projection = geoAzimuthalEqualArea().rotate([-(west + east) / 2, -(south + north) / 2]).precision(precision)
      .fitExtent([[side, top], [width - side, height - top]], { type: 'MultiPoint', coordinates: [...places, home] as [number, number][] });
  }

  /** The land as one path, some way beyond the frame so that panning shows more of it. */
  land(): string {
    if (drawn.frame === this.frame) return drawn.path;
    const [w, h] = [this.width, this.height];
    // The outline's points lie close enough: none is put between them.
    const path = geoPath(this.projection.precision(0).clipExtent([[-w, -h], [2 * w, 2 * h]]))(land) ?? '';
    this.projection.precision(precision);
    drawn = { frame: this.frame, path };
    return path;
  }

  at(place: Place): [number, number] {
    this.projection.clipExtent(null);
    return this.projection(place as [number, number]) ?? [0, 0];
  }

  /** The shortest way over the globe. */
  arc(from: Place, to: Place): string {
    const along = geoInterpolate(from as [number, number], to as [number, number]);
    return Array.from({ length: arcPoints + 1 }, (_, i) => this.at(along(i / arcPoints)))
      .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  }

  /** Circles of equal distance around a place, with a point each for its label. */
  rings(around: Place): { path: string; label: [number, number]; distance: number }[] {
    this.projection.clipExtent(null);
    return Array.from({ length: rings }, (_, i) => {
      const distance = (i + 1) * ringStep;
      const circle = geoCircle().center(around as [number, number]).radius((distance / earthRadius) * (180 / Math.PI)).precision(3)();
      const lowest = (circle.coordinates[0] ?? []).map(place => this.at(place as [number, number])).filter(([x]) => x < this.at(around)[0])
        .sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
      return { path: geoPath(this.projection)(circle) ?? '', label: lowest, distance };
    });
  }
}

export function distance(from: Place, to: Place): number {
  return geoDistance(from as [number, number], to as [number, number]) * earthRadius;
}
