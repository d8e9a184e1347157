/** `print`, `input`, `breakpoint`. */
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { dictGet } from '../../core/dict/index.ts';
import { catchOnly, mark, none, raise, runtimeError, typeError } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { isTrue, strTextOf } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { charStr, S, T } from '../../core/static.ts';
import { internText, newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleFromWords, tupleItem, tupleSize } from '../../core/tuple.ts';
import { isStr, kindName } from '../../core/types.ts';
import { callFile, printObject, writeFile, writeObject } from '../sys/streams.ts';

interface PrintOptions {
  /** Borrowed strs. */
  sep: Ref;
  end: Ref;
  file: Ref;
  flush: Ref;
}

function printOptions(rt: Runtime, values: number, kwnames: Ref): PrintOptions {
  const options: PrintOptions = { sep: charStr(32), end: charStr(10), file: 0, flush: 0 };
  const n = kwnames === 0 ? 0 : tupleSize(rt, kwnames);
  let bad: 'sep' | 'end' | null = null;
  let badValue = 0;
  for (let i = 0; i < n; i++) {
    const keyword = strText(rt, tupleItem(rt, kwnames, i));
    const value = rt.words[values + i];
    if (keyword === 'file') options.file = value;
    else if (keyword === 'flush') options.flush = value;
    else if (keyword !== 'sep' && keyword !== 'end')
      typeError(rt, `'${keyword}' is an invalid keyword argument for print()`);
    else if (isStr(rt, value)) options[keyword] = value;
    else if (value !== S.None) {
      if (bad !== 'sep') {
        bad = keyword;
        badValue = value;
      }
    }
  }
  if (bad !== null) typeError(rt, `${bad} must be None or a string, not ${kindName(rt, badValue)}`);
  return options;
}

function print(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const { sep, end, file, flush } = printOptions(rt, args + nargs, kwnames);
  const target = file === 0 || file === S.None ? standardOutput(rt) : file;
  if (target === S.None) return none();
  temp(rt, holdFile(rt, target));
  // The arguments are held by a tuple, as everywhere where CPython gathers `*args`.
  temp(rt, tupleFromWords(rt, args, nargs));
  printTo(rt, target, args, nargs, sep, end);
  if (flush !== 0 && isTrue(rt, flush)) temp(rt, callFile(rt, target, Id.flush));
  return none();
}

function holdFile(rt: Runtime, file: Ref): Owned {
  const H = rt.words;
  if (H[file] >= 0) H[file]++;
  return file as Owned;
}

function standardOutput(rt: Runtime): Ref {
  const dict = rt.words[RootRef.SysDict];
  const file = dict === 0 ? 0 : dictGet(rt, dict, Id.stdout);
  return file === 0 ? runtimeError(rt, 'lost sys.stdout') : file;
}

function printTo(rt: Runtime, file: Ref, args: number, nargs: number, sep: Ref, end: Ref): void {
  for (let i = 0; i < nargs; i++) {
    if (i > 0) writeObject(rt, file, sep);
    printObject(rt, file, rt.words[args + i]);
  }
  writeObject(rt, file, end);
}

function input(rt: Runtime, _module: Ref, prompt: Ref): Owned {
  const dict = rt.words[RootRef.SysDict];
  const stdin = dictGet(rt, dict, Id.stdin);
  if (stdin === 0 || stdin === S.None) runtimeError(rt, 'input(): lost sys.stdin');
  const stdout = dictGet(rt, dict, Id.stdout);
  if (stdout === 0 || stdout === S.None) runtimeError(rt, 'input(): lost sys.stdout');
  temp(rt, holdFile(rt, stdin));
  temp(rt, holdFile(rt, stdout));
  flushIfPossible(rt, dictGet(rt, dict, Id.stderr));
  if (prompt !== 0 && prompt !== S.None) writeFile(rt, stdout, strTextOf(rt, prompt));
  flushIfPossible(rt, stdout);
  const line = temp(rt, callFile(rt, stdin, Id.readline));
  if (!isStr(rt, line)) typeError(rt, 'object.readline() returned non-string');
  const text = strText(rt, line);
  if (text === '') raise(rt, T.EOFError, 'EOF when reading a line');
  return newStr(rt, text.endsWith('\n') ? text.slice(0, -1) : text);
}

/** Flushes a stream; what it raises is forgotten. @runsPython */
function flushIfPossible(rt: Runtime, stream: Ref): void {
  if (stream === 0 || stream === S.None) return;
  const m = mark(rt);
  try {
    temp(rt, callFile(rt, stream, Id.flush));
  } catch (error) {
    catchOnly(rt, error, m, T.Exception);
  }
}

function breakpoint(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const hook = dictGet(rt, rt.words[RootRef.SysDict], temp(rt, internText(rt, 'breakpointhook')));
  if (hook === 0) runtimeError(rt, 'lost sys.breakpointhook');
  temp(rt, holdFile(rt, hook));
  return vectorcall(rt, hook, args, nargs, kwnames);
}

export const IO_FUNCTIONS = [
  nativeRaw('breakpoint', breakpoint, {
    keywords: true,
    doc: 'breakpoint(*args, **kws)\n\nCall sys.breakpointhook(*args, **kws).',
  }),
  native("input($module, prompt='', /)", input, { doc: 'Read a string from standard input, without its newline.' }),
  nativeRaw('print', print, {
    keywords: true,
    signature: "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)",
    doc: 'Prints the values to a stream, or to sys.stdout by default.',
  }),
];
