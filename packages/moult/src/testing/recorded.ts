/** For tests: runs a Python program and compares what it prints with CPython's recorded output (`.out` beside it). */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { createRuntime } from '../api/create.ts';
import { runSource } from '../api/run.ts';
import type { Runtime } from '../core/runtime.ts';
import '../objects/index.ts';

/** Expects the program at `url` to print its `.out` file and the heap's counts to be right afterwards. Record with
 *  `PYTHONHASHSEED=0 python3.12 -X utf8 NAME.py > NAME.out`. `prepare` gets the new runtime. */
export function expectAsRecorded(url: URL, prepare: (rt: Runtime) => void = () => undefined): void {
  const written: string[] = [];
  const decoder = new TextDecoder();
  const rt = createRuntime({
    reserveBytes: 1 << 29,
    host: { write: (_fd, data) => void written.push(decoder.decode(data)) },
  });
  prepare(rt);
  runSource(rt, readFileSync(url, 'utf8'), 'behaviour.py');
  expect(written.join('')).toBe(readFileSync(new URL(url.href.replace(/\.py$/, '.out')), 'utf8'));
  rt.audit();
}
