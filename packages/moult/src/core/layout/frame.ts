/** Layouts of frames, frame objects, generators and tracebacks. */

/** An interpreter frame: on the frame stack, or inside a generator from `GeneratorWord.Frame` on, or copied into a frame
 *  object. CPython's `_PyInterpreterFrame`; fields that share a slot there have words of their own here.
 *  ```
 *   0      1          2      3         4          5        6       7       8       9        10      11
 *   │ code │ previous │ func │ globals │ builtins │ locals │ frame │ instr │ stack │ return │ owner │ locals, cells, free,
 *   │      │          │      │         │          │        │ obj   │       │ top   │ offset │       │ then the value stack
 *  ```
 *  Owned: code, func, locals, frame object, and the words from `LocalsPlus` up to `LocalsPlus + StackTop`. Globals and
 *  builtins are borrowed from the function. `StackTop` counts words from `LocalsPlus`; it is exact whenever Python code
 *  or a destructor can run. `PrevInstr` is the index of the code unit last started (−1 before the first). */
export const enum FrameWord {
  Code = 0,
  Previous = 1,
  Function = 2,
  Globals = 3,
  Builtins = 4,
  Locals = 5,
  FrameObject = 6,
  PrevInstr = 7,
  StackTop = 8,
  ReturnOffset = 9,
  Owner = 10,
  LocalsPlus = 11,
}
/** Words above a frame's stack for what an instruction holds meanwhile: see `replaceMany` and `pushInit`. */
export const enum FrameRoom {
  Spare = 2,
}
export const enum FrameOwner {
  Thread = 0,
  Generator = 1,
  FrameObject = 2,
  /** The evaluation loop's entry marker: returning to it leaves the loop. */
  Entry = 3,
  /** As `Thread`, where an inner run began that the thread has left to be parked. */
  Parked = 4,
}

/** `PyFrameObject`: metered as CPython's (120 with room for its frame's locals and stack). `Frame` is the index of the
 *  interpreter frame: elsewhere while that runs, `OwnFrame` words into the object once the object owns it (the room is
 *  there from the start, so that taking the frame over cannot fail). */
export const enum FrameObjectWord {
  Back = 2,
  Frame = 3,
  Trace = 4,
  LineNo = 5,
  TraceLines = 6,
  TraceOpcodes = 7,
  /** Unit of the instruction of this frame that tracing saw last, plus one; 0: none. Negative while the frame yields that a
   *  trace function has sent to another place: that place, as −1 − unit. */
  LastTraced = 8,
  /** Locals and stack words that the frame inside the object has room for. */
  Slots = 9,
  /** 1 while `f_locals` was asked for and not yet written back after a trace function (CPython's `f_fast_as_locals`). */
  FastAsLocals = 10,
  /** Words of the object without the frame. */
  Words = 11,
  OwnFrame = 11,
}

/** What a trace function is told (`RootNum.TraceEvent`); decides what assignments to `f_lineno` it may make. */
export const enum TraceEvent {
  None = 0,
  /** A frame starts. */
  Call = 1,
  /** A generator goes on, or something is thrown into it. */
  Resume = 2,
  Line = 3,
  Opcode = 4,
  Return = 5,
  Yield = 6,
  Exception = 7,
  NativeCall = 8,
  /** The frame is left with an exception. */
  Unwind = 9,
}

/** `PyGenObject`, coroutines and asynchronous generators. The interpreter frame follows at `Frame`. */
export const enum GeneratorWord {
  WeakList = 2,
  Name = 3,
  Qualname = 4,
  /** Exception being handled inside (owned or 0) and the link to the state below. */
  ExcValue = 5,
  ExcPrevious = 6,
  OriginOrFinalizer = 7,
  HooksInited = 8,
  Closed = 9,
  RunningAsync = 10,
  /** `FrameState` */
  State = 11,
  Frame = 12,
}
export const enum FrameState {
  Created = -2,
  Suspended = -1,
  Executing = 0,
  Completed = 1,
  Cleared = 4,
}

/** `PyTracebackObject` (40 bytes; the instruction index and line share a slot there). */
export const enum TracebackWord {
  Next = 2,
  Frame = 3,
  Lasti = 4,
  LineNo = 5,
  Words = 6,
}
