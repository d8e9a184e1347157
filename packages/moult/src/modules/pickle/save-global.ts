/** Saving classes, functions and whatever else is found by its module and name. */
import type { Ref } from '@moult/heap';
import { dictGet } from '../../core/dict/index.ts';
import { caught, clearException, mark } from '../../core/errors.ts';
import { isSafeInt, safeIntValue } from '../../core/int.ts';
import { reprText, strTextOf } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isInt } from '../../core/types.ts';
import { PicklerWord } from './layout.ts';
import { deepAttribute, dottedPath, globalName, moduleOf, translated } from './names.ts';
import { Op } from './opcodes.ts';
import { saveReduced } from './save-reduce.ts';
import { memoize, picklingError } from './saver.ts';
import type { Saver } from './saver.ts';
import { Shared, shared } from './shared.ts';

/** Saves `o` under `name`, or under its own. Source: CPython 3.12 save_global. @runsPython */
export function saveGlobal(s: Saver, o: Ref, name: Ref = 0): void {
  const { rt } = s;
  const m = tempMark(rt);
  const global = name === 0 ? temp(rt, globalName(rt, o)) : name;
  const globalText = strTextOf(rt, global);
  const path = dottedPath(rt, 0, globalText);
  const module = temp(rt, moduleOf(rt, o, path));
  const parent = checkFound(rt, o, module, globalText, path);
  if (s.proto < 2 || !saveExtension(s, o, strTextOf(rt, module), globalText)) {
    const last = path.length === 1 ? global : temp(rt, newStr(rt, path.at(-1) as string));
    saveByName(s, module, parent === 0 ? last : global, parent, last);
    memoize(s, o);
  }
  releaseTemps(rt, m);
}

/** Looks whether the name leads to `o`. Returns what has the last part of the path as attribute; 0: the module itself. */
function checkFound(rt: Runtime, o: Ref, module: Ref, name: string, path: readonly string[]): Ref {
  const fail = (what: string): never => picklingError(rt, `Can't pickle ${reprText(rt, o)}: ${what}`);
  const moduleName = strTextOf(rt, module);
  const imported = importOrZero(rt, moduleName);
  if (imported === 0) fail(`import of module ${reprText(rt, module)} failed`);
  const attribute = deepAttribute(rt, imported, path);
  if (attribute === null) return fail(`attribute lookup ${name} on ${moduleName} failed`);
  if (attribute.found !== o) fail(`it's not the same object as ${moduleName}.${name}`);
  return attribute.parent === imported ? 0 : attribute.parent;
}

function importOrZero(rt: Runtime, name: string): Ref {
  const m = mark(rt);
  try {
    return temp(rt, rt.importModule(name));
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return 0;
  }
}

/** True if the global is registered under a code (`copyreg.add_extension`), which then is saved. */
function saveExtension(s: Saver, o: Ref, module: string, name: string): boolean {
  const { rt, out } = s;
  const key = temp(rt, tupleOf(rt, temp(rt, newStr(rt, module)), temp(rt, newStr(rt, name))));
  const found = dictGet(rt, shared(rt, Shared.ExtensionRegistry), key);
  if (found === 0) return false;
  const fail = (what: string): never => picklingError(rt, `Can't pickle ${reprText(rt, o)}: extension code ${what}`);
  if (!isInt(rt, found)) fail(`${reprText(rt, found)} isn't an integer`);
  const code = isSafeInt(rt, found) ? safeIntValue(rt, found) : 0;
  if (code <= 0 || code > 0x7fffffff) fail(`${code} is out of range`);
  if (code <= 0xff) out.number(Op.Ext1, code, 1);
  else if (code <= 0xffff) out.number(Op.Ext2, code, 2);
  else out.number(Op.Ext4, code, 4);
  return true;
}

function saveByName(s: Saver, module: Ref, global: Ref, parent: Ref, last: Ref): void {
  const { rt, out } = s;
  if (s.proto >= 4) {
    s.save(s, module);
    s.save(s, global);
    out.byte(Op.StackGlobal);
  } else if (parent !== 0) {
    const args = temp(rt, tupleOf(rt, parent, last));
    saveReduced(s, temp(rt, tupleOf(rt, shared(rt, Shared.GetAttr), args)), 0);
  } else saveOldGlobal(s, strText(rt, module), strTextOf(rt, global));
}

/** Two lines. @runsPython */
function saveOldGlobal(s: Saver, module: string, name: string): void {
  const { rt } = s;
  const old = s.proto < 3 && rt.words[s.self + PicklerWord.FixImports] !== 0;
  const [moduleName, globalText] = old
    ? translated(rt, module, name, Shared.OldNames, Shared.OldModules)
    : [module, name];
  s.out.text(Op.Global, `${lineOf(s, 'module', moduleName)}\n${lineOf(s, 'global', globalText)}\n`);
}

function lineOf(s: Saver, what: string, name: string): string {
  const allowed = s.proto >= 3 ? !/[\ud800-\udfff]/u.test(name) : /^[\0-\x7f]*$/.test(name);
  return allowed
    ? name
    : picklingError(s.rt, `can't pickle ${what} identifier '${name}' using pickle protocol ${s.proto}`);
}

/** Saves a class; those of the singletons, which have no names, by asking the singleton. @runsPython */
export function saveType(s: Saver, o: Ref): void {
  const { rt } = s;
  const singletons: readonly (readonly [Ref, Ref])[] = [
    [T.NoneType, S.None],
    [T.ellipsis, S.Ellipsis],
    [T.NotImplementedType, S.NotImplemented],
  ];
  const single = singletons.find(([type]) => type === o)?.[1];
  if (single === undefined) {
    saveGlobal(s, o);
    return;
  }
  const m = tempMark(rt);
  const args = temp(rt, tupleOf(rt, single));
  saveReduced(s, temp(rt, tupleOf(rt, T.type, args)), o);
  releaseTemps(rt, m);
}
