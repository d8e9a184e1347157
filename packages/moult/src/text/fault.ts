/** How the pure libraries of `text/` and `numeric/` report failure.
 *
 *  They know nothing of Python objects, so they throw one of the small classes below; the caller turns it into
 *  the Python exception named by `kind`, with `message` as its text. They are no `Error`s on purpose: a program that
 *  uses `try: int(s)` as a test would pay for a JavaScript stack trace each time. */

/** The Python exception type that a fault stands for. */
export type FaultKind =
  | 'ValueError'
  | 'OverflowError'
  | 'TypeError'
  | 'ZeroDivisionError'
  | 'IndexError'
  | 'KeyError'
  | 'LookupError'
  | 'MemoryError'
  | 'UnicodeEncodeError'
  | 'UnicodeDecodeError';

/** A failure with CPython's exact text. */
export class ValueFault {
  constructor(
    readonly kind: FaultKind,
    readonly message: string,
  ) {}
}

/** A failure of a codec: the five arguments of `UnicodeEncodeError` or `UnicodeDecodeError`.
 *  `start` and `end` count code points of the text when encoding, bytes when decoding. */
export class UnicodeFault extends ValueFault {
  constructor(
    kind: 'UnicodeEncodeError' | 'UnicodeDecodeError',
    message: string,
    readonly encoding: string,
    readonly start: number,
    readonly end: number,
    readonly reason: string,
  ) {
    super(kind, message);
  }
}

/** Throws a `ValueError`. */
export function valueError(message: string): never {
  throw new ValueFault('ValueError', message);
}

/** Throws a `TypeError`. */
export function typeError(message: string): never {
  throw new ValueFault('TypeError', message);
}

/** Throws an `OverflowError`. */
export function overflowError(message: string): never {
  throw new ValueFault('OverflowError', message);
}
