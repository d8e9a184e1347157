/** `EncodingMap`: what `charmap_build` makes of a decoding table with plain characters; programs see its size and nothing else. */
import { allocObject, LayoutKind, newRef, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strText } from '../../core/str.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';

const enum MapWord {
  /** The decoding table: a str. */
  Table = 2,
  /** Blocks of 16 and of 128 entries that CPython's map has. */
  Blocks16 = 3,
  Blocks128 = 4,
  Words = 8,
}

/** CPython's `struct encoding_map` but for the blocks. */
const HEAD_BYTES = 63;
const MOST_BLOCKS = 0xff;
/** What stands for no character in a table. */
const UNMAPPED = 0xfffe;
const ENCODING_MAP = moduleType();

/** A map for the decoding table `text`; 0 if that needs a dict: its first character is not NUL, or one is beyond 16 bits.
 *  Source: CPython 3.12 PyUnicode_BuildEncodingMap. */
export function newEncodingMap(rt: Runtime, text: Ref): Owned | 0 {
  const points = Array.from(strText(rt, text), (character) => character.codePointAt(0) ?? 0).slice(0, 256);
  const others = points.slice(1);
  if (points[0] !== 0 || others.some((cp) => cp === 0 || cp > 0xffff)) return 0;
  const mapped = others.filter((cp) => cp !== UNMAPPED);
  const blocks16 = new Set(mapped.map((cp) => cp >> 11)).size;
  const blocks128 = new Set(mapped.map((cp) => cp >> 7)).size;
  if (blocks16 >= MOST_BLOCKS || blocks128 >= MOST_BLOCKS) return 0;
  const map = allocObject(rt, ENCODING_MAP, MapWord.Words);
  const H = rt.words;
  H[map + MapWord.Table] = newRef(rt, text);
  H[map + MapWord.Blocks16] = blocks16;
  H[map + MapWord.Blocks128] = blocks128;
  return map;
}

/** The byte for a character in the map, if `map` is one: −1 for none. Null for another kind of mapping. */
export function encodingOf(rt: Runtime, map: Ref): ((cp: number) => number) | null {
  if (rt.words[map + ObjectWord.Type] !== ENCODING_MAP) return null;
  const points = Array.from(strText(rt, rt.words[map + MapWord.Table]), (character) => character.codePointAt(0) ?? 0);
  const bytes = new Map<number, number>();
  points.slice(0, 256).forEach((cp, byte) => {
    if (cp !== UNMAPPED) bytes.set(cp, byte);
  });
  return (cp) => bytes.get(cp) ?? -1;
}

defineType({
  ref: ENCODING_MAP,
  name: 'EncodingMap',
  basicSize: 8 * MapWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  owned: [MapWord.Table],
  methods: [
    native(
      'size($self, /)',
      (rt, self) => {
        const H = rt.words;
        return newInt(rt, HEAD_BYTES + 16 * H[self + MapWord.Blocks16] + 128 * H[self + MapWord.Blocks128]);
      },
      { doc: 'Return the size (in bytes) of this object.' },
    ),
  ],
});
