/** The module `_codecs`: the registry of codecs, and those that the interpreter has itself. */
import { decref, newRef, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2 } from '../core/call.ts';
import { dictGetText, dictSetText, newDict } from '../core/dict/index.ts';
import { catchOnly, mark, none, raise, typeError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { listAppend, listItem, listLength, newList } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import { lookupAttrText } from '../core/protocol/attribute.ts';
import type { NativeDefinition, NativeFunction } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newBytes, newStr, strLength, strText } from '../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../core/tuple.ts';
import { argumentName, isStr, isTuple, kindName, slotOf } from '../core/types.ts';
import { bufferOf } from '../objects/bytes/buffer.ts';
import { cText } from '../objects/str/c-text.ts';
import { decodeBytes, encodeText, installCodecRegistry } from '../objects/bytes/codecs.ts';
import { CODEC_FUNCTIONS } from './codecs/functions.ts';
import { decodeErrors, encodeErrors, findHandler, registerHandler } from './codecs/handlers.ts';
import { ModuleRef } from './module-roots.ts';

/** The list or dict at a root word, made when first needed. */
function table(rt: Runtime, word: ModuleRef, make: (rt: Runtime) => Owned): Ref {
  if (rt.words[word] === 0) setWord(rt, word, make(rt));
  return rt.words[word];
}

const emptyList = (rt: Runtime): Owned => newList(rt, 0);
const emptyDict = (rt: Runtime): Owned => newDict(rt);

function register(rt: Runtime, _module: Ref, search: Ref): Owned {
  if (slotOf(rt, search, TypeWord.Call) === 0) typeError(rt, 'argument must be callable');
  listAppend(rt, table(rt, ModuleRef.CodecSearch, emptyList), search);
  return none();
}

/** Imports the library's codecs, which register themselves; without a library there are none. @runsPython */
function importEncodings(rt: Runtime): void {
  const m = mark(rt);
  try {
    temp(rt, rt.importModule('encodings'));
  } catch (error) {
    catchOnly(rt, error, m, T.ModuleNotFoundError);
  }
}

/** The codec of that name: what a search function gave for it. @runsPython */
export function findCodec(rt: Runtime, name: string): Owned {
  const m = tempMark(rt);
  const key = name.toLowerCase().replaceAll(' ', '-');
  const cache = table(rt, ModuleRef.CodecCache, emptyDict);
  const known = dictGetText(rt, cache, key);
  if (known !== 0) return newRef(rt, known);
  if (rt.words[ModuleRef.CodecSearch] === 0) importEncodings(rt);
  const searches = table(rt, ModuleRef.CodecSearch, emptyList);
  const text = temp(rt, newStr(rt, key));
  for (let i = 0; i < listLength(rt, searches); i++) {
    const codec = temp(rt, call1(rt, listItem(rt, searches, i), text));
    if (codec === S.None) continue;
    if (!isTuple(rt, codec) || tupleSize(rt, codec) !== 4) typeError(rt, 'codec search functions must return 4-tuples');
    dictSetText(rt, cache, key, codec);
    return releaseKeeping(rt, m, newRef(rt, codec));
  }
  return raise(rt, T.LookupError, `unknown encoding: ${name}`);
}

function convert(which: 0 | 1): NativeFunction {
  return (rt, _module, object, encoding, errors) => {
    const name =
      encoding === 0 ? 'utf-8' : cText(rt, encoding, `${which === 0 ? 'encode' : 'decode'}() argument 'encoding'`);
    const codec = temp(rt, findCodec(rt, name));
    const fn = tupleItem(rt, codec, which);
    const pair = temp(rt, errors === 0 ? call1(rt, fn, object) : call2(rt, fn, object, errors));
    if (!isTuple(rt, pair) || tupleSize(rt, pair) !== 2) {
      typeError(rt, `${which === 0 ? 'encoder' : 'decoder'} must return a tuple (object, integer)`);
    }
    return newRef(rt, tupleItem(rt, pair, 0));
  };
}

function errorsOf(rt: Runtime, errors: Ref): string {
  return errors === 0 || errors === S.None ? 'strict' : strText(rt, errors);
}

function encoder(encoding: string): NativeFunction {
  return (rt, _module, text, errors) => {
    if (!isStr(rt, text))
      typeError(rt, `${encoding.replaceAll('-', '_')}_encode() argument 1 must be str, not ${argumentName(rt, text)}`);
    const data = temp(rt, newBytes(rt, encodeText(rt, text, encoding, errorsOf(rt, errors))));
    return tupleOf(rt, data, temp(rt, newInt(rt, strLength(rt, text))));
  };
}

function decoder(encoding: string): NativeFunction {
  return (rt, _module, object, errors) => {
    const data = isStr(rt, object) ? new TextEncoder().encode(strText(rt, object)) : bufferOf(rt, object);
    if (data === null) typeError(rt, `a bytes-like object is required, not '${kindName(rt, object)}'`);
    const text = temp(rt, decodeBytes(rt, data, encoding, errorsOf(rt, errors)));
    return tupleOf(rt, text, temp(rt, newInt(rt, data.length)));
  };
}

/** Encoder and decoder of a codec of the interpreter's own. */
function pair(name: string, encoding: string): NativeDefinition[] {
  return [
    native(`${name}_encode($module, str, errors=None, /)`, encoder(encoding)),
    native(`${name}_decode($module, data, errors=None, final=False, /)`, decoder(encoding)),
  ];
}

function registerError(rt: Runtime, _module: Ref, name: Ref, handler: Ref): Owned {
  const errors = cText(rt, name, 'register_error() argument 1');
  if (slotOf(rt, handler, TypeWord.Call) === 0) typeError(rt, 'handler must be callable');
  registerHandler(rt, errors, handler);
  return none();
}

function lookupError(rt: Runtime, _module: Ref, name: Ref): Owned {
  return newRef(rt, findHandler(rt, cText(rt, name, 'lookup_error() argument')));
}

function lookup(rt: Runtime, _module: Ref, encoding: Ref): Owned {
  const codec = temp(rt, findCodec(rt, cText(rt, encoding, 'lookup() argument')));
  return untemp(rt, codec);
}

function unregister(rt: Runtime, _module: Ref, search: Ref): Owned {
  const searches = table(rt, ModuleRef.CodecSearch, emptyList);
  for (let i = 0; i < listLength(rt, searches); i++) {
    if (listItem(rt, searches, i) !== search) continue;
    const rest = temp(rt, newList(rt, 0));
    for (let k = 0; k < listLength(rt, searches); k++) if (k !== i) listAppend(rt, rest, listItem(rt, searches, k));
    setWord(rt, ModuleRef.CodecCache, newDict(rt));
    setWord(rt, ModuleRef.CodecSearch, untemp(rt, rest));
    break;
  }
  return none();
}

/** The codec of a text encoding, on the temporaries. Raises LookupError for others, as `str.encode` does. @runsPython */
function textCodec(rt: Runtime, encoding: string, which: 0 | 1): Ref {
  const codec = temp(rt, findCodec(rt, encoding));
  const isText = lookupAttrText(rt, codec, '_is_text_encoding');
  if (isText === S.False) {
    const other = which === 0 ? 'encode' : 'decode';
    raise(rt, T.LookupError, `'${encoding}' is not a text encoding; use codecs.${other}() to handle arbitrary codecs`);
  }
  if (isText !== 0) temp(rt, isText);
  return codec;
}

/** Calls a registered codec; what it gives is on the temporaries. @runsPython */
function runCodec(rt: Runtime, which: 0 | 1, object: Ref, encoding: string, errors: string): Ref {
  const fn = tupleItem(rt, textCodec(rt, encoding, which), which);
  const how = temp(rt, newStr(rt, errors));
  const pair = temp(rt, call2(rt, fn, object, how));
  if (!isTuple(rt, pair) || tupleSize(rt, pair) !== 2) {
    typeError(rt, `${which === 0 ? 'encoder' : 'decoder'} must return a tuple (object, integer)`);
  }
  return tupleItem(rt, pair, 0);
}

installCodecRegistry({
  encodeErrors,
  decodeErrors,
  requireHandler: (rt, errors) => decref(rt, findHandler(rt, errors)),
  encode: (rt, text, encoding, errors) => {
    const m = tempMark(rt);
    const made = runCodec(rt, 0, text, encoding, errors);
    const data = bufferOf(rt, made);
    if (data === null) {
      typeError(
        rt,
        `'${encoding}' encoder returned '${kindName(rt, made)}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
      );
    }
    const copy = data.slice();
    releaseTemps(rt, m);
    return copy;
  },
  decode: (rt, data, encoding, errors) => {
    const m = tempMark(rt);
    const made = runCodec(rt, 1, temp(rt, newBytes(rt, data.slice())), encoding, errors);
    if (!isStr(rt, made)) {
      typeError(
        rt,
        `'${encoding}' decoder returned '${kindName(rt, made)}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
      );
    }
    const text = strText(rt, made);
    releaseTemps(rt, m);
    return text;
  },
});

defineModule({
  name: '_codecs',
  functions: [
    native('register($module, search_function, /)', register, { doc: 'Register a codec search function.' }),
    native('unregister($module, search_function, /)', unregister, {
      doc: "Unregister a codec search function and clear the registry's cache.",
    }),
    native('lookup($module, encoding, /)', lookup, {
      doc: 'Looks up a codec tuple in the Python codec registry and returns a CodecInfo object.',
    }),
    native("encode($module, /, obj, encoding='utf-8', errors='strict')", convert(0), {
      doc: 'Encodes obj using the codec registered for encoding.',
    }),
    native("decode($module, /, obj, encoding='utf-8', errors='strict')", convert(1), {
      doc: 'Decodes obj using the codec registered for encoding.',
    }),
    native('register_error($module, errors, handler, /)', registerError),
    native('lookup_error($module, name, /)', lookupError),
    ...pair('utf_8', 'utf-8'),
    ...pair('latin_1', 'latin-1'),
    ...pair('ascii', 'ascii'),
    ...pair('utf_16', 'utf-16'),
    ...pair('utf_16_le', 'utf-16-le'),
    ...pair('utf_16_be', 'utf-16-be'),
    ...pair('utf_32', 'utf-32'),
    ...pair('utf_32_le', 'utf-32-le'),
    ...pair('utf_32_be', 'utf-32-be'),
    ...CODEC_FUNCTIONS,
  ],
});
