/** The module `_json`: reading and writing JSON. */
import { genericAlloc, LayoutKind, newRef, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictClear, newDict } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { member, MemberKind, native, nativeRaw } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isDict, isStr, kindName } from '../../core/types.ts';
import { parsePlainArguments } from '../arguments.ts';
import { setTake } from '../make.ts';
import { encodeBaseString, encodeBaseStringAscii, Encoding } from './encode.ts';
import { indexOfUnit, raiseJsonFault, unitOf } from './faults.ts';
import { ENCODER, EncoderWord, SCANNER, ScannerWord } from './layout.ts';
import { Scan } from './scan.ts';
import { StringReader } from './strings.ts';

function requireStr(rt: Runtime, o: Ref): void {
  if (!isStr(rt, o)) typeError(rt, `first argument must be a string, not ${kindName(rt, o)}`);
}

/** `scanstring(string, end, strict=True)` @runsPython */
function scanString(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (kwnames !== 0) typeError(rt, 'scanstring() takes no keyword arguments');
  if (nargs < 2) typeError(rt, `scanstring() takes at least 2 arguments (${nargs} given)`);
  if (nargs > 3) typeError(rt, `scanstring() takes at most 3 arguments (${nargs} given)`);
  const string = H[args];
  const start = asSsize(rt, H[args + 1]);
  const strict = nargs < 3 || isTrue(rt, H[args + 2]);
  requireStr(rt, string);
  if (start < 0 || start > strLength(rt, string)) valueError(rt, 'end is out of bounds');
  return readString(rt, string, unitOf(rt, string, start), strict);
}

function readString(rt: Runtime, string: Ref, unit: number, strict: boolean): Owned {
  const reader = new StringReader(strText(rt, string), strict);
  try {
    const text = newStr(rt, reader.read(unit));
    return tupleFromTemps(rt, tempMark(rt), temp(rt, text), temp(rt, newInt(rt, indexOfUnit(rt, string, reader.end))));
  } catch (error) {
    return raiseJsonFault(rt, string, error);
  }
}

/** `make_scanner(context)` @runsPython */
function scannerNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [context = 0] = parsePlainArguments(rt, 'make_scanner', ['context'], 1, args, kwargs);
  const m = tempMark(rt);
  const self = temp(rt, genericAlloc(rt, type));
  const H = rt.words;
  H[self + ScannerWord.Memo] = newDict(rt);
  const strict = temp(rt, getAttrText(rt, context, 'strict'));
  H[self + ScannerWord.Strict] = isTrue(rt, strict) ? 1 : 0;
  H[self + ScannerWord.ObjectHook] = getAttrText(rt, context, 'object_hook');
  H[self + ScannerWord.ObjectPairsHook] = getAttrText(rt, context, 'object_pairs_hook');
  H[self + ScannerWord.ParseFloat] = getAttrText(rt, context, 'parse_float');
  H[self + ScannerWord.ParseInt] = getAttrText(rt, context, 'parse_int');
  H[self + ScannerWord.ParseConstant] = getAttrText(rt, context, 'parse_constant');
  return releaseKeeping(rt, m, newRef(rt, self));
}

/** `scanner(string, idx)`: the value there, and where it ends. @runsPython */
function scannerCall(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): Owned {
  const [string = 0, idx = 0] = parsePlainArguments(rt, 'scan_once', ['string', 'idx'], 2, args, kwargs);
  const start = asSsize(rt, idx);
  requireStr(rt, string);
  if (start < 0) valueError(rt, 'idx cannot be negative');
  const scan = new Scan(rt, self, string);
  try {
    const value = scan.value(unitOf(rt, string, start));
    return tupleFromTemps(rt, tempMark(rt), temp(rt, value), temp(rt, newInt(rt, indexOfUnit(rt, string, scan.end))));
  } catch (error) {
    return raiseJsonFault(rt, string, error);
  } finally {
    dictClear(rt, rt.words[self + ScannerWord.Memo]);
  }
}

defineType({
  ref: SCANNER,
  name: '_json.Scanner',
  heapType: 'mutable',
  basicSize: 8 * ScannerWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [
    ScannerWord.ObjectHook,
    ScannerWord.ObjectPairsHook,
    ScannerWord.ParseFloat,
    ScannerWord.ParseInt,
    ScannerWord.ParseConstant,
    ScannerWord.Memo,
  ],
  doc: 'JSON scanner object',
  slots: { new: scannerNew, call: scannerCall },
  members: [
    member('strict', ScannerWord.Strict, MemberKind.Bool, true, 'strict'),
    member('object_hook', ScannerWord.ObjectHook, MemberKind.Object, true, 'object_hook'),
    member('object_pairs_hook', ScannerWord.ObjectPairsHook, MemberKind.Object, true),
    member('parse_float', ScannerWord.ParseFloat, MemberKind.Object, true, 'parse_float'),
    member('parse_int', ScannerWord.ParseInt, MemberKind.Object, true, 'parse_int'),
    member('parse_constant', ScannerWord.ParseConstant, MemberKind.Object, true, 'parse_constant'),
  ],
});

const ENCODER_ARGUMENTS =
  'markers default encoder indent key_separator item_separator sort_keys skipkeys allow_nan'.split(' ');

function separator(rt: Runtime, o: Ref, position: number): Ref {
  return isStr(rt, o)
    ? o
    : typeError(rt, `make_encoder() argument ${position} must be str, not ${argumentName(rt, o)}`);
}

/** `make_encoder(markers, default, …)` @runsPython */
function encoderNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const values = parsePlainArguments(rt, 'make_encoder', ENCODER_ARGUMENTS, ENCODER_ARGUMENTS.length, args, kwargs);
  const [markers = 0, fallback = 0, encoder = 0, indent = 0, keySeparator = 0, itemSeparator = 0] = values;
  separator(rt, keySeparator, 5);
  separator(rt, itemSeparator, 6);
  const [sortKeys, skipKeys, allowNan] = values.slice(6).map((flag) => (isTrue(rt, flag) ? 1 : 0));
  if (markers !== S.None && !isDict(rt, markers))
    typeError(rt, `make_encoder() argument 1 must be dict or None, not ${argumentName(rt, markers)}`);
  const self = genericAlloc(rt, type);
  const H = rt.words;
  H[self + EncoderWord.Markers] = newRef(rt, markers);
  H[self + EncoderWord.Default] = newRef(rt, fallback);
  H[self + EncoderWord.Encoder] = newRef(rt, encoder);
  H[self + EncoderWord.Indent] = newRef(rt, indent);
  H[self + EncoderWord.KeySeparator] = newRef(rt, keySeparator);
  H[self + EncoderWord.ItemSeparator] = newRef(rt, itemSeparator);
  H[self + EncoderWord.SortKeys] = sortKeys ?? 0;
  H[self + EncoderWord.SkipKeys] = skipKeys ?? 0;
  H[self + EncoderWord.AllowNan] = allowNan ?? 0;
  return self;
}

/** `encoder(obj, level)`: a tuple of the text. The level is that of an indentation that is not written. @runsPython */
function encoderCall(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): Owned {
  const names = ['obj', '_current_indent_level'];
  const [o = 0, level = 0] = parsePlainArguments(rt, '_iterencode', names, 2, args, kwargs);
  asSsize(rt, level);
  const encoding = new Encoding(rt, self);
  encoding.object(o);
  return tupleTake(rt, newStr(rt, encoding.text));
}

const attribute = (name: string, word: EncoderWord, kind = MemberKind.Object) => member(name, word, kind, true, name);

defineType({
  ref: ENCODER,
  name: '_json.Encoder',
  heapType: 'mutable',
  basicSize: EncoderWord.Bytes,
  words: EncoderWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [
    EncoderWord.Markers,
    EncoderWord.Default,
    EncoderWord.Encoder,
    EncoderWord.Indent,
    EncoderWord.KeySeparator,
    EncoderWord.ItemSeparator,
  ],
  doc: '_iterencode(obj, _current_indent_level) -> iterable',
  slots: { new: encoderNew, call: encoderCall },
  members: [
    attribute('markers', EncoderWord.Markers),
    attribute('default', EncoderWord.Default),
    attribute('encoder', EncoderWord.Encoder),
    attribute('indent', EncoderWord.Indent),
    attribute('key_separator', EncoderWord.KeySeparator),
    attribute('item_separator', EncoderWord.ItemSeparator),
    attribute('sort_keys', EncoderWord.SortKeys, MemberKind.Bool),
    attribute('skipkeys', EncoderWord.SkipKeys, MemberKind.Bool),
  ],
});

const SCANSTRING_DOC =
  'scanstring(string, end, strict=True) -> (string, end)\n\nScan the string s for a JSON string. End is the index of the\n' +
  'character in s after the quote that started the JSON string.\nUnescapes all valid JSON string escape sequences and raises ' +
  'ValueError\non attempt to decode an invalid string. If strict is False then literal\ncontrol characters are allowed in the ' +
  'string.\n\nReturns a tuple of the decoded string and the index of the character in s\nafter the end quote.';

defineModule({
  name: '_json',
  doc: 'json speedups\n',
  functions: [
    native('encode_basestring_ascii(string, /)', encodeBaseStringAscii, {
      unsigned: true,
      doc: 'encode_basestring_ascii(string) -> string\n\nReturn an ASCII-only JSON representation of a Python string',
    }),
    native('encode_basestring(string, /)', encodeBaseString, {
      unsigned: true,
      doc: 'encode_basestring(string) -> string\n\nReturn a JSON representation of a Python string',
    }),
    nativeRaw('scanstring', scanString, { keywords: true, doc: SCANSTRING_DOC }),
  ],
  populate(rt, dict) {
    setTake(rt, dict, 'make_scanner', newRef(rt, SCANNER));
    setTake(rt, dict, 'make_encoder', newRef(rt, ENCODER));
  },
});
