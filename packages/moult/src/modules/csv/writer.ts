/** The type `_csv.writer`: lines for a file's `write`. */

import { genericAlloc, LayoutKind, newRef, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { catchOnly, mark, none, typeError } from '../../core/errors.ts';
import { member, native } from '../../core/native.ts';
import { iter, iterNext, lookupAttrText, str } from '../../core/protocol/index.ts';
import { hasIndex } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isInt, isStr, kindName, slotOf } from '../../core/types.ts';
import { dataOf, dialectArgument, requireOne } from './dialect.ts';
import { csvError, guarded } from './errors.ts';
import { WRITER, WriterWord } from './layout.ts';
import { Quote, RecordWriter } from './parse.ts';

/** `writer(file, dialect='excel', **options)` */
export function newWriter(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  requireOne(rt, nargs);
  const write = lookupAttrText(rt, rt.words[args], 'write');
  if (write !== 0) temp(rt, write);
  if (write === 0 || slotOf(rt, write, TypeWord.Call) === 0)
    return typeError(rt, 'argument 1 must have a "write" method');
  const dialect = temp(rt, dialectArgument(rt, args, nargs, kwnames));
  const writer = genericAlloc(rt, WRITER);
  rt.words[writer + WriterWord.Write] = newRef(rt, write);
  rt.words[writer + WriterWord.Dialect] = newRef(rt, dialect);
  return writer;
}

function isNumber(rt: Runtime, o: Ref): boolean {
  if (isInt(rt, o) || isInstance(rt, o, T.complex) || hasIndex(rt, o)) return true;
  return slotOf(rt, o, TypeWord.NbFloat) !== 0 || slotOf(rt, o, TypeWord.NbInt) !== 0;
}

function isQuoted(rt: Runtime, quoting: Quote, field: Ref): boolean {
  switch (quoting) {
    case Quote.NonNumeric:
      return !isNumber(rt, field);
    case Quote.All:
      return true;
    case Quote.Strings:
      return isStr(rt, field);
    case Quote.NotNull:
      return field !== S.None;
    default:
      return false;
  }
}

/** `writer.writerow(row)`: what the file's `write` gives. @runsPython */
function writeRow(rt: Runtime, self: Ref, row: Ref): Owned {
  const m = tempMark(rt);
  const data = dataOf(rt, rt.words[self + WriterWord.Dialect]);
  const record = new RecordWriter(data);
  const it = temp(rt, rowIterator(rt, row));
  for (let field = iterNext(rt, it); field !== 0; field = iterNext(rt, it)) {
    temp(rt, field);
    const quoted = isQuoted(rt, data.quoting, field);
    const text = field === S.None ? null : textOfField(rt, field);
    guarded(rt, () => {
      record.field(text, quoted);
    });
    dropTemp(rt, field);
  }
  const line = temp(
    rt,
    newStr(
      rt,
      guarded(rt, () => record.finish()),
    ),
  );
  return releaseKeeping(rt, m, call1(rt, rt.words[self + WriterWord.Write], line));
}

function rowIterator(rt: Runtime, row: Ref): Owned {
  const m = mark(rt);
  try {
    return iter(rt, row);
  } catch (error) {
    catchOnly(rt, error, m, T.TypeError);
    return csvError(rt, `iterable expected, not ${kindName(rt, row)}`);
  }
}

function textOfField(rt: Runtime, field: Ref): string {
  if (isStr(rt, field)) return strText(rt, field);
  const text = temp(rt, str(rt, field));
  const result = strText(rt, text);
  dropTemp(rt, text);
  return result;
}

function writeRows(rt: Runtime, self: Ref, rows: Ref): Owned {
  const it = temp(rt, iter(rt, rows));
  for (let row = iterNext(rt, it); row !== 0; row = iterNext(rt, it)) {
    temp(rt, row);
    const written = temp(rt, writeRow(rt, self, row));
    dropTemp(rt, written);
    dropTemp(rt, row);
  }
  return none();
}

defineType({
  ref: WRITER,
  name: '_csv.writer',
  heapType: 'immutable',
  basicSize: 8 * WriterWord.Words,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [WriterWord.Write, WriterWord.Dialect],
  doc: 'CSV writer\n\nWriter objects are responsible for generating tabular data\nin CSV format from sequence input.',
  methods: [
    native('writerow(iterable, /)', writeRow, { unsigned: true, doc: 'writerow(iterable)' }),
    native('writerows(iterables, /)', writeRows, { unsigned: true, doc: 'writerows(iterable of iterables)' }),
  ],
  members: [member('dialect', WriterWord.Dialect)],
});
