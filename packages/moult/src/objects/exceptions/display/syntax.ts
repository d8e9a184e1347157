/** What a SyntaxError shows before its message: file, line, text and carets. */
import { decref, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { caught, clearException, mark } from '../../../core/errors.ts';
import { isSafeInt, safeIntValue } from '../../../core/int.ts';
import { getAttrText, hasAttrText, strTextOf } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { strText } from '../../../core/str.ts';
import { dropTemp, temp } from '../../../core/temps.ts';
import { isInt, isStr } from '../../../core/types.ts';

interface SyntaxDetails {
  /** `str` of the message; null for None. */
  readonly message: string | null;
  readonly file: string;
  readonly line: number;
  readonly offset: number;
  readonly endLine: number;
  readonly endOffset: number;
  readonly text: string | null;
}

/** The details of an exception that has `print_file_and_line` and proper attributes; else null. @runsPython */
export function syntaxDetails(rt: Runtime, exception: Ref): SyntaxDetails | null {
  const m = mark(rt);
  try {
    return hasAttrText(rt, exception, 'print_file_and_line') ? readDetails(rt, exception) : null;
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return null;
  }
}

/** Only SyntaxError itself marks a range; other types get one caret. */
function readDetails(rt: Runtime, exception: Ref): SyntaxDetails | null {
  const message = readText(rt, exception, 'msg');
  const file = readText(rt, exception, 'filename');
  const exact = rt.words[exception + ObjectWord.Type] === T.SyntaxError;
  const line = readNumber(rt, exception, 'lineno');
  const offset = readNumber(rt, exception, 'offset');
  const endLine = exact ? readNumber(rt, exception, 'end_lineno') : null;
  const endOffset = exact ? readNumber(rt, exception, 'end_offset') : null;
  if (line === null || line === undefined || offset === undefined || endLine === undefined || endOffset === undefined)
    return null;
  return {
    message,
    file: file ?? '<string>',
    line,
    offset: offset ?? -1,
    endLine: endLine ?? line,
    endOffset: endOffset ?? -1,
    text: readText(rt, exception, 'text'),
  };
}

/** `str` of an attribute; null for None. */
function readText(rt: Runtime, exception: Ref, name: string): string | null {
  const value = temp(rt, getAttrText(rt, exception, name));
  const text = value === S.None ? null : isStr(rt, value) ? strText(rt, value) : strTextOf(rt, value);
  dropTemp(rt, value);
  return text;
}

/** An int; null for None, undefined for anything else. */
function readNumber(rt: Runtime, exception: Ref, name: string): number | null | undefined {
  const value = getAttrText(rt, exception, name);
  const number =
    value === (S.None as number)
      ? null
      : isInt(rt, value) && isSafeInt(rt, value)
        ? safeIntValue(rt, value)
        : undefined;
  decref(rt, value);
  return number;
}

/** `File …`, the text and the carets. Source: CPython 3.12 print_exception_file_and_line. */
export function syntaxLines(details: SyntaxDetails): string[] {
  const lines = [`  File "${details.file}", line ${details.line}`];
  if (details.text === null) return lines;
  const bytes = new TextEncoder().encode(details.text).length;
  const endOffset = details.endLine > details.line ? bytes : Math.min(details.endOffset, bytes + 1);
  return [...lines, ...textLines(details.text, details.offset, endOffset)];
}

/** The text without its indentation, and carets from `offset` (from 1) to before `endOffset`.
 *  Source: CPython 3.12 print_error_text. */
function textLines(source: string, startOffset: number, endOffset: number): string[] {
  const repetitions = endOffset > 0 && endOffset > startOffset ? endOffset - startOffset : 1;
  const indent = /^[ \t\f]*/.exec(source)?.[0].length ?? 0;
  let text = source.slice(indent);
  if (text.endsWith('\n')) text = text.slice(0, -1);
  let offset = Math.min(startOffset - 1 - indent, new TextEncoder().encode(text).length);
  for (let newline = text.indexOf('\n'); newline >= 0 && newline < offset; newline = text.indexOf('\n')) {
    text = text.slice(newline + 1);
    offset -= newline + 1;
  }
  const lines = [`    ${text}`];
  if (offset >= 0) lines.push(' '.repeat(4 + offset) + '^'.repeat(repetitions));
  return lines;
}
