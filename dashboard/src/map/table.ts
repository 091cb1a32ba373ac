import { h } from '../dom';
import * as format from '../format';
import type { City, Model, Network } from '../model';
import { since } from '../panels/ladder';
import { stageName } from '../shapes';
import { t } from '../text/language';
import { distance } from './geography';

/** The same as the map in words: each city with its country, stage, networks and distance, then the hubs and countries without a tie. */
export function table(model: Model): HTMLElement {
  const { page } = model;
  const networks = (cityId: string): string => page.networks.filter(network => network.nodes.some(node => node.cityId === cityId))
    .map(networkName).join(t('separator'));
  const away = (city: City): string => page.home?.latitude != null && page.home.longitude != null && city.latitude !== null && city.longitude !== null
    ? format.count(Math.round(distance([page.home.longitude, page.home.latitude], [city.longitude, city.latitude]))) : '–';
  const named = ['city', 'country', 'stage', 'since', 'networks', 'distance'] as const;
  const line = (...cells: string[]): HTMLElement => h('tr', {}, cells.map((text, index) => index === 0 ? h('th', { scope: 'row' }, text)
    : h('td', { 'data-column': t(`column.${named[index]!}`), class: text === '' || text === '–' ? 'blank' : named[index]! }, text)));
  const row = (city: City, stage: string, date: string): HTMLElement =>
    line(city.name, model.countryName(city.countryId), stage, date, networks(city.id), away(city));
  const untied = new Set(page.networks.flatMap(network => network.nodes.filter(node => !node.tied).map(node => node.cityId)));
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('map.title') }, h('table', { class: 'plain folds' },
    h('thead', {}, h('tr', {}, named.map(name => h('th', { scope: 'col' }, t(`column.${name}`))))),
    h('tbody', {}, page.ties.map(tie => row(model.city(tie.cityId), stageName(tie.stage), since(tie))),
      [...untied].map(id => row(model.city(id), t('map.hub'), '–')),
      model.gaps.map(country => line('–', country.name, t('stage.none'), '–', '', '–')))));
}

/** The article's two networks have short names; another has its own. */
export function networkName({ id, name }: Network): string {
  return id === 'LAND' || id === 'MARITIME' ? t(`map.${id}`) : name;
}
