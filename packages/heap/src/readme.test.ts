import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as heapModule from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the example of the README prints what it says', () => {
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const expected = /\n\/\/ (.*)\n$/.exec(example)![1];
  const body = example.replace(/^import .*$/m, '').replace(': string[]', '');
  const printed: string[] = [];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- runs the text as it is printed
  new Function('Heap', 'console', body)(heapModule.Heap, { log: (text: string) => printed.push(text) });
  expect(printed).toEqual([expected]);
});
