/** The records of the module's types. */
import { moduleType } from '../../core/type-spec.ts';

export const DEQUE = moduleType();
export const DEQUE_ITERATOR = moduleType();
export const DEQUE_REVERSE_ITERATOR = moduleType();
export const DEFAULT_DICT = moduleType();
export const TUPLE_GETTER = moduleType();
export const ORDERED_DICT = moduleType();
export const ORDERED_KEYS = moduleType();
export const ORDERED_VALUES = moduleType();
export const ORDERED_ITEMS = moduleType();
export const ORDERED_ITERATOR = moduleType();
