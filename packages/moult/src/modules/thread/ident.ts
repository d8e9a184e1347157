/** Numbers of threads as programs see them. */
import { addressOf } from '@moult/heap';

/** Where thread 0's descriptor would lie, and how far apart threads' are. */
const FIRST_IDENT = addressOf(0) + 0x8000_0000;
const DISTANCE = 0x80_1000;

/** `get_ident()` of thread number `thread`; the main thread is 0. */
export function threadIdent(thread: number): number {
  return FIRST_IDENT - DISTANCE * thread;
}
