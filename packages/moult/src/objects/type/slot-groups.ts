/**
 * The slots of a class statement's new type: as `fixupSlots` sets them, but without looking for each of the hundred special
 * methods in every class. Most classes define few, so most slots are those of the base.
 *
 * Slots that share a name (`__add__` is addition and concatenation) belong to one _group_. What a group gets depends on
 * what its names are in the MRO, so it is the same for all types that define none of them and have the same bases.
 */
import { DictKeysKind, DictWord, KeysInfo, KeysWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictKeyAt, dictNext } from '../../core/dict/index.ts';
import { StrState, StrWord } from '../../core/layout/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { SLOT_DEFS } from './slotdefs.ts';
import { fixupSlots, updateOneSlot } from './update-slots.ts';

/** The first row of each slot (ascending), and the slots' `TypeWord`s. */
class Group {
  readonly rows: number[] = [];
  readonly words: number[] = [];
}

/** All groups, and those that a name belongs to: made for the first class. */
class Groups {
  readonly all: readonly Group[];
  readonly of: ReadonlyMap<Ref, Group>;
  /** Calls have a flag besides their slot: it is always set anew. */
  readonly calls: Group;

  constructor() {
    const byWord = new Map<number, Group>();
    const byName = new Map<Ref, Group>();
    for (const { word, name } of SLOT_DEFS) {
      const group = byWord.get(word) ?? byName.get(name) ?? new Group();
      const other = byName.get(name);
      if (other !== undefined && other !== group) join(byName, byWord, other, group);
      byWord.set(word, group);
      byName.set(name, group);
    }
    SLOT_DEFS.forEach(({ word }, row) => {
      const group = byWord.get(word);
      if (group === undefined || group.words.includes(word)) return;
      group.rows.push(row);
      group.words.push(word);
    });
    this.all = [...new Set(byWord.values())];
    this.of = byName;
    this.calls = byWord.get(TypeWord.Call) ?? new Group();
  }
}

function join(byName: Map<Ref, Group>, byWord: Map<number, Group>, other: Group, group: Group): void {
  for (const [name, its] of byName) if (its === other) byName.set(name, group);
  for (const [word, its] of byWord) if (its === other) byWord.set(word, group);
}

let made: Groups | undefined;

/** What groups have in types without methods of their own, by their base, which is a built-in type and so never changes. */
const inBuiltins = new Map<Ref, Map<Group, readonly number[]>>();

/** Sets every slot of a new type whose dict and MRO are complete. */
export function setNewSlots(rt: Runtime, type: Ref): void {
  const base = rt.words[type + TypeWord.Base];
  made ??= new Groups();
  const own = ownGroups(rt, made, type);
  if (own === null || !extendsMro(rt, type, base) || isChangeable(rt, base)) fixupSlots(rt, type);
  else if (rt.words[base + TypeWord.DefinitionIndex] === 0) setLikeClass(rt, made.all, type, base, own);
  else setLikeBuiltin(rt, made.all, type, base, own);
}

/** A type that is not made by a class statement, and whose attributes can be set: its slots are its own. */
function isChangeable(rt: Runtime, base: Ref): boolean {
  const H = rt.words;
  return H[base + TypeWord.DefinitionIndex] !== 0 && (H[base + TypeWord.Flags] & TypeFlag.ImmutableType) === 0;
}

function setLikeClass(rt: Runtime, groups: readonly Group[], type: Ref, base: Ref, own: ReadonlySet<Group>): void {
  const H = rt.words;
  for (const group of groups) {
    if (own.has(group)) compute(rt, type, group);
    else for (const word of group.words) H[type + word] = H[base + word];
  }
}

function setLikeBuiltin(rt: Runtime, groups: readonly Group[], type: Ref, base: Ref, own: ReadonlySet<Group>): void {
  const H = rt.words;
  let known = inBuiltins.get(base);
  if (known === undefined) inBuiltins.set(base, (known = new Map<Group, readonly number[]>()));
  for (const group of groups) {
    const values = own.has(group) ? undefined : known.get(group);
    if (values === undefined) {
      compute(rt, type, group);
      if (!own.has(group))
        known.set(
          group,
          group.words.map((word) => H[type + word]),
        );
    } else values.forEach((value, i) => (H[type + group.words[i]] = value));
  }
}

function compute(rt: Runtime, type: Ref, group: Group): void {
  for (const row of group.rows) updateOneSlot(rt, type, row);
}

/** The groups that the type has methods for in its own dict; null if that has keys that are no interned strings. */
function ownGroups(rt: Runtime, groups: Groups, type: Ref): ReadonlySet<Group> | null {
  const H = rt.words;
  const dict = H[type + TypeWord.Dict];
  if (H[H[dict + DictWord.Keys] + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General) return null;
  const own = new Set([groups.calls]);
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const key = dictKeyAt(rt, dict, i);
    if ((H[key + StrWord.State] & StrState.Interned) === 0) return null;
    const group = groups.of.get(key);
    if (group !== undefined) own.add(group);
  }
  return own;
}

/** Whether the type's MRO is that of `base` after the type itself. */
function extendsMro(rt: Runtime, type: Ref, base: Ref): boolean {
  const H = rt.words;
  const mro = H[type + TypeWord.Mro];
  const inherited = H[base + TypeWord.Mro];
  const count = H[inherited + TupleWord.Size];
  if (H[mro + TupleWord.Size] !== count + 1) return false;
  for (let i = 0; i < count; i++)
    if (H[mro + TupleWord.Items + 1 + i] !== H[inherited + TupleWord.Items + i]) return false;
  return true;
}
