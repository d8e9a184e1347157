/** The examples: the programs of well-known tutorials first, then leaks that everybody meets. */
import { FIRST } from './first.ts';
import cache from './cache.py?raw';
import closures from './closures.py?raw';
import generations from './generations.py?raw';
import generators from './generators.py?raw';
import listeners from './listeners.py?raw';
import lruCache from './lru-cache.py?raw';
import parentLinks from './parent-links.py?raw';
import resurrection from './resurrection.py?raw';
import tenThousand from './ten-thousand.py?raw';
import traceback from './traceback.py?raw';
import cycleTutorial from '../../../../conformance/seeds/pythontutorial_cycle.py?raw';
import weakrefTutorial from '../../../../conformance/seeds/realpython_weakref.py?raw';
import zenvaTutorial from '../../../../conformance/seeds/zenva_gc.py?raw';
import gcSession from '../../../../conformance/seeds/ded9_gc.repl?raw';
import refcountSession from '../../../../conformance/seeds/ded9_refcount.repl?raw';
import weakrefSession from '../../../../conformance/seeds/realpython.repl?raw';

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly group: 'Tutorials' | 'Leaks' | 'The collector';
  readonly source: string;
  /** Two sentences. */
  readonly about: string;
  /** The moment that is shown first: the first one at this line; 0: the end. */
  readonly line: number;
  /** What to change, as texts and what they become; none if there is nothing to mend. */
  readonly fix?: readonly (readonly [from: string, to: string])[];
}

/** An interactive session as it is typed. */
function session(source: string): string {
  let isOpen = false;
  return source
    .trimEnd()
    .split('\n')
    .map((line) => {
      const prompt = isOpen ? '...' : '>>>';
      isOpen = line.endsWith(':') || (isOpen && line !== '');
      return `${prompt} ${line}`.trimEnd();
    })
    .join('\n');
}

export const EXAMPLES: readonly Example[] = [
  {
    name: FIRST.name,
    title: 'Two objects in a cycle',
    group: 'Tutorials',
    source: cycleTutorial,
    about:
      'A and B refer to each other, so their counts stay at 1 when the program lets go of them. Only the collector finds out.',
    line: FIRST.line,
  },
  {
    name: 'weakref',
    title: 'A weak reference',
    group: 'Tutorials',
    source: weakrefTutorial,
    about:
      'A weak reference looks at an object without counting. When the last counted reference goes, the object dies, and the weak one is empty.',
    line: 15,
  },
  {
    name: 'gc-module',
    title: 'The gc module',
    group: 'Tutorials',
    source: zenvaTutorial,
    about:
      'Switching the collector off and on, who refers to whom, and a finalizer in a cycle. Each output is CPython’s.',
    line: 17,
  },
  {
    name: 'refcount-session',
    title: 'Counting references (a session)',
    group: 'Tutorials',
    source: session(refcountSession),
    about:
      'sys.getrefcount says one more than you expect: its own argument counts, too. An interactive session, statement by statement.',
    line: 0,
  },
  {
    name: 'gc-session',
    title: 'Thresholds (a session)',
    group: 'Tutorials',
    source: session(gcSession),
    about: 'The three thresholds say when a generation is collected. Raising them makes collections rarer.',
    line: 0,
  },
  {
    name: 'weakref-session',
    title: 'A weak reference (a session)',
    group: 'Tutorials',
    source: session(weakrefSession),
    about: 'The same as a program above, typed at the prompt. The finalizer runs at the very moment of `del`.',
    line: 0,
  },
  {
    name: 'parent-links',
    title: 'Links to the parent',
    group: 'Leaks',
    source: parentLinks,
    about:
      'Each child refers to its parent, which refers to its children: a tree is a cycle. Counting never frees it; it waits for the collector.',
    line: 25,
    fix: [
      ['import gc\n', 'import gc\nimport weakref\n'],
      ['self.parent = parent\n', 'self.parent = parent and weakref.ref(parent)\n'],
    ],
  },
  {
    name: 'cache',
    title: 'A cache without an end',
    group: 'Leaks',
    source: cache,
    about: 'What is in the cache stays, whether anybody uses it or not. The memory grows with every new name.',
    line: 23,
    fix: [
      ['class Image:', 'import weakref\n\n\nclass Image:'],
      ['cache = {}', 'cache = weakref.WeakValueDictionary()'],
      [
        'cache[name] = Image(name)\n    return cache[name]',
        'image = cache[name] = Image(name)\n        return image\n    return cache[name]',
      ],
    ],
  },
  {
    name: 'closures',
    title: 'Closures in a loop',
    group: 'Leaks',
    source: closures,
    about:
      'A function keeps the variables that it uses in cells, not their values: all three buttons say the last one’s name. And a handler kept by what it refers to is a cycle.',
    line: 0,
    fix: [
      [
        '    def clicked():\n        return "clicked " + button.label\n\n    button.on_click = clicked\n    buttons',
        '    def clicked(label=label):\n        return "clicked " + label\n\n    button.on_click = clicked\n    buttons',
      ],
    ],
  },
  {
    name: 'traceback',
    title: 'A kept exception',
    group: 'Leaks',
    source: traceback,
    about:
      'An exception refers to its traceback, that to the frames, and those to every variable of the calls. Keep the error, and you keep the table.',
    line: 20,
    fix: [
      ['errors.append(error)  # error -> traceback -> frame -> table', 'errors.append(error.with_traceback(None))'],
    ],
  },
  {
    name: 'lru-cache',
    title: 'lru_cache on a method',
    group: 'Leaks',
    source: lruCache,
    about: 'The cache belongs to the class, and its keys hold `self`. No report is ever freed.',
    line: 23,
    fix: [
      ['from functools import lru_cache', 'from functools import cached_property'],
      ['    @lru_cache(maxsize=None)\n', '    @cached_property\n'],
      ['report.total()', 'report.total'],
      ['print("kept by the cache:", Report.total.cache_info().currsize)', 'print("end")'],
    ],
  },
  {
    name: 'listeners',
    title: 'Listeners',
    group: 'Leaks',
    source: listeners,
    about:
      'A bound method refers to its object, so whoever keeps the listener keeps the window. Closed windows go on listening.',
    line: 34,
    fix: [
      ['class Bus:', 'import weakref\n\n\nclass Bus:'],
      ['self.listeners.append(listener)', 'self.listeners.append(weakref.WeakMethod(listener))'],
      [
        '            listener(event)',
        '            if (method := listener()) is not None:\n                method(event)',
      ],
    ],
  },
  {
    name: 'generators',
    title: 'Generators that wait',
    group: 'Leaks',
    source: generators,
    about:
      'A generator that is not finished keeps its frame with all variables. Its `finally` runs when the last reference goes.',
    line: 25,
    fix: [['    pending.append(rows)  # a generator that waits keeps its frame\n', '']],
  },
  {
    name: 'resurrection',
    title: 'Resurrection',
    group: 'The collector',
    source: resurrection,
    about:
      'A finalizer may bring its object back to life; the collector looks again before it clears anything. Open the collection to see it step by step.',
    line: 21,
  },
  {
    name: 'generations',
    title: 'Three generations',
    group: 'The collector',
    source: generations,
    about:
      'With low thresholds, collections come by themselves, most of the young generation. Watch the three counts climb and fall.',
    line: 0,
  },
  {
    name: 'ten-thousand',
    title: 'Ten thousand objects',
    group: 'The collector',
    source: tenThousand,
    about: 'Many objects of a type are drawn as one card. Search for 1234, or choose one to see its neighbours.',
    line: 0,
  },
];

/** The program with the fix made. */
export function fixed({ source, fix = [] }: Example): string {
  return fix.reduce((text, [from, to]) => text.replace(from, to), source);
}
