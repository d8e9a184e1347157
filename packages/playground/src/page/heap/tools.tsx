/** Above the picture: search, how it is drawn, and what is in it. */
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { shortened } from '../../shared/text.ts';
import { options, select, show, shownView } from '../state.ts';

const ZOOMS = [0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.5];

export function HeapTools({ zoom }: { readonly zoom: Signal<number> }): JSX.Element {
  const view = shownView.value;
  const { focus, expanded, atoms, search } = options.value;
  const change = (by: number): void => {
    const at = ZOOMS.findIndex((each) => each >= zoom.value);
    zoom.value = ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + by))] ?? 1;
  };
  return (
    <div class="tools">
      <div class="search">
        <input
          type="search"
          placeholder="Search objects"
          aria-label="Search objects by type, text or value"
          value={search}
          onInput={(event) => void show({ search: event.currentTarget.value })}
        />
        {search !== '' && view !== null && (
          <ul class="found" aria-label="Objects found">
            {view.found.length === 0 && <li class="none">nothing found</li>}
            {view.found.map(({ id, label, type }) => (
              <li>
                <button
                  type="button"
                  onClick={() => {
                    void show({ search: '', focus: view.objects > 60 ? id : null }).then(() => select(id));
                  }}
                >
                  <b>{type}</b> {shortened(label)}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {view !== null && (
        <div class="facts" aria-live="polite">
          <span>
            <b>{view.objects.toLocaleString('en')}</b> objects
          </span>
          <span>
            <b>{view.bytes.toLocaleString('en')}</b> bytes
          </span>
          {view.garbage > 0 && (
            <span class="is-garbage">
              <b>{view.garbage.toLocaleString('en')}</b> garbage
            </span>
          )}
          {view.died.length > 0 && (
            <span class="is-dead" title={view.died.join('\n')}>
              † {shortened(view.died.slice(0, 3).join(', '))}
              {view.died.length > 3 ? ' …' : ''}
            </span>
          )}
        </div>
      )}
      <div class="buttons">
        {focus !== null && (
          <button type="button" class="on" onClick={() => void show({ focus: null })}>
            Show all
          </button>
        )}
        {expanded.length > 0 && (
          <button type="button" onClick={() => void show({ expanded: [] })}>
            Fold types
          </button>
        )}
        <label title="Give numbers and texts cards of their own">
          <input
            type="checkbox"
            checked={atoms}
            onChange={(event) => void show({ atoms: event.currentTarget.checked })}
          />{' '}
          values
        </label>
        <button type="button" aria-label="Smaller" onClick={() => change(-1)}>
          −
        </button>
        <button type="button" aria-label="Actual size" onClick={() => (zoom.value = 1)}>
          {Math.round(zoom.value * 100)}%
        </button>
        <button type="button" aria-label="Larger" onClick={() => change(1)}>
          +
        </button>
      </div>
    </div>
  );
}
