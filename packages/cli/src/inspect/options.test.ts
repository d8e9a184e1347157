import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseInspection, usageOf } from './options.ts';
import type { InspectionCommand } from './options.ts';
import { failureText, UsageError } from './usage.ts';

function command(...args: string[]): InspectionCommand | null {
  const parsed = parseInspection(args);
  return parsed === 'help' ? null : parsed;
}

describe('commands that look at a heap', () => {
  it('leave every other command line to the interpreter', () => {
    for (const args of [[], ['p.py'], ['-c', 'pass'], ['-m', 'why'], ['./why']])
      expect(parseInspection(args)).toBe(null);
  });

  it('end their options at the program, whose own arguments stay its own', () => {
    expect(command('why', '--type', 'Node', '-q', 'p.py', '--limit', '3')).toEqual({
      inspection: { kind: 'why', typeName: 'Node', limit: 5, when: { kind: 'exit' } },
      quiet: true,
      program: ['p.py', '--limit', '3'],
    });
    expect(command('heap', '--limit', '3', '-c', 'pass')?.program).toEqual(['-c', 'pass']);
  });

  it('tell the format of a snapshot by the ending of its name', () => {
    expect(command('snapshot', 'p.py')?.inspection).toMatchObject({ format: 'heapsnapshot' });
    expect(command('snapshot', '-o', 'a.nodes.csv', 'p.py')?.inspection).toMatchObject({ format: 'nodes' });
    expect(() => parseInspection(['snapshot', '-o', 'a.png', 'p.py'])).toThrow('a.png ends in none of');
  });

  it('refuse what they cannot obey, with the reason', () => {
    expect(() => parseInspection(['why', 'p.py'])).toThrow('--type NAME is needed');
    expect(() => parseInspection(['heap', '--limit', '0', 'p.py'])).toThrow('--limit 0');
    expect(() => parseInspection(['heap', '--no-such', 'p.py'])).toThrow(UsageError);
    expect(() => parseInspection(['heap'])).toThrow('no program is named');
  });

  it('say how the command at hand is used, and where more is', () => {
    expect(usageOf('why')).toBe(
      "usage: moult why --type NAME [--at WHEN] [--limit N] [--quiet] FILE [arg] ...\nTry `moult why --help' for more information.\n",
    );
    expect(usageOf('diff')).toMatch(/^usage: moult diff \[--limit N\] \[--json\] BEFORE AFTER\n/);
  });

  it('name the file that cannot be read or written, and why', () => {
    const failure = (): Error => {
      try {
        readFileSync('/no/such/file');
      } catch (error) {
        return error as Error;
      }
      return new Error('it is there');
    };
    expect(failureText(failure())).toBe('/no/such/file: no such file or directory');
    expect(failureText(new RangeError('line 3: no event'))).toBe('line 3: no event');
  });
});
