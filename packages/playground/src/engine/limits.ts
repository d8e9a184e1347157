/** What a program in the page may use. */
export const LIMITS = {
  /** Metered bytes: more is a MemoryError. */
  bytes: 96 * 2 ** 20,
  /** Address space of the heap. */
  reserve: 512 * 2 ** 20,
  /** Milliseconds of the first run. */
  time: 4000,
  /** Bytes written. */
  output: 400_000,
  /** Moments that can be gone to; the program runs on after them. */
  moments: 50_000,
  consoleSteps: 2_000_000,
  consoleTime: 2000,
} as const;
