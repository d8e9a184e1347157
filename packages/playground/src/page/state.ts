/** What the page shows, as signals, and what can be done with it. */
import { batch, computed, signal } from '@preact/signals';
import { EXAMPLES } from '../examples/index.ts';
import type { Example } from '../examples/index.ts';
import { NO_OPTIONS } from '../shared/protocol.ts';
import type { HeapView, ObjectId, ObjectReport, Recording, Theatre, ViewOptions, Written } from '../shared/protocol.ts';
import { Client, Stopped } from './client.ts';

export type Theme = 'light' | 'dark';
export type Panel = 'heap' | 'program';

/** The editor's text. */
export const source = signal('');
/** The text of the last run; the recording is about this. */
export const ran = signal('');
export const stdin = signal('');
export const example = signal<Example | null>(null);
export const recording = signal<Recording | null>(null);
/** What the program has written so far, while it runs for the first time. */
export const live = signal<readonly Written[]>([]);
export const isRunning = signal(false);
export const moment = signal(0);
export const view = signal<HeapView | null>(null);
export const isPlaying = signal(false);
export const notice = signal('');
export const selected = signal<ObjectId | null>(null);
export const report = signal<ObjectReport | null>(null);
export const theatre = signal<Theatre | null>(null);
export const theatreStep = signal(0);
export const consoleLines = signal<readonly { readonly kind: 'input' | Written['stream']; readonly text: string }[]>(
  [],
);
/** Which half a narrow screen shows. */
export const panel = signal<Panel>('program');

export const options = signal<ViewOptions>(NO_OPTIONS);

/** In another page's frame: `moult-playground`. */
export const isEmbedded = new URL(location.href).searchParams.has('embed');

export const lastMoment = computed(() => Math.max(0, (recording.value?.series.lines.length ?? 1) - 1));
export const isStale = computed(() => recording.value !== null && ran.value !== source.value);
/** The heap that is drawn: a moment's, or a collection's. */
export const shownView = computed(() => theatre.value?.view ?? view.value);

const client = new Client((written) => {
  live.value = [...live.value, written];
});

/** Steps of a second when playing. */
const PLAY_INTERVAL = 450;

/** Shows what failed, except that somebody wanted it to stop. */
function tellFailure(error: unknown): void {
  notice.value = error instanceof Error ? error.message : String(error);
}

/** Runs the text of the editor, and shows `line`'s first moment; 0: the end. */
export async function run(line = 0): Promise<void> {
  if (isRunning.value) stop();
  batch(() => {
    isRunning.value = true;
    isPlaying.value = false;
    ran.value = source.value;
    live.value = [];
    notice.value = '';
    recording.value = view.value = report.value = theatre.value = selected.value = null;
    consoleLines.value = [];
    options.value = NO_OPTIONS;
  });
  try {
    const program = { source: source.value, stdin: stdin.value };
    const { recording: made, view: first } = await client.ask({ ask: 'run', program, line });
    batch(() => {
      recording.value = made;
      view.value = first;
      moment.value = first.moment;
      isRunning.value = false;
      if (made.outcome.kind === 'stopped') notice.value = made.outcome.message;
    });
  } catch (error) {
    isRunning.value = false;
    tellFailure(error);
  }
}

/** Ends a run that goes on. */
export function stop(): void {
  client.stop('The program was stopped.');
  isRunning.value = false;
}

let wanted: number | null = null;
let isShowing = false;

/** Shows a moment. While one is being drawn, only the last one that is asked for comes next. */
export async function goTo(to: number): Promise<void> {
  if (recording.value === null) return;
  moment.value = Math.max(0, Math.min(to, lastMoment.value));
  theatre.value = null;
  wanted = moment.value;
  if (isShowing) return;
  isShowing = true;
  try {
    while (wanted !== null) {
      const next: number = wanted;
      wanted = null;
      const shown = await client.ask({ ask: 'view', moment: next, options: options.value });
      if (wanted === null) view.value = shown;
    }
  } catch (error) {
    wanted = null;
    if (!(error instanceof Stopped)) tellFailure(error);
  } finally {
    isShowing = false;
  }
  await refreshReport();
}

/** Draws the same moment with other options. */
export async function show(change: Partial<ViewOptions>): Promise<void> {
  options.value = { ...options.value, ...change };
  await goTo(moment.value);
}

export const step = (by: number): Promise<void> => goTo(moment.value + by);

/** The next moment, or the one before, that is not inside of a call made here. */
export function stepOver(by: 1 | -1): Promise<void> {
  const { depths } = recording.value?.series ?? { depths: new Int32Array() };
  const depth = depths[moment.value] ?? 0;
  let at = moment.value + by;
  while (at > 0 && at < lastMoment.value && depths[at]! > depth) at += by;
  return goTo(at);
}

let timer = 0;

/** Steps forward by itself, or stops doing so. */
export function togglePlay(): void {
  isPlaying.value = !isPlaying.value;
  clearTimeout(timer);
  if (!isPlaying.value) return;
  const start = moment.value >= lastMoment.value ? goTo(0) : Promise.resolve();
  void start.then(playOn);
}

function playOn(): void {
  if (!isPlaying.value) return;
  if (moment.value >= lastMoment.value) {
    isPlaying.value = false;
    return;
  }
  void stepOver(1).then(() => {
    timer = self.setTimeout(playOn, PLAY_INTERVAL);
  });
}

/** Chooses an object; null: none. */
export async function select(id: ObjectId | null): Promise<void> {
  selected.value = id;
  if (id === null) report.value = null;
  await refreshReport();
}

async function refreshReport(): Promise<void> {
  const id = selected.value;
  const at = moment.value;
  if (id === null || recording.value === null) return;
  try {
    const answer = await client.ask({ ask: 'object', moment: at, id });
    if (selected.value === id && moment.value === at) report.value = answer;
  } catch (error) {
    if (!(error instanceof Stopped)) tellFailure(error);
  }
}

/** Opens a collection, at its first step. */
export async function openTheatre(collection: number): Promise<void> {
  isPlaying.value = false;
  const mark = recording.value?.collections[collection];
  if (mark === undefined) return;
  if (moment.value !== mark.moment) await goTo(mark.moment);
  try {
    const answer = await client.ask({ ask: 'theatre', collection });
    batch(() => {
      theatreStep.value = 0;
      theatre.value = answer;
    });
  } catch (error) {
    tellFailure(error);
  }
}

export function theatreGo(to: number): void {
  const { steps } = theatre.value ?? { steps: [] };
  theatreStep.value = Math.max(0, Math.min(to, steps.length - 1));
}

/** Runs statements beside the program, as it is at this moment. */
export async function evaluate(text: string): Promise<void> {
  consoleLines.value = [...consoleLines.value, { kind: 'input', text }];
  try {
    const written = await client.ask({ ask: 'evaluate', moment: moment.value, source: text });
    consoleLines.value = [
      ...consoleLines.value,
      ...written.map(({ stream, text: said }) => ({ kind: stream, text: said })),
    ];
  } catch (error) {
    tellFailure(error);
  }
}

/** Puts an example into the editor and runs it. */
export async function openExample(name: string): Promise<void> {
  const found = EXAMPLES.find((each) => each.name === name);
  if (found === undefined) return;
  example.value = found;
  source.value = found.source;
  await run(found.line);
}
