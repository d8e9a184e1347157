/** Layouts of objects whose references CPython visits in another order than they lie in. */
import type { CustomLayout } from '@moult/heap';

/** Visits these words of the object, in this order. All of them are owned. */
export function orderedLayout(name: string, words: readonly number[]): CustomLayout {
  return {
    name,
    traverse(heap, o, visit) {
      const H = heap.words;
      for (let i = 0; i < words.length; i++) if (H[o + words[i]] !== 0) visit(H[o + words[i]]);
    },
  };
}
