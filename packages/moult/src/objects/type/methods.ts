/** The methods of `type`, and its repr. */
import { ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { keysSize, newDict } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { realIsInstance, realIsSubclass } from '../../core/protocol/instance-check.ts';
import { listOf } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { caught, clearException, mark } from '../../core/errors.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isStr, typeFullName } from '../../core/types.ts';
import { typeDir } from '../object/dir.ts';
import { TypeBytes } from './layout.ts';
import { computeMro, tupleItems } from './mro.ts';
import { moduleOfType, qualnameOfType } from './names.ts';
import { subclassList } from './subclasses.ts';

/** `<class 'module.C'>` */
export function typeRepr(rt: Runtime, type: Ref): Owned {
  const module = moduleName(rt, type);
  if (module !== null && module !== 'builtins') return newStr(rt, `<class '${module}.${qualnameOfType(rt, type)}'>`);
  return newStr(rt, `<class '${typeFullName(rt, type)}'>`);
}

/** The text of `type.__module__`; null if it is no str or is missing. */
export function moduleName(rt: Runtime, type: Ref): string | null {
  const m = mark(rt);
  try {
    const module = temp(rt, moduleOfType(rt, type));
    const text = isStr(rt, module) ? strText(rt, module) : null;
    dropTemp(rt, module);
    return text;
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return null;
  }
}

function mro(rt: Runtime, type: Ref): Owned {
  const order = temp(rt, computeMro(rt, type));
  return listOf(rt, tupleItems(rt, order));
}

function sizeof(rt: Runtime, type: Ref): Owned {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) === 0) return newInt(rt, TypeBytes.Static);
  const keys = H[type + TypeWord.HtCachedKeys];
  return newInt(rt, H[H[type + ObjectWord.Type] + TypeWord.BasicSize] + (keys === 0 ? 0 : keysSize(rt, keys)));
}

/** `tp_methods` of `type`, in CPython's order. */
export const TYPE_METHODS = [
  native('mro($self, /)', mro, { doc: "Return a type's method resolution order." }),
  native('__subclasses__($self, /)', subclassList, { doc: 'Return a list of immediate subclasses.' }),
  nativeRaw('__prepare__', (rt) => newDict(rt), {
    binding: 'class',
    keywords: true,
    doc: '__prepare__() -> dict\nused for the class statement',
  }),
  native('__instancecheck__($self, instance, /)', (rt, self, o) => pyBool(realIsInstance(rt, o, self)) as Owned, {
    doc: 'Check if an object is an instance.',
  }),
  native('__subclasscheck__($self, subclass, /)', (rt, self, o) => pyBool(realIsSubclass(rt, o, self)) as Owned, {
    doc: 'Check if a class is a subclass.',
  }),
  native('__dir__($self, /)', typeDir, { doc: 'Specialized __dir__ implementation for types.' }),
  native('__sizeof__($self, /)', sizeof, { doc: 'Return memory consumption of the type object.' }),
];
