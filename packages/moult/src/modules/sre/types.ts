/** Records and layouts of the module's types. */
import { moduleType } from '../../core/type-spec.ts';

export const PATTERN = moduleType();
export const MATCH = moduleType();
export const SCANNER = moduleType();
export const TEMPLATE = moduleType();

/** `re.Pattern` (96 bytes and 4 for each word of the program, which lies in the object). `Payload` is the host-table
 *  index of the `Program`. `IsBytes` is −1 for a pattern that takes both. */
export const enum PatternWord {
  Size = 2,
  Groups = 3,
  GroupIndex = 4,
  IndexGroup = 5,
  Pattern = 6,
  Flags = 7,
  WeakList = 8,
  IsBytes = 9,
  Payload = 10,
  Code = 12,
}

/** `re.Match` (88 bytes and 8 for each mark). The marks are numbers, −1 where a group is not set. */
export const enum MatchWord {
  Size = 2,
  String = 3,
  Regs = 4,
  Pattern = 5,
  Pos = 6,
  EndPos = 7,
  LastIndex = 8,
  Groups = 9,
  Marks = 10,
  Words = 11,
}

/** `_sre.SRE_Scanner` (240 bytes): the state of a search that goes on. `Start` is −1 at the end. */
export const enum ScannerWord {
  Pattern = 2,
  String = 3,
  Start = 4,
  End = 5,
  MustAdvance = 6,
  Pos = 7,
  Words = 30,
}

/** `_sre.SRE_Template`: a tuple of literal, group, literal, … */
export const enum TemplateWord {
  Size = 2,
  Parts = 3,
  Words = 5,
}
