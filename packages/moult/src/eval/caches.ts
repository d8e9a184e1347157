/** Inline caches: what lies in the units after an instruction. */

/** LOAD_ATTR and STORE_ATTR. */
export const enum AttrCache {
  /** Version of the owner's type: another one after any change of the type or its bases. */
  Version = 1,
  /** Index in the instance's values, word of the slot, or the function found on the type (borrowed; the version guards it). */
  Where = 3,
  /** Version of the type's shared keys: the instance has no attribute of that name. */
  Keys = 4,
  /** How often LOAD_ATTR found nothing to remember. */
  Misses = 5,
  /** How many owners of other types LoadAttrProperty leaves to the general way before it learns anew. */
  Cooldown = 6,
}

/** LOAD_GLOBAL. */
export const enum GlobalCache {
  /** Version of the globals' keys. */
  Globals = 1,
  /** Version of the built-ins' keys, where the value is there. */
  Builtins = 2,
  /** Word of the value relative to its keys record. */
  Word = 3,
}

/** BINARY_SUBSCR. */
export const enum SubscriptCache {
  /** Version of the container's type, for SubscriptMethod. */
  Version = 1,
}

/** BINARY_OP. */
export const enum BinaryCache {
  /** How often there was no quick instruction for the operands. */
  Misses = 1,
}

/** CALL. The last unit is for `Quick.ExitInit`. */
export const enum CallCache {
  /** Index of the native that the quick instruction stands for. */
  Native = 1,
  /** What `specializeCall` saw when it was asked: 0 before, −type for a static type, `Callee.Native` + index for a native, else
   *  `Callee.Other`. */
  Asked = 2,
}

/** See `CallCache.Asked`. */
export const enum Callee {
  Other = 1,
  Native = 2,
}

/** What `BinaryCache.Misses` says once BINARY_OP asks no more: the operands that it saw last. */
export const enum OperandKinds {
  Ints = 1001,
  Floats = 1002,
  Others = 1003,
}
