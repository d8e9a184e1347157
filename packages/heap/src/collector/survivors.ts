/** What a pass over the reachable objects notes down for the phase after it: a scratch array, not state. */
import type { Ref } from '../memory/ref.ts';

/** The exact tuples and dicts that stay in the list, in its order, and the number of all objects that stay. */
export class Survivors {
  tuples: Int32Array = new Int32Array(256);
  tupleCount = 0;
  dicts: Int32Array = new Int32Array(256);
  dictCount = 0;
  count = 0;
  /** Unreachable objects that may be cleared, as long as nothing ran. */
  garbage = 0;
  #tupleType: Ref = 0;
  #dictType: Ref = 0;

  reset(tupleType: Ref, dictType: Ref): void {
    this.#tupleType = tupleType;
    this.#dictType = dictType;
    this.count = this.tupleCount = this.dictCount = 0;
  }

  note(o: Ref, type: Ref): void {
    if (type === this.#tupleType) {
      if (this.tupleCount === this.tuples.length) this.tuples = wider(this.tuples);
      this.tuples[this.tupleCount++] = o;
    } else if (type === this.#dictType) {
      if (this.dictCount === this.dicts.length) this.dicts = wider(this.dicts);
      this.dicts[this.dictCount++] = o;
    }
  }
}

function wider(array: Int32Array): Int32Array {
  const copy = new Int32Array(2 * array.length);
  copy.set(array);
  return copy;
}
