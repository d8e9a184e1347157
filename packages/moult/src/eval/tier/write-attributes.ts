/** Attributes of instances, modules and classes, where the inline cache knows them. */
import { DictWord, HeadWord, KeysWord, ObjectWord, TypeWord } from '@moult/heap';
import { ModuleWord } from '../../core/layout/functions.ts';
import { T } from '../../core/static.ts';
import { Quick } from '../../frames/quick.ts';
import { AttrCache } from '../caches.ts';
import type { Instruction } from './instruction.ts';
import { borrowed, known, stored } from './operands.ts';
import type { Writer } from './writer.ts';

/** Writes the instruction if it is one of these. */
export function writeAttributes(w: Writer, { op, arg, whole }: Instruction): boolean {
  const where = w.cache(AttrCache.Where);
  switch (op) {
    case Quick.LoadAttrValue: {
      const owner = loadOwner(w, whole);
      const held = w.name(`H[(${owner} + ${HeadWord.DictOrValues}) | 0]`);
      w.guard(`${held} < 0`);
      pushValue(w, owner, `H[(${where} - ${held}) | 0]`);
      return true;
    }
    case Quick.LoadAttrSlot: {
      const owner = loadOwner(w, whole);
      pushValue(w, owner, `H[(${owner} + ${where}) | 0]`);
      return true;
    }
    case Quick.LoadMethodValues: {
      const owner = loadOwner(w, whole);
      guardNoOwn(w, owner);
      pushMethod(w, owner, where);
      return true;
    }
    case Quick.LoadMethodPlain:
      pushMethod(w, loadOwner(w, whole), where);
      return true;
    case Quick.LoadAttrModule: {
      const owner = w.loadTop(0);
      w.guardUnit(whole);
      w.guardOnce(`H[(${owner} + ${ObjectWord.Type}) | 0] === ${T.module}`);
      const keys = w.name(`H[(H[(${owner} + ${ModuleWord.Dict}) | 0] + ${DictWord.Keys}) | 0]`);
      w.guard(`H[(${keys} + ${KeysWord.Version}) | 0] === ${w.cache(AttrCache.Version)}`);
      pushValue(w, owner, `H[(${keys} + ${where}) | 0]`, (arg & 1) !== 0);
      return true;
    }
    case Quick.LoadAttrClass: {
      const owner = w.loadTop(0);
      w.guardUnit(whole);
      w.guardOnce(`H[(${owner} + ${ObjectWord.Type}) | 0] === ${T.type}`);
      w.guardOnce(`H[(${owner} + ${TypeWord.VersionTag}) | 0] === ${w.cache(AttrCache.Version)}`);
      pushValue(w, owner, where, (arg & 1) !== 0);
      return true;
    }
    case Quick.LoadAttrClassValue: {
      const owner = loadOwner(w, whole);
      guardNoOwn(w, owner, true);
      pushValue(w, owner, where, (arg & 1) !== 0);
      return true;
    }
    case Quick.StoreAttrValue: {
      const owner = loadOwner(w, whole);
      if (w.peek(0).stored) return false;
      const held = w.name(`H[(${owner} + ${HeadWord.DictOrValues}) | 0]`);
      w.guard(`${held} < 0`);
      assign(w, owner, `(${where} - ${held}) | 0`, `orderAppend(H, (0 - ${held}) | 0, ${where});`);
      return true;
    }
    case Quick.StoreAttrSlot: {
      const owner = loadOwner(w, whole);
      if (w.peek(0).stored) return false;
      assign(w, owner, `(${owner} + ${where}) | 0`, '');
      return true;
    }
    default:
      return false;
  }
}

const typeOf = (js: string): string => `H[(${js} + ${ObjectWord.Type}) | 0]`;

/** The owner on top, of the type with the version that the cache has. */
function loadOwner(w: Writer, whole: number): string {
  const owner = w.loadTop(0);
  w.guardUnit(whole);
  w.guard(`H[(${typeOf(owner)} + ${TypeWord.VersionTag}) | 0] === ${w.cache(AttrCache.Version)}`);
  return owner;
}

/** The instance has no attribute of the name: it has no dict, and the keys that its values share do not have it. With `perhaps` that is
 *  asked only if the cache says so. */
function guardNoOwn(w: Writer, owner: string, perhaps = false): void {
  const wanted = w.name(w.cache(AttrCache.Keys), 'n');
  const keys = `H[(H[(${typeOf(owner)} + ${TypeWord.HtCachedKeys}) | 0] + ${KeysWord.Version}) | 0]`;
  const holds = `H[(${owner} + ${HeadWord.DictOrValues}) | 0] <= 0 && ${keys} === ${wanted}`;
  w.guard(perhaps ? `${wanted} === 0 || (${holds})` : holds);
}

/** Replaces the owner by a value that it, its module or its type holds; below it a null, if `asMethod`. */
function pushValue(w: Writer, owner: string, value: string, asMethod = false): void {
  const js = w.name(value);
  w.guard(`${js} !== 0`);
  if (!w.peek(0).stored) {
    w.pop();
    if (asMethod) w.push(known(0));
    w.push(borrowed(js));
    return;
  }
  w.store();
  w.emit(w.count(js));
  const depth = w.stack.length - 1;
  w.pop();
  if (asMethod) {
    w.emit(`${w.slot(depth)} = 0;`);
    w.push(stored('0'));
  }
  w.emit(`${w.slot(w.stack.length)} = ${js};`);
  w.push(stored(js));
  w.release(owner, w.stack.length);
  w.forgetGuards();
}

/** Replaces the owner by a function and the owner. */
function pushMethod(w: Writer, owner: string, place: string): void {
  const method = w.name(place);
  const operand = w.pop();
  if (!operand.stored) {
    w.push(borrowed(method));
    w.push(operand);
    return;
  }
  const depth = w.stack.length;
  w.emit(`${w.keep(w.place(depth), method)} ${w.slot(depth + 1)} = ${owner};`);
  w.push(stored(method));
  w.push(stored(owner));
}

/** STORE_ATTR with an owner that something else holds: the word gets the value; `whenNew` is done if it was empty. */
function assign(w: Writer, owner: string, word: string, whenNew: string): void {
  const depth = w.stack.length - 2;
  w.pop();
  w.store(1);
  const at = w.name(word, 'w');
  const value = w.take(w.pop(), depth);
  const old = w.name(`H[${at}]`);
  w.emit(`H[${at}] = ${value};`);
  const count = w.fresh('c');
  w.emit(`if (${old} === 0) { ${whenNew} } else {`);
  w.emit(`const ${count} = H[${old}];`);
  w.emit(
    `if (${count} > 1) H[${old}] = (${count} - 1) | 0; else if (${count} > 0) releaseReplaced(rt, frame, ${w.place(depth)}, ${old}, ${owner}, ${w.unit});`,
  );
  w.emit('}');
  // Nothing but this word and what the old value's destructor did has changed: types are the same if it was a number.
  w.forgetGuards();
}
