/** Interactive statements: when a text is complete, and running one with its values shown. */
import { decref, newRef } from '@moult/heap';
import { dictGetText, dictSetText } from '../core/dict/index.ts';
import { caught, mark, pendingMatches } from '../core/errors.ts';
import { strTextOf } from '../core/protocol/index.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { releaseTemps, temp, tempMark } from '../core/temps.ts';
import { displayAndExit } from '../objects/exceptions/display.ts';
import { PythonSyntaxError } from '../syntax/errors.ts';
import { parseInteractive } from '../syntax/parse.ts';
import { flushStandardFiles } from '../modules/sys/flush.ts';
import { compileData, compileTree, SOURCE_FLAGS } from '../modules/builtins/compile.ts';
import type { SourceOptions } from '../modules/builtins/compile.ts';
import { evalCode } from '../modules/builtins/run-code.ts';
import { newCode } from '../objects/functions/code.ts';
import { raiseSyntaxError } from '../objects/exceptions/syntax-error.ts';
import type { CodeData } from '../compiler/code-data.ts';
import { mainNamespace } from './run.ts';

/** What came of a statement. */
export interface StatementResult {
  /** Set when the program asked for the end (SystemExit): the exit code. */
  readonly exitCode: number | null;
}

/** Whether the lines typed so far are a statement, or need more; an erroneous statement is complete. */
export function isIncomplete(source: string): boolean {
  return parseInteractive(source, { filename: '<stdin>' }).status === 'incomplete';
}

/** True if the text has no statement: blank lines and comments. */
export function isBlank(source: string): boolean {
  return source.split('\n').every((line) => /^[ \t\f]*(#.*)?$/.test(line));
}

/** Runs one statement in `__main__`, showing expressions' values and exceptions. @runsPython @mayCollect */
export function runStatement(rt: Runtime, source: string, filename = '<stdin>'): StatementResult {
  const m = mark(rt);
  let exitCode: number | null = null;
  try {
    const code = temp(rt, newCode(rt, compileStatement(rt, source, filename)));
    const dict = mainNamespace(rt);
    decref(rt, evalCode(rt, code, dict, dict));
    releaseTemps(rt, m.temps);
  } catch (error) {
    caught(rt, error, m);
    const leaving = pendingMatches(rt, T.SystemExit);
    const code = displayAndExit(rt);
    if (leaving) exitCode = code;
    // The session goes on after KeyboardInterrupt.
    rt.words[RootNum.Interrupted] = 0;
  }
  flushStandardFiles(rt);
  return { exitCode };
}

function compileStatement(rt: Runtime, source: string, filename: string): CodeData {
  const parsed = parseInteractive(source, { filename });
  if (parsed.status === 'error') return raiseSyntaxError(rt, parsed.error);
  const options: SourceOptions = { filename, mode: 'single', flags: rt.words[RootNum.InteractiveFlags] };
  if (parsed.status === 'incomplete') return compileData(rt, source, options);
  try {
    const data = compileTree(rt, parsed.ast, parsed.warnings, options);
    rt.words[RootNum.InteractiveFlags] |= data.flags & SOURCE_FLAGS;
    return data;
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return raiseSyntaxError(rt, error);
  }
}

/** `sys.ps1` or `sys.ps2` as text. @runsPython */
export function promptText(rt: Runtime, name: 'ps1' | 'ps2'): string {
  const sys = rt.words[RootRef.SysDict];
  const prompt = dictGetText(rt, sys, name);
  if (prompt === 0 || prompt === S.None) return '';
  const m = mark(rt);
  try {
    temp(rt, newRef(rt, prompt));
    const text = strTextOf(rt, prompt);
    releaseTemps(rt, m.temps);
    return text;
  } catch (error) {
    caught(rt, error, m);
    displayAndExit(rt);
    return '';
  }
}

/** Gives `sys` the prompts of an interactive session. */
export function setPrompts(rt: Runtime): void {
  const sys = rt.words[RootRef.SysDict];
  const m = tempMark(rt);
  for (const [name, text] of [
    ['ps1', '>>> '],
    ['ps2', '... '],
  ] as const) {
    if (dictGetText(rt, sys, name) === 0) dictSetText(rt, sys, name, temp(rt, newStr(rt, text)));
  }
  releaseTemps(rt, m);
}
