/** The run from its first line to its end: where the page is in it, curves, collections and deaths. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Recording } from '../../shared/protocol.ts';
import {
  goTo,
  isPlaying,
  lastMoment,
  moment,
  openTheatre,
  recording,
  step,
  stepOver,
  theatre,
  togglePlay,
} from '../state.ts';
import { colourOf } from '../heap/colour.ts';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';
import { theme } from '../theme.ts';
import { Chart } from './chart.ts';
import type { ChartKind } from './chart.ts';

const KINDS: readonly (readonly [ChartKind, string])[] = [
  ['bytes', 'Bytes'],
  ['types', 'Types'],
  ['generations', 'Generations'],
];

export function Timeline(): JSX.Element {
  const run = recording.value;
  const kind = useSignal<ChartKind>('bytes');
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="row">
        <Controls />
        <Position run={run} />
        <div class="kinds" role="group" aria-label="Curves">
          {KINDS.map(([name, title]) => (
            <button type="button" aria-pressed={kind.value === name} onClick={() => (kind.value = name)}>
              {title}
            </button>
          ))}
        </div>
      </div>
      {run !== null && (
        <>
          <Marks run={run} />
          <input
            type="range"
            class="scrubber"
            aria-label="Moment of the run"
            min={0}
            max={lastMoment.value}
            value={moment.value}
            disabled={lastMoment.value === 0}
            onInput={(event) => void goTo(Number(event.currentTarget.value))}
          />
          <Curves run={run} kind={kind.value} />
        </>
      )}
    </section>
  );
}

function Controls(): JSX.Element {
  const disabled = recording.value === null;
  const isFirst = disabled || moment.value === 0;
  const isLast = disabled || moment.value >= lastMoment.value;
  const button = (
    label: string,
    icon: IconName,
    isDisabled: boolean,
    action: () => void,
    keys: string,
  ): JSX.Element => (
    <button type="button" aria-label={label} title={`${label} (${keys})`} disabled={isDisabled} onClick={action}>
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="controls" role="group" aria-label="Steps">
      {button('To the start', 'first', isFirst, () => void goTo(0), 'Home')}
      {button('Previous line here', 'backOver', isFirst, () => void stepOver(-1), 'Shift+←')}
      {button('One line back', 'back', isFirst, () => void step(-1), '←')}
      <button
        type="button"
        class="play"
        aria-label={isPlaying.value ? 'Pause' : 'Play'}
        title="Play, pause (space)"
        disabled={disabled}
        onClick={togglePlay}
      >
        <Icon name={isPlaying.value ? 'pause' : 'play'} />
      </button>
      {button('One line forward', 'forward', isLast, () => void step(1), '→')}
      {button('Next line here', 'forwardOver', isLast, () => void stepOver(1), 'Shift+→')}
      {button('To the end', 'last', isLast, () => void goTo(lastMoment.value), 'End')}
    </div>
  );
}

function Position({ run }: { readonly run: Recording | null }): JSX.Element {
  if (run === null) return <div class="position">no run yet</div>;
  const line = run.series.lines[moment.value] ?? 0;
  const counts = [0, 1, 2].map((g) => run.series.generations[3 * moment.value + g] ?? 0);
  return (
    <div class="position">
      <span>
        step <b>{moment.value.toLocaleString('en')}</b> of {lastMoment.value.toLocaleString('en')}
        {run.truncated && <span title="The program ran on after that"> (first ones)</span>}
      </span>
      <span>{line > 0 ? `before line ${line}` : 'at the end'}</span>
      <span class="generations" title="Counts of the generations against their thresholds">
        {counts.map((count, g) => (
          <Gauge generation={g} count={count} threshold={run.thresholds[g]!} />
        ))}
      </span>
    </div>
  );
}

function Gauge({
  generation,
  count,
  threshold,
}: {
  readonly generation: number;
  readonly count: number;
  readonly threshold: number;
}): JSX.Element {
  const share = threshold === 0 ? 0 : Math.min(1, count / threshold);
  return (
    <span class={`gauge gen${generation}`} aria-label={`generation ${generation}: ${count} of ${threshold}`}>
      <i style={{ '--share': share }} />
      {generation}: {count}/{threshold}
    </span>
  );
}

/** Marks at one place of the strip are drawn once. */
const STRIP = 300;

function Marks({ run }: { readonly run: Recording }): JSX.Element {
  const last = Math.max(1, lastMoment.value);
  const left = (at: number): string => `${(100 * at) / last}%`;
  const deaths = new Map<number, { moment: number; labels: string[] }>();
  for (const { moment: at, kind, label } of run.lives) {
    const place = Math.round((STRIP * at) / last);
    const entry = deaths.get(place) ?? { moment: at, labels: [] };
    entry.labels.push(kind === 'death' ? `† ${label}` : `${kind} of ${label}`);
    deaths.set(place, entry);
  }
  return (
    <div class="marks">
      {[...deaths.values()].map(({ moment: at, labels }) => (
        <button
          type="button"
          class="mark death"
          style={{ left: left(at) }}
          tabIndex={-1}
          title={labels.slice(0, 12).join('\n')}
          aria-label={`${labels.length} deaths or finalizers at step ${at}`}
          onClick={() => void goTo(at)}
        />
      ))}
      {run.collections.map((mark, number) => (
        <button
          type="button"
          class={`mark collection gen${mark.generation} ${theatre.value?.collection === mark ? 'on' : ''}`}
          style={{ left: left(mark.moment) }}
          title={`Collection of generation ${mark.generation}: ${mark.objects} objects looked at, ${mark.collected} collected. Click to see it step by step.`}
          aria-label={`Collection ${number + 1}, generation ${mark.generation}, ${mark.collected} collected: open`}
          onClick={() => void openTheatre(number)}
        >
          {mark.generation}
        </button>
      ))}
    </div>
  );
}

function Curves({ run, kind }: { readonly run: Recording; readonly kind: ChartKind }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const colours = theme.value;
  useEffect(() => {
    const parent = place.current;
    if (parent === null) return undefined;
    const made = new Chart(parent, run, kind, (to) => void goTo(to));
    chart.current = made;
    made.setMoment(moment.peek());
    const observer = new ResizeObserver(() => made.resize(parent.clientWidth, parent.clientHeight));
    observer.observe(parent);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [run, kind, colours]);
  useEffect(() => chart.current?.setMoment(moment.value), [moment.value]);
  return (
    <div class="curves">
      <div class="plot" ref={place} role="img" aria-label={`Curve: ${kind} over the run`} />
      {kind === 'generations' && (
        <Legend entries={run.thresholds.map((t, g) => [`generation ${g} (threshold ${t})`, `var(--gen${g})`])} />
      )}
      {kind === 'types' && (
        <Legend entries={run.samples.types.map(({ name }) => [name, `hsl(${colourOf(name)} 55% 50%)`])} />
      )}
    </div>
  );
}

function Legend({ entries }: { readonly entries: readonly (readonly [text: string, colour: string])[] }): JSX.Element {
  return (
    <ul class="legend">
      {entries.map(([text, colour]) => (
        <li>
          <i style={{ background: colour }} /> {text}
        </li>
      ))}
    </ul>
  );
}
