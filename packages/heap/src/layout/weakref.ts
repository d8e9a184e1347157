/** Layout of a weak reference (and of the two proxies): CPython's `PyWeakReference`.
 *  ```
 *   0          1      2        3          4         5      6      7
 *   │ refcount │ type │ object │ callback │ hash lo │ prev │ next │ hash hi
 *  ```
 *  `object` is borrowed (0 when dead), `callback` owned or 0; `prev`/`next` link the references of one object, the
 *  list's head being the word at the object's weak-list offset. The hash words are −1/−1 until computed. */
export const enum WeakrefWord {
  Object = 2,
  Callback = 3,
  HashLow = 4,
  Prev = 5,
  Next = 6,
  HashHigh = 7,
  Words = 8,
}
