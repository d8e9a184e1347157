/** `io.TextIOWrapper`. Source: CPython 3.12 Modules/_io/textio.c. */
import { genericAlloc, LayoutKind, newRef, ObjectWord, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import {
  attributeError,
  caught,
  clearException,
  mark,
  none,
  overflowError,
  typeError,
  valueError,
} from '../../../core/errors.ts';
import { bigIntValue, newInt } from '../../../core/int.ts';
import { getset, member, native } from '../../../core/native.ts';
import type { NativeFunction } from '../../../core/native.ts';
import { getAttrText, index, isTrue, lookupAttrText, reprText } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { asSsize } from '../../../core/ssize.ts';
import { pyBool, S, T } from '../../../core/static.ts';
import { newStr, strText } from '../../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { defineType } from '../../../core/type-spec.ts';
import { argumentName, isStr, typeFullName } from '../../../core/types.ts';
import { encodeText } from '../../../objects/bytes/codecs.ts';
import { cText } from '../../../objects/str/c-text.ts';
import { parseArguments } from '../../arguments.ts';
import { integerOf } from '../../buffers.ts';
import { warn } from '../../warnings/warn.ts';
import { inAnyCase } from '../any-case.ts';
import { streamDealloc } from '../base.ts';
import { finalizingFlag, nameForRepr, refusePickle } from '../common-members.ts';
import { TextFlag, TextWord } from '../layout.ts';
import { seenNewlines } from '../newlines.ts';
import { asks, attributeIsTrue, callNamed, tells, unsupported } from '../support.ts';
import {
  BUFFERED_RANDOM,
  BUFFERED_READER,
  BUFFERED_WRITER,
  DEFAULT_BUFFER_SIZE,
  FILE_IO,
  TEXT_IO_BASE,
  TEXT_WRAPPER,
} from '../types.ts';
import { canEncode, chooseCodec, resetEncoder } from './codec.ts';
import { seek, tell, truncate } from './position.ts';
import { nextLine, read, readline } from './reading.ts';
import {
  checkNewline,
  hasFlag,
  releaseText,
  requireBuffer,
  rawOfBuffer,
  setDecoded,
  setFlag,
  setNewline,
  setSnapshot,
} from './state.ts';
import { flush, write } from './writing.ts';
import { setDouble } from '../support.ts';
import { decodedText, snapshotOf } from './state.ts';

/** The encoding of the locale, or of the UTF-8 mode. */
function localeEncoding(rt: Runtime): string {
  return (rt.options.flags?.['utf8_mode'] ?? 1) === 0 ? 'UTF-8' : 'utf-8';
}

/** What a text stream is made with; `newline` null is None. */
interface TextOptions {
  /** Borrowed str, or 0 for the locale's. */
  readonly encoding: Ref;
  /** Borrowed str, or 0 for `strict`. */
  readonly errors: Ref;
  readonly newline: string | null;
  readonly lineBuffering: boolean;
  readonly writeThrough: boolean;
}

function newWrapper(rt: Runtime, type: Ref): Owned {
  return genericAlloc(rt, type);
}

/** A str argument that may be None or missing: 0 for both. */
function textOrNone(rt: Runtime, o: Ref, name: string, callee = 'TextIOWrapper'): Ref {
  if (o === 0 || o === S.None) return 0;
  return isStr(rt, o)
    ? o
    : typeError(rt, `${callee}() argument '${name}' must be str or None, not ${argumentName(rt, o)}`);
}

const NAMES = ['buffer', 'encoding', 'errors', 'newline', 'line_buffering', 'write_through'];

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const m = tempMark(rt);
  const [buffer = 0, encoding = 0, errors = 0, newline = 0, lines = 0, through = 0] = parseArguments(
    rt,
    'TextIOWrapper',
    NAMES,
    1,
    args,
    kwargs,
  );
  const end = textOrNone(rt, newline, 'newline');
  initText(rt, self, buffer, {
    encoding: textOrNone(rt, encoding, 'encoding'),
    errors: textOrNone(rt, errors, 'errors'),
    newline: end === 0 ? null : cText(rt, end, "TextIOWrapper() argument 'newline'"),
    lineBuffering: lines !== 0 && isTrue(rt, lines),
    writeThrough: through !== 0 && isTrue(rt, through),
  });
  releaseTemps(rt, m);
}

/** Source: CPython 3.12 _io_TextIOWrapper___init___impl. @runsPython */
function initText(rt: Runtime, self: Ref, buffer: Ref, options: TextOptions): void {
  const H = rt.words;
  H[self + TextWord.Flags] = 0;
  const { encoding, errors, newline } = options;
  checkNewline(rt, newline);
  if (encoding === 0 && isOn(rt, 'warn_default_encoding'))
    warn(rt, T.EncodingWarning, "'encoding' argument not specified");
  if (encoding !== 0) cText(rt, encoding, "TextIOWrapper() argument 'encoding'");
  if (errors !== 0) cText(rt, errors, "TextIOWrapper() argument 'errors'");
  if (errors !== 0 && isOn(rt, 'dev_mode')) requireHandler(rt, errors);
  const isLocale = encoding === 0 || strText(rt, encoding) === 'locale';
  setWord(rt, self + TextWord.Encoding, isLocale ? newStr(rt, localeEncoding(rt)) : newRef(rt, encoding));
  setWord(rt, self + TextWord.Errors, errors === 0 ? newStr(rt, 'strict') : newRef(rt, errors));
  setReadNewline(rt, self, newline);
  H[self + TextWord.ChunkSize] = DEFAULT_BUFFER_SIZE;
  H[self + TextWord.PendingCount] = 0;
  setWord(rt, self + TextWord.Pending, 0);
  setDecoded(rt, self, '');
  setSnapshot(rt, self, null);
  setFlag(rt, self, TextFlag.LineBuffering, options.lineBuffering);
  setFlag(rt, self, TextFlag.WriteThrough, options.writeThrough);
  chooseCodec(rt, self, asks(rt, buffer, 'readable'), asks(rt, buffer, 'writable'));
  setWord(rt, self + TextWord.Buffer, newRef(rt, buffer));
  adoptRaw(rt, self, buffer);
  const seekable = asks(rt, buffer, 'seekable');
  setFlag(rt, self, TextFlag.Seekable, seekable);
  setFlag(rt, self, TextFlag.Telling, seekable);
  const read1 = lookupAttrText(rt, buffer, 'read1');
  setFlag(rt, self, TextFlag.HasRead1, read1 !== 0);
  if (read1 !== 0) dropTemp(rt, temp(rt, read1));
  setFlag(rt, self, TextFlag.EncodingStart, true);
  if (seekable && canEncode(rt, self)) startEncoder(rt, self, buffer);
  setFlag(rt, self, TextFlag.Ok, true);
}

/** Whether the command line has set a flag. */
function isOn(rt: Runtime, flag: string): boolean {
  return (rt.options.flags?.[flag] ?? 0) !== 0;
}

/** Raises LookupError if there is no error handler of that name. */
function requireHandler(rt: Runtime, errors: Ref): void {
  const codecs = temp(rt, rt.importModule('_codecs'));
  tells(rt, codecs, 'lookup_error', errors);
  dropTemp(rt, codecs);
}

function setReadNewline(rt: Runtime, self: Ref, newline: string | null): void {
  setNewline(rt, self, newline);
  setWord(rt, self + TextWord.ReadNl, newline === null ? 0 : newStr(rt, newline));
}

/** Remembers the raw file of a plain buffered stream: whether it is closed is then known without asking. */
function adoptRaw(rt: Runtime, self: Ref, buffer: Ref): void {
  const H = rt.words;
  const type = H[buffer + ObjectWord.Type];
  const isPlain = type === BUFFERED_READER || type === BUFFERED_WRITER || type === BUFFERED_RANDOM;
  const raw = isPlain ? rawOfBuffer(rt, buffer) : 0;
  setWord(rt, self + TextWord.Raw, raw !== 0 && H[raw + ObjectWord.Type] === FILE_IO ? newRef(rt, raw) : 0);
}

/** In the middle of a file no byte order mark is due. */
function startEncoder(rt: Runtime, self: Ref, buffer: Ref): void {
  const m = tempMark(rt);
  const position = temp(rt, index(rt, temp(rt, callNamed(rt, buffer, 'tell'))));
  const atStart = bigIntValue(rt, position) === 0n;
  releaseTemps(rt, m);
  if (!atStart) resetEncoder(rt, self, false);
}

/** An int that is not 0; `absent` for None. Raises TypeError, OverflowError. Source: CPython 3.12 convert_optional_bool. */
function optionalBool(rt: Runtime, o: Ref, absent: boolean): boolean {
  if (o === 0 || o === S.None) return absent;
  const value = integerOf(rt, o);
  if (BigInt.asIntN(64, value) !== value) overflowError(rt, 'Python int too large to convert to C long');
  return value !== 0n;
}

/** Source: CPython 3.12 _io_TextIOWrapper_reconfigure_impl. */
function reconfigure(
  rt: Runtime,
  self: Ref,
  encodingArg: Ref,
  errorsArg: Ref,
  newline: Ref,
  lines: Ref,
  through: Ref,
): Owned {
  requireBuffer(rt, self);
  const encoding = textOrNone(rt, encodingArg, 'encoding', 'reconfigure');
  const errors = textOrNone(rt, errorsArg, 'errors', 'reconfigure');
  const changes = encoding !== 0 || errors !== 0 || newline !== 0;
  if (changes && (decodedText(rt, self) !== '' || snapshotOf(rt, self) !== null)) {
    unsupported(rt, 'It is not possible to set the encoding or newline of stream after the first read');
  }
  const end = newline === 0 ? 0 : textOrNone(rt, newline, 'newline', 'reconfigure');
  if (end !== 0) encodeText(rt, end, 'utf-8', 'strict');
  if (newline !== 0) checkNewline(rt, end === 0 ? null : strText(rt, end));
  const lineBuffering = optionalBool(rt, lines, hasFlag(rt, self, TextFlag.LineBuffering));
  const writeThrough = optionalBool(rt, through, hasFlag(rt, self, TextFlag.WriteThrough));
  tells(rt, self, 'flush');
  setDouble(rt, self + TextWord.Ratio, 0);
  if (newline !== 0) setReadNewline(rt, self, end === 0 ? null : strText(rt, end));
  if (changes) changeCodec(rt, self, encoding, errors);
  setFlag(rt, self, TextFlag.LineBuffering, lineBuffering);
  setFlag(rt, self, TextFlag.WriteThrough, writeThrough);
  return none();
}

function changeCodec(rt: Runtime, self: Ref, encoding: Ref, errors: Ref): void {
  if (encoding !== 0) encodeText(rt, encoding, 'utf-8', 'strict');
  if (errors !== 0) cText(rt, errors, "reconfigure() argument 'errors'");
  const m = tempMark(rt);
  const old = [TextWord.Encoding, TextWord.Errors].map((word) => temp(rt, newRef(rt, rt.words[self + word])));
  try {
    setCodec(rt, self, encoding, errors);
  } catch (error) {
    setWord(rt, self + TextWord.Encoding, newRef(rt, old[0] as Ref));
    setWord(rt, self + TextWord.Errors, newRef(rt, old[1] as Ref));
    throw error;
  }
  releaseTemps(rt, m);
}

function setCodec(rt: Runtime, self: Ref, encoding: Ref, errors: Ref): void {
  const isLocale = encoding !== 0 && strText(rt, encoding) === 'locale';
  if (encoding !== 0)
    setWord(rt, self + TextWord.Encoding, isLocale ? newStr(rt, localeEncoding(rt)) : newRef(rt, encoding));
  if (errors !== 0) setWord(rt, self + TextWord.Errors, newRef(rt, errors));
  else if (encoding !== 0) setWord(rt, self + TextWord.Errors, newStr(rt, 'strict'));
  chooseCodec(rt, self, hasFlag(rt, self, TextFlag.CanRead), canEncode(rt, self));
  if (hasFlag(rt, self, TextFlag.Seekable) && canEncode(rt, self))
    startEncoder(rt, self, rt.words[self + TextWord.Buffer]);
}

/** Source: CPython 3.12 _io_TextIOWrapper_close_impl. */
function close(rt: Runtime, self: Ref): Owned {
  const buffer = requireBuffer(rt, self);
  if (attributeIsTrue(rt, self, 'closed')) return none();
  if (hasFlag(rt, self, TextFlag.Finalizing)) warnBuffer(rt, self, buffer);
  return inAnyCase(
    rt,
    () => {
      tells(rt, self, 'flush');
    },
    () => callNamed(rt, buffer, 'close'),
  );
}

function warnBuffer(rt: Runtime, self: Ref, buffer: Ref): void {
  const m = mark(rt);
  try {
    tells(rt, buffer, '_dealloc_warn', self);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
}

function detach(rt: Runtime, self: Ref): Owned {
  const buffer = requireBuffer(rt, self);
  tells(rt, self, 'flush');
  rt.words[self + TextWord.Buffer] = 0;
  setFlag(rt, self, TextFlag.Ok, false);
  setFlag(rt, self, TextFlag.Detached, true);
  return buffer as Owned;
}

const ofBuffer =
  (name: string): NativeFunction =>
  (rt, self) =>
    callNamed(rt, requireBuffer(rt, self), name);

/** Source: CPython 3.12 textiowrapper_repr. */
function repr(rt: Runtime, self: Ref): Owned {
  requireInitialized(rt, self);
  const m = tempMark(rt);
  const name = nameForRepr(rt, self);
  const mode = lookupAttrText(rt, self, 'mode');
  const how = mode === 0 ? '' : ` mode=${reprText(rt, temp(rt, mode))}`;
  const encoding = reprText(rt, rt.words[self + TextWord.Encoding]);
  releaseTemps(rt, m);
  return newStr(rt, `<${typeFullName(rt, TEXT_WRAPPER)}${name}${how} encoding=${encoding}>`);
}

function requireInitialized(rt: Runtime, self: Ref): void {
  if ((rt.words[self + TextWord.Flags] & (TextFlag.Ok | TextFlag.Detached)) === 0)
    valueError(rt, 'I/O operation on uninitialized object');
}

function setChunkSize(rt: Runtime, self: Ref, value: Ref): void {
  requireBuffer(rt, self);
  if (value === 0) attributeError(rt, 'cannot delete attribute');
  const n = asSsize(rt, value);
  if (n <= 0) valueError(rt, 'a strictly positive integer is required');
  rt.words[self + TextWord.ChunkSize] = n;
}

const REFERENCES = [
  TextWord.Buffer,
  TextWord.Encoding,
  TextWord.Encoder,
  TextWord.Decoder,
  TextWord.ReadNl,
  TextWord.Pending,
  TextWord.Errors,
  TextWord.Raw,
  TextWord.Dict,
];

defineType({
  ref: TEXT_WRAPPER,
  name: '_io.TextIOWrapper',
  heapType: 'immutable',
  base: TEXT_IO_BASE,
  basicSize: 200,
  words: TextWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  ownWords: true,
  traverse: REFERENCES,
  dealloc: streamDealloc(TextWord.WeakList, REFERENCES, releaseText),
  dictWord: TextWord.Dict,
  weakListWord: TextWord.WeakList,
  doc:
    'TextIOWrapper(buffer, encoding=None, errors=None, newline=None,\n              line_buffering=False, write_through=False)\n--\n\n' +
    'Character and line based layer over a BufferedIOBase object, buffer.\n\nencoding gives the name of the encoding that the stream will be\n' +
    'decoded or encoded with. It defaults to locale.getencoding().\n\nerrors determines the strictness of encoding and decoding (see\n' +
    'help(codecs.Codec) or the documentation for codecs.register) and\ndefaults to "strict".\n\nnewline controls how line endings are handled. It can be None, \'\',\n' +
    "'\\n', '\\r', and '\\r\\n'.  It works as follows:\n\n* On input, if newline is None, universal newlines mode is\n  enabled. Lines in the input can end in '\\n', '\\r', or '\\r\\n', and\n" +
    "  these are translated into '\\n' before being returned to the\n  caller. If it is '', universal newline mode is enabled, but line\n  endings are returned to the caller untranslated. If it has any of\n" +
    '  the other legal values, input lines are only terminated by the given\n  string, and the line ending is returned to the caller untranslated.\n\n' +
    "* On output, if newline is None, any '\\n' characters written are\n  translated to the system default line separator, os.linesep. If\n  newline is '' or '\\n', no translation takes place. If newline is any\n" +
    "  of the other legal values, any '\\n' characters written are translated\n  to the given string.\n\nIf line_buffering is True, a call to flush is implied when a call to\nwrite contains a newline character.",
  slots: { new: newWrapper, init, repr, iternext: nextLine },
  methods: [
    native('detach($self, /)', detach),
    native(
      'reconfigure($self, /, *, encoding=None, errors=None, newline=None,\n            line_buffering=None, write_through=None)',
      reconfigure,
    ),
    native('write($self, text, /)', write),
    native('read($self, size=-1, /)', read),
    native('readline($self, size=-1, /)', readline),
    native('flush($self, /)', flush),
    native('close($self, /)', close),
    native('fileno($self, /)', ofBuffer('fileno')),
    native('seekable($self, /)', ofBuffer('seekable')),
    native('readable($self, /)', ofBuffer('readable')),
    native('writable($self, /)', ofBuffer('writable')),
    native('isatty($self, /)', ofBuffer('isatty')),
    native('seek($self, cookie, whence=os.SEEK_SET, /)', seek),
    native('tell($self, /)', tell),
    native('truncate($self, pos=None, /)', truncate),
    ...refusePickle(),
  ],
  members: [member('encoding', TextWord.Encoding), member('buffer', TextWord.Buffer)],
  getset: [
    getset('line_buffering', (rt, self) => pyBool(hasFlag(rt, self, TextFlag.LineBuffering)) as Owned),
    getset('write_through', (rt, self) => pyBool(hasFlag(rt, self, TextFlag.WriteThrough)) as Owned),
    finalizingFlag(TextWord.Flags, TextFlag.Finalizing),
    getset('name', (rt, self) => getAttrText(rt, requireBuffer(rt, self), 'name')),
    getset('closed', (rt, self) => getAttrText(rt, requireBuffer(rt, self), 'closed')),
    getset('newlines', (rt, self) => {
      requireBuffer(rt, self);
      return seenNewlines(rt, hasFlag(rt, self, TextFlag.ReadUniversal) ? rt.words[self + TextWord.Newlines] : 0);
    }),
    getset('errors', (rt, self) => {
      requireInitialized(rt, self);
      return newRef(rt, rt.words[self + TextWord.Errors]);
    }),
    getset(
      '_CHUNK_SIZE',
      (rt, self) => {
        requireBuffer(rt, self);
        return newInt(rt, rt.words[self + TextWord.ChunkSize]);
      },
      setChunkSize,
    ),
  ],
});
