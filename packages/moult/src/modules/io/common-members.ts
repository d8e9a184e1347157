/** Members that several kinds of streams have. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { catchOnly, mark, runtimeError, typeError } from '../../core/errors.ts';
import { getset, native } from '../../core/native.ts';
import type { GetSetDefinition, NativeDefinition } from '../../core/native.ts';
import { isTrue, lookupAttrText, reprEnter, reprLeave, reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, T } from '../../core/static.ts';
import { releaseTemps, temp } from '../../core/temps.ts';
import { typeFullName, typeName } from '../../core/types.ts';

/** `_finalizing`: a bit of a word of flags. */
export function finalizingFlag(word: number, bit: number): GetSetDefinition {
  return getset(
    '_finalizing',
    (rt, self) => pyBool((rt.words[self + word] & bit) !== 0) as Owned,
    (rt, self, value) => {
      if (isTrue(rt, value)) rt.words[self + word] |= bit;
      else rt.words[self + word] &= ~bit;
    },
  );
}

/** Streams cannot be pickled. */
export function refusePickle(): NativeDefinition[] {
  const refuse = (rt: Runtime, self: Ref): never =>
    typeError(rt, `cannot pickle '${typeName(rt, rt.words[self + ObjectWord.Type])}' instances`);
  return [
    native('__reduce__($self, /)', refuse, { unsigned: true }),
    native('__reduce_ex__($self, protocol, /)', refuse, { unsigned: true }),
  ];
}

/** ` name=…` for a stream's repr, '' if it has no name. Raises RuntimeError if the name holds the stream. @runsPython */
export function nameForRepr(rt: Runtime, self: Ref): string {
  const m = mark(rt);
  const name = nameOf(rt, self);
  if (name === 0) return '';
  const type = typeFullName(rt, rt.words[self + ObjectWord.Type]);
  if (reprEnter(rt, self)) runtimeError(rt, `reentrant call inside ${type}.__repr__`);
  try {
    return ` name=${reprText(rt, name)}`;
  } finally {
    reprLeave(rt, self);
    releaseTemps(rt, m.temps);
  }
}

/** `self.name` as a temporary; 0 if there is none, or the stream cannot say (it was detached). */
export function nameOf(rt: Runtime, self: Ref): Ref {
  const m = mark(rt);
  try {
    const name = lookupAttrText(rt, self, 'name');
    return name === 0 ? 0 : temp(rt, name);
  } catch (error) {
    catchOnly(rt, error, m, T.ValueError);
    return 0;
  }
}
