/** The type `decimal.Context`. */

import {
  decref,
  freeObject,
  genericAlloc,
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
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { bigIntValue, floatValue, newBigInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isInt } from '../../core/types.ts';
import { etiny, etop, finish, Flag, INVALID, Round, ROUNDINGS } from '../../numeric/decimal/context.ts';
import type { Operation, Settings } from '../../numeric/decimal/context.ts';
import { isFinite, isNan, ofInteger } from '../../numeric/decimal/number.ts';
import type { Decimal } from '../../numeric/decimal/number.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { ModuleRef } from '../module-roots.ts';
import { applySettings, ARGUMENTS, attributes, flagAttribute, GETTERS } from './context-settings.ts';
import { addStatus, madeByImport, operationIn, setContextMaker, settingsOf } from './context-state.ts';
import { CONTEXT, ContextWord, SignalDictWord } from './layout.ts';
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
  const dictType = madeByImport(rt, ModuleRef.DecimalSignalDict);
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

setContextMaker((rt) => copyContext(rt, madeByImport(rt, ModuleRef.DecimalTemplate), false));

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
  genericAccess: 'get and set',
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
