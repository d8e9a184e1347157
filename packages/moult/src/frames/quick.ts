/**
 * Instructions that only the running form of code has: what the loop replaces others by once it has seen their operands, and
 * pairs that `expandUnits` joins. A program sees the plain ones (`co_code`).
 *
 * Each checks what it relies on and otherwise does what the plain instruction does. The second half of a pair stays where it
 * is, so that a jump to it works.
 */
export const enum Quick {
  LoadFastLoadFast = 180,
  LoadFastLoadConst = 181,
  StoreFastLoadFast = 182,
  StoreFastStoreFast = 183,
  LoadConstLoadFast = 184,

  LoadGlobalModule = 186,
  LoadGlobalBuiltin = 187,

  LoadAttrValue = 190,
  LoadAttrSlot = 191,
  LoadMethodValues = 192,
  LoadMethodPlain = 193,
  StoreAttrValue = 194,
  StoreAttrSlot = 195,
  LoadAttrModule = 196,
  /** Of a class itself. */
  LoadAttrClass = 197,
  /** Of an instance, found on its class. */
  LoadAttrClassValue = 198,
  LoadAttrProperty = 199,

  AddInt = 200,
  SubtractInt = 201,
  /** BINARY_OP whose operands have no quick instruction. */
  PlainBinary = 202,
  AddFloat = 203,
  SubtractFloat = 204,
  MultiplyFloat = 205,
  CompareInt = 206,
  CompareFloat = 207,
  SubscriptList = 208,
  SubscriptTuple = 209,
  SubscriptDict = 210,
  StoreSubscriptList = 211,
  StoreSubscriptDict = 212,
  SubscriptStr = 213,
  CompareStr = 214,

  ForRange = 215,
  ForList = 216,
  ForTuple = 217,
  ForGenerator = 218,

  UnpackPair = 220,
  UnpackTuple = 223,
  /** CALL of `list.append`, its result dropped by the next instruction. */
  CallListAppend = 224,
  /** CALL of the built-in `len`. */
  CallLen = 225,
  /** BINARY_SUBSCR by a `__getitem__` in Python. */
  SubscriptMethod = 222,

  /** In the last cache unit of CALL: where the `__init__` of a new instance returns to. Its argument is that of CALL. */
  ExitInit = 221,
}

/** Whether it is two instructions in one. */
export function isPair(op: number): boolean {
  return op >= (Quick.LoadFastLoadFast as number) && op <= (Quick.LoadConstLoadFast as number);
}
