/** The repr of modules: by their spec, else by their file or loader. Source: CPython 3.12 importlib._bootstrap. */
import type { Owned, Ref } from '@moult/heap';
import { ModuleWord } from '../../core/layout/functions.ts';
import { lookupAttr, lookupAttrText } from '../../core/protocol/attribute.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { reprText } from '../../core/protocol/text.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { isStr } from '../../core/types.ts';

/** `<module 'name' from 'file'>` and its kin. @runsPython */
export function moduleRepr(rt: Runtime, module: Ref): Owned {
  const m = tempMark(rt);
  const spec = attribute(rt, module, '__spec__');
  const text = spec !== 0 && isTrue(rt, spec) ? fromSpec(rt, spec) : fromModule(rt, module);
  return releaseKeeping(rt, m, newStr(rt, text));
}

/** An attribute, kept on the temporaries' stack; 0 if missing or None. */
function attribute(rt: Runtime, o: Ref, name: string): Ref {
  const value = lookupAttrText(rt, o, name);
  if (value === 0) return 0;
  temp(rt, value);
  return value === (S.None as number) ? 0 : value;
}

function fromSpec(rt: Runtime, spec: Ref): string {
  const nameRef = attribute(rt, spec, 'name');
  const name = nameRef === 0 ? "'?'" : reprText(rt, nameRef);
  const origin = attribute(rt, spec, 'origin');
  if (origin !== 0) {
    const location = attribute(rt, spec, 'has_location');
    const located = location !== 0 && isTrue(rt, location);
    if (located) return `<module ${name} from ${reprText(rt, origin)}>`;
    return `<module ${name} (${isStr(rt, origin) ? strText(rt, origin) : reprText(rt, origin)})>`;
  }
  const loader = attribute(rt, spec, 'loader');
  if (loader === 0) return `<module ${name}>`;
  const path = attribute(rt, loader, '_path');
  if (path !== 0) return `<module ${name} (namespace) from ${reprText(rt, path)}>`;
  return `<module ${name} (${reprText(rt, loader)})>`;
}

function fromModule(rt: Runtime, module: Ref): string {
  const nameRef = lookupAttr(rt, module, Id.__name__);
  if (nameRef !== 0) temp(rt, nameRef);
  const name = nameRef === 0 ? "'?'" : reprText(rt, nameRef);
  const file = lookupAttrText(rt, module, '__file__');
  if (file !== 0) return `<module ${name} from ${reprText(rt, temp(rt, file))}>`;
  if (rt.words[module + ModuleWord.Def] !== 0) return `<module ${name} (built-in)>`;
  const loader = attribute(rt, module, '__loader__');
  return loader === 0 ? `<module ${name}>` : `<module ${name} (${reprText(rt, loader)})>`;
}
