/** `repr()` of constants, for error messages, annotations and the disassembler. */

import { PyComplex } from '../syntax/ast.ts';
import { ConstFrozenSet, ConstTuple } from './code-data.ts';
import type { CodeData, ConstValue } from './code-data.ts';

export function constantRepr(value: ConstValue): string {
  switch (typeof value) {
    case 'string':
      return stringRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    case 'number':
      return floatRepr(value);
    case 'symbol':
      return 'Ellipsis';
    default:
      return value === null ? 'None' : objectRepr(value);
  }
}

function objectRepr(value: Uint8Array | PyComplex | ConstTuple | ConstFrozenSet | CodeData): string {
  if (value instanceof Uint8Array) return bytesRepr(value);
  if (value instanceof PyComplex) return complexRepr(value);
  if (value instanceof ConstTuple) {
    const items = value.items.map(constantRepr);
    return items.length === 1 ? `(${items[0]!},)` : `(${items.join(', ')})`;
  }
  if (value instanceof ConstFrozenSet) {
    return value.items.length === 0 ? 'frozenset()' : `frozenset({${value.items.map(constantRepr).join(', ')}})`;
  }
  return `<code object ${value.name}, file "${value.filename}", line ${value.firstlineno}>`;
}

/** Shortest digits that read back the same, in Python's notation. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const [digits, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const sign = digits.startsWith('-') ? '-' : '';
  const mantissa = digits.replace('-', '').replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${mantissa}`;
  const whole = mantissa.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${mantissa.slice(exponent + 1) || '0'}`;
}

function complexRepr({ real, imag }: PyComplex): string {
  const text = (part: number): string => floatRepr(part).replace(/\.0$/, '');
  if (Object.is(real, 0)) return `${text(imag)}j`;
  const sign = imag < 0 || Object.is(imag, -0) ? '' : '+';
  return `(${text(real)}${sign}${text(imag)}j)`;
}

function bytesRepr(value: Uint8Array): string {
  let body = '';
  const quote = value.includes(39) && !value.includes(34) ? '"' : "'";
  for (const byte of value) {
    const char = String.fromCharCode(byte);
    if (char === quote || char === '\\') body += '\\' + char;
    else if (char === '\t') body += '\\t';
    else if (char === '\n') body += '\\n';
    else if (char === '\r') body += '\\r';
    else if (byte < 32 || byte >= 127) body += '\\x' + byte.toString(16).padStart(2, '0');
    else body += char;
  }
  return `b${quote}${body}${quote}`;
}

/** Characters `str.isprintable` refuses, besides ASCII control characters. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;

export function stringRepr(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let body = '';
  for (const char of value) body += escapeChar(char, quote);
  return quote + body + quote;
}

function escapeChar(char: string, quote: string): string {
  if (char === quote || char === '\\') return '\\' + char;
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  if (char >= ' ' && char <= '~') return char;
  if (char > '~' && !UNPRINTABLE.test(char)) return char;
  const code = char.codePointAt(0)!;
  if (code < 0x100) return '\\x' + code.toString(16).padStart(2, '0');
  if (code < 0x10000) return '\\u' + code.toString(16).padStart(4, '0');
  return '\\U' + code.toString(16).padStart(8, '0');
}
