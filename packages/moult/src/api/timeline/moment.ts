/** What a paused program shows: its frames with their variables, the generations. Reads only. */
import { forEachTracked, generationHead, GENERATIONS, GenWord } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { runningFrames } from '../describe/frames.ts';
import type { RunningFrame } from '../describe/frames.ts';
import type { Phase } from './states.ts';

export interface GenerationView {
  readonly count: number;
  readonly threshold: number;
  readonly objects: number;
  readonly collections: number;
}

export interface Moment {
  readonly step: number;
  readonly phase: Phase;
  /** Innermost first; none when the main module has ended. */
  readonly frames: readonly RunningFrame[];
  readonly generations: readonly GenerationView[];
  readonly usedBytes: number;
}

/** Describes what `rt` is doing now. */
export function momentOf(rt: Runtime, step: number, phase: Phase): Moment {
  return { step, phase, frames: runningFrames(rt), generations: generationsOf(rt), usedBytes: rt.usedBytes() };
}

/** The three generations: counts against their thresholds, and how many objects are in each. */
export function generationsOf(rt: Runtime): GenerationView[] {
  const H = rt.words;
  return Array.from({ length: GENERATIONS }, (_, i) => {
    const record = generationHead(i);
    let objects = 0;
    forEachTracked(rt, record, () => objects++);
    return {
      count: H[record + GenWord.Count],
      threshold: H[record + GenWord.Threshold],
      objects,
      collections: H[record + GenWord.Collections],
    };
  });
}
