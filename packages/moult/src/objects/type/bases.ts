/** Choosing among bases: the metaclass, the base that decides the layout; and assigning `__bases__`. */
import { decref, newRef, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { isTuple, isSubtype, isType, kindName, typeFullName } from '../../core/types.ts';
import type { Runtime } from '../../core/runtime.ts';
import { temp, untemp } from '../../core/temps.ts';
import { requireCompatible } from '../object/class-assignment.ts';
import { checkSettable } from './getsets.ts';
import { forEachSubclass, typeModified } from './lookup.ts';
import { tupleItems } from './mro.ts';
import { invokeMro } from './mro-invoke.ts';
import { solidBase } from './solid-base.ts';
import { addToBases, removeSubclass } from './subclasses.ts';
import { updateAllSlots } from './update-slots.ts';

/** The most derived of `metatype` and the bases' types. Raises TypeError when there is none. */
export function calculateMetaclass(rt: Runtime, metatype: Ref, bases: Ref): Ref {
  const H = rt.words;
  let winner = metatype;
  for (const base of tupleItems(rt, bases)) {
    const candidate = H[base + 1];
    if (isSubtype(rt, winner, candidate)) continue;
    if (!isSubtype(rt, candidate, winner)) {
      typeError(
        rt,
        'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
      );
    }
    winner = candidate;
  }
  return winner;
}

/** The base whose layout the new type's instances extend. Raises TypeError for bases that do not fit together. */
export function bestBase(rt: Runtime, bases: Ref): Ref {
  const H = rt.words;
  let winner = 0;
  let best = 0;
  for (const base of tupleItems(rt, bases)) {
    if (!isType(rt, base)) typeError(rt, 'bases must be types');
    if ((H[base + TypeWord.Flags] & TypeFlag.BaseType) === 0) {
      typeError(rt, `type '${typeFullName(rt, base)}' is not an acceptable base type`);
    }
    const candidate = solidBase(rt, base);
    if (winner === 0) {
      winner = candidate;
      best = base;
    } else if (isSubtype(rt, winner, candidate)) continue;
    else if (isSubtype(rt, candidate, winner)) {
      winner = candidate;
      best = base;
    } else typeError(rt, 'multiple bases have instance lay-out conflict');
  }
  return best;
}

/** The setter of `__bases__`. @runsPython (a metaclass's `mro()`) */
export function assignBases(rt: Runtime, type: Ref, value: Ref): void {
  const H = rt.words;
  checkSettable(rt, type, value, '__bases__');
  checkBases(rt, type, value);
  const newBase = bestBase(rt, value);
  requireCompatible(rt, H[type + TypeWord.Base], newBase, '__bases__');
  const oldBases = temp(rt, H[type + TypeWord.Bases] as Owned);
  const oldBase = temp(rt, H[type + TypeWord.Base] as Owned);
  H[type + TypeWord.Bases] = newRef(rt, value);
  H[type + TypeWord.Base] = newRef(rt, newBase);
  try {
    mroHierarchy(rt, type);
  } catch (error) {
    restoreBases(rt, type, value, newBase, oldBases, oldBase);
    throw error;
  }
  for (const base of tupleItems(rt, oldBases)) removeSubclass(rt, base, type);
  addToBases(rt, type);
  updateAllSlots(rt, type);
  decref(rt, untemp(rt, oldBase));
  decref(rt, untemp(rt, oldBases));
}

/** Puts the old bases back unless a metaclass's `mro()` has changed them meanwhile. The temporaries keep references of
 *  their own from here on. */
function restoreBases(rt: Runtime, type: Ref, bases: Ref, base: Ref, oldBases: Ref, oldBase: Ref): void {
  const H = rt.words;
  if (H[type + TypeWord.Bases] !== bases || H[type + TypeWord.Base] !== base) return;
  H[type + TypeWord.Bases] = newRef(rt, oldBases);
  H[type + TypeWord.Base] = newRef(rt, oldBase);
  decref(rt, bases);
  decref(rt, base);
}

function checkBases(rt: Runtime, type: Ref, value: Ref): void {
  const name = typeFullName(rt, type);
  if (!isTuple(rt, value)) typeError(rt, `can only assign tuple to ${name}.__bases__, not ${kindName(rt, value)}`);
  const bases = tupleItems(rt, value);
  if (bases.length === 0) typeError(rt, `can only assign non-empty tuple to ${name}.__bases__, not ()`);
  for (const base of bases) {
    if (!isType(rt, base)) typeError(rt, `${name}.__bases__ must be tuple of classes, not '${kindName(rt, base)}'`);
    if (isSubtype(rt, base, type) || isInBaseChain(rt, base, type))
      typeError(rt, 'a __bases__ item causes an inheritance cycle');
  }
}

/** Whether `type` is `base` or a base's base: a `mro()` that assigns bases itself sees them before the new MROs. */
function isInBaseChain(rt: Runtime, base: Ref, type: Ref): boolean {
  const H = rt.words;
  if (H[base + TypeWord.Mro] === 0) return false;
  let t = base;
  while (t !== 0 && t !== type) t = H[t + TypeWord.Base];
  return t === type;
}

/** Computes the MROs of a type and all its subclasses anew; when one fails, those set before are put back. */
function mroHierarchy(rt: Runtime, type: Ref): void {
  const H = rt.words;
  const changed: [type: Ref, old: Ref][] = [];
  const visit = (_rt: Runtime, t: Ref): void => {
    const before = H[t + TypeWord.Mro];
    const order = invokeMro(rt, t);
    if (H[t + TypeWord.Mro] !== before) return drop(rt, order);
    changed.push([t, before === 0 ? 0 : temp(rt, before as Owned)]);
    H[t + TypeWord.Mro] = order;
    typeModified(rt, t);
    const subclasses: Ref[] = [];
    forEachSubclass(rt, t, (_r, s) => subclasses.push(s));
    for (const subclass of subclasses) visit(rt, subclass);
  };
  try {
    visit(rt, type);
  } catch (error) {
    for (const [t, old] of changed) {
      const now = H[t + TypeWord.Mro];
      H[t + TypeWord.Mro] = old === 0 ? 0 : newRef(rt, old);
      typeModified(rt, t);
      decref(rt, now);
    }
    throw error;
  }
  for (const [, old] of changed.reverse()) if (old !== 0) decref(rt, untemp(rt, old));
}

/** An order that was computed while `mro()` itself assigned the bases: the newer one stays. */
function drop(rt: Runtime, order: Owned): void {
  decref(rt, order);
}
