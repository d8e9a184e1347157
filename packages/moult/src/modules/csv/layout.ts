/** Types and records of the module `_csv`. */

import { moduleType } from '../../core/type-spec.ts';
import { exceptionClass } from '../exceptions.ts';

/** `_csv.Error` */
export const ERROR = exceptionClass('_csv.Error');
export const DIALECT = moduleType();
export const READER = moduleType();
export const WRITER = moduleType();

/** `DialectObj` (48 bytes): the host-table index of a `DialectData`. */
export const enum DialectWord {
  Data = 2,
  Words = 6,
}
/** `ReaderObj` (88 bytes). The two references are owned. */
export const enum ReaderWord {
  Input = 2,
  Dialect = 3,
  LineNumber = 4,
  Words = 11,
}
/** `WriterObj` (72 bytes). */
export const enum WriterWord {
  Write = 2,
  Dialect = 3,
  Words = 9,
}
