import { expect, test } from 'vitest';
import { createRuntime } from '../api/create.ts';
import { runSource } from '../api/run.ts';
import '../objects/index.ts';

function output(source: string): string {
  let written = '';
  const decoder = new TextDecoder();
  const rt = createRuntime({
    reserveBytes: 1 << 28,
    host: { write: (_fd, data) => void (written += decoder.decode(data)) },
  });
  runSource(rt, source, 'test.py');
  rt.audit();
  return written;
}

test('siginterrupt checks the number of the signal and the flag', () => {
  const program = `
import _signal
for args in [(2, False), (0, 1), (65, 1), (9, True), (2, 'a')]:
    try:
        print(_signal.siginterrupt(*args))
    except Exception as error:
        print(repr(error))
`;
  expect(output(program).trimEnd().split('\n')).toEqual([
    'None',
    "ValueError('signal number out of range')",
    "ValueError('signal number out of range')",
    "OSError(22, 'Invalid argument')",
    `TypeError("'str' object cannot be interpreted as an integer")`,
  ]);
});
