import { h, type Child } from './dom';

export type Open = (what: string) => void;

/** A number, a name or a sentence that opens what is behind it. */
export function link(open: Open, what: string, content: Child, name?: string): HTMLElement {
  return h('button', { type: 'button', class: 'link', 'aria-label': name, onclick: () => open(what) }, content);
}

/** A line of several, each of which opens its own. */
export function numbers(open: Open, ...parts: [what: string, text: string][]): HTMLElement {
  return h('span', {}, parts.map(([what, text], index) => [index > 0 && ' · ', link(open, what, text)]));
}

/** A panel: a region named by its title, with one line of context. */
export function panel(name: string, title: string, subtitle: string | Node | null, ...content: (Node | string | null | undefined | false)[]): HTMLElement {
  return h('section', { class: `panel ${name}`, id: name, 'aria-labelledby': `${name}-title` },
    h('header', {}, h('h2', { id: `${name}-title` }, title), subtitle && h('p', { class: 'subtitle' }, subtitle)),
    ...content);
}

/** A matrix's cell. On a telephone a row's cells stand under its name, each with the name of its column, and those without content not at all. */
export function cell(column: string, content: Node | null): HTMLElement {
  return content ? h('td', { 'data-column': column }, content) : h('td', { class: 'blank' }, h('span', { class: 'absent', 'aria-hidden': 'true' }, '·'));
}
