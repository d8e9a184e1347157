/**
 * Size classes: small blocks come in 32 sizes of 2, 4, … 64 words, CPython's 16, 32, … 512 bytes.
 */
import { Pool, SizeClass } from '../layout/allocator.ts';

/** The class that serves blocks of `nwords` words, 1 to 64. */
export function sizeClassOf(nwords: number): number {
  return (nwords - 1) >> 1;
}

/** Words of a block of the class. */
export function classWords(sizeClass: number): number {
  return (sizeClass + 1) << 1;
}

/** Blocks that a pool of the class holds. */
export function blocksPerPool(sizeClass: number): number {
  return ((Pool.Words - Pool.Header) / classWords(sizeClass)) | 0;
}

/** Whether blocks of `nwords` words come from pools. */
export function isSmall(nwords: number): boolean {
  return (nwords - 1) >>> 0 < SizeClass.MaxWords;
}
