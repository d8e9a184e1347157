/**
 * Definitions of what is implemented in TypeScript: methods and functions with their signatures, computed attributes,
 * member words. The registries are code: filled while modules load, indexed by descriptors in the heap.
 *
 * A native gets borrowed arguments and returns an owned result. Arguments that the caller left out are 0. A signature is
 * CPython's text signature: `append($self, object, /)`, `sort($self, /, *, key=None, reverse=False)`.
 */
import type { Owned, Ref } from '@moult/heap';
import { dictFromKeywords } from './dict/index.ts';
import type { Runtime } from './runtime.ts';
import { temp } from './temps.ts';
import { tupleFromWords } from './tuple.ts';

/** How a native wants its arguments; CPython's METH_ flags follow from it. */
export const enum NativeKind {
  /** `fn(rt, self)` */
  NoArgs = 0,
  /** `fn(rt, self, arg)` */
  OneArg = 1,
  /** `fn(rt, self, a0 … an)`: positional parameters only. */
  Positional = 2,
  /** `fn(rt, self, a0 … an)`: bound from positions and keywords. */
  Keywords = 3,
  /** `fn(rt, self, args, nargs)`: any number of positional arguments, in words from `args` on. */
  FastCall = 4,
  /** `fn(rt, self, args, nargs, kwnames)`: keyword values follow the positional ones. */
  FastCallKeywords = 5,
}

export const enum MethodFlag {
  VarArgs = 1,
  Keywords = 2,
  NoArgs = 4,
  O = 8,
  Class = 16,
  Static = 32,
  Coexist = 64,
  FastCall = 128,
}

export type NativeFunction = (rt: Runtime, self: Ref, ...args: number[]) => Owned;

export interface NativeDefinition {
  readonly index: number;
  readonly name: string;
  readonly kind: NativeKind;
  readonly fn: NativeFunction;
  /** Parameter names in order; the first `positionalOnly` cannot be given by keyword. */
  readonly parameters: readonly string[];
  readonly positionalOnly: number;
  /** Number of parameters that may be given by position. */
  readonly maxPositional: number;
  /** Number of leading parameters that must be given. */
  readonly required: number;
  readonly flags: number;
  /** `(...)` part shown as `__text_signature__`, or null. */
  readonly signature: string | null;
  readonly doc: string | null;
  /** Of a native that has its arguments held by a tuple: itself without that, for callers who have the tuple already. */
  readonly unheld?: NativeDefinition;
}

export interface GetSetDefinition {
  readonly index: number;
  readonly name: string;
  readonly get: (rt: Runtime, self: Ref) => Owned;
  readonly set: ((rt: Runtime, self: Ref, value: Ref) => void) | null;
  readonly doc: string | null;
}

export const enum MemberKind {
  /** A reference; reading an unset one gives None. */
  Object = 0,
  /** A reference; reading an unset one raises AttributeError (what `__slots__` make). */
  ObjectEx = 1,
  /** A plain number. */
  Number = 2,
  Bool = 3,
  /** A plain number without sign. */
  Unsigned = 4,
  /** The flags of a type. */
  TypeFlags = 5,
  /** A double; it is at an even word. */
  Double = 6,
}

export interface MemberDefinition {
  readonly index: number;
  readonly name: string;
  readonly kind: MemberKind;
  /** Word relative to the object. */
  readonly word: number;
  readonly readonly: boolean;
  readonly doc: string | null;
}

export const NATIVES: NativeDefinition[] = [];
export const GETSETS: GetSetDefinition[] = [];
export const MEMBERS: MemberDefinition[] = [];

interface ParsedSignature {
  name: string;
  parameters: string[];
  positionalOnly: number;
  maxPositional: number;
  required: number;
  hasSelf: boolean;
  text: string;
}

function parseSignature(signature: string): ParsedSignature {
  const open = signature.indexOf('(');
  const name = signature.slice(0, open);
  const text = signature.slice(open);
  const parsed: ParsedSignature = {
    name,
    parameters: [],
    positionalOnly: 0,
    maxPositional: -1,
    required: 0,
    hasSelf: false,
    text,
  };
  for (const part of splitParameters(text.slice(1, -1))) addParameter(parsed, part);
  if (parsed.maxPositional < 0) parsed.maxPositional = parsed.parameters.length;
  return parsed;
}

/** The parts between commas that are in no brackets. */
function splitParameters(text: string): string[] {
  if (text === '') return [];
  const parts = text.split(',').map((part) => part.trim());
  return /[([{]/.test(text) ? parts.reduce(joinBracketed, []) : parts;
}

/** Adds a part to the list, or to its last entry if that has an open bracket. */
function joinBracketed(parts: string[], part: string): string[] {
  const last = parts.at(-1) ?? '';
  const isOpen = last.replace(/[^([{]/g, '').length > last.replace(/[^)\]}]/g, '').length;
  return isOpen ? [...parts.slice(0, -1), `${last}, ${part}`] : [...parts, part];
}

function addParameter(parsed: ParsedSignature, part: string): void {
  if (part.startsWith('$')) {
    parsed.hasSelf = true;
  } else if (part === '/') {
    parsed.positionalOnly = parsed.parameters.length;
  } else if (part === '*') {
    parsed.maxPositional = parsed.parameters.length;
  } else {
    const equals = part.indexOf('=');
    parsed.parameters.push(equals < 0 ? part : part.slice(0, equals).trim());
    if (equals < 0) parsed.required = parsed.parameters.length;
  }
}

function kindOf(parsed: ParsedSignature): NativeKind {
  const count = parsed.parameters.length;
  if (count === 0) return NativeKind.NoArgs;
  if (parsed.positionalOnly < count) return NativeKind.Keywords;
  return count === 1 && parsed.required === 1 ? NativeKind.OneArg : NativeKind.Positional;
}

const KIND_FLAGS: readonly number[] = [
  MethodFlag.NoArgs,
  MethodFlag.O,
  MethodFlag.FastCall,
  MethodFlag.FastCall | MethodFlag.Keywords,
  MethodFlag.FastCall,
  MethodFlag.FastCall | MethodFlag.Keywords,
];

function register(definition: Omit<NativeDefinition, 'index'>): NativeDefinition {
  const full: NativeDefinition = { index: NATIVES.length, ...definition };
  NATIVES.push(full);
  return full;
}

/** Options of a method definition: `class` and `static` as METH_CLASS and METH_STATIC. */
export interface NativeOptions {
  readonly doc?: string;
  readonly binding?: 'class' | 'static';
  /** Replaces the wrapper of a slot of the same name, as METH_COEXIST. */
  readonly coexist?: boolean;
  /** No `__text_signature__`: the signature only tells how to bind arguments. */
  readonly unsigned?: boolean;
}

function bindingFlag(options: NativeOptions): number {
  const coexist = options.coexist === true ? MethodFlag.Coexist : 0;
  if (options.binding === undefined) return coexist;
  return coexist | (options.binding === 'class' ? MethodFlag.Class : MethodFlag.Static);
}

/** Defines a native with the parameters that `signature` names; missing optional ones arrive as 0. */
export function native(signature: string, fn: NativeFunction, options: NativeOptions = {}): NativeDefinition {
  const parsed = parseSignature(signature);
  const kind = kindOf(parsed);
  return register({
    name: parsed.name,
    kind,
    fn,
    parameters: parsed.parameters,
    positionalOnly: parsed.positionalOnly,
    maxPositional: parsed.maxPositional,
    required: parsed.required,
    flags: (KIND_FLAGS[kind] ?? 0) | bindingFlag(options),
    signature: options.unsigned === true ? null : parsed.text,
    doc: options.doc ?? null,
  });
}

/** Options of a native with raw arguments. */
interface RawOptions extends NativeOptions {
  readonly keywords?: boolean;
  readonly signature?: string;
  /** As METH_VARARGS: the arguments are held by a tuple during the call, keywords by a dict. */
  readonly tuple?: boolean;
}

/** Defines a native that takes its arguments raw: `fn(rt, self, args, nargs)`, or with `keywords` also `kwnames`. */
export function nativeRaw(name: string, fn: NativeFunction, options: RawOptions = {}): NativeDefinition {
  const unheld = options.tuple === true ? { unheld: nativeRaw(name, fn, { ...options, tuple: false }) } : {};
  const kind = options.keywords === true ? NativeKind.FastCallKeywords : NativeKind.FastCall;
  return register({
    ...unheld,
    name,
    kind,
    fn: options.tuple === true ? holdingArguments(fn) : fn,
    parameters: [],
    positionalOnly: 0,
    maxPositional: 0,
    required: 0,
    flags: (KIND_FLAGS[kind] ?? 0) | bindingFlag(options),
    signature: options.signature ?? null,
    doc: options.doc ?? null,
  });
}

/** The tuple and the dict are temporaries, which the caller of the native releases. */
function holdingArguments(fn: NativeFunction): NativeFunction {
  return (rt, self, args = 0, nargs = 0, kwnames = 0) => {
    temp(rt, tupleFromWords(rt, args, nargs));
    if (kwnames !== 0) temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
    return fn(rt, self, args, nargs, kwnames);
  };
}

/** Defines a computed attribute. */
export function getset(
  name: string,
  get: GetSetDefinition['get'],
  set: GetSetDefinition['set'] = null,
  doc: string | null = null,
): GetSetDefinition {
  const definition = { index: GETSETS.length, name, get, set, doc };
  GETSETS.push(definition);
  return definition;
}

/** Defines an attribute that is a word of the object. */
export function member(
  name: string,
  word: number,
  kind: MemberKind = MemberKind.Object,
  readonly = true,
  doc: string | null = null,
): MemberDefinition {
  const definition = { index: MEMBERS.length, name, kind, word, readonly, doc };
  MEMBERS.push(definition);
  return definition;
}
