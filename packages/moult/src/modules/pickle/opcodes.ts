/** The opcodes of pickles, by CPython's names (`pickle.py` describes each). */
export const enum Op {
  Mark = 0x28, // (
  Stop = 0x2e, // .
  Pop = 0x30, // 0
  PopMark = 0x31, // 1
  Dup = 0x32, // 2
  Float = 0x46, // F
  Int = 0x49, // I
  BinInt = 0x4a, // J
  BinInt1 = 0x4b, // K
  Long = 0x4c, // L
  BinInt2 = 0x4d, // M
  None = 0x4e, // N
  PersId = 0x50, // P
  BinPersId = 0x51, // Q
  Reduce = 0x52, // R
  String = 0x53, // S
  BinString = 0x54, // T
  ShortBinString = 0x55, // U
  Unicode = 0x56, // V
  BinUnicode = 0x58, // X
  Append = 0x61, // a
  Build = 0x62, // b
  Global = 0x63, // c
  Dict = 0x64, // d
  EmptyDict = 0x7d, // }
  Appends = 0x65, // e
  Get = 0x67, // g
  BinGet = 0x68, // h
  Inst = 0x69, // i
  LongBinGet = 0x6a, // j
  List = 0x6c, // l
  EmptyList = 0x5d, // ]
  Obj = 0x6f, // o
  Put = 0x70, // p
  BinPut = 0x71, // q
  LongBinPut = 0x72, // r
  SetItem = 0x73, // s
  Tuple = 0x74, // t
  EmptyTuple = 0x29, // )
  SetItems = 0x75, // u
  BinFloat = 0x47, // G
  // Protocol 2
  Proto = 0x80,
  NewObj = 0x81,
  Ext1 = 0x82,
  Ext2 = 0x83,
  Ext4 = 0x84,
  Tuple1 = 0x85,
  Tuple2 = 0x86,
  Tuple3 = 0x87,
  NewTrue = 0x88,
  NewFalse = 0x89,
  Long1 = 0x8a,
  Long4 = 0x8b,
  // Protocol 3
  BinBytes = 0x42, // B
  ShortBinBytes = 0x43, // C
  // Protocol 4
  ShortBinUnicode = 0x8c,
  BinUnicode8 = 0x8d,
  BinBytes8 = 0x8e,
  EmptySet = 0x8f,
  AddItems = 0x90,
  FrozenSet = 0x91,
  NewObjEx = 0x92,
  StackGlobal = 0x93,
  Memoize = 0x94,
  Frame = 0x95,
  // Protocol 5
  ByteArray8 = 0x96,
  NextBuffer = 0x97,
  ReadonlyBuffer = 0x98,
}

export const enum Protocol {
  Default = 4,
  Highest = 5,
}

/** Items between two marks of APPENDS, SETITEMS and ADDITEMS. */
export const BATCH = 1000;
