/**
 * Where the cards lie: columns by distance from the variables, namespaces at the left. A card keeps its place from moment to moment; a new
 * one is put beside what refers to it, where there is room; a card that comes back gets its old place if that is free.
 */
import type { Card } from '../../shared/protocol.ts';

export const CARD_WIDTH = 204;
export const COLUMN_WIDTH = CARD_WIDTH + 54;
export const HEAD_HEIGHT = 46;
export const ROW_HEIGHT = 20;
const FOOT_HEIGHT = 8;
const MORE_HEIGHT = 18;
const GAP = 22;
const MARGIN = 24;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Height of a card by its rows. */
export function heightOf(card: Card): number {
  const head = card.kind === 'object' || card.kind === 'group' ? HEAD_HEIGHT : HEAD_HEIGHT - 14;
  return head + card.fields.length * ROW_HEIGHT + (card.more > 0 ? MORE_HEIGHT : 0) + FOOT_HEIGHT;
}

/** Vertical middle of a row, from the card's top. */
export function rowMiddle(card: Card, row: number): number {
  const head = card.kind === 'object' || card.kind === 'group' ? HEAD_HEIGHT : HEAD_HEIGHT - 14;
  return head + row * ROW_HEIGHT + ROW_HEIGHT / 2;
}

interface Place {
  readonly column: number;
  readonly y: number;
}

export class Layout {
  /** Places of all cards ever drawn, by key. */
  readonly #places = new Map<string, Place>();

  /** Forgets all places: for another program. */
  reset(): void {
    this.#places.clear();
  }

  /** Boxes of the cards, by key. */
  arrange(cards: readonly Card[]): Map<string, Box> {
    const columns = new Map<number, { key: string; y: number; height: number }[]>();
    const put = (key: string, column: number, y: number, height: number): void => {
      const list = columns.get(column) ?? [];
      list.push({ key, y, height });
      list.sort((a, b) => a.y - b.y);
      columns.set(column, list);
      this.#places.set(key, { column, y });
    };
    let top = MARGIN;
    for (const card of cards.filter(isNamespace)) {
      put(card.key, 0, top, heightOf(card));
      top += heightOf(card) + GAP;
    }
    const objects = cards.filter((card) => !isNamespace(card));
    const kept = objects.filter((card) => this.#places.has(card.key));
    kept.sort((a, b) => this.#places.get(a.key)!.y - this.#places.get(b.key)!.y);
    for (const card of kept) {
      const { column, y } = this.#places.get(card.key)!;
      put(card.key, column, freeFrom(columns.get(column), y, heightOf(card)), heightOf(card));
    }
    for (const { card, column, y } of this.#newcomers(cards, objects)) {
      put(card.key, column, freeFrom(columns.get(column), y(), heightOf(card)), heightOf(card));
    }
    return boxesOf(cards, this.#places);
  }

  /** New cards, nearest to the variables first: the column after their first referrer's, at the height of its row. */
  *#newcomers(
    cards: readonly Card[],
    objects: readonly Card[],
  ): Generator<{ card: Card; column: number; y: () => number }> {
    const byKey = new Map(cards.map((card) => [card.key, card]));
    const waiting = new Set(objects.filter((card) => !this.#places.has(card.key)).map((card) => card.key));
    const queue = cards.filter((card) => !waiting.has(card.key));
    for (let i = 0; i < queue.length || waiting.size > 0; i++) {
      if (i === queue.length) {
        // Garbage that nothing placed refers to.
        const [key] = waiting;
        const orphan = byKey.get(key!)!;
        waiting.delete(orphan.key);
        queue.push(orphan);
        yield { card: orphan, column: 1, y: () => MARGIN };
      }
      const card = queue[i]!;
      for (const [row, { target }] of card.fields.entries()) {
        if (target === null || !waiting.delete(target)) continue;
        const found = byKey.get(target)!;
        queue.push(found);
        const from = this.#places.get(card.key)!;
        yield { card: found, column: from.column + 1, y: () => from.y + rowMiddle(card, row) - HEAD_HEIGHT / 2 };
      }
    }
  }
}

const isNamespace = (card: Card): boolean => card.kind === 'namespace' || card.kind === 'frame';

/** The first height at or below `y` at which there is room between the boxes of a column. */
function freeFrom(taken: readonly { y: number; height: number }[] = [], y: number, height: number): number {
  let at = Math.max(MARGIN, y);
  for (const box of taken) {
    if (box.y + box.height + GAP <= at) continue;
    if (box.y >= at + height + GAP) break;
    at = box.y + box.height + GAP;
  }
  return at;
}

function boxesOf(cards: readonly Card[], places: ReadonlyMap<string, Place>): Map<string, Box> {
  return new Map(
    cards.map((card) => {
      const { column, y } = places.get(card.key)!;
      return [card.key, { x: MARGIN + column * COLUMN_WIDTH, y, width: CARD_WIDTH, height: heightOf(card) }];
    }),
  );
}

/** The picture's size. */
export function extentOf(boxes: Iterable<Box>): { width: number; height: number } {
  let width = 0;
  let height = 0;
  for (const box of boxes) {
    width = Math.max(width, box.x + box.width + MARGIN);
    height = Math.max(height, box.y + box.height + MARGIN);
  }
  return { width, height };
}

export interface Arrow {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly weak: boolean;
  readonly changed: boolean;
  readonly garbage: boolean;
}

/** The arrows between cards. */
export function arrowsOf(cards: readonly Card[], boxes: ReadonlyMap<string, Box>): Arrow[] {
  const arrows: Arrow[] = [];
  for (const card of cards) {
    for (const [row, field] of card.fields.entries()) {
      const from = boxes.get(card.key);
      const to = field.target === null ? undefined : boxes.get(field.target);
      if (from === undefined || to === undefined || field.target === null) continue;
      arrows.push({
        key: `${card.key} ${row} ${field.target}`,
        from: card.key,
        to: field.target,
        path: pathOf(from, from.y + rowMiddle(card, row), to),
        weak: field.weak,
        changed: field.changed,
        garbage: card.garbage,
      });
    }
  }
  return arrows;
}

/** A curve from a row to a card's head: from the left to its left side, from the right to its right side, in one column around. */
function pathOf(from: Box, y: number, to: Box): string {
  const x = from.x + from.width - 9;
  const endY = to.y + 22;
  if (to.x > from.x) {
    const bend = Math.min(70, (to.x - x) / 2 + 8);
    return `M${x},${y} C${x + bend},${y} ${to.x - bend},${endY} ${to.x - 3},${endY}`;
  }
  const right = to.x + to.width + 3;
  if (to.x < from.x) {
    const bend = Math.min(90, (from.x - right) / 2 + 12);
    return `M${from.x},${y} C${from.x - bend},${y} ${right + bend},${endY} ${right},${endY}`;
  }
  const out = 34 + Math.min(40, Math.abs(endY - y) / 12);
  return `M${x},${y} C${x + out + 14},${y} ${right + out + 14},${endY} ${right},${endY}`;
}
