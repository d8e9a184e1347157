/** What becomes of a warning: the filters, and the registries that tell what was shown already. */
import { newRef } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictClear, dictGet, dictGetText, dictSet, dictSetText } from '../../core/dict/index.ts';
import { raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listItem, listLength } from '../../core/list.ts';
import { indexNumber, isSubclassOf, isTrue, reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { internText, strText } from '../../core/str.ts';
import { dropTemp, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps, tupleItem, tupleSize, tupleTake } from '../../core/tuple.ts';
import { isInstance, isStr, kindName } from '../../core/types.ts';
import { callMethod1 } from '../../objects/type/call-method.ts';
import { filtersVersion, ownFilters, ownOnceRegistry, warningsAttr } from './state.ts';

/** A warning that is being issued. All references are borrowed. */
export interface Warning {
  readonly category: Ref;
  /** the text that is matched: a str */
  readonly text: Ref;
  /** the instance of the category that is raised or shown */
  readonly message: Ref;
  readonly filename: Ref;
  readonly line: number;
  readonly module: Ref;
  /** a dict, None or 0 */
  readonly registry: Ref;
  /** the object that caused it, or 0 */
  readonly source: Ref;
}

/** The action that the filters say, and the filter (0: the default action). Source: CPython 3.12 get_filter. @runsPython */
export function findAction(rt: Runtime, warning: Warning): { action: Ref; item: Ref } {
  const filters = warningsAttr(rt, 'filters') || ownFilters(rt);
  if (!isInstance(rt, filters, T.list)) valueError(rt, '_warnings.filters must be a list');
  for (let i = 0; i < listLength(rt, filters); i++) {
    const item = temp(rt, newRef(rt, listItem(rt, filters, i)));
    if (!isInstance(rt, item, T.tuple) || tupleSize(rt, item) !== 5)
      valueError(rt, `_warnings.filters item ${i} isn't a 5-tuple`);
    const action = tupleItem(rt, item, 0);
    if (!isInstance(rt, action, T.str)) typeError(rt, `action must be a string, not '${kindName(rt, action)}'`);
    if (selects(rt, item, warning)) return { action, item };
    dropTemp(rt, item);
  }
  return { action: defaultAction(rt), item: 0 };
}

function selects(rt: Runtime, item: Ref, { category, text, module, line }: Warning): boolean {
  if (!matches(rt, tupleItem(rt, item, 1), text)) return false;
  if (!isSubclassOf(rt, category, tupleItem(rt, item, 2))) return false;
  if (!matches(rt, tupleItem(rt, item, 3), module)) return false;
  const wanted = indexNumber(rt, tupleItem(rt, item, 4), 0);
  return wanted === 0 || wanted === line;
}

/** A str must be equal, anything else is a compiled pattern; None matches all. */
function matches(rt: Runtime, pattern: Ref, text: Ref): boolean {
  if (pattern === S.None) return true;
  if (isStr(rt, pattern)) return strText(rt, pattern) === strText(rt, text);
  const result = temp(rt, callMethod1(rt, pattern, internText(rt, 'match'), text));
  const matched = isTrue(rt, result);
  dropTemp(rt, result);
  return matched;
}

function defaultAction(rt: Runtime): Ref {
  const action = warningsAttr(rt, 'defaultaction');
  if (action === 0) return temp(rt, internText(rt, 'default'));
  if (!isStr(rt, action)) typeError(rt, `warnings.defaultaction must be a string, not '${kindName(rt, action)}'`);
  return action;
}

/** True if `registry` has `key`; a registry of an older version of the filters is emptied first. With `enter` the key is
 *  entered. Source: CPython 3.12 already_warned. @runsPython */
export function alreadyWarned(rt: Runtime, registry: Ref, key: Ref, enter: boolean): boolean {
  if (key === 0) return false;
  const version = dictGetText(rt, registry, 'version');
  if (version === 0 || !isInstance(rt, version, T.int) || indexNumber(rt, version, 0) !== filtersVersion(rt)) {
    dictClear(rt, registry);
    const current = temp(rt, newInt(rt, filtersVersion(rt)));
    dictSetText(rt, registry, 'version', current);
    dropTemp(rt, current);
  } else {
    const known = dictGet(rt, registry, key);
    if (known !== 0 && isTrue(rt, known)) return true;
  }
  if (enter) dictSet(rt, registry, key, S.True);
  return false;
}

/** Enters the warning where its action wants it; true if it is to be shown. `key` is (text, category, line). @runsPython */
export function enterRegistries(rt: Runtime, warning: Warning, key: Ref, action: string, item: Ref): boolean {
  if (action === 'always') return true;
  const registry = warning.registry === S.None ? 0 : warning.registry;
  if (registry !== 0) dictSet(rt, registry, key, S.True);
  if (action === 'once') return !knownWithoutLine(rt, registry || onceRegistry(rt), warning);
  if (action === 'module') return registry === 0 || !knownWithoutLine(rt, registry, warning);
  if (action === 'default') return true;
  return raise(
    rt,
    T.RuntimeError,
    `Unrecognized action ('${action}') in warnings.filters:\n ${item === 0 ? '' : reprText(rt, item)}`,
  );
}

function onceRegistry(rt: Runtime): Ref {
  const registry = warningsAttr(rt, 'onceregistry');
  if (registry === 0) return ownOnceRegistry(rt);
  if (!isInstance(rt, registry, T.dict))
    typeError(rt, `_warnings.onceregistry must be a dict, not '${kindName(rt, registry)}'`);
  return registry;
}

function knownWithoutLine(rt: Runtime, registry: Ref, { text, category }: Warning): boolean {
  const key = temp(rt, tupleTake(rt, newRef(rt, text), newRef(rt, category)));
  return alreadyWarned(rt, registry, key, true);
}

/** (text, category, line): a temporary. */
export function registryKey(rt: Runtime, { text, category, line }: Warning): Ref {
  return temp(
    rt,
    tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, newRef(rt, text)),
      temp(rt, newRef(rt, category)),
      temp(rt, newInt(rt, line)),
    ),
  );
}
