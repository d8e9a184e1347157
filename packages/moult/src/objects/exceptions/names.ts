/** AttributeError, NameError and ImportError: errors that know the name that was not found. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictCopy, dictSetText, newDict } from '../../core/dict/index.ts';
import { AttributeErrorWord, ExcWord, ImportErrorWord, NameErrorWord } from '../../core/layout/exceptions.ts';
import { member, MemberKind, native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { arg, argCount, checkKeywords, storeArgs, storeKeyword } from './arguments.ts';
import { baseStr } from './base.ts';
import { EXCEPTION_FLAGS, exceptionParts } from './layout.ts';

function attributeErrorInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  storeArgs(rt, self, args);
  checkKeywords(rt, kwargs, ['name', 'obj'], 'AttributeError');
  storeKeyword(rt, self + AttributeErrorWord.Name, kwargs, 'name');
  storeKeyword(rt, self + AttributeErrorWord.Object, kwargs, 'obj');
}

function nameErrorInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  storeArgs(rt, self, args);
  checkKeywords(rt, kwargs, ['name'], 'NameError');
  storeKeyword(rt, self + NameErrorWord.Name, kwargs, 'name');
}

function importErrorInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  storeArgs(rt, self, args);
  checkKeywords(rt, kwargs, ['name', 'path', 'name_from'], 'ImportError');
  storeKeyword(rt, self + ImportErrorWord.Name, kwargs, 'name');
  storeKeyword(rt, self + ImportErrorWord.Path, kwargs, 'path');
  storeKeyword(rt, self + ImportErrorWord.NameFrom, kwargs, 'name_from');
  setWord(rt, self + ImportErrorWord.Message, argCount(rt, args) === 1 ? newRef(rt, arg(rt, args, 0)) : 0);
}

function importErrorStr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const message = H[self + ImportErrorWord.Message];
  return message !== 0 && H[message + ObjectWord.Type] === T.str ? newRef(rt, message) : baseStr(rt, self);
}

/** The exception's dict, copied, with the named words that are set; None if there is nothing. */
function state(rt: Runtime, self: Ref, entries: readonly (readonly [string, number])[]): Owned {
  const H = rt.words;
  const dict = H[self + ExcWord.Dict];
  if (entries.every(([, word]) => H[self + word] === 0)) return newRef(rt, dict === 0 ? S.None : dict);
  const copy = dict === 0 ? newDict(rt) : dictCopy(rt, dict);
  temp(rt, copy);
  for (const [name, word] of entries) if (H[self + word] !== 0) dictSetText(rt, copy, name, H[self + word]);
  const result = newRef(rt, copy);
  dropTemp(rt, copy);
  return result;
}

function reduceWith(rt: Runtime, self: Ref, exceptionState: Owned): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  temp(rt, exceptionState);
  const type = H[self + ObjectWord.Type];
  const args = H[self + ExcWord.Args];
  const none = (exceptionState as number) === S.None;
  return releaseKeeping(rt, m, none ? tupleOf(rt, type, args) : tupleOf(rt, type, args, exceptionState));
}

/** The object is left out: it may be anything. */
function attributeErrorState(rt: Runtime, self: Ref): Owned {
  return state(rt, self, [
    ['name', AttributeErrorWord.Name],
    ['args', ExcWord.Args],
  ]);
}

function attributeErrorReduce(rt: Runtime, self: Ref): Owned {
  return reduceWith(rt, self, attributeErrorState(rt, self));
}

function importErrorReduce(rt: Runtime, self: Ref): Owned {
  const named = state(rt, self, [
    ['name', ImportErrorWord.Name],
    ['path', ImportErrorWord.Path],
    ['name_from', ImportErrorWord.NameFrom],
  ]);
  return reduceWith(rt, self, named);
}

defineType({
  ref: T.AttributeError,
  name: 'AttributeError',
  base: T.Exception,
  basicSize: 88,
  words: AttributeErrorWord.Words,
  ...exceptionParts([AttributeErrorWord.Object, AttributeErrorWord.Name]),
  doc: 'An object has no such attribute.',
  slots: { init: attributeErrorInit, str: baseStr },
  methods: [
    native('__getstate__($self, /)', attributeErrorState),
    native('__reduce__($self, /)', attributeErrorReduce),
  ],
  members: [
    member('name', AttributeErrorWord.Name, MemberKind.Object, false, 'attribute name'),
    member('obj', AttributeErrorWord.Object, MemberKind.Object, false, 'object'),
  ],
});

defineType({
  ref: T.NameError,
  name: 'NameError',
  base: T.Exception,
  basicSize: 80,
  words: NameErrorWord.Words,
  ...exceptionParts([NameErrorWord.Name]),
  doc: 'No variable has the name.',
  slots: { init: nameErrorInit, str: baseStr },
  members: [member('name', NameErrorWord.Name, MemberKind.Object, false, 'name')],
});

defineType({
  ref: T.UnboundLocalError,
  name: 'UnboundLocalError',
  base: T.NameError,
  flags: EXCEPTION_FLAGS,
  doc: 'A local variable was read before it got a value.',
  slots: { init: nameErrorInit },
});

defineType({
  ref: T.ImportError,
  name: 'ImportError',
  base: T.Exception,
  basicSize: 104,
  words: ImportErrorWord.Words,
  ...exceptionParts([ImportErrorWord.Message, ImportErrorWord.Name, ImportErrorWord.Path, ImportErrorWord.NameFrom]),
  doc: 'A module, or a name in it, cannot be imported.',
  slots: { init: importErrorInit, str: importErrorStr },
  methods: [native('__reduce__($self, /)', importErrorReduce)],
  members: [
    member('msg', ImportErrorWord.Message, MemberKind.Object, false, 'exception message'),
    member('name', ImportErrorWord.Name, MemberKind.Object, false, 'module name'),
    member('path', ImportErrorWord.Path, MemberKind.Object, false, 'module path'),
    member('name_from', ImportErrorWord.NameFrom, MemberKind.Object, false, 'name imported from module'),
  ],
});

defineType({
  ref: T.ModuleNotFoundError,
  name: 'ModuleNotFoundError',
  base: T.ImportError,
  flags: EXCEPTION_FLAGS,
  doc: 'No module has the name.',
  slots: { init: importErrorInit },
});
