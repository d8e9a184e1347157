/** Checks of patterns in trees that a program made. */
import { valueError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { ELLIPSIS } from '../../syntax/ast.ts';
import type { Expr, MatchClass, MatchMapping, Pattern } from '../../syntax/ast.ts';
import { PyComplex } from '../../syntax/ast.ts';
import { checkExpression, checkName, checkPosition } from './validate-expressions.ts';

/** One case for each kind of pattern. `starOk`: it stands in a sequence. */
export function checkPattern(rt: Runtime, p: Pattern, starOk: boolean): void {
  checkPosition(rt, p);
  switch (p.kind) {
    case 'MatchValue':
      return checkValue(rt, p.value);
    case 'MatchSingleton':
      if (p.value !== null && typeof p.value !== 'boolean') {
        valueError(rt, 'MatchSingleton can only contain True, False and None');
      }
      return;
    case 'MatchSequence':
      return checkPatterns(rt, p.patterns, true);
    case 'MatchMapping':
      return checkMapping(rt, p);
    case 'MatchClass':
      return checkClass(rt, p);
    case 'MatchStar':
      if (!starOk) valueError(rt, "can't use MatchStar here");
      return checkCapture(rt, p.name);
    case 'MatchAs':
      checkCapture(rt, p.name);
      if (p.pattern === null) return;
      if (p.name === null) valueError(rt, 'MatchAs must specify a target name if a pattern is given');
      return checkPattern(rt, p.pattern, false);
    case 'MatchOr':
      if (p.patterns.length < 2) valueError(rt, 'MatchOr requires at least 2 patterns');
      return checkPatterns(rt, p.patterns, false);
  }
}

function checkPatterns(rt: Runtime, patterns: readonly (Pattern | null)[], starOk: boolean): void {
  for (const pattern of patterns) {
    if (pattern === null) valueError(rt, 'None disallowed in pattern list');
    checkPattern(rt, pattern, starOk);
  }
}

function checkCapture(rt: Runtime, name: string | null): void {
  if (name === '_') valueError(rt, "can't capture name '_' in patterns");
  if (name !== null) checkName(rt, name);
}

function checkMapping(rt: Runtime, p: MatchMapping): void {
  if (p.keys.length !== p.patterns.length) {
    valueError(rt, "MatchMapping doesn't have the same number of keys as patterns");
  }
  checkCapture(rt, p.rest);
  for (const key of p.keys) {
    const singleton = key.kind === 'Constant' && (key.value === null || typeof key.value === 'boolean');
    if (!singleton) checkValue(rt, key);
  }
  checkPatterns(rt, p.patterns, false);
}

function checkClass(rt: Runtime, p: MatchClass): void {
  if (p.kwdAttrs.length !== p.kwdPatterns.length) {
    valueError(rt, "MatchClass doesn't have the same number of keyword attributes as patterns");
  }
  checkExpression(rt, p.cls, 'Load');
  let cls = p.cls;
  while (cls.kind === 'Attribute') cls = cls.value;
  if (cls.kind !== 'Name') valueError(rt, 'MatchClass cls field can only contain Name or Attribute nodes.');
  for (const name of p.kwdAttrs) checkName(rt, name);
  checkPatterns(rt, p.patterns, false);
  checkPatterns(rt, p.kwdPatterns, false);
}

/** A literal, a signed or complex number, or an attribute. */
function checkValue(rt: Runtime, e: Expr): void {
  checkExpression(rt, e, 'Load');
  switch (e.kind) {
    case 'Constant':
      if (isLiteral(e.value)) return;
      return valueError(rt, 'unexpected constant inside of a literal pattern');
    case 'Attribute':
    case 'JoinedStr':
      return;
    case 'UnaryOp':
      if (isSigned(e, true, true)) return;
      break;
    case 'BinOp':
      if (isComplex(e)) return;
      break;
    default:
  }
  valueError(rt, 'patterns may only match literals and attribute lookups');
}

function isLiteral(value: unknown): boolean {
  const isText = typeof value === 'string' || value instanceof Uint8Array;
  return (
    value !== ELLIPSIS &&
    (isText || typeof value === 'bigint' || typeof value === 'number' || value instanceof PyComplex)
  );
}

function isNumber(e: Expr, real: boolean, imaginary: boolean): boolean {
  if (e.kind !== 'Constant') return false;
  if (e.value instanceof PyComplex) return imaginary;
  return real && (typeof e.value === 'bigint' || typeof e.value === 'number');
}

function isSigned(e: Expr, real: boolean, imaginary: boolean): boolean {
  return e.kind === 'UnaryOp' && e.op === 'USub' && isNumber(e.operand, real, imaginary);
}

/** `3 - 4j` */
function isComplex(e: Expr): boolean {
  if (e.kind !== 'BinOp' || (e.op !== 'Add' && e.op !== 'Sub')) return false;
  return (isNumber(e.left, true, false) || isSigned(e.left, true, false)) && isNumber(e.right, false, true);
}
