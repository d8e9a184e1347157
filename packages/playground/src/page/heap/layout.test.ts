import { describe, expect, it } from 'vitest';
import type { Card, Field } from '../../shared/protocol.ts';
import { arrowsOf, Layout } from './layout.ts';
import type { Box } from './layout.ts';

function card(key: string, targets: readonly string[], kind: Card['kind'] = 'object'): Card {
  const fields = targets.map((target): Field => ({ name: target, text: null, target, weak: false, changed: false }));
  return {
    ...{ key, kind, title: key, label: key, fields, more: 0, id: 1, address: '', count: 1, countBefore: null },
    ...{ generation: 0, bytes: 0, garbage: false, finalized: false, change: null, bornLine: 0, members: 0 },
  };
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('cards', () => {
  it('stand in columns by their distance from the variables', () => {
    const boxes = new Layout().arrange([card('globals', ['a'], 'namespace'), card('a', ['b']), card('b', ['a'])]);
    expect(boxes.get('globals')!.x).toBeLessThan(boxes.get('a')!.x);
    expect(boxes.get('a')!.x).toBeLessThan(boxes.get('b')!.x);
  });

  it('keep their places when others come and go', () => {
    const layout = new Layout();
    const first = layout.arrange([card('globals', ['a'], 'namespace'), card('a', ['b']), card('b', [])]);
    layout.arrange([card('globals', ['a', 'c'], 'namespace'), card('a', []), card('c', [])]);
    const last = layout.arrange([card('globals', ['a'], 'namespace'), card('a', ['b']), card('b', [])]);
    expect(last).toEqual(first);
  });

  it('do not overlap, whatever grows', () => {
    const layout = new Layout();
    const names = Array.from({ length: 30 }, (_, i) => `o${i}`);
    const all = (rows: number): Card[] => [
      card('globals', names, 'namespace'),
      ...names.map((name, i) => card(name, names.slice(i + 1, i + 1 + rows))),
    ];
    layout.arrange(all(1));
    const boxes = [...layout.arrange(all(7)).values()];
    boxes.forEach((box, i) => expect(boxes.slice(i + 1).some((other) => overlap(box, other))).toBe(false));
  });

  it('that nothing leads to are placed too, with what they refer to beside them', () => {
    const boxes = new Layout().arrange([card('globals', [], 'namespace'), card('x', ['y']), card('y', ['x'])]);
    expect(boxes.get('y')!.x).toBeGreaterThan(boxes.get('x')!.x);
  });

  it('are joined by one arrow for each reference to a card that is shown', () => {
    const cards = [card('globals', ['a', 'gone'], 'namespace'), card('a', ['a'])];
    const arrows = arrowsOf(cards, new Layout().arrange(cards));
    expect(arrows.map(({ from, to }) => [from, to])).toEqual([
      ['globals', 'a'],
      ['a', 'a'],
    ]);
  });
});
