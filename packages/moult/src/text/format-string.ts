/** The format strings of `str.format`: '{0.a[b]!r:>{w}}'. Only the syntax: fetching and formatting values is the
 *  caller's.
 *
 *  Everything goes in steps, because CPython reports an error only when it gets there: text before a faulty field has
 *  run its values' code already. To render a string, with depth 2 for the outermost one (`checkDepth`):
 *
 *    while (scanner.next())      literal text, then, if `present`, a field:
 *      new FieldPath(name)       its first part goes through `FieldNumbers.resolve`, then follow the path's steps
 *      conversion                by `conversionError` unless it is '', 'r', 's' or 'a'
 *      spec                      if `specNested`, rendered itself as a format string with one less depth */

import { valueError } from './fault.ts';
import { decimalValue } from './unicode.ts';

/** Scans a format string. After `next()` gave true its fields describe one piece. */
export class FormatScanner {
  /** Text before the field, braces already undoubled. */
  literal = '';
  /** Whether a field follows the literal text. */
  present = false;
  /** The field's name with its path, '0.a[b]'. */
  name = '';
  /** The conversion character, '' if there is none. */
  conversion = '';
  /** The format specification. */
  spec = '';
  /** Whether the specification contains fields itself. */
  specNested = false;
  private at = 0;

  constructor(private readonly text: string) {}

  /** Goes on to the next piece; false at the end. Throws ValueError. */
  next(): boolean {
    const { text, at } = this;
    this.present = this.specNested = false;
    this.name = this.conversion = this.spec = '';
    if (at >= text.length) return false;
    const brace = findBrace(text, at);
    if (brace === text.length) return this.give(text.slice(at), brace);
    const char = text[brace]!;
    const following = text[brace + 1];
    if (following === char) return this.give(text.slice(at, brace + 1), brace + 2);
    if (char === '}') valueError("Single '}' encountered in format string");
    if (following === undefined) valueError("Single '{' encountered in format string");
    this.give(text.slice(at, brace), brace + 1);
    this.present = true;
    this.readField();
    return true;
  }

  private give(literal: string, next: number): true {
    this.literal = literal;
    this.at = next;
    return true;
  }

  private readField(): void {
    const { text } = this;
    const end = endOfName(text, this.at);
    this.name = text.slice(this.at, end);
    const stop = text[end];
    if (stop === undefined) valueError("expected '}' before end of string");
    this.at = end + 1;
    if (stop === '}') return;
    if (stop === '!' && this.readConversion()) return;
    this.readSpec();
  }

  /** Reads the character after '!'; true if the field ends with it. */
  private readConversion(): boolean {
    const { text } = this;
    if (this.at >= text.length) valueError('end of string while looking for conversion specifier');
    this.conversion = String.fromCodePoint(text.codePointAt(this.at)!);
    this.at += this.conversion.length;
    const stop = text[this.at];
    if (stop === undefined) return false;
    this.at++;
    if (stop !== '}' && stop !== ':') valueError("expected ':' after conversion specifier");
    return stop === '}';
  }

  /** Reads up to the closing brace that matches. */
  private readSpec(): void {
    const { text, at } = this;
    let depth = 1;
    for (let i = at; i < text.length; i++) {
      const char = text[i];
      if (char === '{') {
        this.specNested = true;
        depth++;
      } else if (char === '}' && --depth === 0) {
        this.spec = text.slice(at, i);
        this.at = i + 1;
        return;
      }
    }
    valueError("unmatched '{' in format spec");
  }
}

function findBrace(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x7b || code === 0x7d) return i;
  }
  return text.length;
}

/** The index of the '}', ':' or '!' after a field name; within brackets they belong to the name. */
function endOfName(text: string, from: number): number {
  let bracket = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === ']') bracket = false;
    else if (bracket) continue;
    else if (char === '[') bracket = true;
    else if (char === '{') valueError("unexpected '{' in field name");
    else if (char === '}' || char === ':' || char === '!') return i;
  }
  return text.length;
}

/** The number that `text` consists of, -1 if it is empty or has something else. Throws ValueError if it is huge. */
function fieldIndex(text: string): number {
  if (text === '') return -1;
  let value = 0n;
  for (const char of text) {
    const digit = decimalValue(char.codePointAt(0)!);
    if (digit < 0) return -1;
    value = value * 10n + BigInt(digit);
    if (value > 0x7fff_ffff_ffff_ffffn) valueError('Too many decimal digits in format string');
  }
  return Number(value);
}

/** A field name taken apart: 'a.b[0]' is first 'a', then attribute 'b', then item 0. */
export class FieldPath {
  /** What the field starts from: an index, a name, or '' for the next index. */
  readonly first: string | number;
  /** Whether the last step is an attribute; otherwise it is an item. */
  isAttribute = false;
  /** The attribute's name, or the item's key: an index if it is all digits. */
  key: string | number = '';
  private at: number;

  constructor(private readonly name: string) {
    const end = name.search(/[.[]/);
    this.at = end < 0 ? name.length : end;
    const first = name.slice(0, this.at);
    const index = fieldIndex(first);
    this.first = index >= 0 ? index : first;
  }

  /** Goes on to the next step; false at the end. Throws ValueError. */
  next(): boolean {
    const { name, at } = this;
    if (at >= name.length) return false;
    this.isAttribute = name[at] === '.';
    if (!this.isAttribute && name[at] !== '[') {
      valueError("Only '.' or '[' may follow ']' in format field specifier");
    }
    const key = this.isAttribute ? this.attribute(at + 1) : this.item(at + 1);
    if (key === '') valueError('Empty attribute in format string');
    const index = this.isAttribute ? -1 : fieldIndex(key);
    this.key = index >= 0 ? index : key;
    return true;
  }

  private attribute(start: number): string {
    const length = this.name.slice(start).search(/[.[]/);
    this.at = length < 0 ? this.name.length : start + length;
    return this.name.slice(start, this.at);
  }

  private item(start: number): string {
    const end = this.name.indexOf(']', start);
    if (end < 0) valueError("Missing ']' in format string");
    this.at = end + 1;
    return this.name.slice(start, end);
  }
}

/** Which way a format string numbers its fields: both in one string are an error. */
export class FieldNumbers {
  private state: 'open' | 'automatic' | 'manual' = 'open';
  private count = 0;

  /** The index or name that the first part of a field stands for. Throws ValueError. */
  resolve(first: string | number): string | number {
    if (typeof first === 'string' && first !== '') return first;
    const wanted = first === '' ? 'automatic' : 'manual';
    if (this.state === 'open') this.state = wanted;
    if (this.state !== wanted) {
      valueError(
        wanted === 'manual'
          ? 'cannot switch from automatic field numbering to manual field specification'
          : 'cannot switch from manual field specification to automatic field numbering',
      );
    }
    return first === '' ? this.count++ : first;
  }
}

/** Throws ValueError if a format string is nested too deeply: the outermost has depth 2, one in its fields 1. */
export function checkDepth(depth: number): void {
  if (depth <= 0) valueError('Max string recursion exceeded');
}

/** Throws the error for a conversion other than 'r', 's' and 'a'. */
export function conversionError(conversion: string): never {
  const code = conversion.codePointAt(0)!;
  const shown = code > 32 && code < 127 ? conversion : '\\x' + code.toString(16);
  valueError('Unknown conversion specifier ' + shown);
}
