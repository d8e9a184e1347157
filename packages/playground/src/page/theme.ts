/** Light or dark: as the system says, until somebody chooses. */
import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const KEY = 'moult-theme';

function preferred(): Theme {
  const stored = read();
  if (stored === 'light' || stored === 'dark') return stored;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Pages in a sandbox have no storage. */
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export const theme = signal<Theme>(preferred());

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

/** Changes to the other one, and remembers. */
export function toggleTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(KEY, theme.value);
  } catch {
    // Not remembered, then.
  }
}
