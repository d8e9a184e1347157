/** Modules that CPython's start has loaded before a program begins, and that are loaded here when somebody asks for them. */
import { GcRoot, generationHead, GenWord, trackedCount } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

const EARLY = new Set(
  (
    '_thread _warnings _weakref _io marshal posix time zipimport _codecs codecs encodings.aliases encodings encodings.utf_8 ' +
    '_frozen_importlib _frozen_importlib_external _signal _abc abc io _stat stat _collections_abc genericpath posixpath os _sitebuiltins site'
  ).split(' '),
);

/** Runtimes that load such a module now: what it imports in turn is taken no notice of with it. */
const loading = new WeakSet<Runtime>();

/** Runs `load`, which loads the module `name`. If CPython has it from the start, the collector takes no notice: nothing is
 *  counted, no collection comes, and what it makes counts as long-lived as before. @runsPython */
export function loadUnnoticed<Result>(rt: Runtime, name: string, load: () => Result): Result {
  const H = rt.words;
  const elsewhere = H[GcRoot.LongLivedElsewhere];
  if (elsewhere === 0 || !EARLY.has(name) || loading.has(rt)) return load();
  const young = generationHead(0) + GenWord.Count;
  const count = H[young];
  const enabled = H[GcRoot.Enabled];
  const before = trackedCount(rt);
  H[GcRoot.Enabled] = 0;
  loading.add(rt);
  try {
    return load();
  } finally {
    loading.delete(rt);
    H[GcRoot.Enabled] = enabled;
    H[young] = count;
    H[GcRoot.LongLivedElsewhere] = Math.max(elsewhere - (trackedCount(rt) - before), 1);
  }
}
