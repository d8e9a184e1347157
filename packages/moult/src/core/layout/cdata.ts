/** Layout of C data objects of the module `ctypes`. The value is in the heap's own words (`Target` not 0: the word's index, and the byte
 *  within its 8) or in the immutable bytes that `Payload` names in the host table. `Keep` owns what the value points to. */
export const enum CDataWord {
  Dict = 2,
  WeakList = 3,
  Keep = 4,
  Target = 5,
  Offset = 6,
  Payload = 7,
  Words = 12,
}
