/** The type `_pickle.Unpickler`, and its memo as an object. */
import { clearWord, freeObject, genericAlloc, newRef, ObjectWord, setWord, TypeFlag, untrack } from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref } from '@moult/heap';
import { dictCopy, dictKeyAt, dictNext, dictSet, dictValueAt, newDict } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listClear, newList } from '../../core/list.ts';
import { getset, native } from '../../core/native.ts';
import { isTrue, iter, lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isDict, isInt, isStr, kindName, typeFullName } from '../../core/types.ts';
import { tupleSize } from '../../core/tuple.ts';
import { parseArguments } from '../arguments.ts';
import { findHook, hookAttribute } from './bound-hook.ts';
import { findClass } from './find-class.ts';
import { Input } from './input.ts';
import { ProxyWord, UNPICKLER, UNPICKLER_MEMO, UnpicklerWord } from './layout.ts';
import { load } from './load.ts';
import { dropLoadMemo, eachNoted, initLoadMemo, memoPut, unpicklingError } from './loader.ts';
import { defineProxy, newProxy } from './pickler-memo.ts';

const PERSISTENT_LOAD = { hook: UnpicklerWord.PersLoad, bound: UnpicklerWord.PersBound };
const REFERENCES = [
  UnpicklerWord.Readline,
  UnpicklerWord.Read,
  UnpicklerWord.Peek,
  UnpicklerWord.Buffers,
  UnpicklerWord.Stack,
  UnpicklerWord.PersLoad,
];
const TEXTS = [UnpicklerWord.Encoding, UnpicklerWord.Errors];

export function newUnpickler(rt: Runtime, type: Ref = UNPICKLER): Owned {
  const self = temp(rt, genericAlloc(rt, type));
  const stack = newList(rt, 0);
  untrack(rt, stack);
  rt.words[self + UnpicklerWord.Stack] = stack;
  initLoadMemo(rt, self);
  return untemp(rt, self);
}

/** The keyword arguments, 0 where they were not given. */
interface LoadOptions {
  readonly fixImports: Ref;
  readonly encoding: Ref;
  readonly errors: Ref;
  readonly buffers: Ref;
}

/** Raises TypeError. @runsPython */
export function configure(rt: Runtime, self: Ref, name: string, options: LoadOptions): void {
  const { fixImports, encoding, errors, buffers } = options;
  rt.words[self + UnpicklerWord.FixImports] = fixImports === 0 || isTrue(rt, fixImports) ? 1 : 0;
  setText(rt, self + UnpicklerWord.Encoding, encoding, 'ASCII', `${name}() argument 'encoding'`);
  setText(rt, self + UnpicklerWord.Errors, errors, 'strict', `${name}() argument 'errors'`);
  const given = buffers !== 0 && buffers !== S.None;
  setWord(rt, self + UnpicklerWord.Buffers, given ? iter(rt, buffers) : 0);
}

function setText(rt: Runtime, word: number, value: Ref, standard: string, what: string): void {
  if (value === 0) {
    setWord(rt, word, newStr(rt, standard));
    return;
  }
  if (!isStr(rt, value)) typeError(rt, `${what} must be str, not ${value === S.None ? 'None' : kindName(rt, value)}`);
  if (strText(rt, value).includes('\0')) valueError(rt, 'embedded null character');
  setWord(rt, word, newRef(rt, value));
}

/** Takes the file's methods. Raises TypeError. @runsPython
 *  Source: CPython 3.12 _Unpickler_SetInputStream. */
export function setFile(rt: Runtime, self: Ref, file: Ref): void {
  setWord(rt, self + UnpicklerWord.Peek, lookupAttrText(rt, file, 'peek'));
  setWord(rt, self + UnpicklerWord.Read, lookupAttrText(rt, file, 'read'));
  setWord(rt, self + UnpicklerWord.Readline, lookupAttrText(rt, file, 'readline'));
  const H = rt.words;
  if (H[self + UnpicklerWord.Read] !== 0 && H[self + UnpicklerWord.Readline] !== 0) return;
  for (const word of [UnpicklerWord.Peek, UnpicklerWord.Read, UnpicklerWord.Readline]) clearWord(rt, self + word);
  typeError(rt, "file must have 'read' and 'readline' attributes");
}

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const names = ['file', 'fix_imports', 'encoding', 'errors', 'buffers'];
  if (tupleSize(rt, args) > 1) {
    typeError(rt, `Unpickler() takes exactly 1 positional argument (${tupleSize(rt, args)} given)`);
  }
  const [file = 0, fixImports = 0, encoding = 0, errors = 0, buffers = 0] = parseArguments(
    rt,
    'Unpickler',
    names,
    1,
    args,
    kwargs,
  );
  clearWord(rt, self + UnpicklerWord.Read);
  setFile(rt, self, file);
  configure(rt, self, 'Unpickler', { fixImports, encoding, errors, buffers });
  findHook(rt, self, 'persistent_load', PERSISTENT_LOAD);
  emptyMemo(rt, self);
  rt.words[self + UnpicklerWord.Proto] = 0;
}

function emptyMemo(rt: Runtime, self: Ref): void {
  dropLoadMemo(rt, self);
  if (rt.words[self + UnpicklerWord.Memo] === 0) initLoadMemo(rt, self);
}

/** Loads from the file, or from `data`. @runsPython */
export function run(rt: Runtime, self: Ref, data?: Uint8Array): Owned {
  const H = rt.words;
  const stack = H[self + UnpicklerWord.Stack];
  listClear(rt, stack);
  H[self + UnpicklerWord.Proto] = 0;
  return load({ rt, self, input: new Input(rt, self, data), stack, proto: 0, marks: [], fence: 0 });
}

function loadMethod(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  if (H[self + UnpicklerWord.Read] === 0) {
    const type = typeFullName(rt, H[self + ObjectWord.Type]);
    unpicklingError(rt, `Unpickler.__init__() was not called by ${type}.__init__()`);
  }
  return run(rt, self);
}

function sizeOf(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const texts = TEXTS.map((word) => H[self + word]).map((o) => (o === 0 ? 0 : strText(rt, o).length + 1));
  const [encoding = 0, errors = 0] = texts;
  const slots = H[self + UnpicklerWord.MemoSlots] + H[self + UnpicklerWord.MarkSlots];
  return newInt(rt, 8 * UnpicklerWord.Words + 8 * slots + H[self + UnpicklerWord.LineBytes] + encoding + errors);
}

/** `{number: object}` */
function copyMemo(rt: Runtime, proxy: Ref): Owned {
  const dict = temp(rt, newDict(rt));
  eachNoted(rt, rt.words[proxy + ProxyWord.Owner], (value, index) => {
    const key = temp(rt, newInt(rt, index));
    dictSet(rt, dict, key, value);
    dropTemp(rt, key);
  });
  return untemp(rt, dict);
}

function setMemo(rt: Runtime, self: Ref, value: Ref): void {
  if (value === 0) typeError(rt, 'attribute deletion is not supported');
  const isProxy = rt.words[value + ObjectWord.Type] === UNPICKLER_MEMO;
  if (!isProxy && !isDict(rt, value)) {
    typeError(rt, `'memo' attribute must be an UnpicklerMemoProxy object or dict, not ${kindName(rt, value)}`);
  }
  const dict = temp(rt, isProxy ? copyMemo(rt, value) : dictCopy(rt, value));
  const keys: number[] = [];
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const key = dictKeyAt(rt, dict, i);
    if (!isInt(rt, key)) typeError(rt, 'memo key must be integers');
    keys.push(asSsize(rt, key));
    if ((keys.at(-1) as number) < 0) valueError(rt, 'memo key must be positive integers.');
  }
  emptyMemo(rt, self);
  let at = 0;
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    memoPut(rt, self, keys[at++] as number, dictValueAt(rt, dict, i));
  }
  dropTemp(rt, dict);
}

defineProxy(UNPICKLER_MEMO, '_pickle.UnpicklerMemoProxy', emptyMemo, copyMemo);

function clear(rt: Runtime, self: Ref): void {
  for (const word of REFERENCES) clearWord(rt, self + word);
  dropLoadMemo(rt, self);
  for (const word of TEXTS) clearWord(rt, self + word);
}

const LAYOUT: CustomLayout = {
  name: 'unpickler',
  traverse(heap: Heap, self, visit) {
    for (const word of REFERENCES) if (heap.words[self + word] !== 0) visit(heap.words[self + word]);
    eachNoted(heap, self, visit);
  },
  owned(heap: Heap, self, visit) {
    for (const word of TEXTS) if (heap.words[self + word] !== 0) visit(heap.words[self + word]);
  },
  clear(heap: Heap, self) {
    clear(heap as Runtime, self);
  },
};

defineType({
  ref: UNPICKLER,
  name: '_pickle.Unpickler',
  heapType: 'immutable',
  basicSize: 8 * UnpicklerWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LAYOUT,
  dealloc: (rt, self) => {
    untrack(rt, self);
    clear(rt as Runtime, self);
    freeObject(rt, self);
  },
  doc:
    "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())\n--\n\n" +
    'This takes a binary file for reading a pickle data stream.\n\n' +
    'The protocol version of the pickle is detected automatically, so no\n' +
    "protocol argument is needed.  Bytes past the pickled object's\n" +
    'representation are ignored.',
  slots: { new: (rt, type) => newUnpickler(rt, type), init },
  methods: [
    native('load($self, /)', loadMethod, {
      doc: 'Load a pickle.\n\nRead a pickled object representation from the open file object given\nin the constructor, and return the reconstituted object hierarchy\nspecified therein.',
    }),
    native('find_class($self, module_name, global_name, /)', findClass, {
      doc: 'Return an object from a specified module.',
    }),
    native('__sizeof__($self, /)', sizeOf, { doc: 'Returns size in memory, in bytes.' }),
  ],
  getset: [
    getset('memo', (rt, self) => newProxy(rt, UNPICKLER_MEMO, self), setMemo),
    hookAttribute('persistent_load', PERSISTENT_LOAD),
  ],
});
