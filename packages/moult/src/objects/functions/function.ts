/** The type `function`. */
import {
  clearWeakrefs,
  clearWord,
  freeObject,
  newRef,
  ObjectWord,
  setWord,
  TupleWord,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSet, newDict } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import type { VectorcallSlot } from '../../core/functions.ts';
import { CodeWord, FunctionWord } from '../../core/layout/functions.ts';
import { getset, member, native } from '../../core/native.ts';
import { callNativeWithTuple } from '../../core/call-native-tuple.ts';
import { hexAddress } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isDict, isStr, isTuple, kindName } from '../../core/types.ts';
import { callSpreadTo } from '../descriptors/method.ts';
import { orderedLayout } from '../ordered-layout.ts';
import { genericGetDict, genericSetDict } from '../type/instance-dict.ts';
import { freeCount } from './code-data.ts';
import { newFunction, newMethod } from './make.ts';
import { temp, untemp } from '../../core/temps.ts';

let runFunction: VectorcallSlot = () => {
  throw new Error('the evaluation loop is not installed');
};

/** The evaluation loop says how Python functions are called. Only while modules load. */
export function installFunctionVectorcall(fn: VectorcallSlot): void {
  runFunction = fn;
}

function functionVectorcall(rt: Runtime, fn: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  return runFunction(rt, fn, args, nargs, kwnames);
}

/** Specialised calls must look again: a new version is given on demand. */
function changed(rt: Runtime, fn: Ref): void {
  rt.words[fn + FunctionWord.VersionTag] = 0;
}

function setCode(rt: Runtime, fn: Ref, value: Ref): void {
  const H = rt.words;
  if (value === 0 || H[value + ObjectWord.Type] !== T.code) typeError(rt, '__code__ must be set to a code object');
  const free = freeCount(rt, value);
  const closure = H[fn + FunctionWord.Closure];
  const have = closure === 0 ? 0 : H[closure + TupleWord.Size];
  if (have !== free) {
    const name = strText(rt, H[fn + FunctionWord.Name]);
    valueError(rt, `${name}() requires a code object with ${have} free vars, not ${free}`);
  }
  changed(rt, fn);
  setWord(rt, fn + FunctionWord.Code, newRef(rt, value));
}

/** A getter and setter of a str. */
function textAttribute(name: string, word: number): ReturnType<typeof getset> {
  return getset(
    name,
    (rt, fn) => newRef(rt, rt.words[fn + word]),
    (rt, fn, value) => {
      if (value === 0 || !isStr(rt, value)) typeError(rt, `${name} must be set to a string object`);
      setWord(rt, fn + word, newRef(rt, value));
    },
  );
}

function setDefaults(rt: Runtime, fn: Ref, value: Ref): void {
  const given = value === S.None ? 0 : value;
  if (given !== 0 && !isTuple(rt, given)) typeError(rt, '__defaults__ must be set to a tuple object');
  changed(rt, fn);
  setWord(rt, fn + FunctionWord.Defaults, given === 0 ? 0 : newRef(rt, given));
}

function setKwDefaults(rt: Runtime, fn: Ref, value: Ref): void {
  const given = value === S.None ? 0 : value;
  if (given !== 0 && !isDict(rt, given)) typeError(rt, '__kwdefaults__ must be set to a dict object');
  changed(rt, fn);
  setWord(rt, fn + FunctionWord.KwDefaults, given === 0 ? 0 : newRef(rt, given));
}

/** The compiler leaves a tuple of names and values: a dict is made when somebody asks. */
function getAnnotations(rt: Runtime, fn: Ref): Owned {
  const H = rt.words;
  const word = fn + FunctionWord.Annotations;
  if (H[word] === 0) H[word] = newDict(rt);
  else if (H[H[word] + ObjectWord.Type] === T.tuple) setWord(rt, word, dictOfPairs(rt, H[word]));
  return newRef(rt, H[word]);
}

function dictOfPairs(rt: Runtime, pairs: Ref): Owned {
  const H = rt.words;
  const dict = temp(rt, newDict(rt));
  const start = pairs + TupleWord.Items;
  for (let i = 0; i < H[pairs + TupleWord.Size]; i += 2) dictSet(rt, dict, H[start + i], H[start + i + 1]);
  return untemp(rt, dict);
}

function setAnnotations(rt: Runtime, fn: Ref, value: Ref): void {
  const given = value === S.None ? 0 : value;
  if (given !== 0 && !isDict(rt, given)) typeError(rt, '__annotations__ must be set to a dict object');
  changed(rt, fn);
  setWord(rt, fn + FunctionWord.Annotations, given === 0 ? 0 : newRef(rt, given));
}

function setTypeParams(rt: Runtime, fn: Ref, value: Ref): void {
  if (value === 0 || !isTuple(rt, value)) typeError(rt, '__type_params__ must be set to a tuple');
  setWord(rt, fn + FunctionWord.TypeParams, newRef(rt, value));
}

function orNone(word: number): (rt: Runtime, fn: Ref) => Owned {
  return (rt, fn) => newRef(rt, rt.words[fn + word] || S.None);
}

function functionRepr(rt: Runtime, fn: Ref): Owned {
  return newStr(rt, `<function ${strText(rt, rt.words[fn + FunctionWord.Qualname])} at ${hexAddress(fn)}>`);
}

function functionGet(rt: Runtime, fn: Ref, o: Ref, _type: Ref): Owned {
  return o === 0 || o === (S.None as number) ? newRef(rt, fn) : newMethod(rt, fn, o);
}

const NEW = native('function(code, globals, name=None, argdefs=None, closure=None)', makeFunction);

function makeFunction(rt: Runtime, _self: Ref, code: Ref, globals: Ref, name: Ref, defaults: Ref, closure: Ref): Owned {
  const H = rt.words;
  if (H[code + ObjectWord.Type] !== T.code)
    typeError(rt, `function() argument 'code' must be code, not ${argumentName(rt, code)}`);
  if (!isDict(rt, globals))
    typeError(rt, `function() argument 'globals' must be dict, not ${argumentName(rt, globals)}`);
  const given = (o: Ref): Ref => (o === S.None ? 0 : o);
  if (given(name) !== 0 && !isStr(rt, name)) typeError(rt, 'arg 3 (name) must be None or string');
  if (given(defaults) !== 0 && !isTuple(rt, defaults)) typeError(rt, 'arg 4 (defaults) must be None or tuple');
  checkClosure(rt, code, given(closure), closure);
  const fn = newFunction(rt, code, globals);
  if (given(name) !== 0) setWord(rt, fn + FunctionWord.Name, newRef(rt, name));
  if (given(defaults) !== 0) H[fn + FunctionWord.Defaults] = newRef(rt, defaults);
  if (given(closure) !== 0) H[fn + FunctionWord.Closure] = newRef(rt, closure);
  return fn;
}

function checkClosure(rt: Runtime, code: Ref, closure: Ref, given: Ref): void {
  const H = rt.words;
  const free = freeCount(rt, code);
  if (closure === 0) {
    if (free !== 0) typeError(rt, 'arg 5 (closure) must be tuple');
    return;
  }
  if (!isTuple(rt, given))
    typeError(rt, free === 0 ? 'arg 5 (closure) must be None or tuple' : 'arg 5 (closure) must be tuple');
  const size = H[closure + TupleWord.Size];
  if (size !== free) {
    valueError(rt, `${strText(rt, H[code + CodeWord.Name])} requires closure of length ${free}, not ${size}`);
  }
  for (let i = 0; i < size; i++) {
    const cell = H[closure + TupleWord.Items + i];
    if (H[cell + ObjectWord.Type] !== T.cell)
      typeError(rt, `arg 5 (closure) expected cell, found ${kindName(rt, cell)}`);
  }
}

const CLEARED: readonly number[] = [
  FunctionWord.Globals,
  FunctionWord.Builtins,
  FunctionWord.Module,
  FunctionWord.Defaults,
  FunctionWord.KwDefaults,
  FunctionWord.Doc,
  FunctionWord.Dict,
  FunctionWord.Closure,
  FunctionWord.Annotations,
  FunctionWord.TypeParams,
];

/** `tp_clear`: code, name and qualified name stay for as long as the function can be called.
 *  Source: CPython 3.12 func_clear. @runsPython */
function clearFunction(rt: Runtime, fn: Ref): void {
  changed(rt, fn);
  for (let i = 0; i < CLEARED.length; i++) clearWord(rt, fn + CLEARED[i]);
  const H = rt.words;
  setWord(rt, fn + FunctionWord.Name, S.EmptyStr as Ref as Owned);
  if (H[fn + FunctionWord.Qualname] !== 0) setWord(rt, fn + FunctionWord.Qualname, S.EmptyStr as Ref as Owned);
}

/** Source: CPython 3.12 func_dealloc. */
function deallocFunction(rt: Runtime, fn: Ref): void {
  untrack(rt, fn);
  clearWeakrefs(rt, fn);
  for (let i = 0; i < CLEARED.length; i++) clearWord(rt, fn + CLEARED[i]);
  clearWord(rt, fn + FunctionWord.Code);
  clearWord(rt, fn + FunctionWord.Name);
  clearWord(rt, fn + FunctionWord.Qualname);
  freeObject(rt, fn);
}

defineType({
  ref: T.function,
  name: 'function',
  basicSize: 144,
  flags: TypeFlag.HaveGc | TypeFlag.MethodDescriptor,
  layout: orderedLayout('function', [
    FunctionWord.Code,
    FunctionWord.Globals,
    FunctionWord.Builtins,
    FunctionWord.Module,
    FunctionWord.Defaults,
    FunctionWord.KwDefaults,
    FunctionWord.Doc,
    FunctionWord.Name,
    FunctionWord.Dict,
    FunctionWord.Closure,
    FunctionWord.Annotations,
    FunctionWord.TypeParams,
    FunctionWord.Qualname,
  ]),
  weakListWord: FunctionWord.WeakList,
  dictWord: FunctionWord.Dict,
  clear: clearFunction,
  dealloc: deallocFunction,
  slots: {
    repr: functionRepr,
    call: (rt, fn, args, kwargs) => callSpreadTo(rt, functionVectorcall, fn, args, kwargs),
    instanceVectorcall: functionVectorcall,
    descrGet: functionGet,
    new: (rt, _type, args, kwargs) => callNativeWithTuple(rt, NEW, 0, args, kwargs),
  },
  members: [
    member('__closure__', FunctionWord.Closure),
    member('__doc__', FunctionWord.Doc, 0, false),
    member('__globals__', FunctionWord.Globals),
    member('__module__', FunctionWord.Module, 0, false),
    member('__builtins__', FunctionWord.Builtins),
  ],
  getset: [
    getset('__code__', orNone(FunctionWord.Code), setCode),
    getset('__defaults__', orNone(FunctionWord.Defaults), setDefaults),
    getset('__kwdefaults__', orNone(FunctionWord.KwDefaults), setKwDefaults),
    getset('__annotations__', getAnnotations, setAnnotations),
    getset('__dict__', genericGetDict, genericSetDict),
    textAttribute('__name__', FunctionWord.Name),
    textAttribute('__qualname__', FunctionWord.Qualname),
    getset(
      '__type_params__',
      (rt, fn) => newRef(rt, rt.words[fn + FunctionWord.TypeParams] || S.EmptyTuple),
      setTypeParams,
    ),
  ],
  doc:
    'function(code, globals, name=None, argdefs=None, closure=None)\n--\n\nCreate a function object.\n\n' +
    '  code\n    a code object\n  globals\n    the globals dictionary\n  name\n    a string that overrides the name from the code object\n' +
    '  argdefs\n    a tuple that specifies the default argument values\n  closure\n    a tuple that supplies the bindings for free variables',
});
