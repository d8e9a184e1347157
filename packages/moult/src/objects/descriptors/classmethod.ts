/** classmethod and staticmethod. */
import { LayoutKind, newRef, ObjectWord, setWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { unpackArguments } from '../../core/bind-new.ts';
import { callWithTuple } from '../../core/call.ts';
import { dictLength } from '../../core/dict/index.ts';
import { runtimeError, typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot, InitSlot } from '../../core/functions.ts';
import { ClassMethodWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { getset, member } from '../../core/native.ts';
import { lookupAttr, setAttr } from '../../core/protocol/attribute.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { allocInstance } from '../type/alloc.ts';
import { genericGetDict, genericSetDict } from '../type/instance-dict.ts';
import { newMethod } from '../functions/make.ts';
import { hasAbstractMark } from './property.ts';
import { enterStep, leaveStep } from '../../core/recursion.ts';

function callableOf(rt: Runtime, self: Ref, what: string): Ref {
  const callable = rt.words[self + ClassMethodWord.Callable];
  if (callable === 0) runtimeError(rt, `uninitialized ${what} object`);
  return callable;
}

const WRAPPED: readonly Ref[] = [Id.__module__, Id.__name__, Id.__qualname__, Id.__doc__, Id.__annotations__];

/** Takes the callable and copies its attributes (functools_wraps). @runsPython */
function wrap(rt: Runtime, self: Ref, callable: Ref): void {
  setWord(rt, self + ClassMethodWord.Callable, newRef(rt, callable));
  for (const name of WRAPPED) {
    const value = lookupAttr(rt, callable, name);
    if (value === 0) continue;
    temp(rt, value);
    setAttr(rt, self, name, value);
    dropTemp(rt, value);
  }
}

function classmethodGet(rt: Runtime, self: Ref, o: Ref, type: Ref): Owned {
  const H = rt.words;
  const callable = callableOf(rt, self, 'classmethod');
  const cls = type === 0 ? H[o + ObjectWord.Type] : type;
  const get = H[H[callable + ObjectWord.Type] + TypeWord.DescrGet];
  if (get === 0 || H[callable + ObjectWord.Type] === T.function) return newMethod(rt, callable, cls);
  enterStep(rt);
  const result = (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, callable, cls, cls);
  leaveStep(rt);
  return result;
}

function staticmethodGet(rt: Runtime, self: Ref): Owned {
  return newRef(rt, callableOf(rt, self, 'staticmethod'));
}

function staticmethodCall(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): Owned {
  return callWithTuple(rt, callableOf(rt, self, 'staticmethod'), args, kwargs);
}

function initOf(name: string): InitSlot {
  return (rt, self, args, kwargs) => {
    if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, `${name}() takes no keyword arguments`);
    wrap(rt, self, unpackArguments(rt, name, args, 1, 1)[0] as Ref);
  };
}

const MEMBERS = [member('__func__', ClassMethodWord.Callable), member('__wrapped__', ClassMethodWord.Callable)];
const GETSETS = [
  getset(
    '__isabstractmethod__',
    (rt, self) => pyBool(hasAbstractMark(rt, rt.words[self + ClassMethodWord.Callable])) as Owned,
  ),
  getset('__dict__', genericGetDict, genericSetDict),
];

function repr(kind: string): (rt: Runtime, self: Ref) => Owned {
  return (rt, self) => newStr(rt, `<${kind}(${reprText(rt, rt.words[self + ClassMethodWord.Callable])})>`);
}

const COMMON = {
  basicSize: 32,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [ClassMethodWord.Callable, ClassMethodWord.Dict],
  dictWord: ClassMethodWord.Dict,
  members: MEMBERS,
  getset: GETSETS,
} as const;

defineType({
  ref: T.classmethod,
  name: 'classmethod',
  ...COMMON,
  doc:
    'classmethod(function) -> method\n\nConvert a function to be a class method.\n\n' +
    'A class method receives the class as implicit first argument,\njust like an instance method receives the instance.',
  slots: {
    repr: repr('classmethod'),
    descrGet: classmethodGet,
    init: initOf('classmethod'),
    new: (rt, type) => allocInstance(rt, type, 0),
  },
});

defineType({
  ref: T.staticmethod,
  name: 'staticmethod',
  ...COMMON,
  doc:
    'staticmethod(function) -> method\n\nConvert a function to be a static method.\n\n' +
    'A static method does not receive an implicit first argument.',
  slots: {
    repr: repr('staticmethod'),
    call: staticmethodCall,
    descrGet: staticmethodGet,
    init: initOf('staticmethod'),
    new: (rt, type) => allocInstance(rt, type, 0),
  },
});
