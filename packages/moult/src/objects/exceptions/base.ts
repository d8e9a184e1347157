/** `BaseException`: creation, text, attributes, notes, pickling. */
import { clearWord, newRef, ObjectWord, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { dictKeyAt, dictNext, dictValueAt, newDict } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { listAppend, newList } from '../../core/list.ts';
import { getset, member, MemberKind, native } from '../../core/native.ts';
import { lookupAttrText, reprText, setAttr, setAttrText, str } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isDict, isException, isList, isStr, kindName, typeName } from '../../core/types.ts';
import { allocException, refuseKeywords, storeArgs } from './arguments.ts';
import { exceptionParts } from './layout.ts';

/** `tp_new` of most exceptions: keeps the arguments, whatever they are. */
export function baseExceptionNew(rt: Runtime, type: Ref, args: Ref, _kwargs: Ref): Owned {
  return allocException(rt, type, args);
}

/** `tp_init` of most exceptions. @runsPython */
export function baseExceptionInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  refuseKeywords(rt, rt.words[self + ObjectWord.Type], kwargs);
  storeArgs(rt, self, args);
}

function baseRepr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const name = typeName(rt, H[self + ObjectWord.Type]);
  const args = temp(rt, newRef(rt, H[self + ExcWord.Args]));
  const single = H[args + TupleWord.Size] === 1;
  const text = single ? `(${reprText(rt, H[args + TupleWord.Items])})` : reprText(rt, args);
  dropTemp(rt, args);
  return newStr(rt, name + text);
}

/** `str` of an exception: nothing, its only argument, or all of them. @runsPython */
export function baseStr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const args = temp(rt, newRef(rt, H[self + ExcWord.Args]));
  const count = H[args + TupleWord.Size];
  if (count === 0) return releaseKeeping(rt, m, newStr(rt, ''));
  return releaseKeeping(rt, m, str(rt, count === 1 ? H[args + TupleWord.Items] : args));
}

function reduce(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const dict = H[self + ExcWord.Dict];
  const args = H[self + ExcWord.Args];
  return dict === 0 ? tupleOf(rt, H[self + ObjectWord.Type], args) : tupleOf(rt, H[self + ObjectWord.Type], args, dict);
}

function setState(rt: Runtime, self: Ref, state: Ref): Owned {
  if (state === S.None) return none();
  if (!isDict(rt, state)) typeError(rt, 'state is not a dictionary');
  for (let i = dictNext(rt, state, 0); i >= 0; i = dictNext(rt, state, i + 1)) {
    const key = temp(rt, newRef(rt, dictKeyAt(rt, state, i)));
    const value = temp(rt, newRef(rt, dictValueAt(rt, state, i)));
    setAttr(rt, self, key, value);
    dropTemp(rt, value);
    dropTemp(rt, key);
  }
  return none();
}

function withTraceback(rt: Runtime, self: Ref, traceback: Ref): Owned {
  setTraceback(rt, self, traceback);
  return newRef(rt, self);
}

function addNote(rt: Runtime, self: Ref, note: Ref): Owned {
  if (!isStr(rt, note)) typeError(rt, `note must be a str, not '${kindName(rt, note)}'`);
  const found = lookupAttrText(rt, self, '__notes__');
  const notes = temp(rt, found === 0 ? newList(rt, 0) : found);
  if (found === 0) setAttrText(rt, self, '__notes__', notes);
  else if (!isList(rt, notes)) typeError(rt, 'Cannot add note: __notes__ is not a list');
  listAppend(rt, notes, note);
  dropTemp(rt, notes);
  return none();
}

function getDict(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  if (H[self + ExcWord.Dict] === 0) H[self + ExcWord.Dict] = newDict(rt);
  return newRef(rt, H[self + ExcWord.Dict]);
}

function setDict(rt: Runtime, self: Ref, value: Ref): void {
  if (value === 0) typeError(rt, 'cannot delete __dict__');
  if (!isDict(rt, value)) typeError(rt, `__dict__ must be set to a dictionary, not a '${kindName(rt, value)}'`);
  setWord(rt, self + ExcWord.Dict, newRef(rt, value));
}

function getArgs(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + ExcWord.Args] || S.None);
}

function setArgs(rt: Runtime, self: Ref, value: Ref): void {
  if (value === 0) typeError(rt, 'args may not be deleted');
  setWord(rt, self + ExcWord.Args, call1(rt, T.tuple, value));
}

function getTraceback(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + ExcWord.Traceback] || S.None);
}

function setTraceback(rt: Runtime, self: Ref, value: Ref): void {
  if (value === 0) typeError(rt, '__traceback__ may not be deleted');
  if (value === S.None) clearWord(rt, self + ExcWord.Traceback);
  else if (rt.words[value + ObjectWord.Type] === T.traceback) setWord(rt, self + ExcWord.Traceback, newRef(rt, value));
  else typeError(rt, '__traceback__ must be a traceback or None');
}

/** Checks a value for `__context__` or `__cause__`; 0 stands for None. */
function linked(rt: Runtime, value: Ref, name: string): Ref {
  if (value === 0) typeError(rt, `__${name}__ may not be deleted`);
  if (value === S.None) return 0;
  if (!isException(rt, value)) typeError(rt, `exception ${name} must be None or derive from BaseException`);
  return value;
}

function getContext(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + ExcWord.Context] || S.None);
}

function setContext(rt: Runtime, self: Ref, value: Ref): void {
  const context = linked(rt, value, 'context');
  setWord(rt, self + ExcWord.Context, context === 0 ? 0 : newRef(rt, context));
}

function getCause(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + ExcWord.Cause] || S.None);
}

function setCause(rt: Runtime, self: Ref, value: Ref): void {
  const cause = linked(rt, value, 'cause');
  setCauseTake(rt, self, cause === 0 ? (0 as Owned) : newRef(rt, cause));
}

/** Sets the cause (0: none) and suppresses the context, as `raise … from …`. Takes `cause`. @runsPython */
export function setCauseTake(rt: Runtime, exception: Ref, cause: Owned): void {
  rt.words[exception + ExcWord.SuppressContext] = 1;
  setWord(rt, exception + ExcWord.Cause, cause);
}

defineType({
  ref: T.BaseException,
  name: 'BaseException',
  basicSize: 72,
  words: ExcWord.Words,
  ...exceptionParts([]),
  doc: 'Base of all exceptions.',
  slots: { new: baseExceptionNew, init: baseExceptionInit, repr: baseRepr, str: baseStr },
  methods: [
    native('__reduce__($self, /)', reduce),
    native('__setstate__($self, state, /)', setState),
    native('with_traceback($self, tb, /)', withTraceback, { doc: 'Sets __traceback__ and returns the exception.' }),
    native('add_note($self, note, /)', addNote, { doc: 'Adds a line that is shown after the message.' }),
  ],
  members: [member('__suppress_context__', ExcWord.SuppressContext, MemberKind.Bool, false)],
  getset: [
    getset('__dict__', getDict, setDict),
    getset('args', getArgs, setArgs),
    getset('__traceback__', getTraceback, setTraceback),
    getset('__context__', getContext, setContext, 'exception context'),
    getset('__cause__', getCause, setCause, 'exception cause'),
  ],
});
