/** The type of frame objects: what programs can ask and change. Their life is in `eval/frame-object.ts`. */
import { newRef, ObjectWord, setWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, runtimeError, typeError } from '../core/errors.ts';
import { SLOT_FUNCTIONS } from '../core/functions.ts';
import type { HeapSlot } from '../core/functions.ts';
import { onConnect } from '../core/installers.ts';
import { newInt } from '../core/int.ts';
import { FrameObjectWord, FrameOwner, FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { getset, member, MemberKind, native } from '../core/native.ts';
import { hexAddress, reprText } from '../core/protocol/index.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { defineType } from '../core/type-spec.ts';
import {
  clearFrameObject,
  deallocFrameObject,
  frameBack,
  frameBytes,
  frameLayout,
  frameLocals,
} from '../frames/frame-object.ts';
import { executable } from '../frames/frames.ts';
import { setFrameLine } from './frame-line.ts';

/** The interpreter frame of a frame object. */
function frameOf(rt: Runtime, self: Ref): number {
  return rt.words[self + FrameObjectWord.Frame];
}

/** The line a frame object is at; −1 if the code has none there. */
function frameObjectLine(rt: Runtime, self: Ref): number {
  const H = rt.words;
  if (H[self + FrameObjectWord.LineNo] !== 0) return H[self + FrameObjectWord.LineNo];
  const frame = frameOf(rt, self);
  return executable(rt, H[frame + FrameWord.Code]).lineAt(H[frame + FrameWord.PrevInstr]);
}

function repr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const code = H[frameOf(rt, self) + FrameWord.Code];
  const file = reprText(rt, H[code + CodeWord.FileName]);
  const line = frameObjectLine(rt, self);
  return newStr(
    rt,
    `<frame at ${hexAddress(self)}, file ${file}, line ${line}, code ${strText(rt, H[code + CodeWord.Name])}>`,
  );
}

function getBack(rt: Runtime, self: Ref): Owned {
  const back = frameBack(rt, self);
  return back === 0 ? none() : back;
}

function getLocals(rt: Runtime, self: Ref): Owned {
  const locals = newRef(rt, frameLocals(rt, frameOf(rt, self)));
  rt.words[self + FrameObjectWord.FastAsLocals] = 1;
  return locals;
}

function getWord(word: number): (rt: Runtime, self: Ref) => Owned {
  return (rt, self) => newRef(rt, rt.words[frameOf(rt, self) + word]);
}

function getLasti(rt: Runtime, self: Ref): Owned {
  const unit = rt.words[frameOf(rt, self) + FrameWord.PrevInstr];
  return newInt(rt, unit < 0 ? -1 : unit * 2);
}

function getLine(rt: Runtime, self: Ref): Owned {
  const line = frameObjectLine(rt, self);
  return line < 0 ? none() : newInt(rt, line);
}

function getTrace(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + FrameObjectWord.Trace] || S.None);
}

function setTrace(rt: Runtime, self: Ref, value: Ref): void {
  setWord(rt, self + FrameObjectWord.Trace, value === 0 || value === S.None ? 0 : newRef(rt, value));
}

function getTraceOpcodes(rt: Runtime, self: Ref): Owned {
  return pyBool(rt.words[self + FrameObjectWord.TraceOpcodes] !== 0) as Owned;
}

function setTraceOpcodes(rt: Runtime, self: Ref, value: Ref): void {
  if (value !== S.True && value !== S.False) typeError(rt, 'attribute value type must be bool');
  rt.words[self + FrameObjectWord.TraceOpcodes] = value === S.True ? 1 : 0;
  if (value === S.True && rt.words[RootNum.OpcodesTraced] === 0) rt.words[RootNum.OpcodesTraced] = 1;
}

/** Source: CPython 3.12 frame_clear. @runsPython */
function clear(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const frame = frameOf(rt, self);
  const owner = H[frame + FrameWord.Owner];
  if (owner === FrameOwner.Generator) clearGenerator(rt, frame - GeneratorWord.Frame);
  else if (owner === FrameOwner.Thread || owner === FrameOwner.Parked)
    runtimeError(rt, 'cannot clear an executing frame');
  else clearFrameObject(rt, self);
  return none();
}

/** Closes the generator, as its finalizer would. */
function clearGenerator(rt: Runtime, generator: Ref): void {
  const H = rt.words;
  if (H[generator + GeneratorWord.State] === FrameState.Executing) runtimeError(rt, 'cannot clear an executing frame');
  (SLOT_FUNCTIONS[H[H[generator + ObjectWord.Type] + TypeWord.Finalize]] as HeapSlot)(rt, generator);
}

function sizeOf(rt: Runtime, self: Ref): Owned {
  return newInt(rt, frameBytes(rt.words[self + FrameObjectWord.Slots]));
}

defineType({
  ref: T.frame,
  name: 'frame',
  basicSize: frameBytes(0),
  itemSize: 8,
  words: FrameObjectWord.Words,
  itemWords: 0,
  flags: TypeFlag.HaveGc,
  layout: frameLayout,
  dealloc: deallocFrameObject,
  clear: clearFrameObject,
  slots: { repr },
  methods: [
    native('clear($self, /)', clear, { doc: 'Drops the references of a frame that is not running.' }),
    native('__sizeof__($self, /)', sizeOf, { doc: 'Size in bytes.' }),
  ],
  members: [member('f_trace_lines', FrameObjectWord.TraceLines, MemberKind.Bool, false)],
  getset: [
    getset('f_back', getBack),
    getset('f_locals', getLocals),
    getset('f_lineno', getLine, setFrameLine),
    getset('f_trace', getTrace, setTrace),
    getset('f_lasti', getLasti),
    getset('f_globals', getWord(FrameWord.Globals)),
    getset('f_builtins', getWord(FrameWord.Builtins)),
    getset('f_code', getWord(FrameWord.Code)),
    getset('f_trace_opcodes', getTraceOpcodes, setTraceOpcodes),
  ],
});

/** A frame object's block, head included, is as long as its frame asks. */
onConnect((rt) => {
  const addOthers = rt.addBlocks;
  rt.addBlocks = (o, add) => {
    if (rt.words[o + ObjectWord.Type] !== T.frame) return addOthers(o, add);
    add(frameBytes(rt.words[o + FrameObjectWord.Slots]) + 16);
    return true;
  };
});
