/** Which form of the language a text is in: what `compile()` is told beside the source, and what the text itself says.
 *
 *  Type comments are no tokens here but a list beside them: where the grammar allows one, the parser looks it up by the
 *  token that follows it. One that nobody asked for makes the text invalid, as CPython's token does. */

import type { TypeIgnore } from './ast.ts';

/** A comment `# type: …`. */
export interface TypeComment {
  /** Index of the token that follows. */
  readonly next: number;
  readonly text: string;
  /** Whether nothing else is in its line. */
  readonly alone: boolean;
  readonly line: number;
  /** Columns in UTF-8 bytes, behind the prefix. */
  readonly col: number;
  readonly endCol: number;
  /** Whether the parser had a place for it. */
  used: boolean;
}

/** The type comments of a text. */
export class TypeComments {
  readonly comments: TypeComment[] = [];
  readonly ignores: TypeIgnore[] = [];
  private byToken: Map<number, TypeComment> | null = null;

  /** The first comment before token `next`, undefined if there is none. */
  before(next: number): TypeComment | undefined {
    if (this.byToken === null) {
      this.byToken = new Map();
      for (const comment of this.comments) if (!this.byToken.has(comment.next)) this.byToken.set(comment.next, comment);
    }
    return this.byToken.get(next);
  }

  /** The first comment that the grammar has no place for, of those before token `end`. */
  misplaced(end: number): TypeComment | undefined {
    const last = Math.max(end, this.reached);
    return this.comments.find((comment) => !comment.used && comment.next <= last);
  }

  /** The token before which an alternative failed because of a comment. */
  reached = 0;
}

/** CPython's version number within 3, and its largest number of digits. */
const VERSION = 12;
const MAX_INT_DIGITS = 4300;

export interface Dialect {
  /** What is newer than this minor version of the language is refused. */
  readonly version: number;
  /** Digits that a decimal literal may have, 0 for any number. */
  readonly maxIntDigits: number;
  /** Null where type comments are ordinary ones. */
  readonly typeComments: TypeComments | null;
  /** Whether `<>` is written instead of `!=`. As in CPython the future import says so for what is compiled later. */
  readonly barry: boolean;
}

export interface DialectOptions {
  readonly featureVersion?: number;
  readonly maxIntDigits?: number;
  readonly typeComments?: boolean;
  readonly barry?: boolean;
}

export function newDialect(options: DialectOptions = {}): Dialect {
  return {
    version: options.featureVersion ?? VERSION,
    maxIntDigits: options.maxIntDigits ?? MAX_INT_DIGITS,
    typeComments: options.typeComments === true ? new TypeComments() : null,
    barry: options.barry ?? false,
  };
}

/** Thrown when the text is not in its dialect: an error at a token or a type comment, before all others. */
export class DialectError extends Error {
  readonly place: number | TypeComment;
  constructor(message: string, place: number | TypeComment) {
    super(message);
    this.place = place;
  }
}
