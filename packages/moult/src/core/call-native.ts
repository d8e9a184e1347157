/** Calling natives: checks the arguments against the definition, with CPython's messages, and releases temporaries. */
import { TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from './errors.ts';
import { NativeKind, readSignature } from './native.ts';
import type { NativeDefinition } from './native.ts';
import type { Runtime } from './runtime.ts';
import { strText } from './str.ts';
import { popArgs, pushArgs, releaseKeeping, tempMark } from './temps.ts';

/** Calls the native with `self` and raw arguments (laid out as for `vectorcall`). @runsPython */
export function callNative(
  rt: Runtime,
  def: NativeDefinition,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: Ref,
): Owned {
  const mark = tempMark(rt);
  return releaseKeeping(rt, mark, invoke(rt, def, self, args, nargs, kwnames));
}

function invoke(rt: Runtime, def: NativeDefinition, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (kwnames !== 0 && rt.words[kwnames + TupleWord.Size] === 0) kwnames = 0;
  switch (def.kind) {
    case NativeKind.NoArgs:
      refuseKeywords(rt, def, kwnames, self);
      if (nargs !== 0) typeError(rt, `${qualified(rt, def, self)}() takes no arguments (${nargs} given)`);
      return def.fn(rt, self);
    case NativeKind.OneArg:
      refuseKeywords(rt, def, kwnames, self);
      if (nargs !== 1) typeError(rt, `${qualified(rt, def, self)}() takes exactly one argument (${nargs} given)`);
      return def.fn(rt, self, rt.words[args]);
    case NativeKind.Positional:
      refuseKeywords(rt, def, kwnames, self);
      checkPositional(rt, def, nargs);
      return invokePositional(rt, def, self, args, nargs);
    case NativeKind.Keywords:
      return invokeKeywords(rt, def, self, args, nargs, kwnames);
    case NativeKind.FastCall:
      refuseKeywords(rt, def, kwnames, self);
      return def.fn(rt, self, args, nargs);
    case NativeKind.FastCallKeywords:
      return def.fn(rt, self, args, nargs, kwnames);
    default:
      readSignature(def);
      return invoke(rt, def, self, args, nargs, kwnames);
  }
}

/** `list.append`, or `len` for a function of a module: what CPython's messages call it. */
function qualified(rt: Runtime, def: NativeDefinition, self: Ref): string {
  return rt.qualifiedNativeName(def, self);
}

function refuseKeywords(rt: Runtime, def: NativeDefinition, kwnames: Ref, self: Ref): void {
  if (kwnames !== 0) typeError(rt, `${qualified(rt, def, self)}() takes no keyword arguments`);
}

function checkPositional(rt: Runtime, def: NativeDefinition, nargs: number): void {
  const max = def.parameters.length;
  if (nargs < def.required) {
    const least = def.required === max ? '' : 'at least ';
    typeError(
      rt,
      `${def.name} expected ${least}${def.required} argument${def.required === 1 ? '' : 's'}, got ${nargs}`,
    );
  }
  if (nargs > max) {
    const most = def.required === max ? '' : 'at most ';
    typeError(rt, `${def.name} expected ${most}${max} argument${max === 1 ? '' : 's'}, got ${nargs}`);
  }
}

/** Calls with arguments read from words; those beyond `nargs` are 0. */
function invokePositional(rt: Runtime, def: NativeDefinition, self: Ref, args: number, nargs: number): Owned {
  const H = rt.words;
  const a = nargs > 0 ? H[args] : 0;
  const b = nargs > 1 ? H[args + 1] : 0;
  const c = nargs > 2 ? H[args + 2] : 0;
  const d = nargs > 3 ? H[args + 3] : 0;
  switch (def.parameters.length) {
    case 1:
      return def.fn(rt, self, a);
    case 2:
      return def.fn(rt, self, a, b);
    case 3:
      return def.fn(rt, self, a, b, c);
    case 4:
      return def.fn(rt, self, a, b, c, d);
    case 5:
      return def.fn(rt, self, a, b, c, d, nargs > 4 ? H[args + 4] : 0);
    case 6:
      return def.fn(rt, self, a, b, c, d, nargs > 4 ? H[args + 4] : 0, nargs > 5 ? H[args + 5] : 0);
    default:
      return invokeMany(rt, def, self, args, nargs);
  }
}

function invokeMany(rt: Runtime, def: NativeDefinition, self: Ref, args: number, nargs: number): Owned {
  const values: number[] = [];
  for (let i = 0; i < def.parameters.length; i++) values.push(i < nargs ? rt.words[args + i] : 0);
  return def.fn(rt, self, ...values);
}

/** Binds keywords to parameters in a fresh row of argument words. */
function invokeKeywords(
  rt: Runtime,
  def: NativeDefinition,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: Ref,
): Owned {
  const H = rt.words;
  const count = def.parameters.length;
  const base = pushArgs(rt, count);
  bindKeywords(rt, def, args, nargs, kwnames, base);
  const result =
    count <= 6 ? invokePositional(rt, def, self, base, count) : def.fn(rt, self, ...H.subarray(base, base + count));
  popArgs(rt, base);
  return result;
}

/** Writes one word per parameter to `base`…; 0 where nothing was given. Raises TypeError as _PyArg_UnpackKeywords. */
export function bindKeywords(
  rt: Runtime,
  def: NativeDefinition,
  args: number,
  nargs: number,
  kwnames: Ref,
  base: number,
): void {
  const H = rt.words;
  const count = def.parameters.length;
  const nkw = kwnames === 0 ? 0 : H[kwnames + TupleWord.Size];
  checkCount(rt, def, nargs, nkw);
  for (let i = 0; i < count; i++) H[base + i] = i < nargs ? H[args + i] : 0;
  let unbound = -1;
  for (let k = 0; k < nkw; k++) {
    const i = parameterIndex(rt, def, H[kwnames + TupleWord.Items + k]);
    if (i < nargs) unbound = unbound < 0 ? k : unbound;
    else H[base + i] = H[args + nargs + k];
  }
  for (let i = nargs; i < def.required; i++) {
    if (H[base + i] === 0) missing(rt, def, i, nargs);
  }
  if (unbound >= 0) refuseKeyword(rt, def, H[kwnames + TupleWord.Items + unbound]);
}

/** The parameter that a keyword names; −1 if none. */
function parameterIndex(rt: Runtime, def: NativeDefinition, name: Ref): number {
  return def.parameters.indexOf(strText(rt, name), def.positionalOnly);
}

function refuseKeyword(rt: Runtime, def: NativeDefinition, keyword: Ref): never {
  const name = strText(rt, keyword);
  const i = parameterIndex(rt, def, keyword);
  if (i < 0) typeError(rt, `'${name}' is an invalid keyword argument for ${def.name}()`);
  typeError(rt, `argument for ${def.name}() given by name ('${name}') and position (${i + 1})`);
}

function checkCount(rt: Runtime, def: NativeDefinition, nargs: number, nkw: number): void {
  const count = def.parameters.length;
  if (nargs + nkw > count) {
    const word = nargs === 0 ? 'keyword ' : '';
    typeError(
      rt,
      `${def.name}() takes at most ${count} ${word}argument${count === 1 ? '' : 's'} (${nargs + nkw} given)`,
    );
  }
  if (nargs > def.maxPositional) {
    if (def.maxPositional === 0) typeError(rt, `${def.name}() takes no positional arguments`);
    const how = def.required < def.maxPositional ? 'at most' : 'exactly';
    typeError(
      rt,
      `${def.name}() takes ${how} ${def.maxPositional} positional argument${def.maxPositional === 1 ? '' : 's'} (${nargs} given)`,
    );
  }
}

function missing(rt: Runtime, def: NativeDefinition, i: number, nargs: number): never {
  if (i < def.positionalOnly) {
    const how = def.required < def.maxPositional ? 'at least' : 'exactly';
    typeError(
      rt,
      `${def.name}() takes ${how} ${def.required} positional argument${def.required === 1 ? '' : 's'} (${nargs} given)`,
    );
  }
  typeError(rt, `${def.name}() missing required argument '${def.parameters[i]}' (pos ${i + 1})`);
}
