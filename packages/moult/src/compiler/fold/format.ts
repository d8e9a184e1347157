/** `'...%s...' % (a, b)` as a formatted string, where the format has only %s, %r and %a. */

import type { BinOp, Constant, Expr, FormattedValue, JoinedStr } from '../../syntax/ast.ts';
import { NO_LOCATION } from '../context.ts';

/** Longest width or precision, in digits, exclusive. */
const MAX_DIGITS = 3;

const SPEC = /%([-+ #0]*)(\d*)(?:\.(\d*))?([sra])/y;

/** The equivalent of `node`, or null if there is none. */
export function foldFormat(node: BinOp, format: string, args: readonly Expr[]): JoinedStr | null {
  if (args.some((arg) => arg.kind === 'Starred')) return null;
  const values: Expr[] = [];
  let pos = 0;
  let used = 0;
  while (pos < format.length) {
    const end = literalEnd(format, pos);
    if (end > pos) values.push(literal(format.slice(pos, end).replaceAll('%%', '%')));
    pos = end;
    if (pos >= format.length) break;
    const arg = args[used++];
    if (arg === undefined) return null;
    SPEC.lastIndex = pos;
    const match = SPEC.exec(format);
    const value = match === null ? null : formatted(match, arg);
    if (value === null) return null;
    values.push(value);
    pos = SPEC.lastIndex;
  }
  if (used < args.length) return null;
  const { lineno, colOffset, endLineno, endColOffset } = node;
  return { kind: 'JoinedStr', values, lineno, colOffset, endLineno, endColOffset };
}

/** Where the text before the next specifier ends. */
function literalEnd(format: string, pos: number): number {
  while (pos < format.length) {
    if (format[pos] !== '%') pos++;
    else if (format[pos + 1] === '%') pos += 2;
    else break;
  }
  return pos;
}

function literal(value: string): Constant {
  return { kind: 'Constant', value, strKind: null, ...NO_LOCATION };
}

function formatted(match: RegExpExecArray, arg: Expr): FormattedValue | null {
  const [, flags, width, precision, conversion] = match;
  if (width!.length >= MAX_DIGITS || (precision?.length ?? 0) >= MAX_DIGITS) return null;
  let spec = '';
  if (width !== '') spec += (flags!.includes('-') || Number(width) === 0 ? '' : '>') + String(Number(width));
  if (precision !== undefined) spec += '.' + String(Number(precision));
  const { lineno, colOffset, endLineno, endColOffset } = arg;
  return {
    kind: 'FormattedValue',
    value: arg,
    conversion: conversion!.charCodeAt(0),
    formatSpec: spec === '' ? null : literal(spec),
    lineno,
    colOffset,
    endLineno,
    endColOffset,
  };
}
