/**
 * Keeps the slots of class statements' types in step with their special methods: at the making of a type, and whenever a
 * special method is assigned or deleted. Source: CPython 3.12 update_one_slot, fixup_slot_dispatchers, update_slot.
 */
import { ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictGetInterned } from '../../core/dict/index.ts';
import { FixedSlot, slotIndex } from '../../core/functions.ts';
import { BuiltinWord, DescrWord } from '../../core/layout/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { isSubtype } from '../../core/types.ts';
import { slotCall } from './dispatch/basic.ts';
import { findInMro, forEachSubclass } from './lookup.ts';
import { SLOT_DEFS } from './slotdefs.ts';
import { isNewWrapper } from './new-wrapper.ts';

/** Sets every slot of a new type. */
export function fixupSlots(rt: Runtime, type: Ref): void {
  let i = 0;
  while (i < SLOT_DEFS.length) i = updateOneSlot(rt, type, i);
}

/** Chooses the function for the slot of row `first`; returns the row after the slot's last one. */
export function updateOneSlot(rt: Runtime, type: Ref, first: number): number {
  const H = rt.words;
  const word = SLOT_DEFS[first].word;
  let specific = 0;
  let generic = 0;
  let useGeneric = false;
  let row = first;
  for (; row < SLOT_DEFS.length && SLOT_DEFS[row].word === word; row++) {
    const def = SLOT_DEFS[row];
    const descr = findInMro(rt, type, def.name);
    if (descr === 0) {
      if (word === TypeWord.IterNext) specific = FixedSlot.NextNotImplemented;
    } else if (H[descr + ObjectWord.Type] === T.wrapperDescriptor && H[descr + DescrWord.Name] === def.name) {
      if (isOnlySlot(rt, type, def.name, word)) generic = def.dispatcher;
      const wrapped = H[descr + DescrWord.Wrapped];
      const fits = SLOT_DEFS[H[descr + DescrWord.Definition]].wrap === def.wrap;
      if ((specific === 0 || specific === wrapped) && fits && isSubtype(rt, type, H[descr + DescrWord.Owner])) {
        specific = wrapped;
      } else useGeneric = true;
    } else if (
      word === TypeWord.New &&
      H[descr + ObjectWord.Type] === T.builtinFunction &&
      isNewWrapper(H[descr + BuiltinWord.Native])
    ) {
      specific = H[type + TypeWord.New];
    } else if (word === TypeWord.Hash && descr === (S.None as number)) {
      specific = FixedSlot.HashNotImplemented;
    } else {
      useGeneric = true;
      generic = def.dispatcher;
      if (word === TypeWord.Call && generic === slotIndex(slotCall))
        H[type + TypeWord.Flags] &= ~TypeFlag.HaveVectorcall;
    }
  }
  H[type + word] = specific !== 0 && !useGeneric ? specific : generic;
  return row;
}

/** Rows by name. */
const ROWS = new Map<Ref, number[]>();
for (const def of SLOT_DEFS) {
  const rows = ROWS.get(def.name);
  if (rows === undefined) ROWS.set(def.name, [def.index]);
  else rows.push(def.index);
}

/** False if another slot than `word` is the only filled one among those that the name stands for (resolve_slotdups). */
function isOnlySlot(rt: Runtime, type: Ref, name: Ref, word: number): boolean {
  let only = 0;
  for (const row of ROWS.get(name) ?? []) {
    const candidate = SLOT_DEFS[row].word;
    if (rt.words[type + candidate] === 0) continue;
    if (only !== 0) return true;
    only = candidate;
  }
  return only === 0 || only === word;
}

/** After the type's attribute `name` was set or deleted: updates the slots it stands for, here and in subclasses that
 *  inherit it. `name` is interned. */
export function updateSlot(rt: Runtime, type: Ref, name: Ref): void {
  const rows = ROWS.get(name);
  if (rows !== undefined) updateSubclasses(rt, type, name, rows.map(firstRow));
}

/** The first row of the slot that `row` belongs to. */
function firstRow(row: number): number {
  while (row > 0 && SLOT_DEFS[row - 1].word === SLOT_DEFS[row].word) row--;
  return row;
}

function updateSubclasses(rt: Runtime, type: Ref, name: Ref, rows: readonly number[]): void {
  for (const row of rows) updateOneSlot(rt, type, row);
  forEachSubclass(rt, type, (_rt, subclass) => {
    const dict = rt.words[subclass + TypeWord.Dict];
    if (dictGetInterned(rt, dict, name) === 0) updateSubclasses(rt, subclass, name, rows);
  });
}

/** All slots of the type and its subclasses: after a change of bases (update_all_slots). */
export function updateAllSlots(rt: Runtime, type: Ref): void {
  fixupSlots(rt, type);
  forEachSubclass(rt, type, updateAllSlots);
}
