/** Modules that CPython's start has loaded before a program begins, and that are loaded here when somebody asks for them. */
import { GcRoot, generationHead, GenWord, getObjects } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

const EARLY = new Set(
  (
    '_thread _warnings _weakref _io marshal posix time zipimport _codecs codecs encodings.aliases encodings encodings.utf_8 ' +
    '_frozen_importlib _frozen_importlib_external _signal _abc abc io _stat stat _collections_abc genericpath posixpath os _sitebuiltins site'
  ).split(' '),
);

/** Runs `load`, which loads the module `name`. If CPython has it from the start, the collector takes no notice: nothing is
 *  counted, no collection comes, and what it makes counts as long-lived as before. @runsPython */
export function loadUnnoticed<Result>(rt: Runtime, name: string, load: () => Result): Result {
  const H = rt.words;
  const elsewhere = H[GcRoot.LongLivedElsewhere];
  if (elsewhere === 0 || !EARLY.has(name)) return load();
  const young = generationHead(0) + GenWord.Count;
  const count = H[young];
  const enabled = H[GcRoot.Enabled];
  const before = getObjects(rt).length;
  H[GcRoot.Enabled] = 0;
  try {
    return load();
  } finally {
    H[GcRoot.Enabled] = enabled;
    H[young] = count;
    H[GcRoot.LongLivedElsewhere] = Math.max(elsewhere - (getObjects(rt).length - before), 1);
  }
}
