/** Error handlers of codecs as objects: those of the program (`codecs.register_error`), and the standard ones. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { dictGetText, dictSetText, newDict } from '../../core/dict/index.ts';
import { indexError, raise, raiseTake, typeError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { newInt } from '../../core/int.ts';
import { UnicodeErrorWord } from '../../core/layout/exceptions.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { T } from '../../core/static.ts';
import { bytesData, newBytes, newStr, strText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { isBytes, isException, isInstance, isInt, isStr, isTuple, typeFullName } from '../../core/types.ts';
import { newBuiltin } from '../../objects/descriptors/make.ts';
import { newUnicodeError } from '../../objects/exceptions/unicode-errors.ts';
import { decodeFault, decodeHandler, encodeFault, encodeHandler } from '../../text/codec-errors.ts';
import type { DecodeHandler, EncodeHandler, Substitute } from '../../text/codec-errors.ts';
import { UnicodeFault } from '../../text/fault.ts';
import { hexEscape } from '../../text/repr.ts';
import { ModuleRef } from '../module-roots.ts';

const STANDARD = [
  'strict',
  'ignore',
  'replace',
  'xmlcharrefreplace',
  'backslashreplace',
  'namereplace',
  'surrogatepass',
  'surrogateescape',
];

const pointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

/** The range at fault, within the object. */
function rangeOf(rt: Runtime, exception: Ref, length: number): { start: number; end: number } {
  const H = rt.words;
  const start = Math.max(0, Math.min(H[exception + UnicodeErrorWord.Start], Math.max(length - 1, 0)));
  const end = Math.min(Math.max(H[exception + UnicodeErrorWord.End], 1), length);
  return { start, end: Math.max(start, end) };
}

function wordText(rt: Runtime, exception: Ref, word: number): string {
  const value = rt.words[exception + word];
  return value === 0 ? '' : strText(rt, value);
}

function result(rt: Runtime, { replacement, resume }: Substitute<string | Uint8Array>): Owned {
  const value = temp(rt, typeof replacement === 'string' ? newStr(rt, replacement) : newBytes(rt, replacement));
  return tupleOf(rt, value, temp(rt, newInt(rt, resume)));
}

/** Runs a standard handler; where it cannot help, the exception is raised. */
function attempt(rt: Runtime, exception: Ref, handle: () => Substitute<string | Uint8Array>): Owned {
  const substitute = guard(rt, () => {
    try {
      return handle();
    } catch (error) {
      if (error instanceof UnicodeFault) raiseTake(rt, newRef(rt, exception));
      throw error;
    }
  });
  return result(rt, substitute);
}

function handleEncode(rt: Runtime, name: string, exception: Ref): Owned {
  const points = pointsOf(wordText(rt, exception, UnicodeErrorWord.Object));
  const { start, end } = rangeOf(rt, exception, points.length);
  const failed = points.slice(start, end);
  const fault = encodeFault(
    wordText(rt, exception, UnicodeErrorWord.Encoding),
    failed,
    start,
    wordText(rt, exception, UnicodeErrorWord.Reason),
  );
  return attempt(rt, exception, () => encodeHandler(name)(fault, failed));
}

function handleDecode(rt: Runtime, name: string, exception: Ref): Owned {
  const object = rt.words[exception + UnicodeErrorWord.Object];
  const data = object === 0 ? new Uint8Array(0) : bytesData(rt, object);
  const { start, end } = rangeOf(rt, exception, data.length);
  const fault = decodeFault(
    wordText(rt, exception, UnicodeErrorWord.Encoding),
    data,
    start,
    end,
    wordText(rt, exception, UnicodeErrorWord.Reason),
  );
  return attempt(rt, exception, () => decodeHandler(name)(fault, data));
}

function unknownError(rt: Runtime, exception: Ref): never {
  return typeError(
    rt,
    `don't know how to handle ${typeFullName(rt, rt.words[exception + ObjectWord.Type])} in error callback`,
  );
}

function handleTranslate(rt: Runtime, name: string, exception: Ref): Owned {
  const points = pointsOf(wordText(rt, exception, UnicodeErrorWord.Object));
  const { start, end } = rangeOf(rt, exception, points.length);
  const failed = points.slice(start, end);
  if (name === 'ignore') return result(rt, { replacement: '', resume: end });
  if (name === 'replace') return result(rt, { replacement: '\ufffd'.repeat(failed.length), resume: end });
  return name === 'backslashreplace'
    ? result(rt, { replacement: failed.map(hexEscape).join(''), resume: end })
    : unknownError(rt, exception);
}

function standardHandler(name: string): NativeDefinition {
  return native(`${name}_errors($module, exc, /)`, (rt, _module, exception = 0) => {
    if (name === 'strict') {
      return isException(rt, exception)
        ? raiseTake(rt, newRef(rt, exception))
        : typeError(rt, 'codec must pass exception instance');
    }
    if (isInstance(rt, exception, T.UnicodeEncodeError)) return handleEncode(rt, name, exception);
    if (isInstance(rt, exception, T.UnicodeDecodeError)) return handleDecode(rt, name, exception);
    if (isInstance(rt, exception, T.UnicodeTranslateError)) return handleTranslate(rt, name, exception);
    return unknownError(rt, exception);
  });
}

const HANDLERS = new Map(STANDARD.map((name) => [name, standardHandler(name)]));

function table(rt: Runtime): Ref {
  if (rt.words[ModuleRef.CodecErrors] === 0) setWord(rt, ModuleRef.CodecErrors, newDict(rt));
  return rt.words[ModuleRef.CodecErrors];
}

/** Registers a handler. */
export function registerHandler(rt: Runtime, name: string, handler: Ref): void {
  dictSetText(rt, table(rt), name, handler);
}

/** The handler of that name, borrowed; a standard one is made when first asked for. Raises LookupError. */
export function findHandler(rt: Runtime, name: string): Ref {
  const known = dictGetText(rt, table(rt), name);
  if (known !== 0) return known;
  const standard = HANDLERS.get(name);
  if (standard === undefined) return raise(rt, T.LookupError, `unknown error handler name '${name}'`);
  const made = temp(rt, newBuiltin(rt, standard.index, 0, 0));
  dictSetText(rt, table(rt), name, made);
  return dictGetText(rt, table(rt), name);
}

/** Whether the text library's own handler of that name is to be used: no program has put another in its place. */
function isPlain(rt: Runtime, name: string): boolean {
  if (!HANDLERS.has(name)) return false;
  const errors = rt.words[ModuleRef.CodecErrors];
  if (errors === 0) return true;
  const found = dictGetText(rt, errors, name);
  return found === 0 || rt.words[found + ObjectWord.Type] === T.builtinFunction;
}

/** What a handler of the program gave: a replacement and a position within the object. */
function answerOf(
  rt: Runtime,
  answer: Ref,
  length: number,
  kind: 'encoding' | 'decoding',
): Substitute<string | Uint8Array> {
  const wanted = kind === 'encoding' ? '(str/bytes, int)' : '(str, int)';
  const refuse = (): never => typeError(rt, `${kind} error handler must return ${wanted} tuple`);
  if (!isTuple(rt, answer) || tupleSize(rt, answer) !== 2) refuse();
  const value = tupleItem(rt, answer, 0);
  const isText = isStr(rt, value);
  if (!isText && (kind === 'decoding' || !isBytes(rt, value))) refuse();
  if (!isInt(rt, tupleItem(rt, answer, 1))) refuse();
  const given = asSsize(rt, tupleItem(rt, answer, 1));
  const resume = given < 0 ? given + length : given;
  if (resume < 0 || resume > length) indexError(rt, `position ${given} from error handler out of bounds`);
  return { replacement: isText ? strText(rt, value) : bytesData(rt, value).slice(), resume };
}

/** How the codecs are to handle errors in `text`: a name they know, or what calls the program's handler. */
export function encodeErrors(rt: Runtime, text: Ref, name: string): string | EncodeHandler {
  if (isPlain(rt, name)) return name;
  return (fault) => {
    const m = tempMark(rt);
    const handler = temp(rt, newRef(rt, findHandler(rt, name)));
    const exception = temp(
      rt,
      newUnicodeError(rt, T.UnicodeEncodeError, fault.encoding, newRef(rt, text), fault.start, fault.end, fault.reason),
    );
    const answer = temp(rt, call1(rt, handler, exception));
    const substitute = answerOf(rt, answer, pointsOf(strText(rt, text)).length, 'encoding');
    releaseTemps(rt, m);
    return substitute;
  };
}

/** As `encodeErrors`, for decoding. */
export function decodeErrors(rt: Runtime, name: string): string | DecodeHandler {
  if (isPlain(rt, name)) return name;
  return (fault, data) => {
    const m = tempMark(rt);
    const handler = temp(rt, newRef(rt, findHandler(rt, name)));
    const object = newBytes(rt, data.slice());
    const exception = temp(
      rt,
      newUnicodeError(rt, T.UnicodeDecodeError, fault.encoding, object, fault.start, fault.end, fault.reason),
    );
    const answer = temp(rt, call1(rt, handler, exception));
    const { replacement, resume } = answerOf(rt, answer, data.length, 'decoding');
    releaseTemps(rt, m);
    return { replacement: replacement as string, resume };
  };
}
