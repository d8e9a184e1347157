import { expect, test } from 'vitest';
import { createRuntime } from '../../api/create.ts';
import { runSource } from '../../api/run.ts';
import '../../objects/index.ts';

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

test('a struct_time has a zone and an offset beyond its nine items', () => {
  const program = `
import time
t = time.struct_time((1, 2, 3, 4, 5, 6, 7, 8, 9, 'X', 3600))
print(len(t), t.tm_zone, t.tm_gmtoff, t.n_fields, time.struct_time(range(9)).tm_zone)
print(time.gmtime(0).tm_zone, time.localtime(0).tm_gmtoff)
`;
  expect(output(program)).toBe('9 X 3600 11 None\nGMT 0\n');
});
