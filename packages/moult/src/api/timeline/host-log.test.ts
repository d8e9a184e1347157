import { expect, test } from 'vitest';
import type { HostInterface } from '../../core/host.ts';
import { Answers, HostLog } from './host-log.ts';

function logged(): { log: HostLog; host: HostInterface; asked: string[] } {
  const asked: string[] = [];
  const log = new HostLog();
  let clock = 0n;
  const host = log.wrap({
    time: () => (asked.push('time'), ++clock),
    readFile: (path) => (asked.push(path), new TextEncoder().encode(`${path} ${clock}`)),
    sleep: () => {
      throw new Error('no sleep');
    },
  });
  return { log, host, asked };
}

const textOf = (data: Uint8Array | null | undefined): string => new TextDecoder().decode(data ?? new Uint8Array(0));

test('answers are given again in their order, errors too, and nobody is asked', () => {
  const { log, host, asked } = logged();
  expect([host.time?.(), host.time?.()]).toEqual([1n, 2n]);
  expect(() => host.sleep?.(1)).toThrow('no sleep');
  const { length } = asked;
  log.answers = Answers.Repeated;
  log.at = 0;
  expect([host.time?.(), host.time?.()]).toEqual([1n, 2n]);
  expect(() => host.sleep?.(1)).toThrow('no sleep');
  expect(asked).toHaveLength(length);
});

test('another question than the first time is an error', () => {
  const { log, host } = logged();
  host.time?.();
  log.answers = Answers.Repeated;
  log.at = 0;
  expect(() => host.sleep?.(1)).toThrow('at first it asked for time');
});

test('lookups have no place in the order: they are answered as they were last', () => {
  const { log, host } = logged();
  expect(textOf(host.readFile?.('/a'))).toBe('/a 0');
  host.time?.();
  expect(textOf(host.readFile?.('/a'))).toBe('/a 1');
  host.time?.();
  log.answers = Answers.Repeated;
  log.at = 0;
  // What a cache remembers is not asked for.
  expect(host.time?.()).toBe(1n);
  expect(textOf(host.readFile?.('/a'))).toBe('/a 1');
  expect(textOf(host.readFile?.('/a'))).toBe('/a 1');
  log.at = 0;
  expect(textOf(host.readFile?.('/a'))).toBe('/a 0');
});

test('bytes that were changed by who got them are given again as they were', () => {
  const { log, host } = logged();
  host.readFile?.('/a')?.fill(0);
  log.answers = Answers.Repeated;
  expect(textOf(host.readFile?.('/a'))).toBe('/a 0');
});
