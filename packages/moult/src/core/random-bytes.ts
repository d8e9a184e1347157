/** Randomness from outside of the program: of the host, or of the platform where the host gives none. */
import type { Runtime } from './runtime.ts';

/** Bytes that the platform gives at once at most. */
const MOST_AT_ONCE = 65536;

/** `length` bytes that nobody can guess. */
export function randomBytes(rt: Runtime, length: number): Uint8Array {
  return rt.host?.randomBytes?.(length) ?? platformBytes(length);
}

/** As `randomBytes`, without a host. */
export function platformBytes(length: number): Uint8Array {
  const data = new Uint8Array(length);
  for (let i = 0; i < length; i += MOST_AT_ONCE) crypto.getRandomValues(data.subarray(i, i + MOST_AT_ONCE));
  return data;
}
