/** Types and records of the module `_csv`. */

import { T } from '../../core/static.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { EXCEPTION_FLAGS } from '../../objects/exceptions/layout.ts';

/** `_csv.Error` */
export const ERROR = moduleType();

defineType({ ref: ERROR, name: '_csv.Error', heapType: 'mutable', base: T.Exception, flags: EXCEPTION_FLAGS });
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
