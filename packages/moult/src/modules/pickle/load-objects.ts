/** The opcodes that make objects by calls and give them their state. */
import { newRef, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2, callWithTuple } from '../../core/call.ts';
import { dictKeyAt, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { CallSlot } from '../../core/functions.ts';
import { getAttrText, lookupAttrText, setAttr, setItem } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { internTake, newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { isDict, isTuple, isType, kindName, typeFullName } from '../../core/types.ts';
import { decodeBytes } from '../../objects/bytes/codecs.ts';
import { latin1Text } from '../../text/bytes-case.ts';
import { lookUp } from './find-class.ts';
import { UnpicklerWord } from './layout.ts';
import { pop, popMark, popTuple, push, stackSize, top, underflow, unpicklingError } from './loader.ts';
import type { Loader } from './loader.ts';
import { isPlainStr } from './names.ts';

/** A line that is a name, on the temporaries' stack. */
function lineName(l: Loader, encoding: string): Ref {
  const line = l.input.line();
  return temp(l.rt, decodeBytes(l.rt, line.subarray(0, -1), encoding, 'strict'));
}

export function loadGlobal(l: Loader): void {
  const m = tempMark(l.rt);
  const module = lineName(l, 'utf-8');
  const name = lineName(l, 'utf-8');
  push(l, releaseKeeping(l.rt, m, lookUp(l, module, name)));
}

export function loadStackGlobal(l: Loader): void {
  const m = tempMark(l.rt);
  const name = pop(l);
  const module = pop(l);
  if (!isPlainStr(l.rt, name) || !isPlainStr(l.rt, module)) unpicklingError(l.rt, 'STACK_GLOBAL requires str');
  push(l, releaseKeeping(l.rt, m, lookUp(l, module, name)));
}

/** Makes an object of a class of Python 2's kind: not by `__init__` if there are no arguments.
 *  Source: CPython 3.12 instantiate. @runsPython */
function instantiate(rt: Runtime, cls: Ref, args: Ref): Owned {
  if (tupleSize(rt, args) > 0 || !isType(rt, cls)) return callWithTuple(rt, cls, args, 0);
  const initArgs = lookupAttrText(rt, cls, '__getinitargs__');
  if (initArgs !== 0) {
    temp(rt, initArgs);
    return callWithTuple(rt, cls, args, 0);
  }
  return call1(rt, temp(rt, getAttrText(rt, cls, '__new__')), cls);
}

export function loadObj(l: Loader): void {
  const { rt } = l;
  const start = popMark(l);
  if (stackSize(l) - start < 1) underflow(l);
  const m = tempMark(rt);
  const args = temp(rt, popTuple(l, start + 1));
  const cls = pop(l);
  push(l, releaseKeeping(rt, m, instantiate(rt, cls, args)));
}

export function loadInst(l: Loader): void {
  const { rt } = l;
  const start = popMark(l);
  const m = tempMark(rt);
  const module = lineName(l, 'ascii');
  const name = lineName(l, 'ascii');
  const cls = temp(rt, lookUp(l, module, name));
  const args = temp(rt, popTuple(l, start));
  push(l, releaseKeeping(rt, m, instantiate(rt, cls, args)));
}

/** `cls.__new__(cls, *args)`, with `**kwargs` if `extended`. Source: CPython 3.12 load_newobj. @runsPython */
export function loadNewObject(l: Loader, extended: boolean): void {
  const { rt } = l;
  const m = tempMark(rt);
  const kwargs = extended ? pop(l) : 0;
  const args = pop(l);
  const cls = pop(l);
  const name = extended ? 'NEWOBJ_EX' : 'NEWOBJ';
  if (!isType(rt, cls)) unpicklingError(rt, `${name} class argument must be a type, not ${kindName(rt, cls)}`);
  const slot = rt.words[cls + TypeWord.New];
  if (slot === 0) unpicklingError(rt, `${name} class argument '${typeFullName(rt, cls)}' doesn't have __new__`);
  if (!isTuple(rt, args)) unpicklingError(rt, `${name} args argument must be a tuple, not ${kindName(rt, args)}`);
  if (extended && !isDict(rt, kwargs)) {
    unpicklingError(rt, `${name} kwargs argument must be a dict, not ${kindName(rt, kwargs)}`);
  }
  push(l, releaseKeeping(rt, m, (SLOT_FUNCTIONS[slot] as CallSlot)(rt, cls, args, kwargs)));
}

export function loadReduce(l: Loader): void {
  const { rt } = l;
  const m = tempMark(rt);
  const args = pop(l);
  const callable = pop(l);
  if (!isTuple(rt, args)) typeError(rt, 'argument list must be a tuple');
  push(l, releaseKeeping(rt, m, callWithTuple(rt, callable, args, 0)));
}

/** Gives the object below the top the state on top. Source: CPython 3.12 load_build. @runsPython */
export function loadBuild(l: Loader): void {
  const { rt } = l;
  if (stackSize(l) - 2 < l.fence) underflow(l);
  const m = tempMark(rt);
  const state = pop(l);
  const o = temp(rt, newRef(rt, top(l)));
  const setState = lookupAttrText(rt, o, '__setstate__');
  if (setState !== 0) temp(rt, call1(rt, temp(rt, setState), state));
  else if (isTuple(rt, state) && tupleSize(rt, state) === 2) {
    setAttributes(rt, o, tupleItem(rt, state, 0));
    setSlots(rt, o, tupleItem(rt, state, 1));
  } else setAttributes(rt, o, state);
  releaseTemps(rt, m);
}

/** Into `__dict__`, with interned names. */
function setAttributes(rt: Runtime, o: Ref, state: Ref): void {
  if (state === S.None) return;
  if (!isDict(rt, state)) unpicklingError(rt, 'state is not a dictionary');
  const m = tempMark(rt);
  const dict = temp(rt, getAttrText(rt, o, '__dict__'));
  for (let i = dictNext(rt, state, 0); i >= 0; i = dictNext(rt, state, i + 1)) {
    let name = newRef(rt, dictKeyAt(rt, state, i));
    if (isPlainStr(rt, name)) name = internTake(rt, name);
    temp(rt, name);
    setItem(rt, dict, name, dictValueAt(rt, state, i));
    dropTemp(rt, name);
  }
  releaseTemps(rt, m);
}

function setSlots(rt: Runtime, o: Ref, state: Ref): void {
  if (state === S.None) return;
  if (!isDict(rt, state)) unpicklingError(rt, 'slot state is not a dictionary');
  for (let i = dictNext(rt, state, 0); i >= 0; i = dictNext(rt, state, i + 1)) {
    setAttr(rt, o, dictKeyAt(rt, state, i), dictValueAt(rt, state, i));
  }
}

function persistentLoad(l: Loader, pid: Ref): Owned {
  const { rt, self } = l;
  const H = rt.words;
  const load = H[self + UnpicklerWord.PersLoad];
  return H[self + UnpicklerWord.PersBound] === 0 ? call1(rt, load, pid) : call2(rt, load, self, pid);
}

function requirePersistentLoad(l: Loader): void {
  if (l.rt.words[l.self + UnpicklerWord.PersLoad] !== 0) return;
  unpicklingError(
    l.rt,
    'A load persistent id instruction was encountered, but no persistent_load function was specified.',
  );
}

export function loadPersId(l: Loader): void {
  const { rt } = l;
  requirePersistentLoad(l);
  const line = l.input.line();
  const text = latin1Text(line.subarray(0, -1));

  if (!/^[\0-\x7f]*$/.test(text)) unpicklingError(rt, 'persistent IDs in protocol 0 must be ASCII strings');
  const m = tempMark(rt);
  push(l, releaseKeeping(rt, m, persistentLoad(l, temp(rt, newStr(rt, text)))));
}

export function loadBinPersId(l: Loader): void {
  const { rt } = l;
  requirePersistentLoad(l);
  const m = tempMark(rt);
  push(l, releaseKeeping(rt, m, persistentLoad(l, pop(l))));
}
