/** What looks on while a program runs. */
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from 'moult';

export interface Observer {
  /** Before the program begins. */
  begin?(rt: Runtime): void;
  /** When its main module has ended. */
  end?(rt: Runtime): void;
  /** When the interpreter has shut down. */
  over?(rt: Runtime): void;
}

/** Tells a listener, made for each run, what happens up to the end of the main module, and then looks at what it has heard. */
export function listening<L extends HeapEvents>(
  make: (rt: Runtime) => L,
  look: (rt: Runtime, listener: L) => void,
): Observer {
  let listener: L;
  return {
    begin: (rt) => {
      rt.events = listener = make(rt);
    },
    end: (rt) => {
      rt.events = null;
      look(rt, listener);
    },
  };
}
