/** The record of a thread. The main thread's lies in the static area, any other's in front of its frame stack. */

/**
 * ```
 *  0      1       2      3        4      5        6       7         8     9      10..13      14      15
 *  │ next │ number│ state│ entry  │ base │ holder │ turn  │ wait    │ wait│ wait │ deadline, │ timed │ inter-
 *  │      │       │      │        │      │        │       │ kind    │ on  │ with │ host time │ out   │ rupted
 *  16       17    18     19       20      21        22     23         24 … 39        40 … 55
 *  │ result │ func │ args │ kwargs │ exc   │ exc     │ kept │ sentinel │ saved words │ saved references │ outermost │ serial
 * ```
 * Owned: `Result`, `Func`, `Args`, `Kwargs`, `WaitWith`, `ExcValue`, `Kept`, `Sentinel`, and while the thread does not run the saved
 * references, its frames from the saved `CurrentFrame` on.
 */
export const enum ThreadWord {
  Next = 0,
  /** The main thread is 0. */
  Number = 1,
  /** A `ThreadState`. */
  State = 2,
  /** First frame of what goes on when the thread does: where `run` is to end. 0: it waits inside of a native. */
  Entry = 3,
  /** Entry of the run that the scheduler itself started: parking there leaves to the scheduler. */
  Base = 4,
  /** The activation that waits for the result (a depth of `RootNum.ThreadHolders`); 0: none, the thread ends then. */
  Holder = 5,
  /** When it became ready. */
  Turn = 6,
  /** What it waits for: index into the table of waits (0: nothing, it was only interrupted), an object (borrowed: an operand
   *  of the waiting instruction), something owned. */
  WaitKind = 7,
  WaitOn = 8,
  WaitWith = 9,
  /** Doubles, in microseconds of the scheduler's clock and of the host's; Infinity: none. */
  Deadline = 10,
  HostDeadline = 12,
  /** 1: the deadline has passed; 2: it can never come. */
  TimedOut = 14,
  /** A signal has arrived. */
  Interrupted = 15,
  Result = 16,
  Func = 17,
  Args = 18,
  Kwargs = 19,
  /** The exception state outside of every generator. */
  ExcValue = 20,
  ExcPrevious = 21,
  /** What natives held when the thread was given up at the interpreter's end: a list. */
  Kept = 22,
  /** The lock of `_thread._set_sentinel`: released when the thread ends. */
  Sentinel = 23,
  SavedNums = 24,
  SavedRefs = 40,
  /** Of the main thread: 1 when its holder is that of the program itself, below which nothing is Python. */
  Outermost = 56,
  /** How many threads had been made before this one: `get_native_id`, never used again. */
  Serial = 57,
  Words = 58,
}

export const enum ThreadState {
  /** Not yet begun. */
  New = 0,
  Running = 1,
  Ready = 2,
  Waiting = 3,
  /** What its activation waits for is there: a value, or an exception. */
  Returned = 4,
  Threw = 5,
  /** Given up at the interpreter's end. */
  Abandoned = 6,
}

/** `ThreadWord.TimedOut` */
export const enum TimedOut {
  No = 0,
  Yes = 1,
  Deadlock = 2,
}
