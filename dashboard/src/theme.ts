// The colours: the system's, or what the reader chose. The choice stays in this browser; it is no secret and says nothing of the reader.
const name = 'friendcity.theme';

export const themes = ['auto', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more)');

export function chosen(): Theme {
  try {
    return themes.find(theme => theme === localStorage.getItem(name)) ?? 'auto';
  } catch {
    return 'auto'; // a browser may forbid storage; the system's colours do then
  }
}

export function choose(theme: Theme): void {
  try {
    if (theme === 'auto') localStorage.removeItem(name);
    else localStorage.setItem(name, theme);
  } catch {
    // Not remembered, but shown.
  }
  show(theme);
}

export function show(theme: Theme = chosen()): void {
  document.documentElement.dataset.theme = theme !== 'auto' ? theme : contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light';
}

/** When the system changes its colours, as at dusk. */
export function watch(changed: () => void): void {
  for (const query of [dark, contrast])
    query.addEventListener('change', () => {
      show();
      changed();
    });
}
