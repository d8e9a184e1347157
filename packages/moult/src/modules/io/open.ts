/** `open`. Source: CPython 3.12 Modules/_io/_iomodule.c. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, callWithTuple } from '../../core/call.ts';
import { caught, mark, restoreException, rethrow, takeException, typeError, valueError } from '../../core/errors.ts';
import { newInt, safeIntValue } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import { getAttrText, hasIndex, isTrue, lookupAttrText, reprText, setAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { argumentName, isBytes, isInt, isStr, shortKindName } from '../../core/types.ts';
import { warn } from '../warnings/warn.ts';
import { inAnyCase } from './any-case.ts';
import { asks, callNamed } from './support.ts';
import { BUFFERED_RANDOM, BUFFERED_READER, BUFFERED_WRITER, FILE_IO, TEXT_WRAPPER } from './types.ts';

interface Mode {
  readonly text: string;
  readonly raw: string;
  readonly binary: boolean;
  readonly updating: boolean;
  readonly reading: boolean;
}

function readMode(rt: Runtime, text: string): Mode {
  if (/[^axrwb+t]/.test(text) || new Set(text).size !== text.length) valueError(rt, `invalid mode: '${text}'`);
  const kinds = text.replace(/[bt+]/g, '');
  const updating = text.includes('+');
  const binary = text.includes('b');
  if (binary && text.includes('t')) valueError(rt, "can't have text and binary mode at once");
  if (kinds.length > 1) valueError(rt, 'must have exactly one of create/read/write/append mode');
  return { text, raw: kinds + (updating ? '+' : ''), binary, updating, reading: kinds === 'r' };
}

const given = (o: Ref): boolean => o !== 0 && o !== S.None;

function checkBinary(rt: Runtime, mode: Mode, buffering: number, encoding: Ref, errors: Ref, newline: Ref): void {
  if (!mode.binary) return;
  if (given(encoding)) valueError(rt, "binary mode doesn't take an encoding argument");
  if (given(errors)) valueError(rt, "binary mode doesn't take an errors argument");
  if (given(newline)) valueError(rt, "binary mode doesn't take a newline argument");
  if (buffering === 1) warn(rt, T.RuntimeWarning, BINARY_LINES);
}

const BINARY_LINES =
  "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used";

/** A path as str or bytes, or a number, as a temporary. @runsPython */
function fileArgument(rt: Runtime, file: Ref): Ref {
  if (isInt(rt, file) || isStr(rt, file) || isBytes(rt, file)) return file;
  if (hasIndex(rt, file)) return file;
  const method = lookupAttrText(rt, file, '__fspath__');
  if (method === 0) typeError(rt, `expected str, bytes or os.PathLike object, not ${shortKindName(rt, file)}`);
  const path = temp(rt, call0(rt, temp(rt, method)));
  if (!isStr(rt, path) && !isBytes(rt, path)) typeError(rt, `invalid file: ${reprText(rt, path)}`);
  return path;
}

function open(rt: Runtime, _module: Ref, ...args: Ref[]): Owned {
  const [file = 0, modeArg = 0, bufferingArg = 0, encoding = 0, errors = 0, newline = 0, closefd = 0, opener = 0] =
    args;
  for (const [name, value] of [
    ['encoding', encoding],
    ['errors', errors],
    ['newline', newline],
  ] as const) {
    if (given(value) && !isStr(rt, value))
      typeError(rt, `open() argument '${name}' must be str or None, not ${argumentName(rt, value)}`);
  }
  if (modeArg !== 0 && !isStr(rt, modeArg))
    typeError(rt, `open() argument 'mode' must be str, not ${argumentName(rt, modeArg)}`);
  const buffering = bufferingArg === 0 ? -1 : asSsize(rt, bufferingArg);
  const path = fileArgument(rt, file);
  const mode = readMode(rt, modeArg === 0 ? 'r' : strText(rt, modeArg));
  checkBinary(rt, mode, buffering, encoding, errors, newline);
  const closes = pyBool(closefd === 0 || isTrue(rt, closefd));
  const rawArgs = tupleOf(rt, path, temp(rt, newStr(rt, mode.raw)), closes, opener === 0 ? S.None : opener);
  const raw = temp(rt, callWithTuple(rt, FILE_IO, temp(rt, rawArgs), 0));
  return orClose(rt, raw, (keep) => wrap(rt, raw, keep, mode, buffering, [encoding, errors, newline]));
}

/** Runs `action`, which notes the outermost stream made so far (a temporary); if it fails that one is closed. */
function orClose(rt: Runtime, raw: Ref, action: (keep: (stream: Ref) => Ref) => Owned): Owned {
  let outer = raw;
  const m = mark(rt);
  try {
    return action((stream) => (outer = stream));
  } catch (error) {
    const held = newRef(rt, outer);
    caught(rt, error, m);
    const failure = takeException(rt);
    const stream = temp(rt, held);
    temp(rt, failure);
    return inAnyCase(
      rt,
      () => {
        restoreException(rt, newRef(rt, failure));
        rethrow();
      },
      () => callNamed(rt, stream, 'close'),
    );
  }
}

function wrap(
  rt: Runtime,
  raw: Ref,
  keep: (stream: Ref) => Ref,
  mode: Mode,
  bufferingArg: number,
  options: readonly Ref[],
): Owned {
  const isTerminal = asks(rt, raw, 'isatty');
  const lines = bufferingArg === 1 || (bufferingArg < 0 && isTerminal);
  let buffering = bufferingArg === 1 ? -1 : bufferingArg;
  if (buffering < 0) buffering = safeIntValue(rt, temp(rt, getAttrText(rt, raw, '_blksize')));
  if (buffering === 0) {
    if (!mode.binary) valueError(rt, "can't have unbuffered text I/O");
    return newRef(rt, raw);
  }
  const type = mode.updating ? BUFFERED_RANDOM : mode.reading ? BUFFERED_READER : BUFFERED_WRITER;
  const buffer = keep(
    temp(rt, callWithTuple(rt, type, temp(rt, tupleOf(rt, raw, temp(rt, newInt(rt, buffering)))), 0)),
  );
  if (mode.binary) return newRef(rt, buffer);
  const [encoding = 0, errors = 0, newline = 0] = options.map((o) => (o === 0 ? S.None : o));
  const args = temp(rt, tupleOf(rt, buffer, encoding, errors, newline, pyBool(lines)));
  const wrapper = keep(temp(rt, callWithTuple(rt, TEXT_WRAPPER, args, 0)));
  setAttrText(rt, wrapper, 'mode', temp(rt, newStr(rt, mode.text)));
  return newRef(rt, wrapper);
}

function openCode(rt: Runtime, module: Ref, path: Ref): Owned {
  if (!isStr(rt, path)) typeError(rt, `open_code() argument 'path' must be str, not ${argumentName(rt, path)}`);
  return open(rt, module, path, temp(rt, newStr(rt, 'rb')));
}

export const OPEN_FUNCTIONS = [
  native(
    "open($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)",
    open,
    { doc: 'Open file and return a stream.  Raise OSError upon failure.' },
  ),
  native('open_code($module, /, path)', openCode, {
    doc: "Opens the provided file with the intent to import the contents.\n\nThis may perform extra validation beyond open(), but is otherwise interchangeable\nwith calling open(path, 'rb').",
  }),
];
