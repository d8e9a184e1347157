/** What a new class tells others: `__set_name__` of its attributes, `__init_subclass__` of its parents. */
import { newRef, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call1, call2, callWithTuple } from '../../core/call.ts';
import { dictCopy, dictKeyAt, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { caught, mark, restoreException, takeException } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import { getAttr, getAttrText } from '../../core/protocol/attribute.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { kindName, typeFullName } from '../../core/types.ts';
import { lookupSpecial } from './lookup.ts';

/** Runs both hooks; `kwargs` is the class statement's keywords (a dict or 0). @runsPython */
export function runClassHooks(rt: Runtime, type: Ref, kwargs: Ref): void {
  callSetNames(rt, type);
  initSubclass(rt, type, kwargs);
}

function callSetNames(rt: Runtime, type: Ref): void {
  const m = tempMark(rt);
  const names = temp(rt, dictCopy(rt, rt.words[type + TypeWord.Dict]));
  for (let i = dictNext(rt, names, 0); i >= 0; i = dictNext(rt, names, i + 1)) {
    callSetName(rt, type, dictKeyAt(rt, names, i), dictValueAt(rt, names, i));
  }
  releaseTemps(rt, m);
}

function callSetName(rt: Runtime, type: Ref, key: Ref, value: Ref): void {
  const m = tempMark(rt);
  const hook = lookupSpecial(rt, value, Id.__set_name__);
  if (hook === 0) return;
  temp(rt, hook);
  const before = mark(rt);
  try {
    temp(rt, call2(rt, hook, type, key));
  } catch (error) {
    caught(rt, error, before);
    const note = `Error calling __set_name__ on '${kindName(rt, value)}' instance ${reprText(rt, key)} in '${typeFullName(rt, type)}'`;
    addNote(rt, note);
    throw error;
  }
  releaseTemps(rt, m);
}

/** `add_note` of the pending exception. */
function addNote(rt: Runtime, note: string): void {
  const m = tempMark(rt);
  const exception = temp(rt, takeException(rt));
  const method = temp(rt, getAttrText(rt, exception, 'add_note'));
  temp(rt, call1(rt, method, temp(rt, newStr(rt, note))));
  restoreException(rt, newRef(rt, exception));
  releaseTemps(rt, m);
}

function initSubclass(rt: Runtime, type: Ref, kwargs: Ref): void {
  const m = tempMark(rt);
  const parent = temp(rt, call2(rt, T.super, type, type));
  const hook = getAttr(rt, parent, Id.__init_subclass__);
  releaseTemps(rt, m);
  temp(rt, hook);
  temp(rt, callWithTuple(rt, hook, S.EmptyTuple, kwargs));
  releaseTemps(rt, m);
}
