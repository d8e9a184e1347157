/** Calls of natives from the loop: built-in functions and methods of built-in types, without the ways that all other callables take. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callNative } from '../core/call-native.ts';
import { BuiltinWord, DescrWord } from '../core/layout/functions.ts';
import { NativeKind, NATIVES } from '../core/native.ts';
import type { NativeDefinition } from '../core/native.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { releaseKeeping } from '../core/temps.ts';
import { noteQuietCall } from './breaker.ts';
import { callValues } from './calls.ts';
import { replaceMany } from './operands.ts';

/** Calls anything but a Python function with positional operands from the stack, as `callValues`. @runsPython */
export function callPositional(
  rt: Runtime,
  frame: number,
  callable: Ref,
  args: number,
  nargs: number,
  sp: number,
  target: number,
): number {
  const H = rt.words;
  const type = H[callable + ObjectWord.Type];
  let result: Owned | 0 = 0;
  if (type === T.builtinFunction) {
    result = invoke(rt, NATIVES[H[callable + BuiltinWord.Native]], H[callable + BuiltinWord.Self], args, nargs);
  } else if (type === T.methodDescriptor && nargs > 0 && isOwner(H, callable, H[args])) {
    const def = NATIVES[H[callable + DescrWord.Definition]];
    if (def.name === 'append' && H[callable + DescrWord.Owner] === T.list) noteQuietCall(H, frame);
    result = invoke(rt, def, H[args], args + 1, nargs - 1);
  } else return callValues(rt, frame, callable, args, nargs, 0, sp, target);
  return replaceMany(rt, frame, sp, sp - target, result);
}

function isOwner(H: Int32Array, descriptor: Ref, self: Ref): boolean {
  return H[self + ObjectWord.Type] === H[descriptor + DescrWord.Owner];
}

/** `callNative`, with the commonest shapes first. @runsPython */
function invoke(rt: Runtime, def: NativeDefinition, self: Ref, args: number, nargs: number): Owned {
  const H = rt.words;
  const mark = H[RootNum.TempTop];
  const kind = def.kind;
  let result: Owned;
  if (kind === NativeKind.OneArg && nargs === 1) result = def.fn(rt, self, H[args]);
  else if (kind === NativeKind.NoArgs && nargs === 0) result = def.fn(rt, self);
  else if (kind === NativeKind.FastCall) result = def.fn(rt, self, args, nargs);
  else if (kind === NativeKind.FastCallKeywords) result = def.fn(rt, self, args, nargs, 0);
  else return callNative(rt, def, self, args, nargs, 0);
  return H[RootNum.TempTop] === mark ? result : releaseKeeping(rt, mark, result);
}
