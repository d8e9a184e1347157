/** Places in a program that memory blocks are traced to: the Python frames that run when a block is taken. */
import { CodeWord } from '../../core/layout/functions.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strText } from '../../core/str.ts';
import { firstComplete } from '../../frames/frame-object.ts';
import { executable } from '../../frames/frames.ts';
import { ModuleNum } from '../module-roots.ts';

/** The innermost frame first; immutable, one for all blocks of the same place. */
export interface Place {
  readonly files: readonly string[];
  readonly lines: readonly number[];
  /** Number of frames there were, of which the first are kept. */
  readonly total: number;
}

const MOST_FRAMES = 65535;
/** Of a block that was taken while no frame ran. */
export const UNKNOWN: Place = { files: ['<unknown>'], lines: [0], total: 1 };

/** Makes places; the same object for the same frames. What it remembers can be forgotten at any moment. */
class PlaceFinder {
  private readonly rt: Runtime;
  private readonly places = new Map<string, Place>();

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  now(): Place {
    const { rt } = this;
    const H = rt.words;
    const limit = Math.max(H[ModuleNum.TraceLimit], 1);
    const files: string[] = [];
    const lines: number[] = [];
    let total = 0;
    let frame = firstComplete(rt, H[RootNum.CurrentFrame]);
    while (frame !== 0) {
      if (total++ < limit) {
        const code = H[frame + FrameWord.Code];
        files.push(strText(rt, H[code + CodeWord.FileName]));
        lines.push(Math.max(executable(rt, code).lineAt(H[frame + FrameWord.PrevInstr]), 0));
      }
      frame = firstComplete(rt, H[frame + FrameWord.Previous]);
    }
    return total === 0 ? UNKNOWN : this.place(files, lines, Math.min(total, MOST_FRAMES));
  }

  private place(files: string[], lines: number[], total: number): Place {
    const key = `${total} ${lines.join(' ')} ${files.join('\0')}`;
    let place = this.places.get(key);
    if (place === undefined) this.places.set(key, (place = { files, lines, total }));
    return place;
  }
}

/** Lets blocks be traced to the running frames. */
export function tracePlaces(rt: Runtime): void {
  const finder = new PlaceFinder(rt);
  rt.placeNow = () => finder.now();
}
