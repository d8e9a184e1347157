/** Records of the types of `_json`. All references are owned. */
import { moduleType } from '../../core/type-spec.ts';

export const SCANNER = moduleType();
export const ENCODER = moduleType();

/** `PyScannerObject` (72 bytes). `Memo` is the dict of the keys of the text being read. */
export const enum ScannerWord {
  Strict = 2,
  ObjectHook = 3,
  ObjectPairsHook = 4,
  ParseFloat = 5,
  ParseInt = 6,
  ParseConstant = 7,
  Memo = 8,
  Words = 9,
}

/** `PyEncoderObject` (80 bytes): the three flags share a word there. */
export const enum EncoderWord {
  Markers = 2,
  Default = 3,
  Encoder = 4,
  Indent = 5,
  KeySeparator = 6,
  ItemSeparator = 7,
  SortKeys = 8,
  SkipKeys = 9,
  AllowNan = 10,
  Bytes = 80,
  Words = 11,
}
