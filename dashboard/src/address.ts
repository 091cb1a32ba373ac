import type { Key } from './text/language';
import { chooseLanguage, languages, type Language } from './text/languages';

/** The views of this office, as the service wrote them into the page. */
export const views: readonly string[] = [...document.querySelectorAll<HTMLElement>('[data-view]')].map(button => button.dataset.view!);

/** What the address says; whoever opens it sees the same. */
export interface Address {
  view: string; asOf: string | null; language: Language;
  /** What is drilled into: a figure such as `K03` or `K05/broad`, a panel's count such as `activities-by-month/2024-03`, a tie such as `tie:R01`, or a record such as `record:projects/P001`. */
  open: string | null;
  /** What could not be followed, to be told. */
  wrong: { key: Key; name: string; value: string }[];
}

/** Where the figures that an address asks for are read. */
export function dataAddress({ view, language, asOf }: Pick<Address, 'view' | 'language' | 'asOf'>): string {
  return `/api/v1/dashboard?view=${view}&lang=${language}${asOf ? `&asOf=${asOf}` : ''}`;
}

const names = ['view', 'asOf', 'lang', 'open'];

export function readAddress(): Address {
  const asked = new URLSearchParams(location.search);
  const wrong: Address['wrong'] = [];
  for (const name of asked.keys()) if (!names.includes(name)) wrong.push({ key: 'address.unknown', name, value: asked.get(name) ?? '' });
  const taken = <T>(name: string, read: (value: string) => T | null): T | null => {
    const value = asked.get(name);
    if (value === null) return null;
    const found = read(value);
    if (found === null) wrong.push({ key: 'address.wrong', name, value });
    return found;
  };
  return {
    view: taken('view', value => views.find(view => view === value) ?? null) ?? document.documentElement.dataset.defaultView!,
    asOf: taken('asOf', value => isDay(value) ? value : null),
    language: chooseLanguage(taken('lang', value => [...languages, 'zh'].find(known => known.toLowerCase() === value.toLowerCase()) ?? null)),
    open: taken('open', value => /^((K\d\d|activities-by-month|hubs-by-direction|cities-by-country|projects-by-(status|sector))(\/[\w/:*-]+)?|tie:[\w.-]+|record:[a-z-]+\/[\w-]{1,64})$/.test(value) ? value : null),
    wrong,
  };
}

/** Writes what changed; null takes a parameter away. A slider's days replace each other instead of filling the history. */
export function writeAddress(changes: Partial<Record<'view' | 'asOf' | 'lang' | 'open', string | null>>, replace = false): void {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  for (const name of [...address.searchParams.keys()]) if (!names.includes(name)) address.searchParams.delete(name);
  if (address.href === location.href) return;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(new Date(`${text}T00:00:00Z`).getTime())
    && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}
