/** The program that the page opens with. It is in the page's head too, so that the engine runs it while the page's own code is fetched
 *  (`build/engine.ts`). */
export const FIRST = {
  name: 'cycle',
  /** Below the repository's folder. */
  path: 'conformance/seeds/pythontutorial_cycle.py',
  /** The moment that is shown first: the first one at this line. */
  line: 49,
} as const;
