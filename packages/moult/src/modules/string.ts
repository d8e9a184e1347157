/** The module `_string`: format strings taken apart, for `string.Formatter`. */
import type { Owned, Ref } from '@moult/heap';
import { guard } from '../core/faults.ts';
import { typeError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { listAppendTake, newList } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import { iter } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { temp, tempMark } from '../core/temps.ts';
import { tupleFromTemps, tupleOf, tupleTake } from '../core/tuple.ts';
import { isStr, kindName } from '../core/types.ts';
import { FieldPath, FormatScanner } from '../text/format-string.ts';

function requireText(rt: Runtime, o: Ref): string {
  if (!isStr(rt, o)) typeError(rt, `expected str, got ${kindName(rt, o)}`);
  return strText(rt, o);
}

/** An iterator of (literal, field name, spec, conversion). Differs: faults come at the start, not when reached. */
function parser(rt: Runtime, _module: Ref, text: Ref): Owned {
  const scanner = new FormatScanner(requireText(rt, text));
  const list = temp(rt, newList(rt, 0));
  const nothing = S.None as Ref as Owned;
  while (guard(rt, () => scanner.next())) {
    const { literal, present, name, spec, conversion } = scanner;
    const field = present ? newStr(rt, name) : nothing;
    const specText = present ? newStr(rt, spec) : nothing;
    const letter = conversion === '' ? nothing : newStr(rt, conversion);
    listAppendTake(rt, list, tupleTake(rt, newStr(rt, literal), field, specText, letter));
  }
  return iter(rt, list);
}

function key(rt: Runtime, value: string | number): Owned {
  return typeof value === 'number' ? newInt(rt, value) : newStr(rt, value);
}

/** (first, iterator of (is attribute, key)) */
function split(rt: Runtime, _module: Ref, text: Ref): Owned {
  const path = guard(rt, () => new FieldPath(requireText(rt, text)));
  const list = temp(rt, newList(rt, 0));
  while (guard(rt, () => path.next())) {
    listAppendTake(
      rt,
      list,
      tupleFromTemps(rt, tempMark(rt), temp(rt, pyBool(path.isAttribute) as Owned), temp(rt, key(rt, path.key))),
    );
  }
  const first = temp(rt, key(rt, path.first));
  return tupleOf(rt, first, temp(rt, iter(rt, list)));
}

defineModule({
  name: '_string',
  doc: 'string helper module',
  functions: [
    native('formatter_field_name_split(field_name, /)', split, {
      unsigned: true,
      doc: 'split the argument as a field name',
    }),
    native('formatter_parser(format_string, /)', parser, {
      unsigned: true,
      doc: 'parse the argument as a format string',
    }),
  ],
});
