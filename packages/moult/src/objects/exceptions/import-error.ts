/** Raising ImportError and ModuleNotFoundError with their attributes. */
import { setWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { raiseTake } from '../../core/errors.ts';
import { createException } from '../../core/exceptions.ts';
import { ImportErrorWord } from '../../core/layout/exceptions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';

/** Raises ImportError(message) with `name`, `path` and `name_from`; null leaves one out. */
export function raiseImportError(
  rt: Runtime,
  message: string,
  name: string | null,
  path: string | null = null,
  nameFrom: string | null = null,
  type: Ref = T.ImportError,
): never {
  const error = temp(rt, createException(rt, type, newStr(rt, message)));
  storeText(rt, error + ImportErrorWord.Name, name);
  storeText(rt, error + ImportErrorWord.Path, path);
  storeText(rt, error + ImportErrorWord.NameFrom, nameFrom);
  return raiseTake(rt, untemp(rt, error));
}

function storeText(rt: Runtime, word: number, text: string | null): void {
  if (text !== null) setWord(rt, word, newStr(rt, text));
}
