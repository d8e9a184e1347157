/** Types of `_pickle` and the words of their instances: CPython's sizes, words in an order of our own. */
import { moduleType } from '../../core/type-spec.ts';
import { exceptionClass } from '../exceptions.ts';

export const PICKLER = moduleType();
export const PICKLER_MEMO = moduleType();
export const UNPICKLER = moduleType();
export const UNPICKLER_MEMO = moduleType();
export const PICKLE_ERROR = exceptionClass('_pickle.PickleError');
export const PICKLING_ERROR = exceptionClass('_pickle.PicklingError', PICKLE_ERROR);
export const UNPICKLING_ERROR = exceptionClass('_pickle.UnpicklingError', PICKLE_ERROR);

/** `PicklerObject` (152 bytes). `Memo` is a block of `MemoSlots` entries of which `MemoUsed` are taken. */
export const enum PicklerWord {
  /** `persistent_id`; a method of the pickler itself is kept as its function, so that there is no cycle (`PersBound`). */
  PersId = 2,
  DispatchTable = 3,
  ReducerOverride = 4,
  /** The file's `write`; 0 before `__init__`. */
  Write = 5,
  BufferCallback = 6,
  Memo = 7,
  MemoSlots = 8,
  MemoUsed = 9,
  PersBound = 10,
  Proto = 11,
  Bin = 12,
  Fast = 13,
  FixImports = 14,
  /** 1 until the first dump: CPython has a buffer then. */
  HasBuffer = 15,
  Words = 19,
}

/** Two words for each entry of a pickler's memo: the object (owned; 0: free) and its number. */
export const enum MemoEntry {
  Object = 0,
  Index = 1,
  Words = 2,
}

/** `UnpicklerObject` (272 bytes). `Memo` is a block of `MemoSlots` references, 0 where there is none. */
export const enum UnpicklerWord {
  /** A list that nobody else sees. */
  Stack = 2,
  Buffers = 3,
  PersLoad = 4,
  Read = 5,
  Readline = 6,
  Peek = 7,
  /** str objects. */
  Encoding = 8,
  Errors = 9,
  Memo = 10,
  MemoSlots = 11,
  MemoCount = 12,
  PersBound = 13,
  Proto = 14,
  FixImports = 15,
  /** What CPython would have allocated for marks, and for the last line read. */
  MarkSlots = 16,
  LineBytes = 17,
  Words = 34,
}

/** Both proxies (24 bytes). */
export const enum ProxyWord {
  Owner = 2,
  Words = 3,
}
