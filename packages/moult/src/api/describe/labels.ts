/** Short texts for objects, made without running or allocating anything. */
import { addressOf, DictWord, ListWord, ObjectWord, TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { floatValue, intValue } from '../../core/int.ts';
import { CodeWord, FunctionWord, ModuleWord } from '../../core/layout/functions.ts';
import { SetWord } from '../../core/layout/set.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, strText } from '../../core/str.ts';
import { isStr, isType, kindName, typeFullName } from '../../core/types.ts';
import { floatRepr } from '../../numeric/float-repr.ts';

const MAX_TEXT = 60;

/** `'text'`, `42`, `<function f>`, `list of 3`, `Node at 0x7f…`. */
export function labelOf(rt: Runtime, o: Ref): string {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  const text = plainValue(rt, o);
  if (text !== null) return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  switch (type) {
    case T.list:
      return `list of ${H[o + ListWord.Size]}`;
    case T.tuple:
      return `tuple of ${H[o + TupleWord.Size]}`;
    case T.dict:
      return `dict of ${H[o + DictWord.Used]}`;
    case T.set:
    case T.frozenset:
      return `${kindName(rt, o)} of ${H[o + SetWord.Used]}`;
    case T.function:
      return `<function ${strText(rt, H[o + FunctionWord.Qualname])}>`;
    case T.code:
      return `<code ${strText(rt, H[o + CodeWord.Qualname])}>`;
    case T.module:
      return `<module ${nameOf(rt, H[o + ModuleWord.Name])}>`;
  }
  if (isType(rt, o)) return `<class ${typeFullName(rt, o)}>`;
  return `${kindName(rt, o)} at 0x${addressOf(o).toString(16)}`;
}

function nameOf(rt: Runtime, name: Ref): string {
  return name !== 0 && isStr(rt, name) ? strText(rt, name) : '?';
}

/** The literal of a value that cannot change and refers to nothing; null for all others. */
export function plainValue(rt: Runtime, o: Ref): string | null {
  switch (rt.words[o + ObjectWord.Type]) {
    case T.str:
      return JSON.stringify(strText(rt, o).slice(0, 10_000));
    case T.int:
      return shortInt(intValue(rt, o));
    case T.float:
      return floatRepr(floatValue(rt, o));
    case T.bytes:
      return `b${JSON.stringify(String.fromCharCode(...bytesData(rt, o).subarray(0, 10_000)))}`;
    case T.bool:
      return o === S.True ? 'True' : 'False';
    case T.NoneType:
      return 'None';
    default:
      return null;
  }
}

/** An int whose decimal digits would take long has hexadecimal ones. */
function shortInt(value: number | bigint): string {
  return typeof value === 'bigint' && value > 10n ** 60n
    ? `0x${value.toString(16).slice(0, MAX_TEXT)}`
    : value.toString();
}
