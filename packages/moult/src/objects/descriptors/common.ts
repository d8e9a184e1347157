/** What all descriptors of types made in TypeScript share: checks, names, messages. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { DescrWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { getset, member } from '../../core/native.ts';
import { getAttr, getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { isStr, isSubtype, kindName, typeFullName } from '../../core/types.ts';
import { qualnameOfType } from '../type/names.ts';

/** The text of a descriptor's name. */
export function descrName(rt: Runtime, descr: Ref): string {
  return strText(rt, rt.words[descr + DescrWord.Name]);
}

/** Name of the descriptor's type, as messages have it. */
export function ownerName(rt: Runtime, descr: Ref): string {
  return typeFullName(rt, rt.words[descr + DescrWord.Owner]);
}

/** Raises TypeError unless `o` is an instance of the descriptor's type. */
export function checkInstance(rt: Runtime, descr: Ref, o: Ref): void {
  const H = rt.words;
  const owner = H[descr + DescrWord.Owner];
  const type = H[o + ObjectWord.Type];
  if (type === owner || isSubtype(rt, type, owner)) return;
  wrongInstance(rt, descr, o);
}

export function wrongInstance(rt: Runtime, descr: Ref, o: Ref): never {
  typeError(
    rt,
    `descriptor '${descrName(rt, descr)}' for '${ownerName(rt, descr)}' objects doesn't apply to a '${kindName(rt, o)}' object`,
  );
}

function getQualname(rt: Runtime, descr: Ref): Owned {
  const H = rt.words;
  if (H[descr + DescrWord.Qualname] === 0) {
    const owner = temp(rt, getAttr(rt, H[descr + DescrWord.Owner], Id.__qualname__));
    if (!isStr(rt, owner)) typeError(rt, '<descriptor>.__objclass__.__qualname__ is not a unicode object');
    const text = `${strText(rt, owner)}.${descrName(rt, descr)}`;
    dropTemp(rt, owner);
    setWord(rt, descr + DescrWord.Qualname, newStr(rt, text));
  }
  return newRef(rt, H[descr + DescrWord.Qualname]);
}

function reduce(rt: Runtime, descr: Ref): Owned {
  const builtins = temp(rt, rt.importModule('builtins'));
  const getattr = temp(rt, getAttrText(rt, builtins, 'getattr'));
  const H = rt.words;
  const args = tupleTake(rt, newRef(rt, H[descr + DescrWord.Owner]), newRef(rt, H[descr + DescrWord.Name]));
  return tupleTake(rt, newRef(rt, getattr), args);
}

export { reduce as reduceDescriptor };

/** `__objclass__` and `__name__`. */
export const DESCR_MEMBERS = [member('__objclass__', DescrWord.Owner), member('__name__', DescrWord.Name)];

/** `__qualname__` */
export const DESCR_QUALNAME = getset('__qualname__', getQualname);

/** `<kind 'name' of 'type' objects>` */
export function reprOf(kind: string): (rt: Runtime, descr: Ref) => Owned {
  return (rt, descr) => newStr(rt, `<${kind} '${descrName(rt, descr)}' of '${ownerName(rt, descr)}' objects>`);
}

/** A str, or None for null. */
export function textOrNone(rt: Runtime, text: string | null): Owned {
  return text === null ? (S.None as Ref as Owned) : newStr(rt, text);
}

/** `list.append` */
export function qualifiedName(rt: Runtime, descr: Ref): string {
  return `${qualnameOfType(rt, rt.words[descr + DescrWord.Owner])}.${descrName(rt, descr)}`;
}
