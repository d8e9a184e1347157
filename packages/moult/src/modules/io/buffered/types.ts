/** `BufferedReader`, `BufferedWriter`, `BufferedRandom`. */
import { LayoutKind, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../../../core/errors.ts';
import { native } from '../../../core/native.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { T } from '../../../core/static.ts';
import { bytesData, newBytes } from '../../../core/str.ts';
import { dropTemp, temp, untemp } from '../../../core/temps.ts';
import { defineType } from '../../../core/type-spec.ts';
import { isBytes, kindName } from '../../../core/types.ts';
import { streamDealloc } from '../base.ts';
import { BufferedFlag, BufferedWord } from '../layout.ts';
import { callNamed } from '../support.ts';
import { BUFFERED_IO_BASE, BUFFERED_RANDOM, BUFFERED_READER, BUFFERED_WRITER } from '../types.ts';
import { askRaw, BASIC_SIZE, bufferedInit, bufferedRepr, commonGetset, commonMembers, commonMethods } from './life.ts';
import { seek, tell, truncate } from './position.ts';
import { peek, read, read1, readInto, readline, readLineBytes } from './reading.ts';
import { freeBlock, newBuffered, requireRaw } from './state.ts';
import { flush, write } from './writing.ts';

/** `next(stream)`: a subclass's `readline` is called, if it is one. */
function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  requireRaw(rt, self);
  const type = rt.words[self + ObjectWord.Type];
  if (type === BUFFERED_READER || type === BUFFERED_RANDOM) {
    const data = readLineBytes(rt, self, -1);
    return data.length === 0 ? 0 : newBytes(rt, data);
  }
  const line = temp(rt, callNamed(rt, self, 'readline'));
  if (!isBytes(rt, line))
    raise(rt, T.OSError, `readline() should have returned a bytes object, not '${kindName(rt, line)}'`);
  if (bytesData(rt, line).length > 0) return untemp(rt, line);
  dropTemp(rt, line);
  return 0;
}

const common = {
  base: BUFFERED_IO_BASE,
  basicSize: BASIC_SIZE,
  words: BufferedWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  ownWords: true,
  traverse: [BufferedWord.Raw, BufferedWord.Dict],
  dealloc: streamDealloc(BufferedWord.WeakList, [BufferedWord.Raw, BufferedWord.Dict], freeBlock),
  dictWord: BufferedWord.Dict,
  weakListWord: BufferedWord.WeakList,
} as const;

const READABLE = ['readable', 'File or stream is not readable.'] as const;
const WRITABLE = ['writable', 'File or stream is not writable.'] as const;
const SEEKABLE = ['seekable', 'File or stream is not seekable.'] as const;

const slots = { new: newBuffered, repr: bufferedRepr };

const placeMethods = () => [
  native('seek($self, target, whence=0, /)', seek),
  native('tell($self, /)', tell),
  native('truncate($self, pos=None, /)', truncate),
];

const readMethods = () => [
  native('read($self, size=-1, /)', read),
  native('peek($self, size=0, /)', peek),
  native('read1($self, size=-1, /)', read1),
  native('readinto($self, buffer, /)', readInto(false)),
  native('readinto1($self, buffer, /)', readInto(true)),
  native('readline($self, size=-1, /)', readline),
];

defineType({
  ...common,
  ref: BUFFERED_READER,
  name: '_io.BufferedReader',
  heapType: 'immutable',
  doc:
    'BufferedReader(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\n' +
    'Create a new buffered reader using the given readable raw IO object.',
  slots: {
    ...slots,
    init: bufferedInit('BufferedReader', BufferedFlag.Readable, BUFFERED_READER, [READABLE]),
    iternext: nextLine,
  },
  methods: [...commonMethods(), askRaw('flush'), askRaw('readable'), ...readMethods(), ...placeMethods()],
  getset: commonGetset(),
  members: commonMembers(),
});

defineType({
  ...common,
  ref: BUFFERED_WRITER,
  name: '_io.BufferedWriter',
  heapType: 'immutable',
  doc:
    'BufferedWriter(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\n' +
    'A buffer for a writeable sequential RawIO object.\n\nThe constructor creates a BufferedWriter for the given writeable raw\n' +
    'stream. If the buffer_size is not given, it defaults to\nDEFAULT_BUFFER_SIZE.',
  slots: { ...slots, init: bufferedInit('BufferedWriter', BufferedFlag.Writable, BUFFERED_WRITER, [WRITABLE]) },
  methods: [
    ...commonMethods(),
    askRaw('writable'),
    native('write($self, buffer, /)', write),
    native('flush($self, /)', flush),
    ...placeMethods(),
  ],
  getset: commonGetset(),
  members: commonMembers(),
});

defineType({
  ...common,
  ref: BUFFERED_RANDOM,
  name: '_io.BufferedRandom',
  heapType: 'immutable',
  doc:
    'BufferedRandom(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\n' +
    'A buffered interface to random access streams.\n\nThe constructor creates a reader and writer for a seekable stream,\n' +
    'raw, given in the first argument. If the buffer_size is omitted it\ndefaults to DEFAULT_BUFFER_SIZE.',
  slots: {
    ...slots,
    init: bufferedInit('BufferedRandom', BufferedFlag.Readable | BufferedFlag.Writable, BUFFERED_RANDOM, [
      SEEKABLE,
      READABLE,
      WRITABLE,
    ]),
    iternext: nextLine,
  },
  methods: [
    ...commonMethods(),
    askRaw('readable'),
    askRaw('writable'),
    native('flush($self, /)', flush),
    ...placeMethods(),
    ...readMethods(),
    native('write($self, buffer, /)', write),
  ],
  getset: commonGetset(),
  members: commonMembers(),
});
