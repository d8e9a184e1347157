/** Reading the payload of code objects. */
import type { Ref } from '@moult/heap';
import type { CodeData } from '../../compiler/code-data.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';

/** What the code object runs. */
function executableOf(rt: Runtime, code: Ref): ExecutableCode {
  return rt.hosts[rt.words[code + CodeWord.Payload]] as ExecutableCode;
}

/** What the compiler made. */
export function codeDataOf(rt: Runtime, code: Ref): CodeData {
  return executableOf(rt, code).data;
}

/** Number of free variables. */
export function freeCount(rt: Runtime, code: Ref): number {
  return codeDataOf(rt, code).nfreevars;
}
