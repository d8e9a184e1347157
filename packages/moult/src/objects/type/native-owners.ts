/** Which built-in type a native is a method of: filled when types are made ready, the same for all runtimes. */
import type { Ref } from '@moult/heap';

export const NATIVE_OWNERS = new Map<number, Ref>();
