import { expect, test } from 'vitest';
import { createRuntime } from '../api/create.ts';
import { runSource } from '../api/run.ts';
import '../objects/index.ts';
import '../modules/index.ts';

/** Ends the process in CPython 3.12: `islice` drops its iterator, which is running. */
const SOURCE = `
import itertools
class Noted:
    def __del__(self): print('del')
def looks(fails):
    held = Noted()
    try: next(it)
    except ValueError as error: print(error)
    if fails: raise KeyError
    yield 1
it = itertools.islice(looks(False), 3)
print(next(it))
it = itertools.islice(looks(True), 3)
try: next(it)
except KeyError: print('KeyError')
`;

test('a running generator that loses its last reference lives until it stops', () => {
  let written = '';
  const decoder = new TextDecoder();
  const rt = createRuntime({
    reserveBytes: 1 << 28,
    host: { write: (_fd, data) => void (written += decoder.decode(data)) },
  });
  runSource(rt, SOURCE, 'running.py');
  rt.audit();
  expect(written).toBe('generator already executing\n1\ndel\ngenerator already executing\nKeyError\ndel\n');
});
