/** Records and layouts of the types of `decimal`. */
import { moduleType } from '../../core/type-spec.ts';

export const DECIMAL = moduleType();
export const CONTEXT = moduleType();
export const SIGNAL_DICT_MIXIN = moduleType();
export const CONTEXT_MANAGER = moduleType();

/** `PyDecObject` (104 bytes): the host-table index of a `Decimal` of `numeric/decimal`. */
export const enum DecimalWord {
  Value = 2,
  Words = 13,
}

/** `PyDecContextObject` (96 bytes). `Settings` is a host-table index; `Status` and `TrapFlags` are `Flag` bits; `Traps` and
 *  `Flags` are the two signal dicts (owned). */
export const enum ContextWord {
  Traps = 2,
  Flags = 3,
  Settings = 4,
  Status = 5,
  TrapFlags = 6,
  Words = 12,
}

/** `PyDecSignalDictObject` (24 bytes): twice the context's reference (borrowed, cleared by its destructor), plus one for the
 *  traps; 0 without a context. */
export const enum SignalDictWord {
  Owner = 2,
  Words = 3,
}

/** `PyDecContextManagerObject` (32 bytes): the context of the block, and that of before. */
export const enum ManagerWord {
  Local = 2,
  Global = 3,
  Words = 4,
}
