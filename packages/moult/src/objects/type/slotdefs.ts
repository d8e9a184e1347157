/**
 * The table of special methods: which name fills which slot, by which dispatcher, and how a slot shows as a method. Rows
 * are in CPython 3.12's order (slotdefs), which decides the order of names in a type's dict; rows of one slot adjoin.
 */
import { TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { slotIndex } from '../../core/functions.ts';
import type { SlotFunction } from '../../core/functions.ts';
import { Id } from '../../core/names.ts';
import * as basic from './dispatch/basic.ts';
import * as buffers from './dispatch/buffers.ts';
import * as containers from './dispatch/containers.ts';
import * as numbers from './dispatch/numbers.ts';
import { Wrap } from './wrappers.ts';

interface SlotDef {
  readonly index: number;
  readonly name: Ref;
  readonly text: string;
  /** `TypeWord` of the slot. */
  readonly word: number;
  /** Index of the dispatcher; 0: a class statement's type gets none for this row. */
  readonly dispatcher: number;
  /** `Wrap`; `Wrap.None`: the slot shows under no such name. */
  readonly wrap: number;
  readonly doc: string | null;
  readonly signature: string | null;
}

/** All rows. */
export const SLOT_DEFS: SlotDef[] = [];

const SELF = '($self, /)';
const VALUE = '($self, value, /)';
const KEY = '($self, key, /)';

function def(
  text: string,
  name: Ref,
  word: number,
  fn: SlotFunction | null,
  wrap: number,
  doc: string | null = null,
  signature: string | null = doc === null ? null : SELF,
): void {
  const dispatcher = fn === null ? 0 : slotIndex(fn);
  SLOT_DEFS.push({ index: SLOT_DEFS.length, name, text, word, dispatcher, wrap, doc, signature });
}

def('__repr__', Id.__repr__, TypeWord.Repr, basic.slotRepr, Wrap.Unary, 'Return repr(self).');
def('__hash__', Id.__hash__, TypeWord.Hash, basic.slotHash, Wrap.Hash, 'Return hash(self).');
def(
  '__call__',
  Id.__call__,
  TypeWord.Call,
  basic.slotCall,
  Wrap.Call,
  'Call self as a function.',
  '($self, /, *args, **kwargs)',
);
def('__str__', Id.__str__, TypeWord.Str, basic.slotStr, Wrap.Unary, 'Return str(self).');
def(
  '__getattribute__',
  Id.__getattribute__,
  TypeWord.GetAttrO,
  basic.slotGetAttrHook,
  Wrap.Binary,
  'Return getattr(self, name).',
  '($self, name, /)',
);
def('__getattr__', Id.__getattr__, TypeWord.GetAttrO, basic.slotGetAttrHook, Wrap.None);
def(
  '__setattr__',
  Id.__setattr__,
  TypeWord.SetAttrO,
  basic.slotSetAttr,
  Wrap.SetAttr,
  'Implement setattr(self, name, value).',
  '($self, name, value, /)',
);
def(
  '__delattr__',
  Id.__delattr__,
  TypeWord.SetAttrO,
  basic.slotSetAttr,
  Wrap.DelAttr,
  'Implement delattr(self, name).',
  '($self, name, /)',
);
def('__lt__', Id.__lt__, TypeWord.RichCompare, basic.slotRichCompare, Wrap.Lt, 'Return self<value.', VALUE);
def('__le__', Id.__le__, TypeWord.RichCompare, basic.slotRichCompare, Wrap.Le, 'Return self<=value.', VALUE);
def('__eq__', Id.__eq__, TypeWord.RichCompare, basic.slotRichCompare, Wrap.Eq, 'Return self==value.', VALUE);
def('__ne__', Id.__ne__, TypeWord.RichCompare, basic.slotRichCompare, Wrap.Ne, 'Return self!=value.', VALUE);
def('__gt__', Id.__gt__, TypeWord.RichCompare, basic.slotRichCompare, Wrap.Gt, 'Return self>value.', VALUE);
def('__ge__', Id.__ge__, TypeWord.RichCompare, basic.slotRichCompare, Wrap.Ge, 'Return self>=value.', VALUE);
def('__iter__', Id.__iter__, TypeWord.Iter, basic.slotIter, Wrap.Unary, 'Implement iter(self).');
def('__next__', Id.__next__, TypeWord.IterNext, basic.slotIterNext, Wrap.Next, 'Implement next(self).');
def(
  '__get__',
  Id.__get__,
  TypeWord.DescrGet,
  basic.slotDescrGet,
  Wrap.DescrGet,
  'Return an attribute of instance, which is of type owner.',
  '($self, instance, owner=None, /)',
);
def(
  '__set__',
  Id.__set__,
  TypeWord.DescrSet,
  basic.slotDescrSet,
  Wrap.DescrSet,
  'Set an attribute of instance to value.',
  '($self, instance, value, /)',
);
def(
  '__delete__',
  Id.__delete__,
  TypeWord.DescrSet,
  basic.slotDescrSet,
  Wrap.DescrDelete,
  'Delete an attribute of instance.',
  '($self, instance, /)',
);
def(
  '__init__',
  Id.__init__,
  TypeWord.Init,
  basic.slotInit,
  Wrap.Init,
  'Initialize self.  See help(type(self)) for accurate signature.',
  '($self, /, *args, **kwargs)',
);
def('__new__', Id.__new__, TypeWord.New, basic.slotNew, Wrap.None);
def('__del__', Id.__del__, TypeWord.Finalize, basic.slotFinalize, Wrap.Finalize);
def(
  '__buffer__',
  Id.__buffer__,
  TypeWord.BfGetBuffer,
  buffers.slotGetBuffer,
  Wrap.GetBuffer,
  'Return a buffer object that exposes the underlying memory of the object.',
  '($self, flags, /)',
);
def(
  '__release_buffer__',
  Id.__release_buffer__,
  TypeWord.BfReleaseBuffer,
  buffers.slotReleaseBuffer,
  Wrap.ReleaseBuffer,
  'Release the buffer object that exposes the underlying memory of the object.',
  '($self, buffer, /)',
);

def(
  '__await__',
  Id.__await__,
  TypeWord.AmAwait,
  basic.slotAwait,
  Wrap.Unary,
  'Return an iterator to be used in await expression.',
);
def(
  '__aiter__',
  Id.__aiter__,
  TypeWord.AmAiter,
  basic.slotAiter,
  Wrap.Unary,
  'Return an awaitable, that resolves in asynchronous iterator.',
);
def(
  '__anext__',
  Id.__anext__,
  TypeWord.AmAnext,
  basic.slotAnext,
  Wrap.Unary,
  'Return a value or raise StopAsyncIteration.',
);

function pair(
  text: string,
  name: Ref,
  reflected: Ref,
  word: number,
  fn: SlotFunction,
  doc: string,
  docReflected: string,
): void {
  def(`__${text}__`, name, word, fn, Wrap.BinaryL, doc, VALUE);
  def(`__r${text}__`, reflected, word, fn, Wrap.BinaryR, docReflected, VALUE);
}

function operator(text: string, name: Ref, reflected: Ref, word: number, fn: SlotFunction, sign: string): void {
  pair(text, name, reflected, word, fn, `Return self${sign}value.`, `Return value${sign}self.`);
}

operator('add', Id.__add__, Id.__radd__, TypeWord.NbAdd, numbers.slotAdd, '+');
operator('sub', Id.__sub__, Id.__rsub__, TypeWord.NbSubtract, numbers.slotSubtract, '-');
operator('mul', Id.__mul__, Id.__rmul__, TypeWord.NbMultiply, numbers.slotMultiply, '*');
operator('mod', Id.__mod__, Id.__rmod__, TypeWord.NbRemainder, numbers.slotRemainder, '%');
pair(
  'divmod',
  Id.__divmod__,
  Id.__rdivmod__,
  TypeWord.NbDivmod,
  numbers.slotDivmod,
  'Return divmod(self, value).',
  'Return divmod(value, self).',
);
def(
  '__pow__',
  Id.__pow__,
  TypeWord.NbPower,
  numbers.slotPower,
  Wrap.Ternary,
  'Return pow(self, value, mod).',
  '($self, value, mod=None, /)',
);
def(
  '__rpow__',
  Id.__rpow__,
  TypeWord.NbPower,
  numbers.slotPower,
  Wrap.TernaryR,
  'Return pow(value, self, mod).',
  '($self, value, mod=None, /)',
);
def('__neg__', Id.__neg__, TypeWord.NbNegative, numbers.slotNegative, Wrap.Unary, '-self');
def('__pos__', Id.__pos__, TypeWord.NbPositive, numbers.slotPositive, Wrap.Unary, '+self');
def('__abs__', Id.__abs__, TypeWord.NbAbsolute, numbers.slotAbsolute, Wrap.Unary, 'abs(self)');
def('__bool__', Id.__bool__, TypeWord.NbBool, numbers.slotBool, Wrap.Predicate, 'True if self else False');
def('__invert__', Id.__invert__, TypeWord.NbInvert, numbers.slotInvert, Wrap.Unary, '~self');
operator('lshift', Id.__lshift__, Id.__rlshift__, TypeWord.NbLshift, numbers.slotLshift, '<<');
operator('rshift', Id.__rshift__, Id.__rrshift__, TypeWord.NbRshift, numbers.slotRshift, '>>');
operator('and', Id.__and__, Id.__rand__, TypeWord.NbAnd, numbers.slotAnd, '&');
operator('xor', Id.__xor__, Id.__rxor__, TypeWord.NbXor, numbers.slotXor, '^');
operator('or', Id.__or__, Id.__ror__, TypeWord.NbOr, numbers.slotOr, '|');
def('__int__', Id.__int__, TypeWord.NbInt, numbers.slotInt, Wrap.Unary, 'int(self)');
def('__float__', Id.__float__, TypeWord.NbFloat, numbers.slotFloat, Wrap.Unary, 'float(self)');

function inplace(text: string, name: Ref, word: number, fn: SlotFunction, sign: string): void {
  def(text, name, word, fn, Wrap.Binary, `Return self${sign}value.`, VALUE);
}

inplace('__iadd__', Id.__iadd__, TypeWord.NbInplaceAdd, numbers.slotInplaceAdd, '+=');
inplace('__isub__', Id.__isub__, TypeWord.NbInplaceSubtract, numbers.slotInplaceSubtract, '-=');
inplace('__imul__', Id.__imul__, TypeWord.NbInplaceMultiply, numbers.slotInplaceMultiply, '*=');
inplace('__imod__', Id.__imod__, TypeWord.NbInplaceRemainder, numbers.slotInplaceRemainder, '%=');
def(
  '__ipow__',
  Id.__ipow__,
  TypeWord.NbInplacePower,
  numbers.slotInplacePower,
  Wrap.Ternary,
  'Return self**=value.',
  VALUE,
);
inplace('__ilshift__', Id.__ilshift__, TypeWord.NbInplaceLshift, numbers.slotInplaceLshift, '<<=');
inplace('__irshift__', Id.__irshift__, TypeWord.NbInplaceRshift, numbers.slotInplaceRshift, '>>=');
inplace('__iand__', Id.__iand__, TypeWord.NbInplaceAnd, numbers.slotInplaceAnd, '&=');
inplace('__ixor__', Id.__ixor__, TypeWord.NbInplaceXor, numbers.slotInplaceXor, '^=');
inplace('__ior__', Id.__ior__, TypeWord.NbInplaceOr, numbers.slotInplaceOr, '|=');
operator('floordiv', Id.__floordiv__, Id.__rfloordiv__, TypeWord.NbFloorDivide, numbers.slotFloorDivide, '//');
operator('truediv', Id.__truediv__, Id.__rtruediv__, TypeWord.NbTrueDivide, numbers.slotTrueDivide, '/');
inplace('__ifloordiv__', Id.__ifloordiv__, TypeWord.NbInplaceFloorDivide, numbers.slotInplaceFloorDivide, '//=');
inplace('__itruediv__', Id.__itruediv__, TypeWord.NbInplaceTrueDivide, numbers.slotInplaceTrueDivide, '/=');
def(
  '__index__',
  Id.__index__,
  TypeWord.NbIndex,
  numbers.slotIndexNumber,
  Wrap.Unary,
  'Return self converted to an integer, if self is suitable for use as an index into a list.',
);
operator('matmul', Id.__matmul__, Id.__rmatmul__, TypeWord.NbMatrixMultiply, numbers.slotMatrixMultiply, '@');
inplace('__imatmul__', Id.__imatmul__, TypeWord.NbInplaceMatrixMultiply, numbers.slotInplaceMatrixMultiply, '@=');

def('__len__', Id.__len__, TypeWord.MpLength, containers.slotLength, Wrap.Length, 'Return len(self).');
def(
  '__getitem__',
  Id.__getitem__,
  TypeWord.MpSubscript,
  containers.slotSubscript,
  Wrap.Binary,
  'Return self[key].',
  KEY,
);
def(
  '__setitem__',
  Id.__setitem__,
  TypeWord.MpAssSubscript,
  containers.slotAssSubscript,
  Wrap.SetItem,
  'Set self[key] to value.',
  '($self, key, value, /)',
);
def(
  '__delitem__',
  Id.__delitem__,
  TypeWord.MpAssSubscript,
  containers.slotAssSubscript,
  Wrap.DelItem,
  'Delete self[key].',
  KEY,
);

def('__len__', Id.__len__, TypeWord.SqLength, containers.slotLength, Wrap.Length, 'Return len(self).');
def('__add__', Id.__add__, TypeWord.SqConcat, null, Wrap.Binary, 'Return self+value.', VALUE);
def('__mul__', Id.__mul__, TypeWord.SqRepeat, null, Wrap.IndexArg, 'Return self*value.', VALUE);
def('__rmul__', Id.__rmul__, TypeWord.SqRepeat, null, Wrap.IndexArg, 'Return value*self.', VALUE);
def('__getitem__', Id.__getitem__, TypeWord.SqItem, containers.slotItem, Wrap.SequenceItem, 'Return self[key].', KEY);
def(
  '__setitem__',
  Id.__setitem__,
  TypeWord.SqAssItem,
  containers.slotAssItem,
  Wrap.SequenceSetItem,
  'Set self[key] to value.',
  '($self, key, value, /)',
);
def(
  '__delitem__',
  Id.__delitem__,
  TypeWord.SqAssItem,
  containers.slotAssItem,
  Wrap.SequenceDelItem,
  'Delete self[key].',
  KEY,
);
def(
  '__contains__',
  Id.__contains__,
  TypeWord.SqContains,
  containers.slotContains,
  Wrap.Contains,
  'Return bool(key in self).',
  KEY,
);
def('__iadd__', Id.__iadd__, TypeWord.SqInplaceConcat, null, Wrap.Binary, 'Implement self+=value.', VALUE);
def('__imul__', Id.__imul__, TypeWord.SqInplaceRepeat, null, Wrap.IndexArg, 'Implement self*=value.', VALUE);
