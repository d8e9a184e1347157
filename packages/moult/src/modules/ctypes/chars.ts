/** `value` and `raw` of arrays of characters. */
import { ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetTake } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { getset } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { internText, newBytes } from '../../core/str.ts';
import { isBytes, kindName } from '../../core/types.ts';
import { requireBuffer } from '../../objects/bytes/buffer.ts';
import { newGetSetDescriptor } from '../../objects/descriptors/make.ts';
import { typeModified } from '../../objects/type/lookup.ts';
import { kindOfType } from './kinds.ts';
import { arrayLength, itemType } from './layout.ts';
import { copyBytes, writeBytes } from './memory.ts';

const roomOf = (rt: Runtime, self: Ref): number => arrayLength(rt, rt.words[self + ObjectWord.Type]);

function raw(rt: Runtime, self: Ref): Owned {
  return newBytes(rt, copyBytes(rt, self, roomOf(rt, self)));
}

/** Up to the first zero. */
function value(rt: Runtime, self: Ref): Owned {
  const bytes = copyBytes(rt, self, roomOf(rt, self));
  const end = bytes.indexOf(0);
  return newBytes(rt, end < 0 ? bytes : bytes.slice(0, end));
}

function setRaw(rt: Runtime, self: Ref, given: Ref): void {
  if (given === 0) typeError(rt, 'cannot delete attribute');
  const data = requireBuffer(rt, given);
  if (data.length > roomOf(rt, self)) valueError(rt, 'byte string too long');
  writeBytes(rt, self, data.slice());
}

/** With a zero behind the bytes where there is room. */
function setValue(rt: Runtime, self: Ref, given: Ref): void {
  if (given === 0) typeError(rt, "can't delete attribute");
  if (!isBytes(rt, given)) typeError(rt, `bytes expected instead of ${kindName(rt, given)} instance`);
  const data = requireBuffer(rt, given);
  const room = roomOf(rt, self);
  if (data.length > room) valueError(rt, 'byte string too long');
  writeBytes(rt, self, data.length < room ? Uint8Array.from([...data, 0]) : data.slice());
}

const ATTRIBUTES = [getset('value', value, setValue, 'string value'), getset('raw', raw, setRaw, 'value')];

/** Gives an array type the attributes if its items are characters. */
export function addChars(rt: Runtime, type: Ref): void {
  if (kindOfType(rt, itemType(rt, type))?.conversion !== 'char') return;
  for (const def of ATTRIBUTES) {
    dictSetTake(rt, rt.words[type + TypeWord.Dict], internText(rt, def.name), newGetSetDescriptor(rt, type, def.index));
  }
  typeModified(rt, type);
}
