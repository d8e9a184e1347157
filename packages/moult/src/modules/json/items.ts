/** The items of a mapping as a list of pairs. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictKeyAt, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { catchOnly, mark, typeError } from '../../core/errors.ts';
import { listAppendTake, listFromIterable, newList } from '../../core/list.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { iter } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { kindName } from '../../core/types.ts';

/** A new list of the items of `o`. Raises what `items()` raises, TypeError if that gives nothing to iterate over.
 *  @runsPython
 *  Source: CPython 3.12 PyMapping_Items. */
export function mappingItems(rt: Runtime, o: Ref): Owned {
  if (rt.words[o + ObjectWord.Type] === T.dict) return dictItems(rt, o);
  const m = tempMark(rt);
  const items = temp(rt, call0(rt, temp(rt, getAttrText(rt, o, 'items'))));
  const it = temp(rt, iterateItems(rt, o, items));
  return releaseKeeping(rt, m, listFromIterable(rt, it));
}

function dictItems(rt: Runtime, dict: Ref): Owned {
  const m = tempMark(rt);
  const list = temp(rt, newList(rt, 0));
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const pair = tupleTake(rt, newRef(rt, dictKeyAt(rt, dict, i)), newRef(rt, dictValueAt(rt, dict, i)));
    listAppendTake(rt, list, pair);
  }
  return releaseKeeping(rt, m, newRef(rt, list));
}

function iterateItems(rt: Runtime, o: Ref, items: Ref): Owned {
  const m = mark(rt);
  try {
    return iter(rt, items);
  } catch (error) {
    catchOnly(rt, error, m, T.TypeError);
    return typeError(rt, `${kindName(rt, o)}.items() returned a non-iterable (type ${kindName(rt, items)})`);
  }
}
