/** The page. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { EXAMPLES, fixed } from '../examples/index.ts';
import { Console } from './console.tsx';
import { Editor } from './editor.ts';
import { HeapPanel } from './heap/heap-view.tsx';
import { Inspector } from './inspector.tsx';
import { Icon } from './icons.tsx';
import { listenToKeys } from './keys.ts';
import { shareAddress } from '../shared/share.ts';
import {
  example,
  isEmbedded,
  isRunning,
  isStale,
  moment,
  notice,
  openExample,
  panel,
  ran,
  recording,
  run,
  source,
  stop,
} from './state.ts';
import { TheatrePanel } from './theatre.tsx';
import { theme, toggleTheme } from './theme.ts';
import { Timeline } from './timeline/timeline.tsx';

export function App(): JSX.Element {
  useEffect(() => listenToKeys(), []);
  return (
    <div class={`page shows-${panel.value} ${isEmbedded ? 'embedded' : ''}`}>
      <Header />
      <nav class="panels" aria-label="Panels">
        <button type="button" aria-pressed={panel.value === 'program'} onClick={() => (panel.value = 'program')}>
          Program
        </button>
        <button type="button" aria-pressed={panel.value === 'heap'} onClick={() => (panel.value = 'heap')}>
          Heap
        </button>
      </nav>
      <main>
        <div class="left">
          <EditorPanel />
          <Console />
        </div>
        <div class="right">
          <HeapPanel />
          <Inspector />
        </div>
        <div class="below">
          <TheatrePanel />
          <Timeline />
        </div>
      </main>
    </div>
  );
}

function Header(): JSX.Element {
  return (
    <header class="top">
      <a class="brand" href="./" aria-label="Moult playground">
        <img src="./icon.svg" alt="" width="26" height="26" />
        <span>
          <b>Moult</b> playground
        </span>
      </a>
      {!isEmbedded && <ExampleMenu />}
      {isRunning.value ? (
        <button type="button" class="run stop" onClick={stop}>
          Stop
        </button>
      ) : (
        <button type="button" class="run" title="Run (Ctrl+Enter)" onClick={() => void run()}>
          ▶ Run
        </button>
      )}
      <Notice />
      <div class="actions">
        {isEmbedded ? <OpenLink /> : <ShareButton />}
        <button
          type="button"
          aria-label={theme.value === 'dark' ? 'Light colours' : 'Dark colours'}
          title="Light or dark"
          onClick={toggleTheme}
        >
          <Icon name={theme.value === 'dark' ? 'sun' : 'moon'} />
        </button>
      </div>
    </header>
  );
}

function ExampleMenu(): JSX.Element {
  const groups = [...new Set(EXAMPLES.map(({ group }) => group))];
  return (
    <select
      class="examples"
      aria-label="Examples"
      value={example.value?.name ?? ''}
      onChange={(event) => void openExample(event.currentTarget.value)}
    >
      <option value="" disabled>
        Examples
      </option>
      {groups.map((group) => (
        <optgroup label={group}>
          {EXAMPLES.filter((each) => each.group === group).map(({ name, title }) => (
            <option value={name}>{title}</option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function Notice(): JSX.Element | null {
  const outcome = recording.value?.outcome;
  const text = notice.value !== '' ? notice.value : outcome?.kind === 'error' ? outcome.message : '';
  if (isRunning.value) return <span class="notice">running …</span>;
  if (text !== '')
    return (
      <span class="notice problem" role="alert">
        {text}
      </span>
    );
  if (isStale.value) return <span class="notice">changed: run it again</span>;
  return <span class="notice" />;
}

function ShareButton(): JSX.Element {
  const text = useSignal('Share');
  const share = async (): Promise<void> => {
    const address = await shareAddress(location.href, source.value);
    history.replaceState(null, '', address);
    try {
      await navigator.clipboard.writeText(address);
      text.value = 'Link copied';
    } catch {
      text.value = 'Link is in the address bar';
    }
    setTimeout(() => (text.value = 'Share'), 2500);
  };
  return (
    <button
      type="button"
      class="share"
      title="Put the program into the address, and copy that"
      onClick={() => void share()}
    >
      {text.value}
    </button>
  );
}

/** From a frame to the page itself, with the program. */
function OpenLink(): JSX.Element {
  const open = async (): Promise<void> => {
    window.open(await shareAddress(new URL('./', location.href).href, source.value), '_blank', 'noopener');
  };
  return (
    <button type="button" onClick={() => void open()}>
      Open in the playground
    </button>
  );
}

function EditorPanel(): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    editor.current = new Editor(place.current, source.peek(), {
      changed: (text) => (source.value = text),
      run: () => void run(),
    });
    return () => editor.current?.destroy();
  }, []);
  const marks = useComputed(() => {
    const result = recording.value;
    if (result === null || ran.value !== source.value) return { line: 0, errorLine: 0, error: '', heat: [] };
    const { line, message } = result.outcome;
    return { line: result.series.lines[moment.value] ?? 0, errorLine: line, error: message, heat: result.heat };
  });
  useSignalEffect(() => editor.current?.setText(source.value));
  useSignalEffect(() => editor.current?.mark(marks.value));
  return (
    <section class="editor" aria-label="Program">
      <About />
      <div class="code" ref={place} />
    </section>
  );
}

function About(): JSX.Element | null {
  const shown = example.value;
  if (shown === null) return null;
  const isOriginal = source.value === shown.source;
  if (!isOriginal && source.value !== fixed(shown)) return null;
  return (
    <div class="about">
      <p>{shown.about}</p>
      {shown.fix !== undefined && (
        <button
          type="button"
          onClick={() => {
            source.value = isOriginal ? fixed(shown) : shown.source;
            void run(isOriginal ? 0 : shown.line);
          }}
        >
          {isOriginal ? 'Try the fix' : 'Back to the leak'}
        </button>
      )}
    </div>
  );
}
