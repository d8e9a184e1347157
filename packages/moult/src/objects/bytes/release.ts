/** Telling an object that its bytes are no longer used. */
import { ObjectWord, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { ReleaseBufferSlot } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';

/** Calls the exporter's `bf_releasebuffer`, if it has one. @runsPython */
export function releaseBuffer(rt: Runtime, exporter: Ref, view: Ref): void {
  const H = rt.words;
  const slot = H[H[exporter + ObjectWord.Type] + TypeWord.BfReleaseBuffer];
  if (slot !== 0) (SLOT_FUNCTIONS[slot] as ReleaseBufferSlot)(rt, exporter, view);
}
