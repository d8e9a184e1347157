/** Where a program is: the line that each event is counted for. */
import { runningAt } from 'moult';
import type { Runtime } from 'moult';

/** `file.py:12 in f`, or what the interpreter does by itself. */
export function placeNow(rt: Runtime): string {
  const at = runningAt(rt);
  if (at === null) return '(interpreter)';
  return `${at.filename.slice(at.filename.lastIndexOf('/') + 1)}:${at.line} in ${at.function}`;
}
