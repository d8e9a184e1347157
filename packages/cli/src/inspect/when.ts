/** The moment at which a heap is looked at: the end of the program, the first time at a line, or when most memory was in use. */
import { LineWatcher } from 'moult';
import type { Runtime } from 'moult';
import type { Observer } from './observer.ts';
import { UsageError } from './usage.ts';

export type When =
  | { readonly kind: 'exit' }
  | { readonly kind: 'peak' }
  /** `file`: the end of a path; '' for any of the program's files. */
  | { readonly kind: 'line'; readonly file: string; readonly line: number };

/** Reads what follows `--at`: `exit`, `peak`, `12` or `file.py:12`. Throws UsageError. */
export function parseWhen(text: string): When {
  if (text === 'exit' || text === 'peak') return { kind: text };
  const match = /^(?:(.+):)?([1-9][0-9]*)$/.exec(text);
  if (match === null) throw new UsageError(`moult: --at ${text} is none of LINE, FILE:LINE, exit, peak`);
  return { kind: 'line', file: match[1] ?? '', line: Number(match[2]) };
}

/** Looks when the main module has ended, before the interpreter shuts down. */
export function atExit(look: (rt: Runtime) => void): Observer {
  return { end: look };
}

/** Looks before the line is executed for the first time; `never` is called if it is not. */
export function atLine(file: string, line: number, look: (rt: Runtime) => void, never: () => void): Observer {
  let reached = false;
  return {
    begin: (rt) => {
      const isFile = (name: string): boolean => (file === '' ? !isLibrary(name) : `/${name}`.endsWith(`/${file}`));
      const watcher = new LineWatcher(rt, isFile);
      rt.beforeInstruction = () => {
        if (!watcher.isStart() || watcher.line !== line) return;
        reached = true;
        rt.beforeInstruction = null;
        look(rt);
      };
    },
    end: (rt) => {
      rt.beforeInstruction = null;
      if (!reached) never();
    },
  };
}

function isLibrary(filename: string): boolean {
  return filename.startsWith('/moult/lib/') || filename.startsWith('<frozen');
}

/** The instruction of a run before which most metered bytes were in use, found by one run and looked at in another. */
export class Peak {
  #bytes = 0;
  #step = 0;

  /** The run that finds it. */
  search(): Observer {
    let step = 0;
    return {
      begin: (rt) => {
        rt.beforeInstruction = () => {
          step++;
          const used = rt.usedBytes();
          if (used <= this.#bytes) return;
          this.#bytes = used;
          this.#step = step;
        };
      },
      end: (rt) => {
        rt.beforeInstruction = null;
      },
    };
  }

  /** The run that looks. */
  visit(look: (rt: Runtime) => void): Observer {
    let step = 0;
    return {
      begin: (rt) => {
        rt.beforeInstruction = () => {
          if (++step !== this.#step) return;
          rt.beforeInstruction = null;
          look(rt);
        };
      },
      end: (rt) => {
        rt.beforeInstruction = null;
      },
    };
  }
}

/** Both look on. */
export function together(...observers: readonly Observer[]): Observer {
  const all = (name: keyof Observer, rt: Runtime): void => {
    for (const observer of observers) observer[name]?.(rt);
  };
  return { begin: (rt) => all('begin', rt), end: (rt) => all('end', rt), over: (rt) => all('over', rt) };
}
