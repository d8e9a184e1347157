/** The module `_decimal`, which `decimal` is made of. */
import { newRef, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2, callWithTuple } from '../../core/call.ts';
import { newDict } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { newBigInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { getAttrText, setAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, T } from '../../core/static.ts';
import { internText, newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleItem, tupleOf } from '../../core/tuple.ts';
import { Flag, INVALID, Round, ROUNDINGS } from '../../numeric/decimal/context.ts';
import { newVariable } from '../contextvars.ts';
import { setTake } from '../make.ts';
import { ModuleRef } from '../module-roots.ts';
import { currentContext } from './context-state.ts';
import './decimal.ts';
import { DEFAULT_SETTINGS, DEFAULT_TRAPS, newContext } from './context.ts';
import './signal-dict.ts';
import { LOCAL_SETTINGS, localContext, setContext } from './context-manager.ts';
import { CONTEXT, DECIMAL, SIGNAL_DICT_MIXIN } from './layout.ts';
import { CONDITIONS, DECIMAL_EXCEPTION, SIGNALS } from './signals.ts';

function setCurrent(rt: Runtime, _module: Ref, context: Ref): Owned {
  setContext(rt, context);
  return none();
}

/** `localcontext(ctx=None, **kwargs)` */
function local(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const settings: (readonly [string, Ref])[] = [];
  let context = nargs > 0 ? H[args] : 0;
  const named = kwnames === 0 ? 0 : H[kwnames + TupleWord.Size];
  for (let i = 0; i < named; i++) {
    const name = strText(rt, tupleItem(rt, kwnames, i));
    if (name === 'ctx') context = H[args + nargs + i];
    else if (!LOCAL_SETTINGS.includes(name))
      typeError(rt, `'${name}' is an invalid keyword argument for this function`);
    else settings.push([name, H[args + nargs + i]]);
  }
  return localContext(rt, context, settings);
}

/** The classes that CPython makes of Python's own: the mapping of signals, the tuple of `as_tuple`. @runsPython */
function makeClasses(rt: Runtime): void {
  const abc = temp(rt, rt.importModule('collections.abc'));
  const bases = temp(rt, tupleOf(rt, SIGNAL_DICT_MIXIN, temp(rt, getAttrText(rt, abc, 'MutableMapping'))));
  const args = temp(rt, tupleOf(rt, temp(rt, newStr(rt, 'SignalDict')), bases, temp(rt, newDict(rt))));
  setWord(rt, ModuleRef.DecimalSignalDict, callWithTuple(rt, T.type, args, 0));
  const collections = temp(rt, rt.importModule('collections'));
  const namedtuple = temp(rt, getAttrText(rt, collections, 'namedtuple'));
  const fields = temp(rt, newStr(rt, 'sign digits exponent'));
  const tuple = temp(rt, call2(rt, namedtuple, temp(rt, newStr(rt, 'DecimalTuple')), fields));
  setAttrText(rt, tuple, '__module__', temp(rt, newStr(rt, 'decimal')));
  setWord(rt, ModuleRef.DecimalTuple, newRef(rt, tuple));
}

/** Numbers of any kind know ours as one of them. @runsPython */
function registerNumber(rt: Runtime): void {
  const numbers = temp(rt, rt.importModule('numbers'));
  const number = temp(rt, getAttrText(rt, numbers, 'Number'));
  temp(rt, call1(rt, temp(rt, getAttrText(rt, number, 'register')), DECIMAL));
  setWord(rt, ModuleRef.DecimalRational, getAttrText(rt, numbers, 'Rational'));
}

/** What is there once, however often the module is imported anew. @runsPython */
function makeOnce(rt: Runtime): void {
  makeClasses(rt);
  registerNumber(rt);
  setWord(rt, ModuleRef.DecimalContext, newVariable(rt, 'decimal_context'));
  makeContexts(rt);
}

/** @runsPython */
function makeContexts(rt: Runtime): void {
  setWord(rt, ModuleRef.DecimalTemplate, newContext(rt, CONTEXT, DEFAULT_SETTINGS, DEFAULT_TRAPS));
  const nine = { ...DEFAULT_SETTINGS, prec: 9n };
  const all = INVALID | Flag.DivisionByZero | Flag.Overflow | Flag.Underflow | Flag.Clamped;
  setWord(rt, ModuleRef.DecimalBasic, newContext(rt, CONTEXT, { ...nine, rounding: Round.HalfUp }, all));
  setWord(rt, ModuleRef.DecimalExtended, newContext(rt, CONTEXT, nine, 0));
}

const MAX = 999999999999999999n;

defineModule({
  name: '_decimal',
  doc: 'C decimal arithmetic module',
  functions: [
    native('getcontext($module, /)', (rt) => newRef(rt, currentContext(rt)), {
      doc: 'Get the current default context.\n\n',
    }),
    native('setcontext($module, context, /)', setCurrent, { doc: 'Set a new default context.\n\n' }),
    nativeRaw('localcontext', local, { keywords: true, tuple: true, signature: '($module, /, ctx=None, **kwargs)' }),
  ],
  populate(rt, dict) {
    if (rt.words[ModuleRef.DecimalTemplate] === 0) makeOnce(rt);
    setTake(rt, dict, 'Decimal', newRef(rt, DECIMAL));
    setTake(rt, dict, 'Context', newRef(rt, CONTEXT));
    setTake(rt, dict, 'DecimalTuple', newRef(rt, rt.words[ModuleRef.DecimalTuple]));
    setTake(rt, dict, 'DecimalException', newRef(rt, DECIMAL_EXCEPTION));
    for (const { name, type } of [...SIGNALS, ...CONDITIONS]) setTake(rt, dict, name, newRef(rt, type));
    setTake(rt, dict, 'DefaultContext', newRef(rt, rt.words[ModuleRef.DecimalTemplate]));
    setTake(rt, dict, 'BasicContext', newRef(rt, rt.words[ModuleRef.DecimalBasic]));
    setTake(rt, dict, 'ExtendedContext', newRef(rt, rt.words[ModuleRef.DecimalExtended]));
    for (const name of ROUNDINGS) setTake(rt, dict, name, internText(rt, name));
    setTake(rt, dict, 'MAX_PREC', newBigInt(rt, MAX));
    setTake(rt, dict, 'MAX_EMAX', newBigInt(rt, MAX));
    setTake(rt, dict, 'MIN_EMIN', newBigInt(rt, -MAX));
    setTake(rt, dict, 'MIN_ETINY', newBigInt(rt, -1999999999999999997n));
    setTake(rt, dict, 'HAVE_THREADS', pyBool(true) as Owned);
    setTake(rt, dict, 'HAVE_CONTEXTVAR', pyBool(true) as Owned);
    setTake(rt, dict, '__version__', newStr(rt, '1.70'));
    setTake(rt, dict, '__libmpdec_version__', newStr(rt, '2.5.1'));
  },
});
