import { h } from '../dom';
import type { Model } from '../model';
import { panel } from '../panel';
import { t } from '../text/language';

/** The briefing's sentence of the day, to be copied, and the briefing itself. */
export function sentence({ page }: Model, download: (address: string, name: string) => void): HTMLElement {
  const text = page.sentences.map(each => each.text).join(page.language === 'en' ? ' ' : '');
  const copied = h('span', { class: 'copied', role: 'status' });
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    copied.textContent = t('sentence.copied');
  };
  return panel('sentence', t('sentence.title'), null,
    h('blockquote', {}, text),
    page.sentences.some(each => each.illustrative > 0) && h('p', { class: 'note' }, t('sentence.mark')),
    h('div', { class: 'row' },
      h('button', { type: 'button', class: 'quiet', onclick: () => void copy() }, t('sentence.copy')),
      h('button', {
        type: 'button', class: 'quiet',
        onclick: () => download(`/api/v1/reports/briefing?view=${page.view}&asOf=${page.asOf}&lang=${page.language}&format=docx`, `briefing-${page.asOf}.docx`),
      }, t('sentence.briefing')),
      copied));
}
