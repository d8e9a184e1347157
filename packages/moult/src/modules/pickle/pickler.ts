/** The type `_pickle.Pickler`, and a run of it. */
import {
  clearWord,
  decref,
  freeObject,
  genericAlloc,
  newRef,
  ObjectWord,
  setWord,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { member, MemberKind, native } from '../../core/native.ts';
import { isTrue, lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { newBytes } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { typeFullName } from '../../core/types.ts';
import { parseArguments } from '../arguments.ts';
import { findHook, hookAttribute } from './bound-hook.ts';
import { PICKLER, PicklerWord } from './layout.ts';
import { clearMemo, dropMemo, eachMemo, initMemo } from './memo.ts';
import { PICKLER_MEMO_ATTRIBUTE } from './pickler-memo.ts';
import { Op, Protocol } from './opcodes.ts';
import { Output } from './output.ts';
import { save } from './save.ts';
import { picklingError } from './saver.ts';
import type { Saver } from './saver.ts';

const PERSISTENT_ID = { hook: PicklerWord.PersId, bound: PicklerWord.PersBound };
const REFERENCES = [
  PicklerWord.Write,
  PicklerWord.PersId,
  PicklerWord.DispatchTable,
  PicklerWord.ReducerOverride,
  PicklerWord.BufferCallback,
];
/** What CPython's buffer and the head of its memo take. */
const BUFFER_BYTES = 4096 + 33;
const MEMO_BYTES = 32;
const MEMO_ENTRY_BYTES = 16;

export function newPickler(rt: Runtime, type: Ref = PICKLER): Owned {
  const self = temp(rt, genericAlloc(rt, type));
  initMemo(rt, self);
  rt.words[self + PicklerWord.HasBuffer] = 1;
  return untemp(rt, self);
}

/** Arguments 0 mean that they were not given. Raises TypeError, ValueError. @runsPython
 *  Source: CPython 3.12 _Pickler_SetProtocol, _Pickler_SetBufferCallback. */
export function configure(rt: Runtime, self: Ref, protocol: Ref, fixImports: Ref, callback: Ref): void {
  const H = rt.words;
  let proto: number = Protocol.Default;
  if (protocol !== 0 && protocol !== S.None) {
    proto = asSsize(rt, protocol);
    if (proto < 0) proto = Protocol.Highest;
    if (proto > Protocol.Highest) valueError(rt, `pickle protocol must be <= ${Protocol.Highest}`);
  }
  H[self + PicklerWord.Proto] = proto;
  H[self + PicklerWord.Bin] = proto > 0 ? 1 : 0;
  H[self + PicklerWord.FixImports] = (fixImports === 0 || isTrue(rt, fixImports)) && proto < 3 ? 1 : 0;
  const given = callback !== 0 && callback !== S.None;
  if (given && proto < 5) valueError(rt, 'buffer_callback needs protocol >= 5');
  setWord(rt, self + PicklerWord.BufferCallback, given ? newRef(rt, callback) : 0);
}

/** Takes the file's `write`. Raises TypeError. @runsPython */
export function setFile(rt: Runtime, self: Ref, file: Ref): void {
  const write = lookupAttrText(rt, file, 'write');
  if (write === 0) typeError(rt, "file must have a 'write' attribute");
  setWord(rt, self + PicklerWord.Write, write);
}

/** Source: CPython 3.12 _pickle_Pickler___init___impl. @runsPython */
function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const names = ['file', 'protocol', 'fix_imports', 'buffer_callback'];
  const [file = 0, protocol = 0, fixImports = 0, callback = 0] = parseArguments(rt, 'Pickler', names, 1, args, kwargs);
  clearWord(rt, self + PicklerWord.Write);
  configure(rt, self, protocol, fixImports, callback);
  setFile(rt, self, file);
  clearMemo(rt, self);
  const H = rt.words;
  H[self + PicklerWord.Fast] = 0;
  H[self + PicklerWord.HasBuffer] = 1;
  findHook(rt, self, 'persistent_id', PERSISTENT_ID);
  const table = lookupAttrText(rt, self, 'dispatch_table');
  setWord(rt, self + PicklerWord.DispatchTable, table);
}

/** Pickles `o`; what no file takes is the result. @runsPython */
export function run(rt: Runtime, self: Ref, o: Ref): Uint8Array {
  const H = rt.words;
  const out = new Output(
    H[self + PicklerWord.Write] === 0
      ? null
      : (data) => {
          writeTo(rt, self, data);
        },
  );
  const proto = H[self + PicklerWord.Proto];
  const s: Saver = {
    rt,
    self,
    out,
    proto,
    bin: H[self + PicklerWord.Bin] !== 0,
    fast: H[self + PicklerWord.Fast] !== 0,
    hasPersistentId: H[self + PicklerWord.PersId] !== 0,
    save,
    nesting: 0,
    open: new Set(),
  };
  if (proto >= 2) out.number(Op.Proto, proto, 1);
  out.framing = proto >= 4;
  save(s, o);
  out.byte(Op.Stop);
  out.endFrame();
  out.flush();
  return out.result();
}

function writeTo(rt: Runtime, self: Ref, data: Uint8Array): void {
  const bytes = temp(rt, newBytes(rt, data));
  decref(rt, call1(rt, rt.words[self + PicklerWord.Write], bytes));
  dropTemp(rt, bytes);
}

/** Source: CPython 3.12 _pickle_Pickler_dump. @runsPython */
function dump(rt: Runtime, self: Ref, o: Ref): Owned {
  const H = rt.words;
  if (H[self + PicklerWord.Write] === 0) {
    const type = typeFullName(rt, H[self + ObjectWord.Type]);
    picklingError(rt, `Pickler.__init__() was not called by ${type}.__init__()`);
  }
  H[self + PicklerWord.HasBuffer] = 0;
  setWord(rt, self + PicklerWord.ReducerOverride, lookupAttrText(rt, self, 'reducer_override'));
  try {
    run(rt, self, o);
  } finally {
    clearWord(rt, self + PicklerWord.ReducerOverride);
  }
  return none();
}

function sizeOf(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const memo = MEMO_BYTES + MEMO_ENTRY_BYTES * H[self + PicklerWord.MemoSlots];
  return newInt(rt, 8 * PicklerWord.Words + memo + (H[self + PicklerWord.HasBuffer] === 0 ? 0 : BUFFER_BYTES));
}

/** @runsPython */
function clear(rt: Runtime, self: Ref): void {
  for (const word of REFERENCES) clearWord(rt, self + word);
  dropMemo(rt, self);
}

const LAYOUT: CustomLayout = {
  name: 'pickler',
  traverse(heap: Heap, self, visit) {
    for (const word of REFERENCES) if (heap.words[self + word] !== 0) visit(heap.words[self + word]);
    eachMemo(heap, self, visit);
  },
  clear(heap: Heap, self) {
    clear(heap as Runtime, self);
  },
};

defineType({
  ref: PICKLER,
  name: '_pickle.Pickler',
  heapType: 'immutable',
  basicSize: 8 * PicklerWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LAYOUT,
  dealloc: (rt, self) => {
    untrack(rt, self);
    clear(rt, self);
    freeObject(rt, self);
  },
  doc:
    'Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\n' +
    'This takes a binary file for writing a pickle data stream.\n\n' +
    'The optional *protocol* argument tells the pickler to use the given\n' +
    'protocol; supported protocols are 0, 1, 2, 3, 4 and 5.  The default\n' +
    'protocol is 4.',
  slots: { new: (rt, type) => newPickler(rt, type), init },
  methods: [
    native('dump($self, obj, /)', dump, {
      doc: 'Write a pickled representation of the given object to the open file.',
    }),
    native(
      'clear_memo($self, /)',
      (rt, self) => {
        clearMemo(rt, self);
        return none();
      },
      { doc: 'Clears the pickler\'s "memo".' },
    ),
    native('__sizeof__($self, /)', sizeOf, { doc: 'Returns size in memory, in bytes.' }),
  ],
  members: [
    member('bin', PicklerWord.Bin, MemberKind.Number, false),
    member('fast', PicklerWord.Fast, MemberKind.Number, false),
    member('dispatch_table', PicklerWord.DispatchTable, MemberKind.ObjectEx, false),
  ],
  getset: [PICKLER_MEMO_ATTRIBUTE, hookAttribute('persistent_id', PERSISTENT_ID)],
});
