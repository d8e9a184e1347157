/** Built-in functions about attributes: `getattr`, `setattr`, `delattr`, `hasattr`, `vars`, `dir`. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { none, typeError } from '../../core/errors.ts';
import { listFromIterable } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { getAttr, getAttrText, lookupAttr, setAttr } from '../../core/protocol/index.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { isStr, kindName } from '../../core/types.ts';
import { listSort } from '../../objects/list/sort/sort.ts';
import { lookupSpecial } from '../../objects/type/lookup.ts';
import { currentLocals } from './namespaces.ts';

function getattr(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  const H = rt.words;
  if (nargs < 2) typeError(rt, `getattr expected at least 2 arguments, got ${nargs}`);
  if (nargs > 3) typeError(rt, `getattr expected at most 3 arguments, got ${nargs}`);
  const name = H[args + 1];
  requireName(rt, name);
  if (nargs === 2) return getAttr(rt, H[args], name);
  const fallback = H[args + 2];
  return lookupAttr(rt, H[args], name) || newRef(rt, fallback);
}

function requireName(rt: Runtime, name: Ref): void {
  if (!isStr(rt, name)) typeError(rt, `attribute name must be string, not '${kindName(rt, name)}'`);
}

function setattr(rt: Runtime, _module: Ref, obj: Ref, name: Ref, value: Ref): Owned {
  requireName(rt, name);
  setAttr(rt, obj, name, value);
  return none();
}

function delattr(rt: Runtime, _module: Ref, obj: Ref, name: Ref): Owned {
  requireName(rt, name);
  setAttr(rt, obj, name, 0);
  return none();
}

function hasattr(rt: Runtime, _module: Ref, obj: Ref, name: Ref): Owned {
  requireName(rt, name);
  const value = lookupAttr(rt, obj, name);
  if (value !== 0) temp(rt, value);
  return pyBool(value !== 0) as Owned;
}

function vars(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  if (nargs > 1) typeError(rt, `vars expected at most 1 argument, got ${nargs}`);
  if (nargs === 0) return newRef(rt, currentLocals(rt));
  const dict = lookupAttr(rt, rt.words[args], Id.__dict__);
  return dict || typeError(rt, 'vars() argument must have __dict__ attribute');
}

function dir(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  if (nargs > 1) typeError(rt, `dir expected at most 1 argument, got ${nargs}`);
  const names = nargs === 0 ? localNames(rt) : objectNames(rt, rt.words[args]);
  temp(rt, names);
  const list = temp(rt, listFromIterable(rt, names));
  listSort(rt, list);
  return newRef(rt, list);
}

function localNames(rt: Runtime): Owned {
  if (rt.words[RootNum.CurrentFrame] === 0) typeError(rt, 'frame does not exist');
  const keys = temp(rt, getAttrText(rt, currentLocals(rt), 'keys'));
  return call0(rt, keys);
}

function objectNames(rt: Runtime, obj: Ref): Owned {
  const method = lookupSpecial(rt, obj, Id.__dir__);
  if (method === 0) typeError(rt, `object does not provide __dir__`);
  temp(rt, method);
  return call0(rt, method);
}

export const ATTRIBUTE_FUNCTIONS = [
  native('delattr($module, obj, name, /)', delattr, { doc: 'Delete the named attribute from the object.' }),
  nativeRaw('dir', dir, {
    doc: 'dir([object]) -> list of strings\n\nThe names in the scope, or of the attributes of an object.',
  }),
  nativeRaw('getattr', getattr, { doc: 'getattr(object, name[, default]) -> value\n\nGet a named attribute.' }),
  native('hasattr($module, obj, name, /)', hasattr, { doc: 'Return whether the object has the named attribute.' }),
  native('setattr($module, obj, name, value, /)', setattr, { doc: 'Set the named attribute.' }),
  nativeRaw('vars', vars, { doc: 'vars([object]) -> dictionary\n\nlocals(), or the __dict__ of an object.' }),
];
