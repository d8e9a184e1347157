/** What is to be recorded. */
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import type { PythonOptions } from '../embed/options.ts';

export interface TimelineOptions extends Omit<PythonOptions, 'stdout' | 'stderr' | 'limits'> {
  readonly source: string | Uint8Array;
  /** What tracebacks call the program. Default `<string>`. */
  readonly filename?: string;
  /** As for a program's file: `__file__` is set. Default false. */
  readonly isFile?: boolean;
  /** The recording ends before this instruction. Default: none. */
  readonly steps?: number;
  /** The recording ends after about so many milliseconds. Default: none. */
  readonly time?: number;
  /** Instructions between two snapshots, at first; it doubles when there are too many. Default 20,000. */
  readonly interval?: number;
  /** Bytes that snapshots may take together. Default 256 MiB. */
  readonly snapshotBytes?: number;
  /** A listener of the recording. `now()` is the step that is being made. It may read the heap. */
  readonly observe?: (rt: Runtime, now: () => number) => HeapEvents;
  /** Called before each instruction of the recording, and when the main module has ended. It may read the heap. */
  readonly each?: (rt: Runtime, step: number, hasEnded: boolean) => void;
  /** Called as the program writes. */
  readonly wrote?: (stream: 'stdout' | 'stderr', text: string) => void;
}

export const DEFAULT_INTERVAL = 20_000;
export const DEFAULT_SNAPSHOT_BYTES = 256 * 2 ** 20;

/** Throws RangeError with the value and the bound for an option that cannot be. */
export function checkTimelineOptions({ interval, snapshotBytes, steps }: TimelineOptions): void {
  if (interval !== undefined && !(interval >= 1)) throw new RangeError(`interval of ${interval} steps is less than 1`);
  if (snapshotBytes !== undefined && !(snapshotBytes >= 0))
    throw new RangeError(`snapshots of ${snapshotBytes} bytes are less than 0`);
  if (steps !== undefined && !(steps >= 1)) throw new RangeError(`recording of ${steps} steps is less than 1`);
}
