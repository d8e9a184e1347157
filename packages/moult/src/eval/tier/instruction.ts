/** One instruction as it stands in the running code. */
export interface Instruction {
  /** Its unit. */
  readonly unit: number;
  /** The unit as it is now: opcode and argument. */
  readonly whole: number;
  /** The opcode that runs now: perhaps a quick one. */
  readonly op: number;
  readonly arg: number;
  /** The argument of the second half of a pair. */
  readonly second: number;
  /** Of BINARY_OP: what `BinaryCache.Misses` says. */
  readonly seen: number;
  /** Whether it gets its general form because too much has been seen at it. */
  readonly isGeneral: boolean;
  /** Of CALL: what `CallCache.Asked` says; 0 if it has called nothing but functions written in Python. */
  readonly callee: number;
  /** The unit after it and its caches. */
  readonly next: number;
  /** Where it may jump to, −1 if it does not. */
  readonly target: number;
}
