import type { City, Model, Stage } from '../model';
import { capitals } from './capitals';

/** A point of the map. `layers` are the networks the city belongs to. */
export interface Mark {
  id: string; kind: 'home' | Stage | 'gap' | 'hub'; name: string; place: readonly [number, number]; tie: string | null; layers: string[];
}

const hasPlace = (city: City | undefined): city is City & { latitude: number; longitude: number } =>
  city !== undefined && city.latitude !== null && city.longitude !== null;

/** What is drawn, the most important first, and the names of what has no known place. */
export function marks(model: Model, layers: ReadonlySet<string>): { shown: Mark[]; off: string[] } {
  const { page } = model;
  const networks = (cityId: string): string[] => page.networks.filter(network => network.nodes.some(node => node.cityId === cityId)).map(network => network.id);
  const off: string[] = [];
  const shown: Mark[] = [];
  const add = (city: City, kind: Mark['kind'], tie: string | null): void => {
    if (hasPlace(city)) shown.push({ id: city.id, kind, name: city.name, place: [city.longitude, city.latitude], tie, layers: networks(city.id) });
    else off.push(city.name);
  };
  if (page.home) add(page.home, 'home', null);
  for (const tie of page.ties) add(model.city(tie.cityId), tie.stage, tie.id);
  const untied = page.networks.filter(network => layers.has(network.id)).flatMap(network => network.nodes.filter(node => !node.tied));
  for (const id of new Set(untied.map(node => node.cityId))) add(model.city(id), 'hub', null);
  for (const country of model.gaps) {
    const capital = capitals[country.id];
    if (capital) shown.push({ id: country.id, kind: 'gap', name: country.name, place: capital, tie: null, layers: [] });
    else off.push(country.name);
  }
  return { shown, off };
}
