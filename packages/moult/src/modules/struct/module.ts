/** The module `_struct`. */
import {
  clearWeakrefs,
  freeObject,
  hostAdd,
  hostFree,
  hostGet,
  LayoutKind,
  newRef,
  ObjectWord,
  TupleWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { getset, native, nativeRaw } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { bytesData, newBytes, newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { argumentName, isBytes, isStr, kindName } from '../../core/types.ts';
import { latin1Text } from '../../text/bytes-case.ts';
import { encodeText } from '../../objects/bytes/codecs.ts';
import { hasWritableBuffer, requireBuffer } from '../../objects/bytes/buffer.ts';
import { refuseLong } from '../../objects/str/make.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { parseArguments } from '../arguments.ts';
import { integerOf } from '../buffers.ts';
import { setTake } from '../make.ts';
import { FormatFault, parseFormat } from './format.ts';
import type { Layout } from './format.ts';
import { defineUnpackIterator, newUnpackIterator } from './iterator.ts';
import { packValues, STRUCT_ERROR, structError, unpackValues } from './pack.ts';

/** `Format` is the host-table index of the format's text, 0 until `__init__`. */
const enum StructWord {
  Format = 2,
  WeakList = 6,
  Words = 7,
}

const CODE_BYTES = 32;

const STRUCT = moduleType();

/** Layouts by format. Dropped when full. */
const known = new Map<string, Layout>();
const MAX_KNOWN = 100;

function layoutOf(rt: Runtime, format: string): Layout {
  const found = known.get(format);
  if (found !== undefined) return found;
  try {
    const layout = parseFormat(format);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(format, layout);
    return layout;
  } catch (error) {
    if (error instanceof FormatFault) structError(rt, error.message);
    throw error;
  }
}

function formatText(rt: Runtime, o: Ref): string {
  if (isStr(rt, o)) return latin1Text(encodeText(rt, o, 'ascii', 'strict'));
  if (isBytes(rt, o)) return latin1Text(bytesData(rt, o));
  return typeError(rt, `Struct() argument 1 must be a str or bytes object, not ${kindName(rt, o)}`);
}

/** How a method finds its layout and its arguments: those of a function come after the format. */
type Source = (rt: Runtime, self: Ref, args: number) => Layout;

const fromArgument: Source = (rt, _self, args) => layoutOf(rt, formatText(rt, rt.words[args]));

const fromSelf: Source = (rt, self) => {
  const format = rt.words[self + StructWord.Format];
  if (format === 0) structError(rt, 'Struct object is not initialized');
  return layoutOf(rt, hostGet(rt, format) as string);
};

/** The operations, for the module's functions (`skip` 1) and for Struct's methods (`skip` 0). */
function operations(source: Source, skip: number) {
  const need = (rt: Runtime, name: string, nargs: number, least: number, most: number): void => {
    const given = nargs - skip;
    if (given >= least && given <= most) return;
    const how = least === most ? '' : given < least ? 'at least ' : 'at most ';
    const wanted = (given < least ? least : most) + skip;
    typeError(rt, `${name} expected ${how}${wanted} argument${wanted === 1 ? '' : 's'}, got ${nargs}`);
  };
  const pack = (rt: Runtime, self: Ref, args: number, nargs: number): Owned => {
    need(rt, 'pack', nargs, 0, Infinity);
    const layout = source(rt, self, args);
    refuseLong(rt, layout.size);
    return newBytes(rt, packValues(rt, layout, args + skip, nargs - skip, 'pack'));
  };
  const packInto = (rt: Runtime, self: Ref, args: number, nargs: number): Owned => {
    const layout = source(rt, self, args);
    const first = args + skip;
    if (nargs - skip < 1) structError(rt, 'pack_into expected buffer argument');
    if (nargs - skip < 2) structError(rt, 'pack_into expected offset argument');
    const buffer = rt.words[first];
    requireWritable(rt, buffer);
    const offset = first + 1;
    const wanted = asSsize(rt, rt.words[offset]);
    const at = placeFor(rt, layout, requireBuffer(rt, buffer).length, wanted, PACKING, rt.words[offset]);
    const bytes = packValues(rt, layout, first + 2, nargs - skip - 2, 'pack_into');
    requireBuffer(rt, buffer).set(bytes, at);
    return none();
  };
  const unpack = (rt: Runtime, self: Ref, args: number, nargs: number): Owned => {
    need(rt, 'unpack', nargs, 1, 1);
    const layout = source(rt, self, args);
    const data = requireBuffer(rt, rt.words[args + skip]);
    if (data.length !== layout.size) structError(rt, `unpack requires a buffer of ${layout.size} bytes`);
    return unpackValues(rt, layout, data, 0);
  };
  const unpackFrom = (rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned => {
    const layout = source(rt, self, args);
    const values = namedArguments(rt, args + skip, nargs - skip, kwnames);
    if (values.buffer === 0) typeError(rt, "unpack_from() missing required argument 'buffer' (pos 1)");
    const data = requireBuffer(rt, values.buffer);
    const offset = values.offset === 0 ? 0 : asSsize(rt, values.offset);
    return unpackValues(rt, layout, data, placeFor(rt, layout, data.length, offset, UNPACKING, values.offset));
  };
  const iterUnpack = (rt: Runtime, self: Ref, args: number, nargs: number): Owned => {
    need(rt, 'iter_unpack', nargs, 1, 1);
    const layout = source(rt, self, args);
    const struct = skip === 0 ? newRef(rt, self) : structOf(rt, rt.words[args]);
    return newUnpackIterator(rt, temp(rt, struct), layout, rt.words[args + skip]);
  };
  return [
    nativeRaw('pack', pack, { doc: 'The values as bytes, by the format.' }),
    nativeRaw('pack_into', packInto, { doc: 'Packs the values into a buffer at an offset.' }),
    nativeRaw('unpack', unpack, { doc: 'The values of a buffer, by the format.' }),
    nativeRaw('unpack_from', unpackFrom, { keywords: true, doc: 'The values of a buffer from an offset on.' }),
    nativeRaw('iter_unpack', iterUnpack, { doc: 'An iterator over the values of a buffer, one tuple for each turn.' }),
  ];
}

function namedArguments(rt: Runtime, args: number, nargs: number, kwnames: Ref): { buffer: Ref; offset: Ref } {
  const H = rt.words;
  const result = { buffer: nargs > 0 ? H[args] : 0, offset: nargs > 1 ? H[args + 1] : 0 };
  const count = kwnames === 0 ? 0 : H[kwnames + TupleWord.Size];
  for (let i = 0; i < count; i++) {
    const name = strText(rt, H[kwnames + TupleWord.Items + i]);
    if (name === 'buffer') result.buffer = H[args + nargs + i];
    else if (name === 'offset') result.offset = H[args + nargs + i];
    else typeError(rt, `'${name}' is an invalid keyword argument for unpack_from()`);
  }
  return result;
}

function requireWritable(rt: Runtime, buffer: Ref): void {
  if (hasWritableBuffer(rt, buffer)) return;
  typeError(rt, `argument must be read-write bytes-like object, not ${argumentName(rt, buffer)}`);
}

/** What messages about places say. */
interface Doing {
  readonly name: string;
  readonly lacks: string;
  readonly doing: string;
}

const PACKING: Doing = { name: 'pack_into', lacks: 'no space to pack', doing: 'packing' };
const UNPACKING: Doing = { name: 'unpack_from', lacks: 'not enough data to unpack', doing: 'unpacking' };

/** Where the values begin; a negative offset counts from the end. `given` is the offset as an object. */
function placeFor(rt: Runtime, layout: Layout, length: number, offset: number, what: Doing, given: Ref): number {
  const { size } = layout;
  if (offset < 0) {
    if (offset + size > 0) structError(rt, `${what.lacks} ${size} bytes at offset ${offset}`);
    if (offset + length < 0) structError(rt, `offset ${integerOf(rt, given)} out of range for ${length}-byte buffer`);
    return offset + length;
  }
  if (length - offset < size) {
    const exact = given === 0 ? 0n : integerOf(rt, given);
    structError(
      rt,
      `${what.name} requires a buffer of at least ${exact + BigInt(size)} bytes for ${what.doing} ${size} bytes at offset ${exact} (actual buffer size is ${length})`,
    );
  }
  return offset;
}

/** A Struct of that format. */
function structOf(rt: Runtime, format: Ref): Owned {
  const self = allocInstance(rt, STRUCT, 0);
  rt.words[self + StructWord.Format] = hostAdd(rt, formatText(rt, format));
  return self;
}

/** `__sizeof__`: the object, and a record of 32 bytes for each code and for the end. */
function sizeOf(rt: Runtime, self: Ref): Owned {
  const { runs } = fromSelf(rt, self, 0);
  const own = rt.words[rt.words[self + ObjectWord.Type] + TypeWord.BasicSize];
  return newInt(rt, own + CODE_BYTES * (runs + 1));
}

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const [format] = parseArguments(rt, 'Struct', ['format'], 1, args, kwargs) as [Ref];
  const text = formatText(rt, format);
  layoutOf(rt, text);
  const H = rt.words;
  const old = H[self + StructWord.Format];
  H[self + StructWord.Format] = hostAdd(rt, text);
  if (old !== 0) hostFree(rt, old);
}

function dealloc(rt: Runtime, self: Ref): void {
  untrack(rt, self);
  if (rt.words[self + StructWord.WeakList] !== 0) clearWeakrefs(rt, self);
  const format = rt.words[self + StructWord.Format];
  if (format !== 0) hostFree(rt, format);
  freeObject(rt, self);
}

defineType({
  ref: STRUCT,
  name: '_struct.Struct',
  heapType: 'immutable',
  genericAccess: 'get and set',
  basicSize: 8 * StructWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [],
  noClear: true,
  dealloc,
  weakListWord: StructWord.WeakList,
  doc: 'Struct(fmt) --> compiled struct object',
  slots: { new: (rt, type) => allocInstance(rt, type, 0), init },
  methods: [
    ...operations(fromSelf, 0),
    native('__sizeof__($self, /)', sizeOf, { doc: 'S.__sizeof__() -> size of S in memory, in bytes' }),
  ],
  getset: [
    getset(
      'format',
      (rt, self) => newStr(rt, hostGet(rt, rt.words[self + StructWord.Format]) as string),
      null,
      'struct format string',
    ),
    getset('size', (rt, self) => newInt(rt, fromSelf(rt, self, 0).size), null, 'struct size in bytes'),
  ],
});

defineUnpackIterator((rt, struct) => fromSelf(rt, struct, 0));

defineModule({
  name: '_struct',
  doc: 'Functions to convert between Python values and C structs.',
  functions: [
    native(
      'calcsize($module, format, /)',
      (rt, _module, format = 0) => newInt(rt, layoutOf(rt, formatText(rt, format)).size),
      {
        doc: 'The size of what a format describes, in bytes.',
      },
    ),
    ...operations(fromArgument, 1),
    native('_clearcache($module, /)', () => none(), { doc: 'Clear the internal cache.' }),
  ],
  populate(rt, dict) {
    setTake(rt, dict, 'Struct', newRef(rt, STRUCT));
    setTake(rt, dict, 'error', newRef(rt, STRUCT_ERROR));
  },
});
