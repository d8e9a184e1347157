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
import { parseSignature } from './signature.ts';
import { temp } from './temps.ts';
import { tupleFromWords } from './tuple.ts';

/** How a native wants its arguments. */
export const enum NativeKind {
  /** Not known yet: the signature has not been read (`readSignature`). */
  Unread = -1,
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

/** What a method is bound to, and whether it gives way to a slot; CPython's METH_ flags. */
export const enum MethodFlag {
  Class = 16,
  Static = 32,
  Coexist = 64,
}

export type NativeFunction = (rt: Runtime, self: Ref, ...args: number[]) => Owned;

/** Thousands are made while a process starts, of which a program calls few: so the signature is only read by the first call.
 *  One shape for all of them, as calls read their fields. */
export class NativeDefinition {
  kind: NativeKind;
  /** Parameter names in order; the first `positionalOnly` cannot be given by keyword. */
  parameters: readonly string[] = NO_PARAMETERS;
  positionalOnly = 0;
  /** Number of parameters that may be given by position. */
  maxPositional = 0;
  /** Number of leading parameters that must be given. */
  required = 0;
  readonly index: number;
  readonly name: string;
  readonly fn: NativeFunction;
  readonly flags: number;
  /** `(...)` part shown as `__text_signature__`, or null. */
  readonly signature: string | null;
  readonly doc: string | null;
  /** How arguments are bound: `(...)`; empty for a native that takes them raw. */
  readonly binding: string;
  /** Of a native that has its arguments held by a tuple: itself without that, for callers who have the tuple already. */
  readonly unheld: NativeDefinition | null;

  constructor(
    name: string,
    kind: NativeKind,
    fn: NativeFunction,
    binding: string,
    signature: string | null,
    options: NativeOptions,
    unheld: NativeDefinition | null = null,
  ) {
    this.index = NATIVES.length;
    this.name = name;
    this.kind = kind;
    this.fn = fn;
    this.flags = bindingFlag(options);
    this.signature = signature;
    this.doc = options.doc ?? null;
    this.binding = binding;
    this.unheld = unheld;
    NATIVES.push(this);
  }
}

const NO_PARAMETERS: readonly string[] = [];

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

/** Makes `kind`, `parameters` and the numbers of them known. */
export function readSignature(def: NativeDefinition): void {
  const { parameters, positionalOnly, maxPositional, required } = parseSignature(def.binding);
  def.parameters = parameters;
  def.positionalOnly = positionalOnly;
  def.maxPositional = maxPositional;
  def.required = required;
  def.kind = kindOf(parameters.length, positionalOnly, required);
}

function kindOf(count: number, positionalOnly: number, required: number): NativeKind {
  if (count === 0) return NativeKind.NoArgs;
  if (positionalOnly < count) return NativeKind.Keywords;
  return count === 1 && required === 1 ? NativeKind.OneArg : NativeKind.Positional;
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
  const open = signature.indexOf('(');
  const binding = signature.slice(open);
  const shown = options.unsigned === true ? null : binding;
  return new NativeDefinition(signature.slice(0, open), NativeKind.Unread, fn, binding, shown, options);
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
  const unheld = options.tuple === true ? nativeRaw(name, fn, { ...options, tuple: false }) : null;
  const kind = options.keywords === true ? NativeKind.FastCallKeywords : NativeKind.FastCall;
  const held = options.tuple === true ? holdingArguments(fn) : fn;
  return new NativeDefinition(name, kind, held, '', options.signature ?? null, options, unheld);
}

/** The tuple and the dict are temporaries, which the caller of the native releases; the native gets the dict too, or 0. */
function holdingArguments(fn: NativeFunction): NativeFunction {
  return (rt, self, args = 0, nargs = 0, kwnames = 0) => {
    temp(rt, tupleFromWords(rt, args, nargs));
    const keywords = kwnames === 0 ? 0 : temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
    return fn(rt, self, args, nargs, kwnames, keywords);
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
