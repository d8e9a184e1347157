/** The module `_csv`: reading and writing separated values. */
import {
  freeObject,
  genericAlloc,
  hostAdd,
  hostFree,
  hostGet,
  LayoutKind,
  newRef,
  ObjectWord,
  setWord,
  TupleWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import {
  dictDelete,
  dictFromKeywords,
  dictGet,
  dictGetText,
  dictKeyAt,
  dictNext,
  dictSet,
  newDict,
} from '../../core/dict/index.ts';
import { catchOnly, mark, none, raise, typeError } from '../../core/errors.ts';
import { raiseFault } from '../../core/faults.ts';
import { compactValue, isCompact, newFloat, newInt } from '../../core/int.ts';
import { listAppendTake, newList, newListFromDictKeys } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { getset, member, MemberKind, native, nativeRaw } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { iter, iterNext, lookupAttrText, str } from '../../core/protocol/index.ts';
import { hasIndex } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { codePointLength, newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromWords } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isInstance, isInt, isStr, kindName, slotOf } from '../../core/types.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { exceptionClass } from '../exceptions.ts';
import { setTake } from '../make.ts';
import { ModuleNum, ModuleRef } from '../module-roots.ts';
import { CsvFault, Quote, RecordParser, RecordWriter } from './parse.ts';
import type { DialectData, Field } from './parse.ts';

const ERROR = exceptionClass('_csv.Error');
const DIALECT = moduleType();
const READER = moduleType();
const WRITER = moduleType();

/** `DialectObj` (48 bytes): the host-table index of a `DialectData`. */
const enum DialectWord {
  Data = 2,
  Words = 6,
}
/** `ReaderObj` (88 bytes). The two references are owned. */
const enum ReaderWord {
  Input = 2,
  Dialect = 3,
  LineNumber = 4,
  Words = 11,
}
/** `WriterObj` (72 bytes). */
const enum WriterWord {
  Write = 2,
  Dialect = 3,
  Words = 9,
}

const DEFAULT_LIMIT = 131072;

const csvError = (rt: Runtime, message: string): never => raise(rt, ERROR, message);

/** Runs a parser or writer; its failures become `_csv.Error`. */
function guarded<R>(rt: Runtime, run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (error instanceof CsvFault) return csvError(rt, error.message);
    return raiseFault(rt, error);
  }
}

function dataOf(rt: Runtime, dialect: Ref): DialectData {
  return hostGet(rt, rt.words[dialect + DialectWord.Data]) as DialectData;
}

/** The registered dialects by name, borrowed. */
function dialects(rt: Runtime): Ref {
  if (rt.words[ModuleRef.CsvDialects] === 0) setWord(rt, ModuleRef.CsvDialects, newDict(rt));
  return rt.words[ModuleRef.CsvDialects];
}

function findDialect(rt: Runtime, name: Ref): Ref {
  const found = dictGet(rt, dialects(rt), name);
  return found !== 0 ? found : csvError(rt, 'unknown dialect');
}

const NAMES = 'delimiter doublequote escapechar lineterminator quotechar quoting skipinitialspace strict'.split(' ');

function character(rt: Runtime, name: string, o: Ref, absent: string | null): string | null {
  if (o === 0) return absent;
  if (o === S.None && name !== 'delimiter') return null;
  if (!isStr(rt, o))
    typeError(rt, `"${name}" must be string${name === 'delimiter' ? '' : ' or None'}, not ${kindName(rt, o)}`);
  const text = strText(rt, o);
  if (codePointLength(text) !== 1) typeError(rt, `"${name}" must be a 1-character string`);
  return text;
}

function lineTerminator(rt: Runtime, o: Ref): string {
  if (o === 0) return '\r\n';
  if (o === S.None) typeError(rt, 'lineterminator must be set');
  return isStr(rt, o) ? strText(rt, o) : typeError(rt, '"lineterminator" must be a string');
}

function quotingOf(rt: Runtime, o: Ref): Quote {
  if (o === 0) return Quote.Minimal;
  if (rt.words[o + ObjectWord.Type] !== T.int) typeError(rt, '"quoting" must be an integer');
  const value = isCompact(rt, o) ? compactValue(rt, o) : -1;
  return value >= 0 && value <= (Quote.NotNull as number) ? value : typeError(rt, 'bad "quoting" value');
}

/** The data of a dialect from its attributes. Raises TypeError. @runsPython */
function readDialect(rt: Runtime, value: (name: string) => Ref): DialectData {
  const flag = (name: string, absent: boolean): boolean => (value(name) === 0 ? absent : isTrue(rt, value(name)));
  const delimiter = character(rt, 'delimiter', value('delimiter'), ',') ?? ',';
  const doublequote = flag('doublequote', true);
  const escapechar = character(rt, 'escapechar', value('escapechar'), null);
  const lineterminator = lineTerminator(rt, value('lineterminator'));
  const quotechar = character(rt, 'quotechar', value('quotechar'), '"');
  const given = value('quoting');
  const quoting = quotechar === null && value('quotechar') !== 0 && given === 0 ? Quote.None : quotingOf(rt, given);
  const skipinitialspace = flag('skipinitialspace', false);
  const strict = flag('strict', false);
  if (quoting !== Quote.None && quotechar === null) typeError(rt, 'quotechar must be set if quoting enabled');
  return { delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace, strict };
}

/** `Dialect(dialect=None, **attributes)` @runsPython */
function dialectNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const nargs = H[args + TupleWord.Size];
  const given = new Map<string, Ref>();
  ['dialect', ...NAMES].forEach((name, i) => {
    if (i < nargs) given.set(name, H[args + TupleWord.Items + i]);
  });
  if (kwargs !== 0) addKeywords(rt, kwargs, given);
  let base = given.get('dialect') ?? 0;
  if (base === S.None) base = 0;
  if (base !== 0 && isStr(rt, base)) base = findDialect(rt, base);
  const others = NAMES.filter((name) => given.has(name));
  if (base !== 0 && others.length === 0 && isInstance(rt, base, DIALECT)) return newRef(rt, base);
  if (base !== 0) for (const name of NAMES) addAttribute(rt, base, name, given);
  const data = readDialect(rt, (name) => given.get(name) ?? 0);
  const self = genericAlloc(rt, type);
  rt.words[self + DialectWord.Data] = hostAdd(rt, data);
  return releaseKeeping(rt, m, self);
}

function addKeywords(rt: Runtime, kwargs: Ref, given: Map<string, Ref>): void {
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const name = strText(rt, dictKeyAt(rt, kwargs, i));
    if (name !== 'dialect' && !NAMES.includes(name))
      typeError(rt, `'${name}' is an invalid keyword argument for this function`);
    given.set(name, dictGetText(rt, kwargs, name));
  }
}

/** An attribute that was not given is that of the base, if it has one; it stays on the temporaries. */
function addAttribute(rt: Runtime, base: Ref, name: string, given: Map<string, Ref>): void {
  if (given.has(name)) return;
  const value = lookupAttrText(rt, base, name);
  if (value !== 0) given.set(name, temp(rt, value));
}

const textOrNone = (rt: Runtime, text: string | null): Owned => (text === null ? none() : newStr(rt, text));

const GETTERS: Readonly<Record<string, (rt: Runtime, data: DialectData) => Owned>> = {
  delimiter: (rt, data) => newStr(rt, data.delimiter),
  skipinitialspace: (_rt, data) => pyBool(data.skipinitialspace) as Owned,
  doublequote: (_rt, data) => pyBool(data.doublequote) as Owned,
  strict: (_rt, data) => pyBool(data.strict) as Owned,
  escapechar: (rt, data) => textOrNone(rt, data.escapechar),
  lineterminator: (rt, data) => newStr(rt, data.lineterminator),
  quotechar: (rt, data) => textOrNone(rt, data.quotechar),
  quoting: (rt, data) => newInt(rt, data.quoting),
};

function refusePickling(rt: Runtime, self: Ref): never {
  return typeError(rt, `cannot pickle '${kindName(rt, self).replace('_csv.', '')}' instances`);
}

defineType({
  ref: DIALECT,
  name: '_csv.Dialect',
  basicSize: 8 * DialectWord.Words,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [],
  doc: 'CSV dialect\n\nThe Dialect type records CSV dialect options.',
  dealloc(rt, self) {
    untrack(rt, self);
    const data = rt.words[self + DialectWord.Data];
    if (data !== 0) hostFree(rt, data);
    freeObject(rt, self);
  },
  slots: { new: dialectNew },
  methods: [
    native('__reduce__()', refusePickling, { unsigned: true }),
    native('__reduce_ex__(protocol, /)', refusePickling, { unsigned: true }),
  ],
  getset: Object.entries(GETTERS).map(([name, get]) => getset(name, (rt, self) => get(rt, dataOf(rt, self)))),
});

/** The dialect that a function's arguments after the first describe. @runsPython */
function dialectArgument(rt: Runtime, args: number, nargs: number, kwnames: Ref): Owned {
  const m = tempMark(rt);
  const positional = temp(rt, tupleFromWords(rt, args + 1, Math.max(nargs - 1, 0)));
  const keywords = kwnames === 0 ? 0 : temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
  return releaseKeeping(rt, m, dialectNew(rt, DIALECT, positional, keywords));
}

function requireOne(rt: Runtime, nargs: number): void {
  if (nargs < 1) typeError(rt, ` expected at least 1 argument, got ${nargs}`);
  if (nargs > 2) typeError(rt, ` expected at most 2 arguments, got ${nargs}`);
}

/** `reader(iterable, dialect='excel', **options)` */
function newReader(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  requireOne(rt, nargs);
  const input = temp(rt, iter(rt, rt.words[args]));
  const dialect = temp(rt, dialectArgument(rt, args, nargs, kwnames));
  const reader = genericAlloc(rt, READER);
  rt.words[reader + ReaderWord.Input] = newRef(rt, input);
  rt.words[reader + ReaderWord.Dialect] = newRef(rt, dialect);
  return reader;
}

function limitOf(rt: Runtime): number {
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
  basicSize: 8 * ReaderWord.Words,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [ReaderWord.Input, ReaderWord.Dialect],
  doc: 'CSV reader\n\nReader objects are responsible for reading and parsing tabular data\nin CSV format.',
  slots: { iter: identitySlot, iternext: readRecord },
  members: [member('dialect', ReaderWord.Dialect), member('line_num', ReaderWord.LineNumber, MemberKind.Unsigned)],
});

/** `writer(file, dialect='excel', **options)` */
function newWriter(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
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

/** `register_dialect(name, dialect=None, **options)` */
function registerDialect(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  requireOne(rt, nargs);
  const name = rt.words[args];
  if (!isStr(rt, name)) typeError(rt, 'dialect name must be a string');
  const dialect = temp(rt, dialectArgument(rt, args, nargs, kwnames));
  dictSet(rt, dialects(rt), name, dialect);
  return none();
}

function unregisterDialect(rt: Runtime, _module: Ref, name: Ref): Owned {
  findDialect(rt, name);
  dictDelete(rt, dialects(rt), name);
  return none();
}

function fieldSizeLimit(rt: Runtime, _module: Ref, limit: Ref): Owned {
  const old = temp(rt, newInt(rt, limitOf(rt)));
  if (limit !== 0) {
    if (rt.words[limit + ObjectWord.Type] !== T.int) typeError(rt, 'limit must be an integer');
    rt.words[ModuleNum.CsvLimit] = Math.min(asSsize(rt, limit), 0x7ffffffe) + 1;
  }
  return untemp(rt, old);
}

const QUOTES: Readonly<Record<string, Quote>> = {
  QUOTE_MINIMAL: Quote.Minimal,
  QUOTE_ALL: Quote.All,
  QUOTE_NONNUMERIC: Quote.NonNumeric,
  QUOTE_NONE: Quote.None,
  QUOTE_STRINGS: Quote.Strings,
  QUOTE_NOTNULL: Quote.NotNull,
};

defineModule({
  name: '_csv',
  doc: 'CSV parsing and writing.\n',
  functions: [
    nativeRaw('reader', newReader, { keywords: true }),
    nativeRaw('writer', newWriter, { keywords: true }),
    nativeRaw('register_dialect', registerDialect, { keywords: true }),
    native('list_dialects($module, /)', (rt) => newListFromDictKeys(rt, dialects(rt)), {
      doc: 'Return a list of all known dialect names.',
    }),
    native('unregister_dialect($module, /, name)', unregisterDialect, {
      doc: 'Delete the name/dialect mapping associated with a string name.',
    }),
    native('get_dialect($module, /, name)', (rt, _module, name = 0) => newRef(rt, findDialect(rt, name)), {
      doc: 'Return the dialect instance associated with name.',
    }),
    native('field_size_limit($module, /, new_limit=<unrepresentable>)', fieldSizeLimit, {
      doc: 'Sets an upper limit on parsed fields.',
    }),
  ],
  populate(rt, dict) {
    setTake(rt, dict, '__version__', newStr(rt, '1.0'));
    setTake(rt, dict, '_dialects', newRef(rt, dialects(rt)));
    for (const [name, value] of Object.entries(QUOTES)) setTake(rt, dict, name, newInt(rt, value));
    setTake(rt, dict, 'Dialect', newRef(rt, DIALECT));
    setTake(rt, dict, 'Reader', newRef(rt, READER));
    setTake(rt, dict, 'Writer', newRef(rt, WRITER));
    setTake(rt, dict, 'Error', newRef(rt, ERROR));
  },
});
