/** How far a watched run is, on a terminal, once it has taken a second. */
import { isatty } from 'node:tty';
import type { Runtime } from 'moult';
import type { Observer } from './observer.ts';

const STANDARD_ERROR = 2;
const FIRST_MS = 1000;
const EACH_MS = 250;

/** Instructions between two looks at the clock; a power of two. */
const LOOK_INTERVAL = 1 << 16;

interface Output {
  write(fd: number, data: Uint8Array): void;
}

/** Writes `12.3 s, 45 million instructions, 6.7 MB` on a line of its own, and takes it away in the end. Nothing if standard error is no
 *  terminal. To begin before all others that listen to instructions: they replace its listener. */
export function progress(output: Output): Observer {
  if (!isatty(STANDARD_ERROR)) return {};
  const started = performance.now();
  let next = FIRST_MS;
  let steps = 0;
  let shown = false;
  const write = (text: string): void => output.write(STANDARD_ERROR, new TextEncoder().encode(text));
  const clear = (): void => {
    if (shown) write('\r\x1b[K');
    shown = false;
  };
  const look = (rt: Runtime): void => {
    const elapsed = performance.now() - started;
    if (elapsed < next) return;
    next = elapsed + EACH_MS;
    shown = true;
    const millions = (steps / 1e6).toFixed(0);
    write(
      `\r${(elapsed / 1000).toFixed(1)} s, ${millions} million instructions, ${(rt.usedBytes() / 1e6).toFixed(1)} MB\x1b[K`,
    );
  };
  return {
    begin: (rt) => {
      rt.beforeInstruction = () => {
        if ((++steps & (LOOK_INTERVAL - 1)) === 0) look(rt);
      };
    },
    end: (rt) => {
      rt.beforeInstruction = null;
      clear();
    },
  };
}
