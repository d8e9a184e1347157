/** The type `_csv.Dialect`: how values are separated and quoted; the registered ones by name. */

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
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictFromKeywords, dictGet, dictGetText, dictKeyAt, dictNext, newDict } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { compactValue, isCompact, newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { codePointLength, newStr, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleFromWords } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isStr, kindName } from '../../core/types.ts';
import { ModuleRef } from '../module-roots.ts';
import { csvError } from './errors.ts';
import { DIALECT, DialectWord } from './layout.ts';
import { Quote } from './parse.ts';
import type { DialectData } from './parse.ts';

/** What a dialect says. */
export function dataOf(rt: Runtime, dialect: Ref): DialectData {
  return hostGet(rt, rt.words[dialect + DialectWord.Data]) as DialectData;
}

/** The registered dialects by name, borrowed. */
export function dialects(rt: Runtime): Ref {
  if (rt.words[ModuleRef.CsvDialects] === 0) setWord(rt, ModuleRef.CsvDialects, newDict(rt));
  return rt.words[ModuleRef.CsvDialects];
}

/** A registered dialect, borrowed. Raises _csv.Error. @runsPython */
export function findDialect(rt: Runtime, name: Ref): Ref {
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
  heapType: 'immutable',
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
export function dialectArgument(rt: Runtime, args: number, nargs: number, kwnames: Ref): Owned {
  const m = tempMark(rt);
  const positional = temp(rt, tupleFromWords(rt, args + 1, Math.max(nargs - 1, 0)));
  const keywords = kwnames === 0 ? 0 : temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
  return releaseKeeping(rt, m, dialectNew(rt, DIALECT, positional, keywords));
}

/** Raises TypeError unless there are one or two positional arguments. */
export function requireOne(rt: Runtime, nargs: number): void {
  if (nargs < 1) typeError(rt, ` expected at least 1 argument, got ${nargs}`);
  if (nargs > 2) typeError(rt, ` expected at most 2 arguments, got ${nargs}`);
}
