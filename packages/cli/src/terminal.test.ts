import { EventEmitter } from 'node:events';
import { createRuntime, finalize, wasInterrupted } from 'moult';
import { expect, test } from 'vitest';
import { runTerminal } from './terminal.ts';
import type { FromKeyboard, Keyboard, ToKeyboard } from './terminal.ts';

/** A session that somebody types into: at each prompt the next message. Returns what was written and asked for, in order. */
async function talk(messages: readonly FromKeyboard[]): Promise<string[]> {
  const told: string[] = [];
  const decoder = new TextDecoder();
  const rt = createRuntime({ host: { write: (_fd, data) => void told.push(decoder.decode(data)) } });
  const left = [...messages];
  const bus = new EventEmitter();
  const keyboard: Keyboard = {
    on: (event, hear) => bus.on(event, hear),
    off: (event, hear) => bus.off(event, hear),
    postMessage: (message: ToKeyboard) => {
      told.push(message.kind === 'prompt' ? message.text : message.found.join(' '));
      queueMicrotask(() => bus.emit('message', left.shift() ?? { kind: 'end' }));
    },
  };
  const code = await runTerminal(rt, keyboard, (text) => told.push(text));
  expect(bus.listenerCount('message')).toBe(0);
  expect(wasInterrupted(rt)).toBe(false);
  rt.audit();
  finalize(rt);
  return [...told, String(code)];
}

const lines = (...texts: string[]): FromKeyboard[] => texts.map((line) => ({ kind: 'line', line }));

test('a block is asked for to its end, and values are shown', async () => {
  const told = await talk(lines('x = 20', 'if x:', '    x + 1', ''));
  expect(told).toEqual(['>>> ', '>>> ', '... ', '... ', '21\n', '>>> ', '\n', '0']);
});

test('Ctrl-C at the prompt takes the block away', async () => {
  const told = await talk([...lines('def f():'), { kind: 'interrupt' }, ...lines('1')]);
  expect(told).toEqual(['>>> ', '... ', '>>> ', '1\n', '>>> ', '\n', '0']);
});

test('a statement that Ctrl-C stops is followed by the next prompt', async () => {
  const told = await talk(lines('raise KeyboardInterrupt', '2'));
  expect(told.join('')).toBe(
    '>>> Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nKeyboardInterrupt\n>>> 2\n>>> \n0',
  );
});

test('names are completed, and SystemExit ends the session with its code', async () => {
  const told = await talk([{ kind: 'complete', line: 'x = (1).from_by' }, ...lines('raise SystemExit(3)')]);
  expect(told.slice(0, 2)).toEqual(['>>> ', '']);
  expect(told.at(-1)).toBe('3');
  const named = await talk([...lines('n = 1'), { kind: 'complete', line: 'n.bit_l' }]);
  expect(named).toContain('n.bit_length');
});
