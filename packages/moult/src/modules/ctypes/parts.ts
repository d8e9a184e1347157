/** Reading and writing parts of C data: fields of structures, items of arrays. A part of a simple type is its value, one of any
 *  other type is C data that lies in the whole. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { isSubtype, isTuple, kindName, typeName } from '../../core/types.ts';
import { callWithTuple } from '../../core/call.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { readValue, writeValue } from './convert.ts';
import { isCDataObject, isSimpleRecord, kindOfType } from './kinds.ts';
import { measure } from './layout.ts';
import { copyBytes, pointInto, writeBytes } from './memory.ts';

/** C data of that type that lies in `whole`, `offset` bytes from its start. */
function newPart(rt: Runtime, whole: Ref, type: Ref, offset: number): Owned {
  const part = allocInstance(rt, type, 0);
  pointInto(rt, part, whole, offset);
  return part;
}

/** What is there, as Python sees it. */
export function readPart(rt: Runtime, whole: Ref, type: Ref, offset: number): Owned {
  const kind = kindOfType(rt, type);
  if (kind === null || !isSimpleRecord(type)) return newPart(rt, whole, type, offset);
  const m = tempMark(rt);
  const part = temp(rt, newPart(rt, whole, type, offset));
  return releaseKeeping(rt, m, readValue(rt, part, kind));
}

/** Stores a value there: one of that type, a Python value for a simple type, a tuple of initial values for another.
 *  Raises TypeError. @runsPython */
export function writePart(rt: Runtime, whole: Ref, type: Ref, offset: number, value: Ref): void {
  const part = temp(rt, newPart(rt, whole, type, offset));
  const kind = kindOfType(rt, type);
  const valueType = rt.words[value + ObjectWord.Type];
  if (isCDataObject(rt, value) && isSubtype(rt, valueType, type)) copyInto(rt, part, type, value);
  else if (kind !== null) writeValue(rt, part, kind, value);
  else if (isTuple(rt, value)) {
    const made = temp(rt, callWithTuple(rt, type, value, 0));
    copyInto(rt, part, type, made);
    dropTemp(rt, made);
  } else typeError(rt, `expected ${typeName(rt, type)} instance, got ${kindName(rt, value)}`);
  dropTemp(rt, part);
}

function copyInto(rt: Runtime, part: Ref, type: Ref, value: Ref): void {
  writeBytes(rt, part, copyBytes(rt, value, measure(rt, type).size));
}
