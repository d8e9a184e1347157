/** Slots of class statements' types with `__buffer__`. Source: CPython 3.12 slot_bf_getbuffer, slot_bf_releasebuffer. */
import { decref, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, mark, typeError } from '../../../core/errors.ts';
import { newInt } from '../../../core/int.ts';
import { Id } from '../../../core/names.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { T } from '../../../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../../../core/temps.ts';
import { callMaybe, callMethod1 } from '../call-method.ts';

/** The memoryview that `__buffer__(flags)` gives. @runsPython */
export function slotGetBuffer(rt: Runtime, self: Ref, flags: number): Owned {
  const m = tempMark(rt);
  const wanted = temp(rt, newInt(rt, flags));
  const view = callMethod1(rt, self, Id.__buffer__, wanted);
  if (rt.words[view + ObjectWord.Type] !== T.memoryview) {
    temp(rt, view);
    typeError(rt, '__buffer__ returned non-memoryview object');
  }
  return releaseKeeping(rt, m, view);
}

/** Calls `__release_buffer__(view)`; its errors are only reported. @runsPython */
export function slotReleaseBuffer(rt: Runtime, self: Ref, view: Ref): void {
  const before = mark(rt);
  try {
    const result = callMaybe(rt, self, Id.__release_buffer__, view, 0);
    if (result !== 0) decref(rt, result);
  } catch (error) {
    caught(rt, error, before);
    rt.writeUnraisable(self);
  }
}
