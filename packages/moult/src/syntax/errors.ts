/** Errors and warnings found in source text, by the tokenizer, the parser or the compiler.
 *
 *  A `PythonSyntaxError` carries what CPython puts on the exception object, so that the runtime can raise the
 *  Python exception from it without looking at the source again. */

import { replaceUndecoded } from './undecoded.ts';

export type SyntaxErrorType =
  | 'SyntaxError'
  | 'IndentationError'
  | 'TabError'
  | 'UnicodeDecodeError'
  | 'MemoryError'
  | 'RecursionError'
  | 'OverflowError'
  | 'ValueError';

/** What `SyntaxError.__init__` receives: (msg, (filename, lineno, offset, text, end_lineno, end_offset)). */
export interface SyntaxErrorDetails {
  msg: string;
  filename: string;
  /** Counts from 1; null where CPython has None. */
  lineno: number | null;
  /** Characters (code points), counts from 1. */
  offset: number | null;
  /** The source line, as CPython keeps it (usually with its newline). */
  text: string | null;
  endLineno: number | null;
  endOffset: number | null;
}

/** An error in Python source text.
 *  `type` names the Python exception class; the other fields are that exception's attributes. Types that are no
 *  subclass of SyntaxError use `msg` alone. */
export class PythonSyntaxError extends Error implements SyntaxErrorDetails {
  readonly type: SyntaxErrorType;
  readonly msg: string;
  readonly filename: string;
  readonly lineno: number | null;
  readonly offset: number | null;
  readonly text: string | null;
  readonly endLineno: number | null;
  readonly endOffset: number | null;
  /** What there was to warn of before the error. */
  warnings: readonly SyntaxWarningRecord[] = [];

  constructor(type: SyntaxErrorType, details: SyntaxErrorDetails) {
    super(details.msg);
    this.name = 'PythonSyntaxError';
    this.type = type;
    this.msg = details.msg;
    this.filename = details.filename;
    this.lineno = details.lineno;
    this.offset = details.offset;
    this.text = details.text === null ? null : replaceUndecoded(details.text);
    this.endLineno = details.endLineno;
    this.endOffset = details.endOffset;
  }
}

/** A warning that the tokenizer, parser or compiler issues; the runtime passes it to the warnings machinery. */
export interface SyntaxWarningRecord {
  category: 'SyntaxWarning' | 'DeprecationWarning';
  message: string;
  lineno: number;
  /** The token it is about, if it came up in one. */
  token?: number;
  /** What is raised when a filter makes the warning an exception; without it, the warning itself. */
  asError?: () => PythonSyntaxError;
}
