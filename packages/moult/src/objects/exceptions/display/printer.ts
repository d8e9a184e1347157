/**
 * An exception as text, with the exceptions that led to it: what CPython's C code prints for an uncaught one.
 * Source: CPython 3.12 pythonrun.c print_exception_recursive.
 */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark } from '../../../core/errors.ts';
import { ExceptionGroupWord, ExcWord } from '../../../core/layout/exceptions.ts';
import { isSequence, lookupAttrText, reprText, sequenceItem, length, strTextOf } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { strText } from '../../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { tupleItem, tupleSize } from '../../../core/tuple.ts';
import { isBytes, isException, isStr, kindName } from '../../../core/types.ts';
import { isGroup } from '../split.ts';
import { hint } from './hints.ts';
import type { SourceCache } from './source.ts';
import { syntaxDetails, syntaxLines } from './syntax.ts';
import { tracebackLines } from './traceback.ts';
import { enterRecursion, leaveRecursion } from '../../../core/recursion.ts';

const CAUSE = 'The above exception was the direct cause of the following exception:';
const CONTEXT = 'During handling of the above exception, another exception occurred:';
const MAX_GROUP_WIDTH = 15;
const MAX_GROUP_DEPTH = 10;

/** The state of one display. */
class Printer {
  text = '';
  readonly cache: SourceCache = new Map();
  readonly seen = new Set<Ref>();
  /** Groups around the exception being shown. */
  depth = 0;
  needClose = false;

  get indent(): string {
    return ' '.repeat(2 * this.depth);
  }
  get margin(): string {
    return this.depth > 0 ? `${this.indent}| ` : '';
  }
  /** A line behind the margin. */
  line(text: string): void {
    this.text += `${this.margin}${text}\n`;
  }
}

/** The whole text for an exception, each line ended. The exception stays alive by the caller. @runsPython */
export function exceptionText(rt: Runtime, exception: Ref): string {
  const printer = new Printer();
  const m = tempMark(rt);
  temp(rt, newRef(rt, exception));
  printRecursive(rt, printer, exception);
  releaseTemps(rt, m);
  return printer.text;
}

function printRecursive(rt: Runtime, p: Printer, exception: Ref): void {
  enterRecursion(rt, ' in print_exception_recursive');
  printOrigins(rt, p, exception);
  if (isGroup(rt, exception)) printGroup(rt, p, exception);
  else printOne(rt, p, exception);
  leaveRecursion(rt);
}

/** The cause, or else the context, unless it was shown already. */
function printOrigins(rt: Runtime, p: Printer, exception: Ref): void {
  const H = rt.words;
  p.seen.add(exception);
  const cause = H[exception + ExcWord.Cause];
  const origin =
    cause !== 0 ? cause : H[exception + ExcWord.SuppressContext] !== 0 ? 0 : H[exception + ExcWord.Context];
  if (origin === 0 || p.seen.has(origin)) return;
  const needClose = p.needClose;
  p.needClose = false;
  temp(rt, newRef(rt, origin));
  printRecursive(rt, p, origin);
  dropTemp(rt, origin);
  p.needClose = needClose;
  p.line('');
  p.line(cause !== 0 ? CAUSE : CONTEXT);
  p.line('');
}

function printOne(rt: Runtime, p: Printer, exception: Ref): void {
  const traceback = rt.words[exception + ExcWord.Traceback];
  if (traceback !== 0) printTraceback(rt, p, exception, traceback);
  const notes = lookupAttrText(rt, exception, '__notes__');
  if (notes !== 0) temp(rt, notes);
  const details = syntaxDetails(rt, exception);
  if (details === null) p.line(messageLine(rt, exception));
  else {
    for (const line of syntaxLines(details)) p.line(line);
    p.line(
      typeText(rt, exception) + (details.message === null || details.message === '' ? '' : `: ${details.message}`),
    );
  }
  if (notes !== 0) {
    printNotes(rt, p, notes);
    dropTemp(rt, notes);
  }
}

function printTraceback(rt: Runtime, p: Printer, exception: Ref, traceback: Ref): void {
  const group = isGroup(rt, exception);
  const headMargin = group && p.depth === 1 ? `${p.indent}+ ` : p.margin;
  const header = `${headMargin}${group ? 'Exception Group Traceback' : 'Traceback'} (most recent call last):`;
  for (const line of tracebackLines(rt, p.cache, traceback, header, p.margin)) p.text += `${line}\n`;
}

/** `module.Type` as shown before the message. @runsPython */
export function typeText(rt: Runtime, exception: Ref): string {
  const type = rt.words[exception + ObjectWord.Type];
  const module = attributeText(rt, type, '__module__');
  const prefix = module === null ? '<unknown>.' : module === 'builtins' || module === '__main__' ? '' : `${module}.`;
  return prefix + (attributeText(rt, type, '__qualname__') ?? '<unknown>');
}

/** The text of an attribute that is a str; else null. */
function attributeText(rt: Runtime, o: Ref, name: string): string | null {
  const value = guarded(rt, () => lookupAttrText(rt, o, name));
  if (value === null || value === 0) return null;
  temp(rt, value);
  const text = isStr(rt, value) ? strText(rt, value) : null;
  dropTemp(rt, value);
  return text;
}

/** What `compute` gives; null if it raised. */
function guarded<V extends Owned | 0 | string>(rt: Runtime, compute: () => V): V | null {
  const m = mark(rt);
  try {
    return compute();
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return null;
  }
}

function messageLine(rt: Runtime, exception: Ref): string {
  const type = typeText(rt, exception);
  const message = guarded(rt, () => strTextOf(rt, exception)) ?? '<exception str() failed>';
  return type + (message === '' ? '' : `: ${message}`) + hint(rt, exception);
}

/** Each note on lines of its own; what is no sequence is shown as its repr. */
function printNotes(rt: Runtime, p: Printer, notes: Ref): void {
  if (!isSequence(rt, notes) || isStr(rt, notes) || isBytes(rt, notes)) {
    p.text += p.margin + (guarded(rt, () => reprText(rt, notes)) ?? '<__notes__ repr() failed>');
    p.text += '\n';
    return;
  }
  for (let i = 0; i < length(rt, notes); i++) {
    const note = temp(rt, sequenceItem(rt, notes, i));
    const text = guarded(rt, () => strTextOf(rt, note)) ?? '<note str() failed>';
    for (const line of text.split(LINE_END)) p.line(line);
    dropTemp(rt, note);
  }
}

// eslint-disable-next-line no-control-regex
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** Source: CPython 3.12 print_exception_group. */
function printGroup(rt: Runtime, p: Printer, group: Ref): void {
  if (p.depth > MAX_GROUP_DEPTH) {
    p.line(`... (max_group_depth is ${MAX_GROUP_DEPTH})`);
    return;
  }
  const outermost = p.depth === 0;
  if (outermost) p.depth = 1;
  printOne(rt, p, group);
  const exceptions = temp(rt, newRef(rt, rt.words[group + ExceptionGroupWord.Exceptions]));
  const n = tupleSize(rt, exceptions);
  const shown = Math.min(n, MAX_GROUP_WIDTH + 1);
  for (let i = 0; i < shown; i++) printMember(rt, p, exceptions, i, shown, n);
  dropTemp(rt, exceptions);
  if (p.depth === 1) p.depth = 0;
}

function printMember(rt: Runtime, p: Printer, exceptions: Ref, i: number, shown: number, n: number): void {
  const last = i === shown - 1;
  if (last) p.needClose = true;
  const truncated = i >= MAX_GROUP_WIDTH;
  p.text += `${p.indent}${i === 0 ? '+-' : '  '}+---------------- ${truncated ? '...' : i + 1} ----------------\n`;
  p.depth++;
  if (truncated) p.line(`and ${n - MAX_GROUP_WIDTH} more exception${n - MAX_GROUP_WIDTH > 1 ? 's' : ''}`);
  else printRecursive(rt, p, tupleItem(rt, exceptions, i));
  if (last && p.needClose) {
    p.text += `${p.indent}+------------------------------------\n`;
    p.needClose = false;
  }
  p.depth--;
}

/** What is shown instead of a value that is no exception. @runsPython */
export function invalidExceptionText(rt: Runtime, value: Ref): string {
  if (isException(rt, value)) return exceptionText(rt, value);
  return `TypeError: print_exception(): Exception expected for value, ${kindName(rt, value)} found\n`;
}
