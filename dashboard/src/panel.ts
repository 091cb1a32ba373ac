import { h } from './dom';

/** A panel: a region named by its title, with one line of context. */
export function panel(name: string, title: string, subtitle: string | Node | null, ...content: (Node | string | null | undefined | false)[]): HTMLElement {
  return h('section', { class: `panel ${name}`, id: name, 'aria-labelledby': `${name}-title` },
    h('header', {}, h('h2', { id: `${name}-title` }, title), subtitle && h('p', { class: 'subtitle' }, subtitle)),
    ...content);
}
