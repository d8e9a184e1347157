/** The errors of unbound names. */
import { ObjectWord, TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { currentException, raise, rethrow } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { NameErrorWord } from '../core/layout/exceptions.ts';
import { setWord, newRef } from '@moult/heap';
import { PYTHON_THROW } from '../core/runtime.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { strText } from '../core/str.ts';
import { executable } from '../frames/frames.ts';

function localName(rt: Runtime, frame: number, index: number): Ref {
  const H = rt.words;
  return H[H[H[frame + FrameWord.Code] + CodeWord.LocalsPlusNames] + TupleWord.Items + index];
}

/** UnboundLocalError for variable `index` of the frame. */
export function unboundLocal(rt: Runtime, frame: number, index: number): never {
  const name = strText(rt, localName(rt, frame, index));
  raise(rt, T.UnboundLocalError, `cannot access local variable '${name}' where it is not associated with a value`);
}

/** NameError for an empty free variable, UnboundLocalError for an empty cell of the function itself. */
export function unboundFree(rt: Runtime, frame: number, index: number): never {
  const exec = executable(rt, rt.words[frame + FrameWord.Code]);
  if (index < exec.firstFree) unboundLocal(rt, frame, index);
  const name = strText(rt, localName(rt, frame, index));
  nameError(
    rt,
    localName(rt, frame, index),
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  );
}

/** NameError with its `name` attribute. */
export function nameError(rt: Runtime, name: Ref, message = `name '${strText(rt, name)}' is not defined`): never {
  try {
    raise(rt, T.NameError, message);
  } catch (error) {
    const exception = currentException(rt);
    if (error === PYTHON_THROW && rt.words[exception + ObjectWord.Type] === T.NameError) {
      setWord(rt, exception + NameErrorWord.Name, newRef(rt, name));
    }
  }
  rethrow();
}
