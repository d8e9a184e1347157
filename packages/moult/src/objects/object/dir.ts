/** `dir()` of instances and of types: names from the dict, the class and its bases. */
import { TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictCopy, dictMerge, newDict, Override } from '../../core/dict/index.ts';
import { newListFromDictKeys } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { lookupAttr } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { isDict, isTuple } from '../../core/types.ts';

/** `object.__dir__` @runsPython */
export function objectDir(rt: Runtime, self: Ref): Owned {
  const m = tempMark(rt);
  const own = lookupAttr(rt, self, Id.__dict__);
  const dict = temp(rt, own !== 0 && isDict(rt, own) ? copyOwn(rt, own) : emptyInstead(rt, own));
  const cls = lookupAttr(rt, self, Id.__class__);
  if (cls !== 0) {
    temp(rt, cls);
    mergeClassDict(rt, dict, cls);
    dropTemp(rt, cls);
  }
  const list = newListFromDictKeys(rt, dict);
  return releaseKeeping(rt, m, list);
}

function copyOwn(rt: Runtime, own: Owned): Owned {
  temp(rt, own);
  const copy = temp(rt, dictCopy(rt, own));
  const result = untemp(rt, copy);
  dropTemp(rt, own);
  return result;
}

function emptyInstead(rt: Runtime, own: Owned | 0): Owned {
  if (own !== 0) {
    temp(rt, own);
    dropTemp(rt, own);
  }
  return newDict(rt);
}

/** Adds the names of a class and of its bases, recursively, by their `__dict__` and `__bases__`. @runsPython */
function mergeClassDict(rt: Runtime, dict: Ref, cls: Ref): void {
  const own = lookupAttr(rt, cls, Id.__dict__);
  if (own !== 0) {
    temp(rt, own);
    dictMerge(rt, dict, own, Override.Replace);
    dropTemp(rt, own);
  }
  const bases = lookupAttr(rt, cls, Id.__bases__);
  if (bases === 0) return;
  temp(rt, bases);
  if (isTuple(rt, bases)) {
    for (let i = 0; i < rt.words[bases + TupleWord.Size]; i++)
      mergeClassDict(rt, dict, rt.words[bases + TupleWord.Items + i]);
  }
  dropTemp(rt, bases);
}

/** `type.__dir__` @runsPython */
export function typeDir(rt: Runtime, self: Ref): Owned {
  const m = tempMark(rt);
  const dict = temp(rt, newDict(rt));
  mergeClassDict(rt, dict, self);
  return releaseKeeping(rt, m, newListFromDictKeys(rt, dict));
}
