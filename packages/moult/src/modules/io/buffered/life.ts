/** The beginning and end of buffered streams: `__init__`, `close`, `detach`, and what they ask of their raw stream. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, none } from '../../../core/errors.ts';
import { newInt } from '../../../core/int.ts';
import { getset, member, native } from '../../../core/native.ts';
import type { GetSetDefinition, MemberDefinition, NativeDefinition, NativeFunction } from '../../../core/native.ts';
import { getAttrText } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { asSsize } from '../../../core/ssize.ts';
import { newStr } from '../../../core/str.ts';
import { releaseTemps, tempMark } from '../../../core/temps.ts';
import { typeFullName } from '../../../core/types.ts';
import { parseArguments } from '../../arguments.ts';
import { inAnyCase } from '../any-case.ts';
import { finalizingFlag, nameForRepr, refusePickle } from '../common-members.ts';
import { BufferedFlag, BufferedWord } from '../layout.ts';
import { callNamed, requireCan, tells } from '../support.ts';
import { DEFAULT_BUFFER_SIZE } from '../types.ts';
import { freeBlock, hasFlag, initBuffered, isClosed, requireRaw } from './state.ts';

/** `__init__(raw, buffer_size=…)` of a stream that can do `can`; the raw stream must answer the questions. @runsPython */
export function bufferedInit(
  name: string,
  can: number,
  exactType: Ref,
  questions: readonly (readonly [string, string])[],
) {
  return (rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void => {
    const m = tempMark(rt);
    rt.words[self + BufferedWord.Flags] &= ~(BufferedFlag.Ok | BufferedFlag.Detached);
    const [raw = 0, size = 0] = parseArguments(rt, name, ['raw', 'buffer_size'], 1, args, kwargs);
    const nbytes = size === 0 ? DEFAULT_BUFFER_SIZE : asSsize(rt, size);
    for (const [question, message] of questions) requireCan(rt, raw, question, message);
    initBuffered(rt, self, raw, nbytes, can, exactType);
    releaseTemps(rt, m);
  };
}

/** Flushes, then closes the raw stream in any case. @runsPython Source: CPython 3.12 _io__Buffered_close_impl. */
function close(rt: Runtime, self: Ref): Owned {
  const raw = requireRaw(rt, self);
  if (isClosed(rt, self)) return none();
  if (hasFlag(rt, self, BufferedFlag.Finalizing)) warnRaw(rt, self, self);
  return inAnyCase(
    rt,
    () => {
      tells(rt, self, 'flush');
    },
    () => closeRaw(rt, self, raw),
  );
}

function closeRaw(rt: Runtime, self: Ref, raw: Ref): Owned {
  try {
    return callNamed(rt, raw, 'close');
  } finally {
    freeBlock(rt, self);
    rt.words[self + BufferedWord.ReadEnd] = rt.words[self + BufferedWord.Pos] = 0;
  }
}

/** Lets the raw stream warn that nobody closed it. @runsPython */
function warnRaw(rt: Runtime, self: Ref, source: Ref): void {
  const raw = rt.words[self + BufferedWord.Raw];
  if (raw === 0 || !hasFlag(rt, self, BufferedFlag.Ok)) return;
  const m = mark(rt);
  try {
    tells(rt, raw, '_dealloc_warn', source);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
}

function detach(rt: Runtime, self: Ref): Owned {
  const raw = requireRaw(rt, self);
  tells(rt, self, 'flush');
  const H = rt.words;
  H[self + BufferedWord.Raw] = 0;
  H[self + BufferedWord.Flags] = (H[self + BufferedWord.Flags] & ~BufferedFlag.Ok) | BufferedFlag.Detached;
  return raw as Owned;
}

/** A method that the raw stream answers. */
const ofRaw =
  (name: string): NativeFunction =>
  (rt, self) =>
    callNamed(rt, requireRaw(rt, self), name);

/** An attribute of the raw stream. */
const rawAttribute = (name: string): GetSetDefinition =>
  getset(name, (rt, self) => getAttrText(rt, requireRaw(rt, self), name));

export function bufferedRepr(rt: Runtime, self: Ref): Owned {
  const type = typeFullName(rt, rt.words[self + ObjectWord.Type]);
  return newStr(rt, `<${type}${nameForRepr(rt, self)}>`);
}

function sizeof(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const nbytes = H[self + BufferedWord.Block] === 0 ? 0 : H[self + BufferedWord.Size];
  return newInt(rt, BASIC_SIZE + nbytes);
}

/** CPython's `tp_basicsize` of the three types. */
export const BASIC_SIZE = 152;

/** The methods that all three types have. */
export function commonMethods(): NativeDefinition[] {
  return [
    native('detach($self, /)', detach),
    native('close($self, /)', close),
    native('seekable($self, /)', ofRaw('seekable')),
    native('fileno($self, /)', ofRaw('fileno')),
    native('isatty($self, /)', ofRaw('isatty')),
    native('_dealloc_warn($self, source, /)', (rt, self, source = 0) => {
      warnRaw(rt, self, source);
      return none();
    }),
    native('__sizeof__($self, /)', sizeof),
    ...refusePickle(),
  ];
}

export function askRaw(name: 'readable' | 'writable' | 'flush'): NativeDefinition {
  return native(`${name}($self, /)`, ofRaw(name));
}

export function commonGetset(): GetSetDefinition[] {
  return [
    rawAttribute('closed'),
    rawAttribute('name'),
    rawAttribute('mode'),
    finalizingFlag(BufferedWord.Flags, BufferedFlag.Finalizing),
  ];
}

export function commonMembers(): MemberDefinition[] {
  return [member('raw', BufferedWord.Raw)];
}
