/**
 * Layout of a type record. Words 0–53 are CPython 3.12's `PyTypeObject` (432 bytes with its head: see `META_BYTES`),
 * then the method suites of `PyHeapTypeObject` in its order, then words of Moult's own that describe the layout of
 * instances to the collector. Static and heap types share the record; their metered sizes differ as in CPython.
 * Where records lie side by side, the last two words are the collector head of the next.
 *
 * Words marked *function* hold an index into the heap's function table (0: none); words marked *ref* own a reference.
 *
 * ```
 *   0        52        56          92           95           105      107          116            128
 *   ┌─────────┬─────────┬───────────┬────────────┬────────────┬────────┬────────────┬──────────────┐
 *   │ PyType- │ async   │ number    │ mapping    │ sequence   │ buffer │ ht_name …  │ instance     │
 *   │ Object  │ methods │ methods   │ methods    │ methods    │        │            │ layout       │
 *   └─────────┴─────────┴───────────┴────────────┴────────────┴────────┴────────────┴──────────────┘
 * ```
 */
export const enum TypeWord {
  RefCount = 0,
  Type = 1,
  /** Number of member slots the class statement added (`Py_SIZE` of the type). */
  Size = 2,
  /** Host-table index of the name as a JS string (static types) or 0 (then `HtName`). */
  Name = 3,
  /** Bytes, CPython's. */
  BasicSize = 4,
  ItemSize = 5,
  /** function: destructor. */
  Dealloc = 6,
  VectorcallOffset = 7,
  GetAttr = 8,
  SetAttr = 9,
  AsAsync = 10,
  Repr = 11,
  AsNumber = 12,
  AsSequence = 13,
  AsMapping = 14,
  Hash = 15,
  Call = 16,
  Str = 17,
  GetAttrO = 18,
  SetAttrO = 19,
  AsBuffer = 20,
  /** `TypeFlag` bits. */
  Flags = 21,
  Doc = 22,
  /** `LayoutKind`, or the index of a custom layout. */
  Traverse = 23,
  /** function: `tp_clear`; 0 when the layout kind clears itself. */
  Clear = 24,
  RichCompare = 25,
  /** Byte offset of the weak list's word; −32 when managed (pre-header), 0 when instances cannot be referenced weakly. */
  WeakListOffset = 26,
  Iter = 27,
  IterNext = 28,
  Methods = 29,
  Members = 30,
  GetSet = 31,
  /** ref */
  Base = 32,
  /** ref */
  Dict = 33,
  DescrGet = 34,
  DescrSet = 35,
  /** Byte offset of the dict's word; −1 when managed (pre-header), 0 when instances have none. */
  DictOffset = 36,
  Init = 37,
  Alloc = 38,
  New = 39,
  Free = 40,
  IsGc = 41,
  /** ref */
  Bases = 42,
  /** ref */
  Mro = 43,
  Cache = 44,
  /** ref to a dict of weak references, or 0 */
  Subclasses = 45,
  WeakList = 46,
  Del = 47,
  VersionTag = 48,
  /** function: finalizer. */
  Finalize = 49,
  Vectorcall = 50,
  Watched = 51,

  AmAwait = 52,
  AmAiter = 53,
  AmAnext = 54,
  AmSend = 55,

  NbAdd = 56,
  NbSubtract,
  NbMultiply,
  NbRemainder,
  NbDivmod,
  NbPower,
  NbNegative,
  NbPositive,
  NbAbsolute,
  NbBool,
  NbInvert,
  NbLshift,
  NbRshift,
  NbAnd,
  NbXor,
  NbOr,
  NbInt,
  NbReserved,
  NbFloat,
  NbInplaceAdd,
  NbInplaceSubtract,
  NbInplaceMultiply,
  NbInplaceRemainder,
  NbInplacePower,
  NbInplaceLshift,
  NbInplaceRshift,
  NbInplaceAnd,
  NbInplaceXor,
  NbInplaceOr,
  NbFloorDivide,
  NbTrueDivide,
  NbInplaceFloorDivide,
  NbInplaceTrueDivide,
  NbIndex,
  NbMatrixMultiply,
  NbInplaceMatrixMultiply,

  MpLength = 92,
  MpSubscript,
  MpAssSubscript,

  SqLength = 95,
  SqConcat,
  SqRepeat,
  SqItem,
  SqWasSlice,
  SqAssItem,
  SqWasAssSlice,
  SqContains,
  SqInplaceConcat,
  SqInplaceRepeat,

  BfGetBuffer = 105,
  BfReleaseBuffer,

  /** ref */
  HtName = 107,
  /** ref */
  HtSlots = 108,
  /** ref */
  HtQualname = 109,
  /** Index of the shared-keys record (counted in the record), or 0. */
  HtCachedKeys = 110,
  /** ref */
  HtModule = 111,
  HtTpName = 112,
  SpecGetItem = 113,
  SpecGetItemVersion = 114,
  SpecInit = 115,

  /** First and one-past-last word (relative to the object) of member slots added by class statements; both 0: none. */
  SlotsStart = 116,
  SlotsEnd = 117,
  /** `LayoutKind` of the nearest base that is not made by a class statement; the kind of `Traverse` without slots and dict. */
  BaseLayout = 118,
  /** For `LayoutKind.Fixed`: bit i set when word 2+i is a reference that the collector follows. */
  TraverseMask = 119,
  /** For `LayoutKind.Fixed`: bit i set when word 2+i owns a reference (a superset of `TraverseMask`). */
  OwnedMask = 120,
  /** Runtime's: index of the type's static definition, 0 for types made by programs. */
  DefinitionIndex = 121,
  /** Words of the fixed part of an instance, physical (may exceed BasicSize / 8). */
  BasicWords = 122,
  /** Words per item of the variable part, physical; 0 when items live elsewhere. */
  ItemWords = 123,
  /** Free for the runtime. */
  Runtime0 = 124,
  Runtime1 = 125,
  /** Of the next record, if records lie side by side and it is a heap type's. */
  NextGcNext = 126,
  NextGcPrev = 127,
}

/** Words of a type record. */
export const TYPE_WORDS = 128;

/** Bits of `TypeWord.Flags`: CPython 3.12's `Py_TPFLAGS_*`. */
export const enum TypeFlag {
  ManagedWeakref = 1 << 3,
  ManagedDict = 1 << 4,
  /** Either of the two above: instances have a pre-header. */
  PreHeader = (1 << 3) | (1 << 4),
  Sequence = 1 << 5,
  Mapping = 1 << 6,
  DisallowInstantiation = 1 << 7,
  ImmutableType = 1 << 8,
  HeapType = 1 << 9,
  BaseType = 1 << 10,
  HaveVectorcall = 1 << 11,
  Ready = 1 << 12,
  Readying = 1 << 13,
  HaveGc = 1 << 14,
  MethodDescriptor = 1 << 17,
  ValidVersionTag = 1 << 19,
  IsAbstract = 1 << 20,
  MatchSelf = 1 << 22,
  ItemsAtEnd = 1 << 23,
  LongSubclass = 1 << 24,
  ListSubclass = 1 << 25,
  TupleSubclass = 1 << 26,
  BytesSubclass = 1 << 27,
  UnicodeSubclass = 1 << 28,
  DictSubclass = 1 << 29,
  BaseExcSubclass = 1 << 30,
  TypeSubclass = 1 << 31,
  Default = 1 << 18,
}

/**
 * How the references of an object are found (D5): the value of `TypeWord.Traverse`. Kinds from `FirstCustom` on are
 * indices into the heap's custom layouts.
 */
export const enum LayoutKind {
  /** No references. */
  None = 0,
  /** References at fixed words, given by `TypeWord.TraverseMask` and `OwnedMask`. */
  Fixed = 1,
  /** `Size` references from word 3 on (tuple). */
  InlineItems = 2,
  /** `Size` references in a separate block (list): see `ListWord`. */
  ItemBlock = 3,
  /** Hash table: see `DictWord`. */
  Dict = 4,
  /** Instance of a class statement's type: its member slots, its pre-header, its type, and its base's layout. */
  Instance = 5,
  FirstCustom = 8,
}
