/** Values of `Constant` nodes, from objects. */
import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { ConstFrozenSet, ConstTuple } from '../../compiler/code-data.ts';
import type { ConstValue } from '../../compiler/code-data.ts';
import { complexImag, complexReal } from '../../core/complex.ts';
import { typeError } from '../../core/errors.ts';
import { bigIntValue, floatValue } from '../../core/int.ts';
import { listItem, listLength, listFromIterable } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { kindName } from '../../core/types.ts';
import { ELLIPSIS, PyComplex } from '../../syntax/ast.ts';

/** The constant that an object stands for. Raises TypeError for objects that no constant can be. */
export function constantFromObject(rt: Runtime, value: Ref): ConstValue {
  switch (value as number) {
    case S.None:
      return null;
    case S.True:
      return true;
    case S.False:
      return false;
    case S.Ellipsis:
      return ELLIPSIS;
    default:
      return ofType(rt, value);
  }
}

function ofType(rt: Runtime, value: Ref): ConstValue {
  switch (rt.words[value + ObjectWord.Type]) {
    case T.str:
      return strText(rt, value);
    case T.int:
      return bigIntValue(rt, value);
    case T.float:
      return floatValue(rt, value);
    case T.complex:
      return new PyComplex(complexReal(rt, value), complexImag(rt, value));
    case T.bytes:
      return bytesData(rt, value).slice();
    case T.tuple:
      return new ConstTuple(itemsOf(rt, value));
    case T.frozenset:
      return new ConstFrozenSet(itemsOf(rt, value));
    default:
      return typeError(rt, `got an invalid type in Constant: ${kindName(rt, value)}`);
  }
}

function itemsOf(rt: Runtime, value: Ref): ConstValue[] {
  const list = temp(rt, listFromIterable(rt, value));
  const items: ConstValue[] = [];
  for (let i = 0; i < listLength(rt, list); i++) items.push(constantFromObject(rt, listItem(rt, list, i)));
  dropTemp(rt, list);
  return items;
}
