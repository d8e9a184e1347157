/** A JavaScript stack that is deep enough for Python's recursion limits. */
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

/** V8's default is about 1 MB of the 8 MB that the main thread has on Linux and macOS. */
const STACK_KB = 7000;

/** Raises the limit of the main thread; a worker is given its own. The new limit holds for functions entered later, so call it first. True:
 *  go on. (V8 takes no code that was cached under other flags, so in a worker Node would compile its own modules again.) */
export function ensureStack(): boolean {
  if (isMainThread) setFlagsFromString(`--stack-size=${STACK_KB}`);
  return true;
}
