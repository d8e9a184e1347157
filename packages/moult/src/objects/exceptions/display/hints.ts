/** «Did you mean …?» for names that were not found. Whatever goes wrong here is forgotten. */
import { newRef } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { LocalKind } from '../../../compiler/code-data.ts';
import { call1 } from '../../../core/call.ts';
import { dictGet, dictGetText, dictKeyAt, dictNext } from '../../../core/dict/index.ts';
import { caught, clearException, mark } from '../../../core/errors.ts';
import { AttributeErrorWord, ExcWord, ImportErrorWord, NameErrorWord } from '../../../core/layout/exceptions.ts';
import { FrameObjectWord, FrameWord, TracebackWord } from '../../../core/layout/frame.ts';
import { CodeWord } from '../../../core/layout/functions.ts';
import { listItem, listLength } from '../../../core/list.ts';
import { hasAttr } from '../../../core/protocol/index.ts';
import { Id } from '../../../core/names.ts';
import { RootRef } from '../../../core/roots.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { T } from '../../../core/static.ts';
import { strText } from '../../../core/str.ts';
import { STDLIB_MODULE_NAMES } from '../../../core/stdlib-names.ts';
import { suggest } from '../../../core/suggestions.ts';
import { releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { tupleItem, tupleSize } from '../../../core/tuple.ts';
import { isDict, isInstance, isStr } from '../../../core/types.ts';
import { frameLocals } from '../../../frames/frame-object.ts';
import { strRepr } from '../../../text/repr.ts';
import { codeDataOf } from '../../functions/code-data.ts';
import { callMethod0 } from '../../type/call-method.ts';

/** What follows the message: `. Did you mean: 'x'?` or nothing. @runsPython */
export function hint(rt: Runtime, exception: Ref): string {
  const m = mark(rt);
  try {
    if (isInstance(rt, exception, T.AttributeError)) return attributeHint(rt, exception);
    if (isInstance(rt, exception, T.NameError)) return nameHint(rt, exception);
    return isInstance(rt, exception, T.ImportError) ? importHint(rt, exception) : '';
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return '';
  }
}

function didYouMean(suggestion: string | null): string {
  return suggestion === null ? '' : `. Did you mean: ${strRepr(suggestion)}?`;
}

/** The text of a str in a word; null for anything else. */
function nameIn(rt: Runtime, word: number): string | null {
  const name = rt.words[word];
  return name !== 0 && isStr(rt, name) ? strText(rt, name) : null;
}

function attributeHint(rt: Runtime, exception: Ref): string {
  const object = rt.words[exception + AttributeErrorWord.Object];
  const name = nameIn(rt, exception + AttributeErrorWord.Name);
  return name === null || object === 0 ? '' : didYouMean(suggest(directory(rt, object), name));
}

/** `dir(o)`, sorted as Python sorts. */
function directory(rt: Runtime, o: Ref): string[] {
  const m = tempMark(rt);
  const names = temp(rt, call1(rt, T.list, temp(rt, callMethod0(rt, o, Id.__dir__))));
  const texts: string[] = [];
  for (let i = 0; i < listLength(rt, names); i++) {
    if (isStr(rt, listItem(rt, names, i))) texts.push(strText(rt, listItem(rt, names, i)));
  }
  releaseTemps(rt, m);
  return texts.sort(byCodePoint);
}

function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function importHint(rt: Runtime, exception: Ref): string {
  const name = nameIn(rt, exception + ImportErrorWord.NameFrom);
  const module = rt.words[exception + ImportErrorWord.Name];
  const modules = rt.words[RootRef.Modules];
  if (name === null || nameIn(rt, exception + ImportErrorWord.Name) === null || modules === 0 || !isDict(rt, modules))
    return '';
  const found = dictGet(rt, modules, module);
  return found === 0 ? '' : didYouMean(suggest(directory(rt, found), name));
}

function nameHint(rt: Runtime, exception: Ref): string {
  const name = nameIn(rt, exception + NameErrorWord.Name);
  const entry = lastEntry(rt, rt.words[exception + ExcWord.Traceback]);
  if (name === null || entry === 0) return '';
  const H = rt.words;
  const suggestion = nameSuggestion(rt, H[entry + TracebackWord.Frame], H[exception + NameErrorWord.Name], name);
  if (!STDLIB_MODULE_NAMES.has(name)) return didYouMean(suggestion);
  if (suggestion === null) return `. Did you forget to import ${strRepr(name)}?`;
  return `. Did you mean: ${strRepr(suggestion)}? Or did you forget to import ${strRepr(name)}?`;
}

function lastEntry(rt: Runtime, first: Ref): Ref {
  const H = rt.words;
  let entry = first;
  while (entry !== 0 && H[entry + TracebackWord.Next] !== 0) entry = H[entry + TracebackWord.Next];
  return entry;
}

/** `co_varnames`: variables of functions around it, and its own that only inner ones share, are not suggested. */
function variableNames(rt: Runtime, code: Ref): string[] {
  const kinds = codeDataOf(rt, code).localspluskinds;
  return tupleTexts(rt, rt.words[code + CodeWord.LocalsPlusNames]).filter(
    (_, i) => (kinds[i]! & LocalKind.Local) !== 0,
  );
}

/** A local variable, an attribute of `self`, a global or builtin name. */
function nameSuggestion(rt: Runtime, object: Ref, wanted: Ref, name: string): string | null {
  const H = rt.words;
  const frame = H[object + FrameObjectWord.Frame];
  const variables = variableNames(rt, H[frame + FrameWord.Code]);
  if (variables.includes('self') && selfHas(rt, frame, wanted)) return `self.${name}`;
  return (
    suggest(variables, name) ??
    suggest(keyTexts(rt, H[frame + FrameWord.Globals]), name) ??
    suggest(keyTexts(rt, H[frame + FrameWord.Builtins]), name)
  );
}

function selfHas(rt: Runtime, frame: number, wanted: Ref): boolean {
  const m = tempMark(rt);
  const self = dictGetText(rt, frameLocals(rt, frame), 'self');
  const has = self !== 0 && hasAttr(rt, temp(rt, newRef(rt, self)), wanted);
  releaseTemps(rt, m);
  return has;
}

function tupleTexts(rt: Runtime, tuple: Ref): string[] {
  return Array.from({ length: tupleSize(rt, tuple) }, (_, i) => strText(rt, tupleItem(rt, tuple, i)));
}

function keyTexts(rt: Runtime, dict: Ref): string[] {
  const texts: string[] = [];
  if (!isDict(rt, dict)) return texts;
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const key = dictKeyAt(rt, dict, i);
    if (isStr(rt, key)) texts.push(strText(rt, key));
  }
  return texts;
}
