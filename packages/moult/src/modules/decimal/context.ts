/** The type `decimal.Context`, its signal dicts, and the manager of `localcontext`. */
import {
  decref,
  freeObject,
  hostAdd,
  hostFree,
  LayoutKind,
  newRef,
  ObjectWord,
  TupleWord,
  TypeFlag,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictGetText, dictKeyAt, dictLength, dictNext, dictSet, newDict } from '../../core/dict/index.ts';
import { attributeError, none, overflowError, raise, typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { bigIntValue, floatValue, newBigInt, newInt } from '../../core/int.ts';
import { listItem, listLength } from '../../core/list.ts';
import { getset, native } from '../../core/native.ts';
import type { GetSetDefinition } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { getItem, iter } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isInt, isList, typeFullName } from '../../core/types.ts';
import { genericAlloc } from '@moult/heap';
import { etiny, etop, finish, Flag, INVALID, MAX_EMAX, Round, ROUNDINGS } from '../../numeric/decimal/context.ts';
import type { Operation, Settings } from '../../numeric/decimal/context.ts';
import { isFinite, isNan, ofInteger } from '../../numeric/decimal/number.ts';
import type { Decimal } from '../../numeric/decimal/number.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { ModuleRef } from '../module-roots.ts';
import {
  addStatus,
  changeSettings,
  currentContext,
  operationIn,
  setContextMaker,
  settingsOf,
} from './context-state.ts';
import { roundingOf } from './decimal.ts';
import { CONTEXT, CONTEXT_MANAGER, ContextWord, ManagerWord, SIGNAL_DICT_MIXIN, SignalDictWord } from './layout.ts';
import { convertAny, isDecimal, newDecimal, ofFloat, requireOperand } from './number.ts';
import { CONTEXT_OPERATIONS, performPower } from './operations.ts';
import { signalList, SIGNALS } from './signals.ts';

/** Settings and traps of a context made without arguments. */
export const DEFAULT_SETTINGS: Settings = {
  prec: 28n,
  rounding: Round.HalfEven,
  emin: -999999n,
  emax: 999999n,
  capitals: true,
  clamp: false,
};
export const DEFAULT_TRAPS = INVALID | Flag.DivisionByZero | Flag.Overflow;

/** A context of `type`. Its signal dicts are instances of a class made in Python. @runsPython */
export function newContext(rt: Runtime, type: Ref, settings: Settings, traps: number, status = 0): Owned {
  const H = rt.words;
  const self = temp(rt, type === CONTEXT ? genericAlloc(rt, type) : allocInstance(rt, type, 0));
  H[self + ContextWord.Settings] = hostAdd(rt, settings);
  H[self + ContextWord.TrapFlags] = traps;
  H[self + ContextWord.Status] = status;
  const dictType = H[ModuleRef.DecimalSignalDict];
  const trapDict = call0(rt, dictType);
  H[self + ContextWord.Traps] = trapDict;
  H[trapDict + SignalDictWord.Owner] = 2 * self + 1;
  const flagDict = call0(rt, dictType);
  H[self + ContextWord.Flags] = flagDict;
  H[flagDict + SignalDictWord.Owner] = 2 * self;
  return untemp(rt, self);
}

/** A copy; the first context of a thread comes without the flags of its template. */
export function copyContext(rt: Runtime, self: Ref, keepStatus: boolean): Owned {
  const H = rt.words;
  return newContext(
    rt,
    CONTEXT,
    settingsOf(rt, self),
    H[self + ContextWord.TrapFlags],
    keepStatus ? H[self + ContextWord.Status] : 0,
  );
}

setContextMaker((rt) => copyContext(rt, rt.words[ModuleRef.DecimalTemplate], false));

/** Signal dicts may live longer than their context: they are told. */
function releaseDicts(rt: Runtime, self: Ref): void {
  const H = rt.words;
  for (const word of [ContextWord.Traps, ContextWord.Flags]) {
    const dict = H[self + word];
    if (dict === 0) continue;
    H[dict + SignalDictWord.Owner] = 0;
    H[self + word] = 0;
    decref(rt, dict);
  }
}

function deallocContext(rt: Runtime, self: Ref): void {
  releaseDicts(rt, self);
  const settings = rt.words[self + ContextWord.Settings];
  if (settings !== 0) hostFree(rt, settings);
  freeObject(rt, self);
}

const SIGNAL_NAMES_ERROR =
  'valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]';

function invalidSignal(rt: Runtime, message: string): never {
  raise(rt, T.KeyError, message);
}

/** The flags of a signal's class. Raises KeyError. */
function flagsOfSignal(rt: Runtime, type: Ref): number {
  return SIGNALS.find((signal) => signal.type === type)?.flags ?? invalidSignal(rt, SIGNAL_NAMES_ERROR);
}

function flagsOfList(rt: Runtime, list: Ref): number {
  let flags = 0;
  for (let i = 0; i < listLength(rt, list); i++) flags |= flagsOfSignal(rt, listItem(rt, list, i));
  return flags;
}

/** The flags of a mapping that has every signal. Raises KeyError. @runsPython */
function flagsOfDict(rt: Runtime, dict: Ref): number {
  const m = tempMark(rt);
  if (dictLength(rt, dict) !== SIGNALS.length) invalidSignal(rt, 'invalid signal dict');
  let flags = 0;
  for (const signal of SIGNALS) {
    const value = dictItem(rt, dict, signal.type);
    if (value === 0) invalidSignal(rt, 'invalid signal dict');
    if (isTrue(rt, value)) flags |= signal.flags;
  }
  releaseTemps(rt, m);
  return flags;
}

function dictItem(rt: Runtime, dict: Ref, key: Ref): Ref {
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    if (dictKeyAt(rt, dict, i) === key) return temp(rt, getItem(rt, dict, key));
  }
  return 0;
}

/** Where a signal dict's flags lie. Raises ValueError without a context. */
function wordOfDict(rt: Runtime, self: Ref): number {
  const owner = rt.words[self + SignalDictWord.Owner];
  if (owner === 0) valueError(rt, 'invalid signal dict');
  return (owner >> 1) + ((owner & 1) === 1 ? ContextWord.TrapFlags : ContextWord.Status);
}

const flagsOfMixin = (rt: Runtime, self: Ref): number => rt.words[wordOfDict(rt, self)];

/** Sets traps or flags from a signal dict or a dict. Raises TypeError. */
function assignFlags(rt: Runtime, self: Ref, word: ContextWord, value: Ref): void {
  if (value === 0) attributeError(rt, 'context attributes cannot be deleted');
  if (isInstance(rt, value, SIGNAL_DICT_MIXIN)) rt.words[self + word] = flagsOfMixin(rt, value);
  else if (rt.words[value + ObjectWord.Type] === T.dict || isInstance(rt, value, T.dict))
    rt.words[self + word] = flagsOfDict(rt, value);
  else typeError(rt, 'argument must be a signal dict');
}

/** Traps or flags as constructor arguments: a list of signals, or a mapping. */
function initFlags(rt: Runtime, self: Ref, word: ContextWord, value: Ref): void {
  if (isList(rt, value)) rt.words[self + word] = flagsOfList(rt, value);
  else assignFlags(rt, self, word, value);
}

/** An int for a setting. Raises TypeError, OverflowError. */
function settingNumber(rt: Runtime, value: Ref): bigint {
  if (!isInt(rt, value)) typeError(rt, 'an integer is required');
  const n = bigIntValue(rt, value);
  if (BigInt.asIntN(64, n) !== n) overflowError(rt, 'Python int too large to convert to C ssize_t');
  return n;
}

type Setter = (rt: Runtime, self: Ref, value: Ref) => void;

function numberSetter(name: string, low: bigint, high: bigint, key: 'prec' | 'emin' | 'emax', range: string): Setter {
  return (rt, self, value) => {
    const n = settingNumber(rt, value);
    if (n < low || n > high) valueError(rt, `valid range for ${name} is [${range}]`);
    changeSettings(rt, self, { [key]: n });
  };
}

function flagSetter(key: 'capitals' | 'clamp'): Setter {
  return (rt, self, value) => {
    const n = settingNumber(rt, value);
    if (n !== 0n && n !== 1n) valueError(rt, `valid values for ${key} are 0 or 1`);
    changeSettings(rt, self, { [key]: n === 1n });
  };
}

const SETTERS: Readonly<Record<string, Setter>> = {
  prec: numberSetter('prec', 1n, MAX_EMAX, 'prec', '1, MAX_PREC'),
  rounding: (rt, self, value) => {
    changeSettings(rt, self, { rounding: roundingOf(rt, value) });
  },
  Emin: numberSetter('Emin', -MAX_EMAX, 0n, 'emin', 'MIN_EMIN, 0'),
  Emax: numberSetter('Emax', 0n, MAX_EMAX, 'emax', '0, MAX_EMAX'),
  capitals: flagSetter('capitals'),
  clamp: flagSetter('clamp'),
};

const GETTERS: Readonly<Record<string, (rt: Runtime, settings: Settings) => Owned>> = {
  prec: (rt, { prec }) => newBigInt(rt, prec),
  rounding: (rt, { rounding }) => newStr(rt, ROUNDINGS[rounding] ?? ''),
  Emin: (rt, { emin }) => newBigInt(rt, emin),
  Emax: (rt, { emax }) => newBigInt(rt, emax),
  capitals: (rt, { capitals }) => newInt(rt, capitals ? 1 : 0),
  clamp: (rt, { clamp }) => newInt(rt, clamp ? 1 : 0),
};

const attributes: GetSetDefinition[] = Object.entries(GETTERS).map(([name, get]) =>
  getset(
    name,
    (rt, self) => get(rt, settingsOf(rt, self)),
    (rt, self, value) => {
      if (value === 0) attributeError(rt, 'context attributes cannot be deleted');
      SETTERS[name]?.(rt, self, value);
    },
  ),
);

const flagAttribute = (name: string, dict: ContextWord, word: ContextWord): GetSetDefinition =>
  getset(
    name,
    (rt, self) => newRef(rt, rt.words[self + dict]),
    (rt, self, value) => {
      assignFlags(rt, self, word, value);
    },
  );

const ARGUMENTS = ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'];

function contextNew(rt: Runtime, type: Ref): Owned {
  const template = rt.words[ModuleRef.DecimalTemplate];
  if (template === 0) return newContext(rt, type, DEFAULT_SETTINGS, DEFAULT_TRAPS);
  return newContext(rt, type, settingsOf(rt, template), rt.words[template + ContextWord.TrapFlags]);
}

/** `Context.__init__` @runsPython */
function contextInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  const given = H[args + TupleWord.Size];
  const named = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  if (given + named > ARGUMENTS.length)
    typeError(rt, `function takes at most ${ARGUMENTS.length} arguments (${given + named} given)`);
  if (named > 0) refuseOthers(rt, kwargs, ARGUMENTS);
  const values = ARGUMENTS.map((name, i) =>
    i < given ? H[args + TupleWord.Items + i] : named === 0 ? 0 : dictGetText(rt, kwargs, name),
  );
  applySettings(rt, self, (name) => values[ARGUMENTS.indexOf(name)] ?? 0);
}

function refuseOthers(rt: Runtime, kwargs: Ref, names: readonly string[]): void {
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const name = strText(rt, dictKeyAt(rt, kwargs, i));
    if (!names.includes(name)) typeError(rt, `'${name}' is an invalid keyword argument for this function`);
  }
}

/** Sets what is given; None leaves a setting as it is. @runsPython */
function applySettings(rt: Runtime, self: Ref, valueOf: (name: string) => Ref): void {
  const present = (value: Ref): boolean => value !== 0 && value !== S.None;
  for (const name of ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp']) {
    const value = valueOf(name);
    if (present(value)) SETTERS[name]?.(rt, self, value);
  }
  const traps = valueOf('traps');
  if (present(traps)) initFlags(rt, self, ContextWord.TrapFlags, traps);
  const flags = valueOf('flags');
  if (present(flags)) initFlags(rt, self, ContextWord.Status, flags);
}

/** The signals of a context as its repr shows them: by their bits, invalid operations once. */
function namesOfFlags(flags: number): string {
  const names = new Set<string>();
  for (let bit = 1; bit <= (Flag.Underflow as number); bit <<= 1) {
    if ((flags & bit) !== 0) names.add(SIGNALS.find((signal) => (signal.flags & bit) !== 0)?.name ?? '');
  }
  return `[${[...names].join(', ')}]`;
}

function contextRepr(rt: Runtime, self: Ref): Owned {
  const { prec, rounding, emin, emax, capitals, clamp } = settingsOf(rt, self);
  const H = rt.words;
  const numbers = `Emin=${emin}, Emax=${emax}, capitals=${capitals ? 1 : 0}, clamp=${clamp ? 1 : 0}`;
  const flags = `flags=${namesOfFlags(H[self + ContextWord.Status])}, traps=${namesOfFlags(H[self + ContextWord.TrapFlags])}`;
  return newStr(rt, `Context(prec=${prec}, rounding=${ROUNDINGS[rounding]}, ${numbers}, ${flags})`);
}

function contextReduce(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const settings = settingsOf(rt, self);
  const parts = ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp'].map((name) =>
    temp(rt, GETTERS[name]?.(rt, settings) ?? none()),
  );
  const flags = temp(rt, signalList(rt, H[self + ContextWord.Status]));
  const traps = temp(rt, signalList(rt, H[self + ContextWord.TrapFlags]));
  return tupleOf(rt, H[self + ObjectWord.Type], temp(rt, tupleOf(rt, ...parts, flags, traps)));
}

/** A number rounded to a context. */
function rounded(rt: Runtime, context: Ref, op: Operation, value: Decimal): Owned {
  const { prec, clamp } = op.settings;
  const isTooLong = isNan(value) && BigInt(value.digits) > prec - (clamp ? 1n : 0n);
  const result = isTooLong ? op.invalid(Flag.ConversionSyntax) : isFinite(value) ? finish(op, value) : value;
  addStatus(rt, context, op.status);
  return newDecimal(rt, result);
}

function createDecimal(rt: Runtime, self: Ref, value: Ref): Owned {
  const op = operationIn(rt, self);
  if (value === 0) return newDecimal(rt, ofInteger(0n));
  return rounded(rt, self, op, convertAny(rt, value, op, self, false));
}

function createFromFloat(rt: Runtime, self: Ref, value: Ref): Owned {
  const op = operationIn(rt, self);
  if (isInt(rt, value)) return rounded(rt, self, op, ofInteger(bigIntValue(rt, value)));
  if (!isInstance(rt, value, T.float)) typeError(rt, 'argument must be int or float');
  return rounded(rt, self, op, ofFloat(floatValue(rt, value)));
}

function powerMethod(rt: Runtime, self: Ref, a: Ref, b: Ref, modulo: Ref): Owned {
  const x = requireOperand(rt, a);
  const y = requireOperand(rt, b);
  return performPower(rt, self, x, y, modulo === 0 || modulo === S.None ? null : requireOperand(rt, modulo));
}

function canonical(rt: Runtime, _self: Ref, x: Ref): Owned {
  if (!isDecimal(rt, x)) typeError(rt, 'argument must be a Decimal');
  return newRef(rt, x);
}

/** `ctx._apply(x)`: what `ctx.plus` is for the tests of the specification. */
function apply(rt: Runtime, self: Ref, x: Ref): Owned {
  return rounded(rt, self, operationIn(rt, self), requireOperand(rt, x));
}

const clearer =
  (word: ContextWord) =>
  (rt: Runtime, self: Ref): Owned => {
    rt.words[self + word] = 0;
    return none();
  };

defineType({
  ref: CONTEXT,
  name: 'decimal.Context',
  basicSize: 8 * ContextWord.Words,
  flags: TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  owned: [ContextWord.Traps, ContextWord.Flags],
  dealloc: deallocContext,
  doc: 'Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)\n--\n\nThe context affects almost all operations and controls rounding,\nOver/Underflow, raising of exceptions and much more.',
  slots: { new: contextNew, init: contextInit, repr: contextRepr },
  methods: [
    ...CONTEXT_OPERATIONS,
    native('canonical($self, x, /)', canonical),
    native('power($self, /, a, b, modulo=None)', powerMethod),
    native('Etiny($self, /)', (rt, self) => newBigInt(rt, etiny(settingsOf(rt, self)))),
    native('Etop($self, /)', (rt, self) => newBigInt(rt, etop(settingsOf(rt, self)))),
    native('clear_flags($self, /)', clearer(ContextWord.Status)),
    native('clear_traps($self, /)', clearer(ContextWord.TrapFlags)),
    native('copy($self, /)', (rt, self) => copyContext(rt, self, true)),
    native('__copy__()', (rt, self) => copyContext(rt, self, true), { unsigned: true }),
    native('__reduce__()', contextReduce, { unsigned: true }),
    native('_apply(x, /)', apply, { unsigned: true }),
    native('create_decimal($self, num="0", /)', createDecimal),
    native('create_decimal_from_float($self, f, /)', createFromFloat),
  ],
  getset: [
    ...attributes,
    flagAttribute('flags', ContextWord.Flags, ContextWord.Status),
    flagAttribute('traps', ContextWord.Traps, ContextWord.TrapFlags),
  ],
});

/** A dict of all signals with True or False. */
function asDict(rt: Runtime, self: Ref): Owned {
  const flags = flagsOfMixin(rt, self);
  const dict = temp(rt, newDict(rt));
  for (const signal of SIGNALS) dictSet(rt, dict, signal.type, pyBool((flags & signal.flags) !== 0));
  return untemp(rt, dict);
}

function mixinItem(rt: Runtime, self: Ref, key: Ref): Owned {
  return pyBool((flagsOfMixin(rt, self) & flagsOfSignal(rt, key)) !== 0) as Owned;
}

function setMixinItem(rt: Runtime, self: Ref, key: Ref, value: Ref): void {
  const word = wordOfDict(rt, self);
  if (value === 0) valueError(rt, 'signal keys cannot be deleted');
  const flags = flagsOfSignal(rt, key);
  if (isTrue(rt, value)) rt.words[word] |= flags;
  else rt.words[word] &= ~flags;
}

function mixinRepr(rt: Runtime, self: Ref): Owned {
  const flags = flagsOfMixin(rt, self);
  const items = SIGNALS.map(
    (signal) => `<class '${typeFullName(rt, signal.type)}'>:${(flags & signal.flags) !== 0 ? 'True' : 'False'}`,
  );
  return newStr(rt, `{${items.join(', ')}}`);
}

/** What a dict that lacks signals gives: it differs, but an empty one is an error. */
function notComparable(rt: Runtime, dict: Ref): Owned {
  if (dictLength(rt, dict) === 0) valueError(rt, 'invalid signal dict');
  return S.NotImplemented as Ref as Owned;
}

function compareMixin(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  const own = flagsOfMixin(rt, self);
  if (op !== CompareOp.Eq && op !== CompareOp.Ne) return S.NotImplemented as Ref as Owned;
  const isMixin = isInstance(rt, other, SIGNAL_DICT_MIXIN);
  if (!isMixin && !isInstance(rt, other, T.dict)) return S.NotImplemented as Ref as Owned;
  if (!isMixin && dictLength(rt, other) !== SIGNALS.length) return notComparable(rt, other);
  const flags = isMixin ? flagsOfMixin(rt, other) : flagsOfDict(rt, other);
  return pyBool((own === flags) === (op === CompareOp.Eq)) as Owned;
}

function mixinIter(rt: Runtime, self: Ref): Owned {
  wordOfDict(rt, self);
  const keys = temp(rt, tupleOf(rt, ...SIGNALS.map((signal) => signal.type)));
  const it = temp(rt, iter(rt, keys));
  const result = untemp(rt, it);
  dropTemp(rt, keys);
  return result;
}

defineType({
  ref: SIGNAL_DICT_MIXIN,
  name: 'decimal.SignalDictMixin',
  basicSize: 8 * SignalDictWord.Words,
  flags: TypeFlag.BaseType,
  slots: {
    new: (rt, type) => allocInstance(rt, type, 0),
    init: () => undefined,
    repr: mixinRepr,
    hash: null,
    richcompare: compareMixin,
    iter: mixinIter,
    mpLength: (rt, self) => (wordOfDict(rt, self) > 0 ? SIGNALS.length : 0),
    mpSubscript: mixinItem,
    mpAssSubscript: setMixinItem,
  },
  methods: [native('copy()', asDict, { unsigned: true })],
});

/** Makes `context` the running one; the templates of the module are copied. @runsPython */
export function setContext(rt: Runtime, context: Ref, write: (rt: Runtime, value: Owned) => void): void {
  if (!isInstance(rt, context, CONTEXT)) typeError(rt, 'argument must be a context');
  const templates = [ModuleRef.DecimalTemplate, ModuleRef.DecimalBasic, ModuleRef.DecimalExtended];
  const isTemplate = templates.some((word) => rt.words[word] === context);
  write(rt, isTemplate ? copyContext(rt, context, false) : newRef(rt, context));
}

/** `localcontext(ctx=None, **kwargs)` @runsPython */
export function localContext(
  rt: Runtime,
  context: Ref,
  settings: readonly (readonly [name: string, value: Ref])[],
): Owned {
  const global = currentContext(rt);
  const base = context === 0 || context === S.None ? global : context;
  if (!isInstance(rt, base, CONTEXT)) typeError(rt, 'optional argument must be a context');
  const local = temp(rt, copyContext(rt, base, true));
  const given = new Map(settings);
  applySettings(rt, local, (name) => given.get(name) ?? 0);
  const manager = genericAlloc(rt, CONTEXT_MANAGER);
  rt.words[manager + ManagerWord.Local] = newRef(rt, local);
  rt.words[manager + ManagerWord.Global] = newRef(rt, currentContext(rt));
  return manager;
}

/** The names that `localcontext` takes. */
export const LOCAL_SETTINGS: readonly string[] = ARGUMENTS;

let writeCurrent: (rt: Runtime, value: Owned) => void = () => undefined;

/** Sets how the running context is written. Only while modules load. */
export function setContextWriter(write: (rt: Runtime, value: Owned) => void): void {
  writeCurrent = write;
}

defineType({
  ref: CONTEXT_MANAGER,
  name: 'decimal.ContextManager',
  basicSize: 8 * ManagerWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  owned: [ManagerWord.Local, ManagerWord.Global],
  methods: [
    native(
      '__enter__()',
      (rt, self) => {
        setContext(rt, rt.words[self + ManagerWord.Local], writeCurrent);
        return newRef(rt, rt.words[self + ManagerWord.Local]);
      },
      { unsigned: true },
    ),
    native(
      '__exit__(type, value, traceback, /)',
      (rt, self) => {
        setContext(rt, rt.words[self + ManagerWord.Global], writeCurrent);
        return pyBool(false) as Owned;
      },
      { unsigned: true },
    ),
  ],
});
