/** The module `_imp`: what `importlib` needs of the interpreter. Nothing is frozen, and no module is a shared library. */
import type { Owned, Ref } from '@moult/heap';
import { none, typeError } from '../../core/errors.ts';
import { bigIntValue, newInt } from '../../core/int.ts';
import { newList } from '../../core/list.ts';
import { defineModule, MODULE_SPECS } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { getAttrText, index } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { newBytes, newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { argumentName, isStr } from '../../core/types.ts';
import { requireBuffer } from '../../objects/bytes/buffer.ts';
import { loadBuiltin } from './load.ts';
import { setTake } from '../make.ts';
import { sourceHash } from './source-hash.ts';
import { raiseImportError } from '../../objects/exceptions/import-error.ts';

const no: NativeFunction = () => pyBool(false) as Owned;
const nothing: NativeFunction = () => none();

/** A module's name. Raises TypeError. */
function moduleName(rt: Runtime, name: Ref, where: string): string {
  if (!isStr(rt, name)) typeError(rt, `${where} must be str, not ${argumentName(rt, name)}`);
  return strText(rt, name);
}

function isBuiltin(rt: Runtime, _module: Ref, name: Ref): Owned {
  const spec = MODULE_SPECS.get(moduleName(rt, name, 'is_builtin() argument'));
  return newInt(rt, spec !== undefined && spec.hidden !== true ? 1 : 0);
}

/** The native module that a spec names. @runsPython */
function createBuiltin(rt: Runtime, _module: Ref, spec: Ref): Owned {
  const name = temp(rt, getAttrText(rt, spec, 'name'));
  return loadBuiltin(rt, moduleName(rt, name, "spec's name"));
}

function isFrozen(rt: Runtime, _module: Ref, name: Ref): Owned {
  moduleName(rt, name, 'is_frozen() argument');
  return pyBool(false) as Owned;
}

function findFrozen(rt: Runtime, _module: Ref, name: Ref): Owned {
  moduleName(rt, name, 'find_frozen() argument 1');
  return none();
}

function noFrozen(where: string): NativeFunction {
  return (rt, _module, name = 0) => {
    const text = moduleName(rt, name, where);
    return raiseImportError(rt, `No such frozen object named '${text}'`, text, null, null);
  };
}

defineModule({
  name: '_imp',
  doc: '(Extremely) low-level import machinery bits as used by importlib.',
  functions: [
    native('is_builtin($module, name, /)', isBuiltin),
    native('is_frozen($module, name, /)', isFrozen),
    native('is_frozen_package($module, name, /)', noFrozen('is_frozen_package() argument')),
    native('get_frozen_object($module, name, data=None, /)', noFrozen('get_frozen_object() argument 1')),
    native('find_frozen($module, name, /, *, withdata=False)', findFrozen),
    native('lock_held($module, /)', no),
    native('acquire_lock($module, /)', nothing),
    native('release_lock($module, /)', nothing),
    native('extension_suffixes($module, /)', (rt) => newList(rt, 0)),
    native('create_builtin($module, spec, /)', createBuiltin),
    native('exec_builtin($module, mod, /)', (rt) => newInt(rt, 0)),
    native('_override_frozen_modules_for_tests($module, override, /)', nothing),
    native('_fix_co_filename($module, code, path, /)', nothing),
    native('source_hash($module, key, source)', (rt, _module, key = 0, source = 0) =>
      newBytes(rt, sourceHash(bigIntValue(rt, temp(rt, index(rt, key))), requireBuffer(rt, source))),
    ),
  ],
  populate: (rt, dict) => {
    setTake(rt, dict, 'check_hash_based_pycs', newStr(rt, 'default'));
  },
});
