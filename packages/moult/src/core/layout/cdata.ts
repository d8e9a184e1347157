/** Layout of C data objects of the module `ctypes`.
 *
 *  Where the value is: in the heap's own words (`Target` not 0: the word's index, and `Offset` the byte within its 8); in the
 *  bytes of another object (`Base` not 0, owned: C data or a buffer, from its byte `Offset` on); else in `Size` bytes of its
 *  own: those of `Value` up to `Inline`, or a block whose index is in `Value`. `Keep` owns what the value points to. */
export const enum CDataWord {
  Dict = 2,
  WeakList = 3,
  Keep = 4,
  Target = 5,
  Offset = 6,
  Base = 7,
  Size = 8,
  Value = 9,
  Words = 13,
  /** CPython's bytes of an instance. */
  BasicSize = 96,
  /** As many bytes fit into the object. */
  Inline = 16,
}

/** A field of a structure: the type of its value, where it begins, and its place among the fields. */
export const enum CFieldWord {
  Type = 2,
  Offset = 3,
  Size = 4,
  Words = 10,
}
