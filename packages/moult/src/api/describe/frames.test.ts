import { expect, it } from 'vitest';
import { createRuntime } from '../create.ts';
import { finalize } from '../finalize.ts';
import { runSource } from '../run.ts';
import { callDepth, innermost, runningFrames } from './frames.ts';
import type { RunningFrame } from './frames.ts';

const PROGRAM = `def inner(n):
    text = 'a' + str(n)
    return text
def outer():
    return [1, inner(2)]
x = outer()
`;

it('a program that stands still shows its frames with lines, variables and temporaries', () => {
  const rt = createRuntime({ host: { write: () => undefined } as never });
  let seen: RunningFrame[] = [];
  rt.beforeInstruction = () => {
    if (innermost(rt).line === 3 && seen.length === 0) seen = runningFrames(rt);
  };
  expect(runSource(rt, PROGRAM, 'p.py')).toBe(0);
  rt.beforeInstruction = null;
  expect(callDepth(rt)).toBe(0);
  expect(innermost(rt)).toMatchObject({ frame: 0, line: 0 });
  expect(seen.map((frame) => [frame.function, frame.line, frame.variables.map(({ name }) => name)])).toEqual([
    ['inner', 3, ['n', 'text']],
    ['outer', 5, []],
    ['<module>', 6, []],
  ]);
  expect(seen[1]!.stack).toHaveLength(1);
  expect(seen[2]!.locals).toBe(seen[2]!.globals);
  finalize(rt);
});
