/**
 * The line of `~~~^~~` below a source line: which part of the expression failed.
 *
 * The operator of a binary operation and the brackets of a subscript are pointed at; they are found by parsing the
 * failing part of the line again. Source: CPython 3.12 traceback.c tb_displayline, extract_anchors_from_line.
 */
import type { CodeLocation } from '../../../compiler/locations.ts';
import type { BinOp, Expr, Mod, Subscript } from '../../../syntax/ast.ts';
import { PythonSyntaxError } from '../../../syntax/errors.ts';
import { parse } from '../../../syntax/parse.ts';
import { displayWidth } from '../../../text/wide.ts';

/** First and last-but-one character of the part that gets `^`; the rest gets `~`. */
interface Anchors {
  readonly left: number;
  readonly right: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The caret line for `line`, which was shown without its indentation, behind four spaces; null if it would tell nothing. */
export function caretLine(line: string, location: CodeLocation): string | null {
  if (location.lineno < 0 || location.endLineno < 0 || location.col < 0 || location.endCol < 0) return null;
  const single = location.lineno === location.endLineno;
  const indent = /^[ \t\f]*/.exec(line)?.[0].length ?? 0;
  const start = characterOffset(line, location.col);
  const end = single ? characterOffset(line, location.endCol) : [...line.trimEnd()].length;
  const characters = [...line];
  const anchors = single ? findAnchors(characters.slice(start, end).join(''), start) : null;
  if (end - start === characters.length - indent && anchors === null) return null;
  return ' '.repeat(4) + carets(characters, indent, start, end, anchors);
}

function carets(
  characters: readonly string[],
  indent: number,
  start: number,
  end: number,
  anchors: Anchors | null,
): string {
  let text = '';
  for (let i = indent; i < end; i++) {
    const mark = i < start ? ' ' : anchors === null || (i >= anchors.left && i < anchors.right) ? '^' : '~';
    text += mark.repeat(displayWidth(characters[i] ?? ' '));
  }
  return text;
}

/** Characters before the byte offset. */
function characterOffset(line: string, byteOffset: number): number {
  const bytes = encoder.encode(line);
  return [...decoder.decode(bytes.subarray(0, byteOffset))].length;
}

function findAnchors(segment: string, start: number): Anchors | null {
  const expression = onlyExpression(segment);
  if (expression === null) return null;
  const bytes = encoder.encode(segment);
  const found = anchorsOf(bytes, expression);
  if (found === null) return null;
  return { left: characterOffset(segment, found.left) + start, right: characterOffset(segment, found.right) + start };
}

function onlyExpression(segment: string): Expr | null {
  const module = tryParse(segment);
  if (module?.kind !== 'Module' || module.body.length !== 1) return null;
  const statement = module.body[0];
  return statement?.kind === 'Expr' ? statement.value : null;
}

function tryParse(segment: string): Mod | null {
  try {
    return parse(segment, { filename: '<segment>', mode: 'exec' }).ast;
  } catch (error) {
    if (error instanceof PythonSyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function anchorsOf(bytes: Uint8Array, expression: Expr): Anchors | null {
  if (expression.kind === 'BinOp') return operatorAnchors(bytes, expression);
  return expression.kind === 'Subscript' ? bracketAnchors(bytes, expression) : null;
}

const enum Byte {
  Tab = 9,
  FormFeed = 12,
  Space = 32,
  Close = 41,
  OpenBracket = 91,
  CloseBracket = 93,
}

function isSpace(byte: number): boolean {
  return byte === Byte.Space || byte === Byte.Tab || byte === Byte.FormFeed;
}

function operatorAnchors(bytes: Uint8Array, node: BinOp): Anchors | null {
  const end = node.right.colOffset;
  for (let i = node.left.endColOffset; i < end; i++) {
    if (isSpace(bytes[i]) || bytes[i] === Byte.Close) continue;
    return { left: i, right: i + 1 < end && !isSpace(bytes[i + 1]) ? i + 2 : i + 1 };
  }
  return null;
}

function bracketAnchors(bytes: Uint8Array, node: Subscript): Anchors {
  let left = node.value.endColOffset;
  while (left < bytes.length && bytes[left] !== Byte.OpenBracket) left++;
  let right = node.slice.endColOffset;
  while (right < bytes.length && bytes[right] !== Byte.CloseBracket) right++;
  return { left, right: right + 1 };
}
