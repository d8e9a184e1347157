/** Python 3.12 with CPython's memory manager: the public API. */
export { createRuntime } from './api/create.ts';
export type { StartOptions } from './api/create.ts';
export { completions } from './api/complete.ts';
export { finalize, leftovers } from './api/finalize.ts';
export { guarded, mainNamespace, runFile, runSource, wasInterrupted } from './api/run.ts';
export { isBlank, isIncomplete, promptText, runStatement, setPrompts } from './api/interactive.ts';
export type { StatementResult } from './api/interactive.ts';
export type { FileStatus, HostInterface } from './core/host.ts';
export { Runtime } from './core/runtime.ts';
export type { RuntimeOptions } from './core/runtime.ts';
export type { PackEntry } from './core/runtime.ts';
export { libraryFromFolder } from './stdlib/folder.ts';
export { withLibrary } from './stdlib/host.ts';
export { LIBRARY_FOLDER, openPack } from './stdlib/pack.ts';
export type { LibraryPack, PackReader } from './stdlib/pack.ts';
