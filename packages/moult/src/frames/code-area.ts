/**
 * Where code lies that runs: a part of the static area with the code units of every code object, one word each, arguments
 * complete. They are words and not an array of their own so that the loop reads them like everything else, and so that what
 * inline caches have learnt belongs to a snapshot together with the versions it was learnt from.
 *
 * ```
 *        −6            −5     −4           −3            −2            −1            0 …
 *      │ block words │ heat │ monitoring │ frame words │ nlocalsplus │ simple args │ units …
 * ```
 *
 * `units[i]` is `opcode | argument << 8`. An EXTENDED_ARG unit stays in place and does nothing: its bits are in the
 * instruction it belongs to. CACHE units are the inline caches of the instruction before them. Blocks that were given back are
 * kept by size, in lists whose heads are the first words of the area.
 */
import type { Ref } from '@moult/heap';
import { CodeFlag } from '../compiler/code-data.ts';
import type { CodeData } from '../compiler/code-data.ts';
import { CACHE_COUNTS, Op } from '../compiler/opcodes.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { ExecutableCode } from './executable-code.ts';
import { Quick } from './quick.ts';

/** Words before the first unit. */
export const enum CodeHead {
  BlockWords = -6,
  /** How often the code was entered and jumped back, or which generated function it has: `Heat`. */
  Heat = -5,
  /** The block with what `sys.monitoring` keeps about the code (core/layout/monitoring.ts), or 0. */
  Monitoring = -4,
  /** Words of a frame. */
  FrameWords = -3,
  NLocalsPlus = -2,
  /** Number of arguments, if a call with just that many positional ones has only to copy them; else −1, or `Unoptimized`. */
  SimpleArgs = -1,
  Words = 6,
  /** A value of `SimpleArgs`: the code's names are in a namespace, which is the globals where nobody gives another. */
  Unoptimized = -2,
}

/** Values of the word `CodeHead.Heat`. */
export const enum Heat {
  /** No function is to be made. */
  Never = -0x40000000,
  /** Generated functions have numbers above this one. */
  First = 0x40000000,
}

/** A block that was given back. */
const enum FreeBlock {
  Words = 0,
  Next = 1,
}

/** Puts the units of `exec` into the area, for the code object `code`. Calls `onOutOfMemory` if it is full. */
export function installUnits(rt: Runtime, code: Ref, exec: ExecutableCode): void {
  const H = rt.words;
  const units = takeBlock(rt, CodeHead.Words + (exec.code.length >> 1)) + CodeHead.Words;
  H[units + CodeHead.Heat] = 0;
  H[units + CodeHead.Monitoring] = 0;
  H[units + CodeHead.FrameWords] = exec.frameWords;
  H[units + CodeHead.NLocalsPlus] = exec.nlocalsplus;
  H[units + CodeHead.SimpleArgs] = simpleArgs(exec);
  expandUnits(exec.code, H, units);
  if (rt.options.singly !== true) joinPairs(H, units, exec.data);
  H[code + CodeWord.Units] = units;
  exec.install(H, units);
}

function simpleArgs(exec: ExecutableCode): number {
  if ((exec.flags & CodeFlag.OPTIMIZED) === 0) return CodeHead.Unoptimized;
  return exec.simple ? exec.argcount : -1;
}

/** For words and a host table that were restored, perhaps from another runtime: gives each code object a payload that sees these words,
 *  and forgets which of them had been instrumented meanwhile. */
export function adoptUnits(rt: Runtime): void {
  rt.hosts.forEach((value, index) => {
    if (!(value instanceof ExecutableCode)) return;
    value.instruments = null;
    if (value.words === null || value.words === rt.words) return;
    const own = new ExecutableCode(value.data);
    own.install(rt.words, value.start);
    rt.hosts[index] = own;
  });
}

/** Gives the units of a dying code object back. */
export function releaseUnits(rt: Runtime, code: Ref): void {
  const H = rt.words;
  const units = H[code + CodeWord.Units];
  if (H[units + CodeHead.Monitoring] !== 0) giveBack(rt, H[units + CodeHead.Monitoring]);
  giveBack(rt, units - CodeHead.Words);
}

/** A block of `nwords` words, zero but for the first, for what belongs to a code; its own size is in the first. */
export function takeBeside(rt: Runtime, nwords: number): number {
  const block = takeBlock(rt, nwords);
  rt.words.fill(0, block + 1, block + nwords);
  return block;
}

function giveBack(rt: Runtime, block: number): void {
  const H = rt.words;
  const list = H[RootNum.CodeArea] + sizeClass(H[block + FreeBlock.Words]);
  H[block + FreeBlock.Next] = H[list];
  H[list] = block;
}

/** Index of the first code unit of a code object. */
export function unitsOf(rt: Runtime, code: Ref): number {
  return rt.words[code + CodeWord.Units];
}

/** A block of at least `nwords` words, its size in the first. */
function takeBlock(rt: Runtime, nwords: number): number {
  const H = rt.words;
  const size = sizeClass(nwords);
  const list = H[RootNum.CodeArea] + size;
  const free = H[list];
  if (free !== 0) {
    H[list] = H[free + FreeBlock.Next];
    return free;
  }
  const block = H[RootNum.CodeTop];
  const words = classWords(size);
  if (block + words > H[RootNum.CodeLimit]) rt.onOutOfMemory(words * 4);
  H[RootNum.CodeTop] = block + words;
  H[block] = words;
  return block;
}

/** Four classes for each power of two. */
function sizeClass(nwords: number): number {
  const n = Math.max(nwords, 8) - 1;
  const log = 31 - Math.clz32(n);
  return ((log << 2) | ((n >> (log - 2)) & 3)) + 1;
}

function classWords(size: number): number {
  return (4 + (size & 3)) << ((size >> 2) - 2);
}

/** Writes one word per code unit from `to` on. */
export function expandUnits(code: Uint8Array, units: Int32Array, to: number): void {
  let extended = 0;
  const n = code.length >> 1;
  for (let i = 0; i < n;) {
    const op = code[2 * i];
    const arg = (extended << 8) | code[2 * i + 1];
    extended = op === Op.EXTENDED_ARG ? arg : 0;
    units[to + i] = op | (arg << 8);
    const caches = CACHE_COUNTS[op];
    for (let k = 1; k <= caches; k++) units[to + i + k] = 0;
    i += 1 + caches;
  }
}

/** Joins neighbours that often come together, where nothing can be seen between them. */
function joinPairs(H: Int32Array, units: number, data: CodeData): void {
  const n = data.code.length >> 1;
  for (let i = 0; i + 1 < n;) {
    const op = H[units + i] & 255;
    const pair = pairOf(op, H[units + i + 1] & 255);
    if (pair !== 0) {
      H[units + i] = (H[units + i] & ~255) | pair;
      i += 2;
    } else i += 1 + CACHE_COUNTS[op];
  }
}

function pairOf(first: number, second: number): number {
  if (first === Op.LOAD_FAST) {
    if (second === Op.LOAD_FAST) return Quick.LoadFastLoadFast;
    return second === Op.LOAD_CONST ? Quick.LoadFastLoadConst : 0;
  }
  if (first === Op.STORE_FAST) {
    if (second === Op.LOAD_FAST) return Quick.StoreFastLoadFast;
    return second === Op.STORE_FAST ? Quick.StoreFastStoreFast : 0;
  }
  return first === Op.LOAD_CONST && second === Op.LOAD_FAST ? Quick.LoadConstLoadFast : 0;
}
