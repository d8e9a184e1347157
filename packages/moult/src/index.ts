/** Python 3.12 with CPython's memory manager: the public API. */
export { createPython, Python, PythonSnapshot } from './api/embed/python.ts';
export type { RunOptions, RunResult } from './api/embed/python.ts';
export { LimitExceeded, PythonError, RunEnded } from './api/embed/errors.ts';
export type { LimitName } from './api/embed/errors.ts';
export { PythonObject } from './api/embed/object.ts';
export type { Converted } from './api/embed/convert.ts';
export type { HostFunction } from './api/embed/host-function.ts';
export type { PythonOptions, RunLimits } from './api/embed/options.ts';
export { createRuntime, prepareRuntimes, startImage } from './api/create.ts';
export type { StartOptions } from './api/create.ts';
export { completions } from './api/complete.ts';
export { describeHeap, runningAt } from './api/describe/describe.ts';
export type { HeapDescription, RunningAt } from './api/describe/describe.ts';
export { callDepth, innermost, runningFrames } from './api/describe/frames.ts';
export type { Position, RunningFrame } from './api/describe/frames.ts';
export { instructionName } from './api/describe/instruction.ts';
export { INTERPRETER, Places } from './api/describe/places.ts';
export { finalize, leftovers } from './api/finalize.ts';
export { MemoryFiles, withMemoryFiles } from './api/memory-files/files.ts';
export {
  evaluateExpression,
  guarded,
  mainNamespace,
  applyWarnOptions,
  runFile,
  runModule,
  runSource,
  wasInterrupted,
} from './api/run.ts';
export { isBlank, isIncomplete, promptText, runStatement, setPrompts } from './api/interactive.ts';
export type { StatementResult } from './api/interactive.ts';
export { recordTimeline } from './api/timeline/record.ts';
export { Timeline } from './api/timeline/timeline.ts';
export type { Direction, StepKind } from './api/timeline/timeline.ts';
export type { Breakpoint } from './api/timeline/breakpoints.ts';
export type { Written } from './api/timeline/console.ts';
export type { Evaluation } from './api/timeline/evaluate.ts';
export { generationsOf } from './api/timeline/moment.ts';
export type { GenerationView, Moment } from './api/timeline/moment.ts';
export { Answers, HostLog } from './api/timeline/host-log.ts';
export { LineWatcher } from './api/timeline/lines.ts';
export type { TimelineOptions } from './api/timeline/options.ts';
export type { CollectionNote, Cut, Recording } from './api/timeline/recording.ts';
export type { Sample } from './api/timeline/samples.ts';
export { BareFiles } from './core/bare-files.ts';
export type { HostInterface } from './core/host.ts';
export type { HostProcesses, ProcessEnd, ProcessRequest, SystemName } from './core/host-processes.ts';
export { DescriptorTable, FileMode, HostError, OpenFlag } from './core/host-files.ts';
export type { FileStatus, FolderEntry, HostFiles } from './core/host-files.ts';
export { Runtime } from './core/runtime.ts';
export type { RuntimeOptions } from './core/runtime.ts';
export type { PackEntry } from './core/runtime.ts';
export { libraryFromFolder } from './stdlib/folder.ts';
export { withLibrary } from './stdlib/host.ts';
export { LIBRARY_FOLDER, openPack } from './stdlib/pack.ts';
export type { LibraryPack, PackReader } from './stdlib/pack.ts';
