/** Issuing a warning: through the filters to an exception, to `warnings._showwarnmsg`, or to standard error. */
import { newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, vectorcall } from '../../core/call.ts';
import { raiseTake, runtimeError, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { str } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { popArgs, pushArgs, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isInstance, isSubtype, kindName, slotOf, typeName } from '../../core/types.ts';
import { sourceLine } from '../../objects/exceptions/display/source.ts';
import { writeError } from '../sys/streams.ts';
import { alreadyWarned, enterRegistries, findAction, registryKey } from './filter.ts';
import type { Warning } from './filter.ts';
import { warningsAttr } from './state.ts';

/** Where a warning points to. `module` 0: by the file's name; `registry`: a dict, None or 0; `source`: an object or 0. */
export interface Place {
  readonly filename: Ref;
  readonly line: number;
  readonly module: Ref;
  readonly registry: Ref;
  readonly source: Ref;
}

/** Issues a warning. `message` is a text or an instance of a warning, whose class counts then. Borrows everything.
 *  @runsPython  Source: CPython 3.12 warn_explicit. */
export function issue(rt: Runtime, category: Ref, message: Ref, place: Place): void {
  const m = tempMark(rt);
  if (place.module !== S.None) issueAt(rt, category, message, place);
  releaseTemps(rt, m);
}

function issueAt(rt: Runtime, category: Ref, message: Ref, place: Place): void {
  const { registry } = place;
  if (registry !== 0 && registry !== S.None && !isInstance(rt, registry, T.dict))
    typeError(rt, "'registry' must be a dict or None");
  const module = place.module || temp(rt, moduleOfFile(rt, place.filename));
  const warning: Warning = { ...place, module, ...instantiate(rt, category, message) };
  const key = registryKey(rt, warning);
  if (registry !== 0 && registry !== S.None && alreadyWarned(rt, registry, key, false)) return;
  const { action, item } = findAction(rt, warning);
  const name = strText(rt, action);
  if (name === 'error') raiseTake(rt, newRef(rt, warning.message));
  if (name === 'ignore') return;
  if (enterRegistries(rt, warning, key, name, item)) show(rt, warning);
}

function instantiate(rt: Runtime, category: Ref, message: Ref): Pick<Warning, 'category' | 'text' | 'message'> {
  if (isInstance(rt, message, T.Warning)) {
    return { category: rt.words[message + ObjectWord.Type], text: temp(rt, str(rt, message)), message };
  }
  return { category, text: message, message: temp(rt, call1(rt, category, message)) };
}

/** The name of a module by its file, as where nobody said one. Source: CPython 3.12 normalize_module. */
function moduleOfFile(rt: Runtime, filename: Ref): Owned {
  const text = strText(rt, filename);
  if (text === '') return newStr(rt, '<unknown>');
  return text.endsWith('.py') ? newStr(rt, text.slice(0, -3)) : newRef(rt, filename);
}

/** Source: CPython 3.12 call_show_warning: `warnings` is imported only for a warning with a source. */
function show(rt: Runtime, warning: Warning): void {
  const { category, message, filename, line, source } = warning;
  const fn = warningsAttr(rt, '_showwarnmsg', source !== 0);
  if (fn === 0) return showPlainly(rt, warning);
  if (slotOf(rt, fn, TypeWord.Call) === 0) typeError(rt, 'warnings._showwarnmsg() must be set to a callable');
  const type = warningsAttr(rt, 'WarningMessage');
  if (type === 0) runtimeError(rt, 'unable to get warnings.WarningMessage');
  const number = temp(rt, newInt(rt, line));
  const base = pushArgs(rt, 7);
  rt.words.set([message, category, filename, number, S.None, S.None, source || S.None], base);
  const shown = temp(rt, vectorcall(rt, type, base, 7, 0));
  popArgs(rt, base);
  temp(rt, call1(rt, fn, shown));
}

function showPlainly(rt: Runtime, { category, text, filename, line }: Warning): void {
  const name = strText(rt, filename);
  const source = sourceLine(rt, new Map(), name, line)?.replace(/^[ \t\f]+/, '') ?? '';
  const quoted = source.trim() === '' ? '' : `  ${source}\n`;
  writeError(rt, `${name}:${line}: ${typeName(rt, category)}: ${strText(rt, text)}\n${quoted}`);
}

/** The category of a warning: of its instance, the one that is given, or UserWarning. Raises TypeError for what is none. */
export function categoryOf(rt: Runtime, message: Ref, category: Ref): Ref {
  if (isInstance(rt, message, T.Warning)) return rt.words[message + ObjectWord.Type];
  if (category === 0 || category === S.None) return T.UserWarning;
  if (!isInstance(rt, category, T.type) || !isSubtype(rt, category, T.Warning)) {
    typeError(rt, `category must be a Warning subclass, not '${kindName(rt, category)}'`);
  }
  return category;
}
