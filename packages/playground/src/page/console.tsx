/** What the program wrote, up to the moment that is shown; and a prompt for it as it is then. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Written } from '../shared/protocol.ts';
import { consoleLines, evaluate, isRunning, lastMoment, live, moment, recording, stdin } from './state.ts';

export function Console(): JSX.Element {
  const end = useRef<HTMLDivElement>(null);
  const showsInput = useSignal(false);
  const written = recording.value?.written ?? live.value;
  const isEnd = moment.value >= lastMoment.value;
  const before = recording.value === null || isEnd ? written : written.filter((part) => part.moment < moment.value);
  const after = recording.value === null || isEnd ? [] : written.filter((part) => part.moment >= moment.value);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [before.length, consoleLines.value.length]);
  return (
    <section class="console" aria-label="Output">
      <header>
        <h2>Output</h2>
        <button type="button" aria-expanded={showsInput.value} onClick={() => (showsInput.value = !showsInput.value)}>
          Input
        </button>
      </header>
      {showsInput.value && (
        <textarea
          class="stdin"
          aria-label="What input() reads"
          placeholder="What input() reads, line by line. Used by the next run."
          value={stdin.value}
          onInput={(event) => (stdin.value = event.currentTarget.value)}
        />
      )}
      <div class="screen" role="log" aria-live="polite" tabIndex={0}>
        <pre class="output">
          <Texts parts={before} />
          <span class="future" title="Not written yet at this moment">
            <Texts parts={after} />
          </span>
        </pre>
        {consoleLines.value.map(({ kind, text }) => (
          <pre class={`said ${kind}`}>{kind === 'input' ? `>>> ${text}` : text}</pre>
        ))}
        <div ref={end} />
      </div>
      {recording.value !== null && !isRunning.value && <Prompt />}
    </section>
  );
}

function Texts({ parts }: { readonly parts: readonly Written[] }): JSX.Element {
  return (
    <>
      {parts.map(({ stream, text }) => (
        <span class={stream}>{text}</span>
      ))}
    </>
  );
}

/** Evaluates in the program as it is at the moment shown. */
function Prompt(): JSX.Element {
  const text = useSignal('');
  const past = useRef<string[]>([]);
  const at = useRef(0);
  const recall = (by: number): void => {
    at.current = Math.max(0, Math.min(past.current.length, at.current + by));
    text.value = past.current[at.current] ?? '';
  };
  return (
    <form
      class="prompt"
      onSubmit={(event) => {
        event.preventDefault();
        const line = text.value;
        if (line.trim() === '') return;
        past.current.push(line);
        at.current = past.current.length;
        text.value = '';
        void evaluate(line);
      }}
    >
      <label for="prompt">&gt;&gt;&gt;</label>
      <input
        id="prompt"
        autocomplete="off"
        spellcheck={false}
        placeholder="Ask the program at this moment: len(gc.get_objects())"
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') recall(-1);
          else if (event.key === 'ArrowDown') recall(1);
        }}
      />
    </form>
  );
}
