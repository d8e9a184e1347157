/**
 * Whether anybody could tell that the interpreter's objects are torn down at its end. Where nobody can, the process may as well
 * just end: no finalizer would run, no callback, no file would be flushed, nothing printed.
 */
import {
  GC_HEAD_WORDS,
  GcRoot,
  generationHead,
  GENERATIONS,
  isWeakref,
  LayoutKind,
  ObjectWord,
  TypeFlag,
  TypeWord,
  WeakrefWord,
} from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictGetText } from '../core/dict/index.ts';
import { BuiltinWord } from '../core/layout/functions.ts';
import { listLength } from '../core/list.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { FORGET_MEMBER } from '../modules/abc.ts';
import { BufferedWord, TextWord } from '../modules/io/layout.ts';
import { BUFFERED_READER, BUFFERED_WRITER, TEXT_WRAPPER } from '../modules/io/types.ts';

/** True if nothing could notice. To be asked after the exit callbacks, with standard output flushed. Conservative: a live
 *  generator or a class with `__del__` is enough for false. */
export function endsUnnoticed(rt: Runtime): boolean {
  const H = rt.words;
  if ((H[GcRoot.Debug] | H[RootRef.TraceFunction] | H[RootRef.ProfileFunction]) !== 0) return false;
  if (H[RootNum.FirstThread] !== H[RootNum.LastThread]) return false;
  if (!isEmptyList(rt, H[RootRef.GcCallbacks]) || !isEmptyList(rt, H[GcRoot.Garbage])) return false;
  const streams = standardStreams(rt);
  for (let i = 0; i <= GENERATIONS; i++) if (!isQuietList(rt, generationHead(i), streams)) return false;
  return true;
}

/** Whether all objects of a list are quiet. (It is gone through when nothing of this is compiled yet: nothing is asked again about the
 *  type of the object before.) */
function isQuietList(rt: Runtime, list: number, streams: ReadonlySet<Ref>): boolean {
  const H = rt.words;
  let plain = 0;
  for (let gc = H[list]; gc !== list; gc = H[gc]) {
    const o = gc + GC_HEAD_WORDS;
    const type = H[o + ObjectWord.Type];
    if (type === plain) continue;
    if (!isQuiet(rt, o) && !streams.has(o)) return false;
    if (isPlain(H, o)) plain = type;
  }
  return true;
}

/** Whether all objects of the type of `o` are quiet if `o` is. */
function isPlain(H: Int32Array, o: Ref): boolean {
  const type = H[o + ObjectWord.Type];
  const traverse: number = H[type + TypeWord.Traverse];
  return traverse <= LayoutKind.Dict && (H[type + TypeWord.Flags] & TypeFlag.TypeSubclass) === 0 && !isWeakref(H, o);
}

function isEmptyList(rt: Runtime, list: Ref): boolean {
  return list === 0 || listLength(rt, list) === 0;
}

/** Nothing happens in Python when `o` dies, nor when an instance of it does that the collector does not know, if `o` is a
 *  class that the program made. */
function isQuiet(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  if ((H[type + TypeWord.Finalize] | H[type + TypeWord.Del]) !== 0) return false;
  if ((H[type + TypeWord.Flags] & TypeFlag.TypeSubclass) !== 0) {
    const untracked = (H[o + TypeWord.Flags] & (TypeFlag.HeapType | TypeFlag.HaveGc)) === TypeFlag.HeapType;
    const finalizes = (H[o + TypeWord.Finalize] | H[o + TypeWord.Del]) !== 0;
    return !untracked || !finalizes || H[o + TypeWord.DefinitionIndex] !== 0;
  }
  return !isWeakref(H, o) || isQuietCallback(rt, H[o + WeakrefWord.Callback]);
}

/** None, or what classes of `abc` use. */
function isQuietCallback(rt: Runtime, callback: Ref): boolean {
  const H = rt.words;
  if (callback === 0) return true;
  return (
    H[callback + ObjectWord.Type] === T.builtinFunction && H[callback + BuiltinWord.Native] === FORGET_MEMBER.index
  );
}

/** The text streams of descriptors 0 to 2 as they were made, with their buffers and files: closing them closes nothing. */
function standardStreams(rt: Runtime): ReadonlySet<Ref> {
  const H = rt.words;
  const streams = new Set<Ref>();
  for (const name of ['__stdin__', '__stdout__', '__stderr__']) {
    const text = dictGetText(rt, H[RootRef.SysDict], name);
    if (text === 0 || text === S.None || H[text + ObjectWord.Type] !== TEXT_WRAPPER) continue;
    const buffer = H[text + TextWord.Buffer];
    streams.add(text);
    if (buffer === 0) continue;
    streams.add(buffer);
    const type = H[buffer + ObjectWord.Type];
    if (type === BUFFERED_READER || type === BUFFERED_WRITER) streams.add(H[buffer + BufferedWord.Raw]);
  }
  return streams;
}
