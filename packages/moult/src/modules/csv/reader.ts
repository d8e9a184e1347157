/** The type `_csv.reader`: records from the lines of an iterator. */

import { genericAlloc, LayoutKind, newRef, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newFloat } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { member, MemberKind } from '../../core/native.ts';
import { iter, iterNext } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, kindName } from '../../core/types.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { ModuleNum } from '../module-roots.ts';
import { dataOf, dialectArgument, requireOne } from './dialect.ts';
import { csvError, guarded } from './errors.ts';
import { READER, ReaderWord } from './layout.ts';
import { RecordParser } from './parse.ts';
import type { Field } from './parse.ts';

const DEFAULT_LIMIT = 131072;

/** `reader(iterable, dialect='excel', **options)` */
export function newReader(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  requireOne(rt, nargs);
  const input = temp(rt, iter(rt, rt.words[args]));
  const dialect = temp(rt, dialectArgument(rt, args, nargs, kwnames));
  const reader = genericAlloc(rt, READER);
  rt.words[reader + ReaderWord.Input] = newRef(rt, input);
  rt.words[reader + ReaderWord.Dialect] = newRef(rt, dialect);
  return reader;
}

/** The longest field, in characters. */
export function limitOf(rt: Runtime): number {
  const limit = rt.words[ModuleNum.CsvLimit];
  return limit === 0 ? DEFAULT_LIMIT : limit - 1;
}

const fieldObject = (rt: Runtime, field: Field): Owned =>
  typeof field === 'number' ? newFloat(rt, field) : newStr(rt, field);

/** The next record; several lines if a field goes over them. @runsPython */
function readRecord(rt: Runtime, self: Ref): Owned | 0 {
  const H = rt.words;
  const m = tempMark(rt);
  temp(rt, newRef(rt, self));
  const parser = new RecordParser(dataOf(rt, H[self + ReaderWord.Dialect]), limitOf(rt));
  do {
    const line = iterNext(rt, H[self + ReaderWord.Input]);
    if (line === 0) {
      if (!parser.isOpen) {
        releaseTemps(rt, m);
        return 0;
      }
      if (dataOf(rt, H[self + ReaderWord.Dialect]).strict) csvError(rt, 'unexpected end of data');
      guarded(rt, () => {
        parser.save();
      });
      break;
    }
    temp(rt, line);
    if (!isStr(rt, line)) {
      csvError(
        rt,
        `iterator should return strings, not ${kindName(rt, line)} (the file should be opened in text mode)`,
      );
    }
    H[self + ReaderWord.LineNumber]++;
    const text = strText(rt, line);
    guarded(rt, () => {
      parser.line(text);
    });
    dropTemp(rt, line);
  } while (!parser.isDone);
  const list = temp(rt, newList(rt, 0));
  for (const field of parser.fields) listAppendTake(rt, list, fieldObject(rt, field));
  return releaseKeeping(rt, m, newRef(rt, list));
}

defineType({
  ref: READER,
  name: '_csv.reader',
  heapType: 'immutable',
  basicSize: 8 * ReaderWord.Words,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [ReaderWord.Input, ReaderWord.Dialect],
  doc: 'CSV reader\n\nReader objects are responsible for reading and parsing tabular data\nin CSV format.',
  slots: { iter: identitySlot, iternext: readRecord },
  members: [member('dialect', ReaderWord.Dialect), member('line_num', ReaderWord.LineNumber, MemberKind.Unsigned)],
});
