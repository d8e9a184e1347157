/** From names in a pickle to globals. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { audit } from '../../core/audit.ts';
import { call2 } from '../../core/call.ts';
import { dictGet, dictSet } from '../../core/dict/index.ts';
import { valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { isStr, isTuple } from '../../core/types.ts';
import { UNPICKLER, UnpicklerWord } from './layout.ts';
import type { Loader } from './loader.ts';
import { push, unpicklingError } from './loader.ts';
import { namedAttribute, translated } from './names.ts';
import { Shared, shared } from './shared.ts';

/** `Unpickler.find_class`: imports the module and takes the global. Old pickles have Python 2's names. @runsPython
 *  Source: CPython 3.12 _pickle_Unpickler_find_class_impl. */
export function findClass(rt: Runtime, self: Ref, module: Ref, name: Ref): Owned {
  const H = rt.words;
  audit(rt, 'pickle.find_class', module, name);
  const m = tempMark(rt);
  const proto = H[self + UnpicklerWord.Proto];
  const old = proto < 3 && H[self + UnpicklerWord.FixImports] !== 0;
  const [moduleName, globalName] = old
    ? translated(rt, strText(rt, module), strText(rt, name), Shared.NewNames, Shared.NewModules)
    : [strText(rt, module), strText(rt, name)];
  const found = temp(rt, rt.importModule(moduleName));
  return releaseKeeping(rt, m, namedAttribute(rt, found, globalName, proto >= 4));
}

/** Asks the unpickler, which a subclass may have given its own `find_class`. @runsPython */
export function lookUp(l: Loader, module: Ref, name: Ref): Owned {
  const { rt, self } = l;
  if (rt.words[self + ObjectWord.Type] === UNPICKLER) return findClass(rt, self, module, name);
  const m = tempMark(rt);
  const method = temp(rt, getAttrText(rt, self, 'find_class'));
  return releaseKeeping(rt, m, call2(rt, method, module, name));
}

/** A global by its code. Source: CPython 3.12 load_extension. @runsPython */
export function loadExtension(l: Loader, nbytes: number): void {
  const { rt } = l;
  const code = l.input.number(nbytes) | 0;
  if (code <= 0) unpicklingError(rt, 'EXT specifies code <= 0');
  const m = tempMark(rt);
  const key = temp(rt, newInt(rt, code));
  const known = dictGet(rt, shared(rt, Shared.ExtensionCache), key);
  if (known !== 0) {
    push(l, releaseKeeping(rt, m, newRef(rt, known)));
    return;
  }
  const pair = dictGet(rt, shared(rt, Shared.InvertedRegistry), key);
  if (pair === 0) valueError(rt, `unregistered extension code ${code}`);
  if (!isTuple(rt, pair) || tupleSize(rt, pair) !== 2 || ![0, 1].every((i) => isStr(rt, tupleItem(rt, pair, i)))) {
    valueError(rt, `_inverted_registry[${code}] isn't a 2-tuple of strings`);
  }
  const found = temp(rt, lookUp(l, tupleItem(rt, pair, 0), tupleItem(rt, pair, 1)));
  dictSet(rt, shared(rt, Shared.ExtensionCache), key, found);
  push(l, releaseKeeping(rt, m, newRef(rt, found)));
}
