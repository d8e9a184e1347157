/**
 * What `sys.monitoring` (PEP 669) keeps: for the interpreter in the root record, for each code in a block of the code area.
 *
 * ```
 *   0       1         2 … 7          8 … 13          14 …
 *   │ words │ version │ local events │ active events │ tools of each unit …
 * ```
 *
 * Events are sets of bits, one for each `MonitorEvent`; *local* events are those that a program asked for in this code alone,
 * *active* ones (local or global) are those that the units were last brought up to, in `version`. Tools of a unit are three
 * sets of bits, one for each tool: who is told of the instruction's own event, of a line that starts there, of every instruction.
 * A tool that answers DISABLE is taken out of them, and comes back when its events change or are restarted.
 */

/** Number of each event; CPython's. */
export const enum MonitorEvent {
  PyStart = 0,
  PyResume = 1,
  PyReturn = 2,
  PyYield = 3,
  Call = 4,
  Line = 5,
  Instruction = 6,
  Jump = 7,
  Branch = 8,
  StopIteration = 9,
  /** From here on events belong to no place: they cannot be disabled there. */
  Raise = 10,
  ExceptionHandled = 11,
  PyUnwind = 12,
  PyThrow = 13,
  Reraise = 14,
  /** These two come with Call. */
  CReturn = 15,
  CRaise = 16,
  Count = 17,
}

/** Tools that programs may have: 0 to 5. */
export const MONITOR_TOOLS = 6;

/** In order of their numbers. */
export const MONITOR_EVENT_NAMES: readonly string[] =
  'PY_START PY_RESUME PY_RETURN PY_YIELD CALL LINE INSTRUCTION JUMP BRANCH STOP_ITERATION RAISE EXCEPTION_HANDLED PY_UNWIND PY_THROW RERAISE C_RETURN C_RAISE'.split(
    ' ',
  );

/** The block of a code. */
export const enum MonitorWord {
  BlockWords = 0,
  Version = 1,
  Local = 2,
  Active = 8,
  Units = 14,
}

/** Where the three sets of tools are in the word of a unit. */
export const enum ToolShift {
  Event = 0,
  Line = 6,
  Instruction = 12,
}

export const enum ToolMask {
  All = 63,
}
