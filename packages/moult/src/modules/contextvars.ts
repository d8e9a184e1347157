/** The module `_contextvars`. A context is a dict of variables' values, shared by its copies until one of them changes (CPython
 *  has an immutable map there); the running one is in the runtime's root. */
import {
  genericAlloc,
  LayoutKind,
  mayBeTracked,
  newRef,
  ObjectWord,
  setWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../core/call.ts';
import {
  dictContains,
  dictCopy,
  dictDelete,
  dictGet,
  dictGetText,
  dictLength,
  dictSet,
  dictSetText,
  newDict,
} from '../core/dict/index.ts';
import { caught, keyError, mark, none, raiseWithTake, runtimeError, typeError, valueError } from '../core/errors.ts';
import { defineModule } from '../core/module-spec.ts';
import { getset, member, native, nativeRaw } from '../core/native.ts';
import { CompareOp } from '../core/functions.ts';
import { hexAddress, iter, reprText, richCompare } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { dropTemp, temp, untemp } from '../core/temps.ts';
import { PASSING_NATIVES, perThreadRef } from '../core/threads.ts';
import { tupleSize } from '../core/tuple.ts';
import { defineType, moduleType } from '../core/type-spec.ts';
import { isStr } from '../core/types.ts';
import { classGetItemMethod } from '../objects/class-getitem.ts';
import { newDictView } from '../objects/dict/index.ts';
import { parseArguments } from './arguments.ts';
import { ModuleRef } from './module-roots.ts';

perThreadRef(ModuleRef.Context);

const CONTEXT = moduleType();
const CONTEXT_VAR = moduleType();
const TOKEN = moduleType();
const MISSING = moduleType();

const enum ContextWord {
  Previous = 2,
  Vars = 3,
  WeakList = 4,
  Entered = 5,
  Words = 6,
}
const enum VarWord {
  Name = 2,
  Default = 3,
  Words = 8,
}
const enum TokenWord {
  Context = 2,
  Var = 3,
  Old = 4,
  Used = 5,
  Words = 6,
}

function newContext(rt: Runtime): Owned {
  const context = genericAlloc(rt, CONTEXT);
  rt.words[context + ContextWord.Vars] = newDict(rt);
  return context;
}

/** The running context, borrowed. */
function current(rt: Runtime): Ref {
  if (rt.words[ModuleRef.Context] === 0) setWord(rt, ModuleRef.Context, newContext(rt));
  return rt.words[ModuleRef.Context];
}

function varsOf(rt: Runtime, context: Ref): Ref {
  return rt.words[context + ContextWord.Vars];
}

function copyContext(rt: Runtime, context: Ref): Owned {
  const copy = temp(rt, genericAlloc(rt, CONTEXT));
  rt.words[copy + ContextWord.Vars] = newRef(rt, varsOf(rt, context));
  return untemp(rt, copy);
}

/** `copy_context()`. */
export function copyCurrentContext(rt: Runtime): Owned {
  return copyContext(rt, current(rt));
}

/** The variables of a context for a change, borrowed: nobody else sees it. */
function ownVars(rt: Runtime, context: Ref): Ref {
  const word = context + ContextWord.Vars;
  if (rt.words[rt.words[word]] > 1) setWord(rt, word, dictCopy(rt, rt.words[word]));
  return rt.words[word];
}

/** Makes `context` the running one. Raises RuntimeError if it is entered already, TypeError if it is none. */
export function enterContext(rt: Runtime, context: Ref): void {
  const H = rt.words;
  if (H[context + ObjectWord.Type] !== CONTEXT) typeError(rt, 'an instance of Context was expected');
  if (H[context + ContextWord.Entered] !== 0)
    runtimeError(rt, `cannot enter context: ${reprText(rt, context)} is already entered`);
  const previous = newRef(rt, current(rt));
  H[context + ContextWord.Entered] = 1;
  H[context + ContextWord.Previous] = previous;
  setWord(rt, ModuleRef.Context, newRef(rt, context));
}

function runIn(rt: Runtime, context: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (nargs === 0) typeError(rt, 'run() missing 1 required positional argument');
  enterContext(rt, context);
  const m = mark(rt);
  try {
    const result = vectorcall(rt, rt.words[args], args + 1, nargs - 1, kwnames);
    leaveContext(rt, context);
    return result;
  } catch (error) {
    caught(rt, error, m);
    leaveContext(rt, context);
    throw error;
  }
}

const RUN = nativeRaw('run', runIn, { keywords: true });

/** Ends what `enterContext` began. */
export function leaveContext(rt: Runtime, context: Ref): void {
  const H = rt.words;
  const previous = H[context + ContextWord.Previous] as Owned;
  H[context + ContextWord.Previous] = 0;
  H[context + ContextWord.Entered] = 0;
  setWord(rt, ModuleRef.Context, previous);
}

PASSING_NATIVES.set(RUN, leaveContext);

/** `contextvar_check` of CPython: keys are variables. */
function requireVariable(rt: Runtime, o: Ref): void {
  if (rt.words[o + ObjectWord.Type] !== CONTEXT_VAR)
    typeError(rt, `a ContextVar key was expected, got ${reprText(rt, o)}`);
}

function contextItem(rt: Runtime, context: Ref, variable: Ref): Owned {
  requireVariable(rt, variable);
  const value = dictGet(rt, varsOf(rt, context), variable);
  return value === 0 ? keyError(rt, variable) : newRef(rt, value);
}

function contextGet(rt: Runtime, context: Ref, key: Ref, fallback: Ref): Owned {
  requireVariable(rt, key);
  return newRef(rt, dictGet(rt, varsOf(rt, context), key) || fallback || S.None);
}

/** Contexts are equal if their variables have equal values. */
function compareContexts(rt: Runtime, a: Ref, b: Ref, op: CompareOp): Owned {
  const comparable = (op === CompareOp.Eq || op === CompareOp.Ne) && rt.words[b + ObjectWord.Type] === CONTEXT;
  return comparable ? richCompare(rt, varsOf(rt, a), varsOf(rt, b), op) : newRef(rt, S.NotImplemented);
}

defineType({
  ref: CONTEXT,
  name: '_contextvars.Context',
  builtin: true,
  basicSize: 8 * ContextWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [ContextWord.Previous, ContextWord.Vars],
  weakListWord: ContextWord.WeakList,
  slots: {
    new: (rt, _type, args, kwargs) => {
      const given = tupleSize(rt, args) > 0 || (kwargs !== 0 && dictLength(rt, kwargs) > 0);
      return given ? typeError(rt, 'Context() does not accept any arguments') : newContext(rt);
    },
    hash: null,
    richcompare: compareContexts,
    iter: (rt, self) => iter(rt, varsOf(rt, self)),
    mpLength: (rt, self) => dictLength(rt, varsOf(rt, self)),
    mpSubscript: contextItem,
    sqContains: (rt, self, key) => {
      requireVariable(rt, key);
      return dictContains(rt, varsOf(rt, self), key);
    },
  },
  methods: [
    native('copy($self, /)', copyContext),
    RUN,
    native('get($self, key, default=None, /)', contextGet),
    native('keys($self, /)', (rt, self) => newDictView(rt, varsOf(rt, self), T.dictKeys)),
    native('values($self, /)', (rt, self) => newDictView(rt, varsOf(rt, self), T.dictValues)),
    native('items($self, /)', (rt, self) => newDictView(rt, varsOf(rt, self), T.dictItems)),
  ],
});

function varNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const count = tupleSize(rt, args);
  if (count === 0) typeError(rt, 'ContextVar() takes exactly 1 positional argument (0 given)');
  if (count > 1) typeError(rt, `ContextVar() takes at most 1 positional argument (${count} given)`);
  const [name = 0, fallback = 0] = parseArguments(rt, 'ContextVar', ['name', 'default'], 1, args, kwargs);
  if (!isStr(rt, name)) typeError(rt, 'context variable name must be a str');
  const variable = genericAlloc(rt, type);
  rt.words[variable + VarWord.Name] = newRef(rt, name);
  rt.words[variable + VarWord.Default] = fallback === 0 ? 0 : newRef(rt, fallback);
  if (!mayBeTracked(rt, name) && (fallback === 0 || !mayBeTracked(rt, fallback))) untrack(rt, variable);
  return variable;
}

function varGet(rt: Runtime, variable: Ref, fallback: Ref): Owned {
  const value = dictGet(rt, varsOf(rt, current(rt)), variable) || fallback || rt.words[variable + VarWord.Default];
  return value === 0 ? raiseWithTake(rt, T.LookupError, newRef(rt, variable)) : newRef(rt, value);
}

function varSet(rt: Runtime, variable: Ref, value: Ref): Owned {
  const context = current(rt);
  const token = temp(rt, genericAlloc(rt, TOKEN));
  const H = rt.words;
  const old = dictGet(rt, varsOf(rt, context), variable);
  H[token + TokenWord.Context] = newRef(rt, context);
  H[token + TokenWord.Var] = newRef(rt, variable);
  H[token + TokenWord.Old] = old === 0 ? 0 : newRef(rt, old);
  dictSet(rt, ownVars(rt, context), variable, value);
  return untemp(rt, token);
}

function varReset(rt: Runtime, variable: Ref, token: Ref): Owned {
  const H = rt.words;
  if (H[token + ObjectWord.Type] !== TOKEN) typeError(rt, `expected an instance of Token, got ${reprText(rt, token)}`);
  if (H[token + TokenWord.Used] !== 0) runtimeError(rt, `${reprText(rt, token)} has already been used once`);
  if (H[token + TokenWord.Var] !== variable)
    valueError(rt, `${reprText(rt, token)} was created by a different ContextVar`);
  if (H[token + TokenWord.Context] !== current(rt))
    valueError(rt, `${reprText(rt, token)} was created in a different Context`);
  H[token + TokenWord.Used] = 1;
  const vars = ownVars(rt, current(rt));
  if (H[token + TokenWord.Old] === 0) dictDelete(rt, vars, variable);
  else dictSet(rt, vars, variable, H[token + TokenWord.Old]);
  return none();
}

function varRepr(rt: Runtime, variable: Ref): Owned {
  const H = rt.words;
  const fallback = H[variable + VarWord.Default];
  const shown = fallback === 0 ? '' : ` default=${reprText(rt, fallback)}`;
  return newStr(rt, `<ContextVar name=${reprText(rt, H[variable + VarWord.Name])}${shown} at ${hexAddress(variable)}>`);
}

defineType({
  ref: CONTEXT_VAR,
  name: '_contextvars.ContextVar',
  builtin: true,
  basicSize: 8 * VarWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [VarWord.Name, VarWord.Default],
  slots: { new: varNew, repr: varRepr },
  methods: [
    native('get($self, default=<unrepresentable>, /)', varGet),
    native('set($self, value, /)', varSet),
    native('reset($self, token, /)', varReset),
    classGetItemMethod(),
  ],
  members: [member('name', VarWord.Name)],
});

defineType({
  ref: MISSING,
  name: 'Token.MISSING',
  builtin: true,
  basicSize: 16,
  flags: TypeFlag.DisallowInstantiation,
  slots: { repr: (rt) => newStr(rt, '<Token.MISSING>') },
});

/** The marker for «no value before», borrowed from the type. */
function missing(rt: Runtime): Ref {
  return dictGetText(rt, rt.words[TOKEN + TypeWord.Dict], 'MISSING');
}

defineType({
  ref: TOKEN,
  name: '_contextvars.Token',
  builtin: true,
  basicSize: 8 * TokenWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [TokenWord.Context, TokenWord.Var, TokenWord.Old],
  slots: {
    new: (rt) => runtimeError(rt, 'Tokens can only be created by ContextVars'),
    repr: (rt, self) => {
      const used = rt.words[self + TokenWord.Used] !== 0 ? ' used' : '';
      return newStr(rt, `<Token${used} var=${reprText(rt, rt.words[self + TokenWord.Var])} at ${hexAddress(self)}>`);
    },
  },
  methods: [classGetItemMethod()],
  members: [member('var', TokenWord.Var)],
  getset: [getset('old_value', (rt, self) => newRef(rt, rt.words[self + TokenWord.Old] || missing(rt)))],
  populate: (rt, dict) => {
    const marker = temp(rt, genericAlloc(rt, MISSING));
    dictSetText(rt, dict, 'MISSING', marker);
    dropTemp(rt, marker);
  },
});

/** A new variable, for a native module. */
export function newVariable(rt: Runtime, name: string): Owned {
  const variable = temp(rt, genericAlloc(rt, CONTEXT_VAR));
  rt.words[variable + VarWord.Name] = newStr(rt, name);
  return untemp(rt, variable);
}

/** The value of a variable in the running context, borrowed; 0 if it has none. */
export function readVariable(rt: Runtime, variable: Ref): Ref {
  return dictGet(rt, varsOf(rt, current(rt)), variable);
}

/** Sets a variable in the running context. Takes `value`. @runsPython */
export function writeVariable(rt: Runtime, variable: Ref, value: Owned): void {
  dictSet(rt, ownVars(rt, current(rt)), variable, temp(rt, value));
  dropTemp(rt, value);
}

defineModule({
  name: '_contextvars',
  doc: 'Context Variables',
  functions: [native('copy_context($module, /)', copyCurrentContext)],
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'Context', CONTEXT);
    dictSetText(rt, dict, 'ContextVar', CONTEXT_VAR);
    dictSetText(rt, dict, 'Token', TOKEN);
  },
});
