/** `BufferedRWPair`: a reader and a writer over two raw streams. */
import { genericAlloc, LayoutKind, newRef, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple } from '../../../core/call.ts';
import { valueError } from '../../../core/errors.ts';
import { getset, nativeRaw, native } from '../../../core/native.ts';
import type { NativeDefinition } from '../../../core/native.ts';
import { getAttrText, isTrue } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { newInt } from '../../../core/int.ts';
import { asSsize } from '../../../core/ssize.ts';
import { releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { tupleFromWords, tupleOf } from '../../../core/tuple.ts';
import { defineType } from '../../../core/type-spec.ts';
import { parseArguments, refuseKeywords } from '../../arguments.ts';
import { inAnyCase } from '../any-case.ts';
import { streamDealloc } from '../base.ts';
import { PairWord } from '../layout.ts';
import { callNamed, requireCan } from '../support.ts';
import { BUFFERED_IO_BASE, BUFFERED_PAIR, BUFFERED_READER, BUFFERED_WRITER, DEFAULT_BUFFER_SIZE } from '../types.ts';

/** The reader or writer, borrowed. Raises ValueError before `__init__`. */
function half(rt: Runtime, self: Ref, word: PairWord): Ref {
  return rt.words[self + word] || valueError(rt, 'I/O operation on uninitialized object');
}

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const m = tempMark(rt);
  refuseKeywords(rt, 'BufferedRWPair', kwargs);
  const [reader = 0, writer = 0, size = 0] = parseArguments(
    rt,
    'BufferedRWPair',
    ['reader', 'writer', 'buffer_size'],
    2,
    args,
    0,
  );
  const nbytes = temp(rt, newInt(rt, size === 0 ? DEFAULT_BUFFER_SIZE : asSsize(rt, size)));
  requireCan(rt, reader, 'readable', 'File or stream is not readable.');
  requireCan(rt, writer, 'writable', 'File or stream is not writable.');
  setWord(rt, self + PairWord.Reader, callWithTuple(rt, BUFFERED_READER, temp(rt, tupleOf(rt, reader, nbytes)), 0));
  setWord(rt, self + PairWord.Writer, callWithTuple(rt, BUFFERED_WRITER, temp(rt, tupleOf(rt, writer, nbytes)), 0));
  releaseTemps(rt, m);
}

/** A method that one half has. */
function forward(name: string, word: PairWord): NativeDefinition {
  return nativeRaw(name, (rt, self, args = 0, nargs = 0) => {
    const method = temp(rt, getAttrText(rt, half(rt, self, word), name));
    return callWithTuple(rt, method, temp(rt, tupleFromWords(rt, args, nargs)), 0);
  });
}

/** Closes the writer, then the reader, also when the writer fails. */
function close(rt: Runtime, self: Ref): Owned {
  return inAnyCase(
    rt,
    () => {
      temp(rt, callNamed(rt, half(rt, self, PairWord.Writer), 'close'));
    },
    () => callNamed(rt, half(rt, self, PairWord.Reader), 'close'),
  );
}

function isatty(rt: Runtime, self: Ref): Owned {
  const writer = callNamed(rt, half(rt, self, PairWord.Writer), 'isatty');
  if (isTrue(rt, temp(rt, writer))) return newRef(rt, writer);
  return callNamed(rt, half(rt, self, PairWord.Reader), 'isatty');
}

defineType({
  ref: BUFFERED_PAIR,
  name: '_io.BufferedRWPair',
  heapType: 'immutable',
  base: BUFFERED_IO_BASE,
  basicSize: 48,
  words: PairWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  ownWords: true,
  traverse: [PairWord.Reader, PairWord.Writer, PairWord.Dict],
  dealloc: streamDealloc(PairWord.WeakList, [PairWord.Reader, PairWord.Writer, PairWord.Dict], () => undefined),
  dictWord: PairWord.Dict,
  weakListWord: PairWord.WeakList,
  doc:
    'BufferedRWPair(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)\n--\n\n' +
    'A buffered reader and writer object together.\n\nA buffered reader object and buffered writer object put together to\n' +
    'form a sequential IO object that can read and write. This is typically\nused with a socket or two-way pipe.\n\n' +
    'reader and writer are RawIOBase objects that are readable and\nwriteable respectively. If the buffer_size is omitted it defaults to\nDEFAULT_BUFFER_SIZE.',
  slots: { new: (rt, type) => genericAlloc(rt, type), init },
  methods: [
    ...['read', 'peek', 'read1', 'readinto', 'readinto1', 'readable'].map((name) => forward(name, PairWord.Reader)),
    ...['write', 'flush', 'writable'].map((name) => forward(name, PairWord.Writer)),
    native('close($self, /)', close, { unsigned: true }),
    native('isatty($self, /)', isatty, { unsigned: true }),
  ],
  getset: [getset('closed', (rt, self) => getAttrText(rt, half(rt, self, PairWord.Writer), 'closed'))],
});
