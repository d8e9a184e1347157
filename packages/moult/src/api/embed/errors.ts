/** What the API throws when a program fails, and when it is ended from outside. */

/** A Python exception that came out of a call. It holds text only, so that it keeps nothing alive. */
export class PythonError extends Error {
  /** Name of the exception's type: `ValueError`, `json.decoder.JSONDecodeError`. */
  readonly type: string;
  /** What CPython would print, with the traceback. */
  readonly traceback: string;

  constructor(type: string, message: string, traceback: string) {
    super(message === '' ? type : `${type}: ${message}`);
    this.name = 'PythonError';
    this.type = type;
    this.traceback = traceback;
  }
}

/** What can be limited of a run. */
export type LimitName = 'steps' | 'time' | 'output';

const UNITS: Readonly<Record<LimitName, string>> = {
  steps: 'steps',
  time: 'milliseconds',
  output: 'bytes of output',
};

/** A run was ended from outside, by `Python.end`. The heap is consistent, and the interpreter can be used further; what the program was
 *  doing is undone no more than if its process had been ended: `finally` and `with` blocks did not run. */
export class RunEnded extends Error {
  /** What it had written, unless the options' `stdout` and `stderr` got it. */
  readonly stdout: string;
  readonly stderr: string;

  constructor(message: string, stdout: string, stderr: string) {
    super(message);
    this.name = 'RunEnded';
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

/** A run was ended because it reached a limit. */
export class LimitExceeded extends RunEnded {
  readonly limit: LimitName;
  readonly bound: number;
  /** What had been used when the run was ended. */
  readonly value: number;

  constructor(limit: LimitName, bound: number, value: number, stdout: string, stderr: string) {
    super(`the run was ended after ${value} ${UNITS[limit]}, the limit is ${bound}`, stdout, stderr);
    this.name = 'LimitExceeded';
    this.limit = limit;
    this.bound = bound;
    this.value = value;
  }
}
