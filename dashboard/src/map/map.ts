import { h, s } from '../dom';
import { savePicture, saveTable, tableRows } from '../export';
import { stages, type Model } from '../model';
import { link, panel } from '../panel';
import { mark, stageName, symbol } from '../shapes';
import { t } from '../text/language';
import { Geography } from './geography';
import { place, type Box, type Label } from './labels';
import { drawMany, most } from './many';
import { marks, type Mark } from './marks';
import { networkName, table } from './table';
import { Camera } from './camera';

/** What stays when the figures of another day are drawn. */
export interface MapState { layers: Set<string> | null; table: boolean; camera: Camera | null; selected: string | null }

export const mapState: MapState = { layers: null, table: false, camera: null, selected: null };

/** Where the ties are and where not: arcs from the home city, the hubs of both networks, a diamond at the capital of each country without one. */
export function map(model: Model, open: (tie: string) => void): HTMLElement {
  const { page } = model;
  mapState.layers ??= new Set(page.networks.map(network => network.id));
  const frame = h('div', { class: 'map-frame' });
  const redraw = (): void => {
    frame.replaceChildren(mapState.table ? table(model) : picture(model, open, redraw));
    button.setAttribute('aria-pressed', String(mapState.table));
    save.textContent = t(mapState.table ? 'export.csv' : 'export.png');
  };
  const button = h('button', { type: 'button', class: 'quiet', id: 'map-table', onclick: () => toggleTable(redraw) }, t('map.table'));
  const chips = page.networks.map(network => h('button', {
    type: 'button', class: 'chip', 'data-layer': network.id, 'aria-pressed': String(mapState.layers!.has(network.id)),
    onclick: (event: Event) => {
      const pressed = !mapState.layers!.has(network.id);
      if (pressed) mapState.layers!.add(network.id);
      else mapState.layers!.delete(network.id);
      (event.currentTarget as HTMLElement).setAttribute('aria-pressed', String(pressed));
      redraw();
    },
  }, `${networkName(network)} ${network.nodes.filter(node => node.tied).length}/${network.nodes.length}`));
  const section = panel('map', t('map.title'), page.home ? t('map.subtitle', { home: page.home.name }) : null, frame, legend(model), directions(model, open));
  const save = h('button', { type: 'button', class: 'quiet', id: 'map-save', onclick: () => void (mapState.table
    ? saveTable(`map-${page.asOf}.csv`, tableRows(frame)) : savePicture(frame.querySelector<HTMLElement>('.map-view')!, `map-${page.asOf}.png`)) });
  section.querySelector('header')!.append(h('div', { class: 'chips' }, chips, button, save));
  let width = 0;
  const watch = new ResizeObserver(([entry]) => {
    const now = Math.round(entry?.contentRect.width ?? 0);
    if (now === width || now === 0) return;
    width = now;
    redraw();
  });
  watch.observe(frame);
  return section;
}

function toggleTable(redraw: () => void): void {
  mapState.table = !mapState.table;
  redraw();
}

function picture(model: Model, open: (tie: string) => void, redraw: () => void): HTMLElement {
  const frame = document.querySelector('.map-frame');
  const width = Math.round(frame?.clientWidth ?? 800) || 800;
  const wall = matchMedia('(width >= 1800px) and (height >= 1000px)').matches;
  const height = Math.round(wall ? Math.max(320, frame?.clientHeight ?? 0) : width * (width < 500 ? 0.85 : 0.6));
  const { shown, off } = marks(model, mapState.layers ?? new Set());
  const home = shown.find(each => each.kind === 'home');
  const geography = new Geography(shown.map(each => each.place), home?.place ?? [120.4, 36.1], width, height);
  const points = shown.map(each => ({ mark: each, at: geography.at(each.place) }));
  const many = points.length > most;

  const still = s('g', {}, s('path', { class: 'land', d: geography.land() }));
  if (home) {
    for (const ring of geography.rings(home.place))
      still.append(s('path', { class: 'distance', d: ring.path }));
    const lanes = model.page.networks.filter(network => mapState.layers?.has(network.id)).flatMap(network => network.nodes)
      .map(node => shown.find(each => each.id === node.cityId)).filter(each => each !== undefined);
    if (!many) {
      for (const lane of lanes) still.append(s('path', { class: 'lane', d: geography.arc(home.place, lane.place) }));
      for (const { mark: each } of [...points].reverse())
        if (each.tie) still.append(s('path', { class: `arc ${each.kind}`, 'data-city': each.id, d: geography.arc(home.place, each.place) }));
    }
  }

  const moving = s('g', {});
  const svg = s('svg', { class: 'map-picture', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' }, still, moving);
  const canvas = many ? h('canvas', { class: 'map-many', width, height, 'aria-hidden': 'true' }) : null;
  const camera = mapState.camera?.fits(width, height) ? mapState.camera : (mapState.camera = new Camera(width, height));
  const said = h('p', { class: 'unseen', role: 'status' });

  const draw = (zoomed: boolean): void => {
    still.setAttribute('transform', camera.transform);
    if (canvas) drawMany(canvas, points, camera, mapState.selected);
    else if (zoomed) drawMarks(moving, points, model, camera);
    else moving.setAttribute('transform', `translate(${camera.x - drawnAt[0]} ${camera.y - drawnAt[1]})`);
    if (zoomed) {
      drawnAt[0] = camera.x;
      drawnAt[1] = camera.y;
      moving.removeAttribute('transform');
    }
  };
  const drawnAt = [camera.x, camera.y] as [number, number];
  const select = (id: string | null): void => {
    mapState.selected = id;
    for (const element of [svg, document.getElementById('ladder')].filter(each => each !== null))
      element.classList.toggle('dimmed', id !== null);
    for (const element of svg.querySelectorAll('[data-city]')) element.classList.toggle('selected', element.getAttribute('data-city') === id);
    const tie = id ? model.tie(id) : undefined;
    for (const row of document.querySelectorAll('#ladder tr[data-tie]')) row.classList.toggle('selected', row.getAttribute('data-tie') === tie?.id);
    const city = shown.find(each => each.id === id);
    said.textContent = city ? `${city.name}${city.tie ? `, ${stageName(tie?.stage ?? '')}` : ''}` : '';
    if (canvas) draw(false);
  };

  const view = h('div', {
    class: 'map-view', tabindex: 0, role: 'application', 'aria-label': t('map.label', { ties: model.page.ties.length, gaps: model.gaps.length }),
  }, canvas, svg);
  camera.attach(view, draw);
  view.addEventListener('keydown', event => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] as [number, number] | undefined;
    if (step) select(next(points, mapState.selected, step) ?? mapState.selected);
    else if (event.key === '+' || event.key === '=') camera.zoom(1.4);
    else if (event.key === '-') camera.zoom(1 / 1.4);
    else if (event.key === '0') camera.fit();
    else if (event.key === 'Escape' && mapState.selected) select(null);
    else if (event.key === 't' || event.key === 'T') { toggleTable(redraw); document.getElementById('map-table')?.focus(); }
    else if (event.key === 'Enter' && mapState.selected && model.tie(mapState.selected)) open(`tie:${model.tie(mapState.selected)!.id}`);
    else return;
    event.preventDefault();
  });
  view.addEventListener('click', event => {
    if (camera.dragged) return;
    const at = camera.back(event.clientX - view.getBoundingClientRect().left, event.clientY - view.getBoundingClientRect().top);
    const hit = points.map(each => ({ each, far: Math.hypot(each.at[0] - at[0], each.at[1] - at[1]) * camera.k }))
      .filter(({ far }) => far < 14).sort((a, b) => a.far - b.far)[0]?.each.mark;
    if (hit && hit.id === mapState.selected && hit.tie) open(`tie:${hit.tie}`);
    else select(hit?.id ?? null);
  });
  draw(true);
  if (mapState.selected) select(mapState.selected);
  const tool = (name: 'in' | 'out' | 'fit', text: string, act: () => void): HTMLElement =>
    h('button', { type: 'button', 'aria-label': t(`map.${name}`), title: t(`map.${name}`), onclick: act }, text);
  return h('div', { class: 'map-box' }, view,
    h('div', { class: 'map-tools' }, tool('in', '+', () => camera.zoom(1.4)), tool('out', '−', () => camera.zoom(1 / 1.4)), tool('fit', '⤢', () => camera.fit())),
    said,
    off.length > 0 && h('p', { class: 'note' }, t('map.off', { names: off.slice(0, 20).join(t('separator')) })));
}

/** Where the buttons lie over the map; no name stands under them. */
function toolsBox({ width, height }: Camera): Box {
  return width < 500 ? { left: 0, right: 56, top: height - 124, bottom: height } : { left: width - 56, right: width, top: 0, bottom: 120 };
}

/** Marks keep their size at every zoom, so each is set anew. */
function drawMarks(group: SVGGElement, points: { mark: Mark; at: [number, number] }[], model: Model, camera: Camera): void {
  const placed = points.map(({ mark: each, at }) => ({ each, x: at[0] * camera.k + camera.x, y: at[1] * camera.k + camera.y }));
  const size = camera.width < 500 ? 11.5 : 12.5;
  const labels: Label[] = placed.map(({ each, x, y }) => ({
    text: each.name, x, y, size: each.kind === 'home' ? size + 3 : size, gap: each.layers.length > 0 ? 11 : 8,
    weight: each.kind === 'gap' || each.kind === 'hub' ? 400 : 600,
  }));
  const names = place(labels, placed.map(({ each, x, y }) => ({ x, y, r: each.kind === 'gap' ? 5 : 6 })), camera.width, camera.height,
    [toolsBox(camera)]);
  const shapes = [...placed].reverse().map(({ each, x, y }) => s('g', {
    class: `place ${each.kind}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, 'data-city': each.id,
  }, s('title', {}, each.name), each.kind !== 'home' && each.layers.filter(layer => mapState.layers?.has(layer)).map(layer => layer === model.page.networks[0]?.id
    ? s('rect', { class: 'hub-square', x: -8, y: -8, width: 16, height: 16 }) : s('circle', { class: 'hub-ring', r: 8.5 })),
  each.kind === 'home' ? s('circle', { class: 'shape home', r: 6 }) : symbol(each.kind)));
  group.replaceChildren(...shapes, ...names.map(({ label, x, y, anchor }) => {
    const each = placed[labels.indexOf(label)]!.each;
    return s('text', { class: `name ${each.kind}`, x, y, 'text-anchor': anchor, 'font-size': label.size, 'data-city': each.id }, label.text);
  }));
}

/** The nearest place in a direction; the home city when none is selected. */
function next(points: { mark: Mark; at: [number, number] }[], selected: string | null, [dx, dy]: [number, number]): string | undefined {
  const from = points.find(each => each.mark.id === selected);
  if (!from) return points[0]?.mark.id;
  return points.filter(each => each !== from).map(each => {
    const [x, y] = [each.at[0] - from.at[0], each.at[1] - from.at[1]];
    return { id: each.mark.id, along: x * dx + y * dy, far: Math.hypot(x, y) + 2 * Math.abs(x * dy - y * dx) };
  }).filter(each => each.along > 0.5).sort((a, b) => a.far - b.far)[0]?.id;
}

function legend(model: Model): HTMLElement {
  const count = (stage: string): number => model.page.ties.filter(tie => tie.stage === stage).length;
  return h('div', { class: 'legend' },
    stages.map(stage => h('span', {}, mark(stage), `${stageName(stage)} ${count(stage)}`)),
    h('span', {}, mark('gap'), t('map.gap', { count: model.gaps.length })),
    h('span', {}, mark('hub'), t('map.hub')),
    h('span', { class: 'soft' }, t('map.outline')));
}

/** How many hubs of each direction have a tie; a direction without hubs is shown, not hidden. */
function directions(model: Model, open: (figure: string) => void): HTMLElement {
  return h('dl', { class: 'directions', 'aria-label': t('map.directions') }, (['W', 'N', 'S', 'E'] as const).map(name => {
    const number = (measure: 'tied' | 'hubs'): Node | string => {
      const count = model.count('hubs-by-direction', `${name}/${measure}`);
      return count === 0 ? '0' : link(open, `hubs-by-direction/${name}/${measure}`, count,
        `${count} ${t(`direction.${name}`)} · ${t(measure === 'tied' ? 'map.directions' : 'map.hubs')}`);
    };
    return h('div', {}, h('dt', {}, t(`direction.${name}`)), h('dd', {}, number('tied'), '/', number('hubs')));
  }));
}
