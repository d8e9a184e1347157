/** Attributes: `o.name` through the type's slots. All functions here may run Python. */
import { decref, newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { completeAttributeError } from '../attribute-error.ts';
import { catchOnly, mark, typeError } from '../errors.ts';
import { QUIET_GETATTR, SLOT_FUNCTIONS } from '../functions.ts';
import type { BinarySlot, SetSlot } from '../functions.ts';
import { StrState, StrWord } from '../layout/text.ts';
import { enterStep, leaveStep } from '../recursion.ts';
import { PythonThrow } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { internTake, internText, strText } from '../str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../temps.ts';
import { isStr, kindName } from '../types.ts';

/** `o.name`; `name` is a str. Raises AttributeError. @runsPython */
export function getAttr(rt: Runtime, o: Ref, name: Ref): Owned {
  const H = rt.words;
  const slot = H[H[o + ObjectWord.Type] + TypeWord.GetAttrO];
  if (slot === 0) typeError(rt, `'${kindName(rt, o)}' object has no attribute '${strText(rt, name)}'`);
  try {
    enterStep(rt);
    const value = (SLOT_FUNCTIONS[slot] as BinarySlot)(rt, o, name);
    leaveStep(rt);
    return value;
  } catch (error) {
    if (error instanceof PythonThrow) completeAttributeError(rt, o, name);
    throw error;
  }
}

/** `o.name` with the name as text. @runsPython */
export function getAttrText(rt: Runtime, o: Ref, name: string): Owned {
  const m = tempMark(rt);
  const ref = temp(rt, internText(rt, name));
  return releaseKeeping(rt, m, getAttr(rt, o, ref));
}

/** `o.name`, or 0 when that raises AttributeError. @runsPython */
export function lookupAttr(rt: Runtime, o: Ref, name: Ref): Owned | 0 {
  const H = rt.words;
  const quiet = QUIET_GETATTR[H[H[o + ObjectWord.Type] + TypeWord.GetAttrO]];
  const m = mark(rt);
  try {
    if (quiet === undefined) return getAttr(rt, o, name);
    enterStep(rt);
    const value = quiet(rt, o, name);
    leaveStep(rt);
    return value;
  } catch (error) {
    catchOnly(rt, error, m, T.AttributeError);
    return 0;
  }
}

/** As `lookupAttr` with the name as text. @runsPython */
export function lookupAttrText(rt: Runtime, o: Ref, name: string): Owned | 0 {
  const m = tempMark(rt);
  const ref = temp(rt, internText(rt, name));
  const value = lookupAttr(rt, o, ref);
  if (value !== 0) return releaseKeeping(rt, m, value);
  dropTemp(rt, ref);
  return 0;
}

/** `o.name = value`; `value` 0 deletes. The name is interned. @runsPython */
export function setAttr(rt: Runtime, o: Ref, name: Ref, value: Ref): void {
  const H = rt.words;
  if (H[name + ObjectWord.Type] === T.str) name = interned(rt, name);
  const slot = H[H[o + ObjectWord.Type] + TypeWord.SetAttrO];
  if (slot !== 0) {
    (SLOT_FUNCTIONS[slot] as SetSlot)(rt, o, name, value);
    return;
  }
  const how = value === 0 ? 'del' : 'assign to';
  const what = H[H[o + ObjectWord.Type] + TypeWord.GetAttrO] === 0 ? 'no' : 'only read-only';
  typeError(rt, `'${kindName(rt, o)}' object has ${what} attributes (${how} .${strText(rt, name)})`);
}

/** The interned string with the text of an exact `str`: borrowed, for it is immortal. */
function interned(rt: Runtime, name: Ref): Ref {
  if ((rt.words[name + StrWord.State] & StrState.Interned) !== 0) return name;
  return internTake(rt, newRef(rt, name));
}

/** As `setAttr` with the name as text. @runsPython */
export function setAttrText(rt: Runtime, o: Ref, name: string, value: Ref): void {
  const ref = temp(rt, internText(rt, name));
  setAttr(rt, o, ref, value);
  dropTemp(rt, ref);
}

/** True if `o.name` does not raise AttributeError. @runsPython */
export function hasAttr(rt: Runtime, o: Ref, name: Ref): boolean {
  const value = lookupAttr(rt, o, name);
  if (value === 0) return false;
  decref(rt, value);
  return true;
}

/** Requires a str as attribute name, as `getattr` does. */
export function checkAttrName(rt: Runtime, name: Ref): void {
  if (!isStr(rt, name)) typeError(rt, `attribute name must be string, not '${kindName(rt, name)}'`);
}

/** As `hasAttr` with the name as text. @runsPython */
export function hasAttrText(rt: Runtime, o: Ref, name: string): boolean {
  const value = lookupAttrText(rt, o, name);
  if (value === 0) return false;
  decref(rt, value);
  return true;
}
