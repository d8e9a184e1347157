/** The collector at work: one sentence at a time, with the numbers on the cards above. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { shortened } from '../shared/text.ts';
import { Icon } from './icons.tsx';
import { theatre, theatreGo, theatreStep } from './state.ts';

const TITLES: Readonly<Record<string, string>> = {
  start: 'The collector begins',
  updateRefs: 'Copy the counts',
  subtractRefs: 'Subtract references from inside',
  moveUnreachable: 'Find the unreachable',
  handleWeakrefs: 'Clear weak references',
  finalizeGarbage: 'Call finalizers',
  handleResurrected: 'Look for the resurrected',
  deleteGarbage: 'Break the cycles',
  done: 'Done',
};

export function TheatrePanel(): JSX.Element | null {
  const play = theatre.value;
  const list = useRef<HTMLOListElement>(null);
  const at = theatreStep.value;
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (play === null) return null;
  const step = play.steps[at]!;
  const phases = [...new Set(play.steps.map(({ phase }) => phase))];
  return (
    <section class="theatre" aria-label="Collector theatre">
      <header>
        <h2>Collection of generation {play.collection.generation}</h2>
        <ol class="phases">
          {phases.map((phase) => (
            <li>
              <button
                type="button"
                aria-current={phase === step.phase ? 'step' : undefined}
                onClick={() => theatreGo(play.steps.findIndex((each) => each.phase === phase))}
              >
                {TITLES[phase] ?? phase}
              </button>
            </li>
          ))}
        </ol>
        <button type="button" class="close" aria-label="Leave the theatre" onClick={() => (theatre.value = null)}>
          ×
        </button>
      </header>
      <div class="stage">
        <div class="buttons">
          <button
            type="button"
            aria-label="Previous step of the collection"
            disabled={at === 0}
            onClick={() => theatreGo(at - 1)}
          >
            <Icon name="back" />
          </button>
          <span>
            {at + 1} / {play.steps.length}
          </span>
          <button
            type="button"
            aria-label="Next step of the collection"
            class="primary"
            disabled={at === play.steps.length - 1}
            onClick={() => theatreGo(at + 1)}
          >
            <Icon name="forward" />
          </button>
        </div>
        <ol class="script" ref={list} aria-live="polite">
          {play.steps.map(({ sentence, phase }, i) => (
            <li class={`${i === at ? 'now' : i < at ? 'past' : 'future'} ${phase}`} onClick={() => theatreGo(i)}>
              {shortened(sentence)}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
