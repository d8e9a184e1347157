/** Layouts of `int` and `float`. */

/** `int`: CPython's `PyLongObject` of up to 24 bytes of head and 30-bit digits.
 *  ```
 *   0          1      2     3
 *   │ refcount │ type │ tag │ payload │
 *  ```
 *  The tag's low 3 bits are CPython's sign (0 positive, 1 zero, 2 negative); bits 3–7 the form:
 *  - `Compact`: |value| < 2^30; payload is the signed value itself.
 *  - `Medium`: |value| < 2^53; payload is the low 30 bits of the magnitude, tag bits 8–30 the high 23 bits.
 *  - `Big`: payload is the host-table index of a bigint, tag bits 8–30 the number of digits (0: too many).
 *  `bool` has the same layout. Metered bytes are CPython's: 24 + 4 × digits, at least 28. */
export const enum IntWord {
  Tag = 2,
  Payload = 3,
  Words = 4,
}
export const enum IntTag {
  SignMask = 7,
  Positive = 0,
  Zero = 1,
  Negative = 2,
  FormMask = 0xf8,
  Compact = 1 << 3,
  Medium = 2 << 3,
  Big = 3 << 3,
  HighShift = 8,
}

/** `float`: refcount, type, and the double at words 2–3 (index 1 of the pair in `floats`). */
export const enum FloatWord {
  Value = 2,
  Words = 4,
  MeteredBytes = 24,
}

/** `complex`: the real part at words 2–3, the imaginary one at words 4–5. */
export const enum ComplexWord {
  Real = 2,
  Imag = 4,
  Words = 6,
  MeteredBytes = 32,
}
