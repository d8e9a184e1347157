/** Layouts of views of dicts and their iterators; of dicts themselves: `@moult/heap`. */

/** `_PyDictViewObject` (24 bytes). */
export const enum DictViewWord {
  Dict = 2,
  Words = 3,
}

/** `dictiterobject` (56 bytes). `Dict` is owned, 0 once exhausted. `Result` is a pair that is handed out again while
 *  nobody else holds it, or 0. */
export const enum DictIteratorWord {
  Dict = 2,
  /** `used` of the dict at the start; −1 after a change was noticed. */
  Used = 3,
  Position = 4,
  Result = 5,
  Length = 6,
  Words = 7,
}
