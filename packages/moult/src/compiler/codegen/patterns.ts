/** `match`.
 *
 *  Each pattern consumes the subject on top of the stack or jumps to a *fail block*, which pops what the pattern had
 *  left. Captured values stay on the stack below the subjects still to match; names are stored only when the whole
 *  pattern has matched. */

import type {
  Match,
  MatchAs,
  MatchCase,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchValue,
  Pattern,
  Position,
} from '../../syntax/ast.ts';
import { ComputedTuple } from '../code-data.ts';
import { NO_LOCATION } from '../context.ts';
import { constantOf } from '../fold/constant.ts';
import { equalityKey } from '../fold/equality.ts';
import type { Label } from '../instr.ts';
import { BinaryOp, Op } from '../opcodes.ts';
import { constantRepr, stringRepr } from '../repr.ts';
import { jumpIf } from './conditions.ts';
import { compareOp, visitExpr } from './expressions.ts';
import type { Generator } from './generator.ts';
import { visitBody } from './statements.ts';

/** State of one `case`, or of one alternative of an or-pattern. */
interface PatternContext {
  /** Names captured so far, in the order of their values on the stack. */
  stores: string[];
  /** Whether a pattern that always matches may stand here. */
  allowIrrefutable: boolean;
  /** Label of the block that pops n values and fails, by n. */
  failPop: Label[];
  /** Values above the captured ones. */
  onTop: number;
}

export function compileMatch(g: Generator, s: Match): void {
  visitExpr(g, s.subject);
  const end = g.newLabel();
  const { cases } = s;
  const lastCase = cases[cases.length - 1]!;
  const hasDefault = isWildcard(lastCase.pattern) && cases.length > 1;
  const count = cases.length - Number(hasDefault);
  for (let i = 0; i < count; i++) compileCase(g, cases[i]!, end, i === count - 1, i === cases.length - 1);
  if (hasDefault) {
    g.op(lastCase.pattern, Op.NOP);
    if (lastCase.guard !== null) jumpIf(g, lastCase.pattern, lastCase.guard, end, false);
    visitBody(g, lastCase.body);
  }
  g.use(end);
}

/** The last pattern to try consumes the subject, the others a copy. */
function compileCase(g: Generator, c: MatchCase, end: Label, isLastTried: boolean, isLast: boolean): void {
  const { pattern, guard } = c;
  if (!isLastTried) g.op(pattern, Op.COPY, 1);
  const pc: PatternContext = { stores: [], allowIrrefutable: guard !== null || isLast, failPop: [], onTop: 0 };
  visitPattern(g, pattern, pc);
  for (const name of pc.stores) g.nameOp(pattern, name, 'Store');
  if (guard !== null) {
    ensureFailPop(g, pc, 0);
    jumpIf(g, pattern, guard, pc.failPop[0]!, false);
  }
  if (!isLastTried) g.op(pattern, Op.POP_TOP);
  visitBody(g, c.body);
  g.op(NO_LOCATION, Op.JUMP, end);
  emitFailPop(g, pattern, pc);
}

function visitPattern(g: Generator, p: Pattern, pc: PatternContext): void {
  switch (p.kind) {
    case 'MatchValue':
      return visitValue(g, p, pc);
    case 'MatchSingleton':
      g.loadConst(p, p.value);
      compareOp(g, p, 'Is');
      return jumpToFail(g, p, pc, Op.POP_JUMP_IF_FALSE);
    case 'MatchSequence':
      return visitSequence(g, p, pc);
    case 'MatchMapping':
      return visitMapping(g, p, pc);
    case 'MatchClass':
      return visitClass(g, p, pc);
    case 'MatchStar':
      return storeName(g, p, p.name, pc);
    case 'MatchAs':
      return visitAs(g, p, pc);
    case 'MatchOr':
      return visitOr(g, p, pc);
  }
}

function visitSubpattern(g: Generator, p: Pattern, pc: PatternContext): void {
  const allowed = pc.allowIrrefutable;
  pc.allowIrrefutable = true;
  visitPattern(g, p, pc);
  pc.allowIrrefutable = allowed;
}

function isWildcard(p: Pattern): boolean {
  return p.kind === 'MatchAs' && p.name === null;
}

function isStarWildcard(p: Pattern): boolean {
  return p.kind === 'MatchStar' && p.name === null;
}

// Failing

function ensureFailPop(g: Generator, pc: PatternContext, n: number): void {
  while (pc.failPop.length <= n) pc.failPop.push(g.newLabel());
}

function jumpToFail(g: Generator, loc: Position, pc: PatternContext, op: Op): void {
  const pops = pc.onTop + pc.stores.length;
  ensureFailPop(g, pc, pops);
  g.op(loc, op, pc.failPop[pops]!);
}

function emitFailPop(g: Generator, loc: Position, pc: PatternContext): void {
  if (pc.failPop.length === 0) return;
  for (let n = pc.failPop.length - 1; n > 0; n--) {
    g.use(pc.failPop[n]!);
    g.op(loc, Op.POP_TOP);
  }
  g.use(pc.failPop[0]!);
  pc.failPop = [];
}

// Captures

/** Moves the top value down to depth `count`. */
function rotate(g: Generator, loc: Position, count: number): void {
  for (let n = count; n > 1; n--) g.op(loc, Op.SWAP, n);
}

function storeName(g: Generator, loc: Position, name: string | null, pc: PatternContext): void {
  if (name === null) return g.op(loc, Op.POP_TOP);
  g.checkForbidden(loc, name, 'Store');
  if (pc.stores.includes(name)) throw duplicateStore(g, loc, name);
  rotate(g, loc, pc.onTop + pc.stores.length + 1);
  pc.stores.push(name);
}

function duplicateStore(g: Generator, loc: Position, name: string): Error {
  return g.context.error(`multiple assignments to name ${stringRepr(name)} in pattern`, loc);
}

function visitAs(g: Generator, p: MatchAs, pc: PatternContext): void {
  if (p.pattern === null) {
    if (!pc.allowIrrefutable) {
      const what = p.name === null ? 'wildcard' : `name capture ${stringRepr(p.name)}`;
      throw g.context.error(`${what} makes remaining patterns unreachable`, p);
    }
    return storeName(g, p, p.name, pc);
  }
  pc.onTop++;
  g.op(p, Op.COPY, 1);
  visitPattern(g, p.pattern, pc);
  pc.onTop--;
  storeName(g, p, p.name, pc);
}

// Values

function visitValue(g: Generator, p: MatchValue, pc: PatternContext): void {
  if (p.value.kind !== 'Constant' && p.value.kind !== 'Attribute') {
    throw g.context.error('patterns may only match literals and attribute lookups', p);
  }
  visitExpr(g, p.value);
  compareOp(g, p, 'Eq');
  jumpToFail(g, p, pc, Op.POP_JUMP_IF_FALSE);
}

// Sequences

function visitSequence(g: Generator, p: MatchSequence, pc: PatternContext): void {
  const { patterns } = p;
  const size = patterns.length;
  const star = patterns.findIndex((sub) => sub.kind === 'MatchStar');
  if (star >= 0 && patterns.some((sub, i) => i > star && sub.kind === 'MatchStar')) {
    throw g.context.error('multiple starred names in sequence pattern', p);
  }
  pc.onTop++;
  g.op(p, Op.MATCH_SEQUENCE);
  jumpToFail(g, p, pc, Op.POP_JUMP_IF_FALSE);
  if (star < 0 || size > 1) {
    g.op(p, Op.GET_LEN);
    g.loadConst(p, BigInt(star < 0 ? size : size - 1));
    compareOp(g, p, star < 0 ? 'Eq' : 'GtE');
    jumpToFail(g, p, pc, Op.POP_JUMP_IF_FALSE);
  }
  pc.onTop--;
  if (patterns.every((sub) => isWildcard(sub) || isStarWildcard(sub))) g.op(p, Op.POP_TOP);
  else if (star >= 0 && isStarWildcard(patterns[star]!)) matchByIndex(g, p, patterns, star, pc);
  else matchUnpacked(g, p, patterns, star, pc);
}

function matchUnpacked(g: Generator, loc: Position, patterns: Pattern[], star: number, pc: PatternContext): void {
  const size = patterns.length;
  if (star < 0) {
    g.op(loc, Op.UNPACK_SEQUENCE, size);
  } else {
    if (star >= 256) throw g.context.error('too many expressions in star-unpacking sequence pattern', loc);
    g.op(loc, Op.UNPACK_EX, star + ((size - star - 1) << 8));
  }
  pc.onTop += size;
  for (const pattern of patterns) {
    pc.onTop--;
    visitSubpattern(g, pattern, pc);
  }
}

/** With a starred wildcard only the other elements are fetched, by index. */
function matchByIndex(g: Generator, loc: Position, patterns: Pattern[], star: number, pc: PatternContext): void {
  pc.onTop++;
  patterns.forEach((pattern, i) => {
    if (isWildcard(pattern) || i === star) return;
    g.op(loc, Op.COPY, 1);
    if (i < star) {
      g.loadConst(loc, BigInt(i));
    } else {
      g.op(loc, Op.GET_LEN);
      g.loadConst(loc, BigInt(patterns.length - i));
      g.op(loc, Op.BINARY_OP, BinaryOp.SUBTRACT);
    }
    g.op(loc, Op.BINARY_SUBSCR);
    visitSubpattern(g, pattern, pc);
  });
  pc.onTop--;
  g.op(loc, Op.POP_TOP);
}

// Mappings

function visitMapping(g: Generator, p: MatchMapping, pc: PatternContext): void {
  const size = p.keys.length;
  pc.onTop++;
  g.op(p, Op.MATCH_MAPPING);
  jumpToFail(g, p, pc, Op.POP_JUMP_IF_FALSE);
  if (size === 0 && p.rest === null) {
    pc.onTop--;
    return g.op(p, Op.POP_TOP);
  }
  if (size > 0) {
    g.op(p, Op.GET_LEN);
    g.loadConst(p, BigInt(size));
    compareOp(g, p, 'GtE');
    jumpToFail(g, p, pc, Op.POP_JUMP_IF_FALSE);
  }
  visitMappingKeys(g, p);
  g.op(p, Op.BUILD_TUPLE, size);
  g.op(p, Op.MATCH_KEYS);
  pc.onTop += 2;
  failIfNone(g, p, pc);
  g.op(p, Op.UNPACK_SEQUENCE, size);
  pc.onTop += size - 1;
  for (const pattern of p.patterns) {
    pc.onTop--;
    visitSubpattern(g, pattern, pc);
  }
  pc.onTop -= 2;
  if (p.rest !== null) return storeRest(g, p, p.rest, size, pc);
  g.op(p, Op.POP_TOP);
  g.op(p, Op.POP_TOP);
}

function visitMappingKeys(g: Generator, p: MatchMapping): void {
  const seen = new Set<string>();
  for (const key of p.keys) {
    const value = constantOf(key);
    if (value !== undefined) {
      const id = equalityKey(value);
      if (seen.has(id)) throw g.context.error(`mapping pattern checks duplicate key (${constantRepr(value)})`, p);
      seen.add(id);
    } else if (key.kind !== 'Attribute') {
      throw g.context.error('mapping pattern keys may only match literals and attribute lookups', p);
    }
    visitExpr(g, key);
  }
}

/** Fails if the value on top, which stays, is None. */
function failIfNone(g: Generator, loc: Position, pc: PatternContext): void {
  g.op(loc, Op.COPY, 1);
  g.loadConst(loc, null);
  g.op(loc, Op.IS_OP, 1);
  jumpToFail(g, loc, pc, Op.POP_JUMP_IF_FALSE);
}

/** Captures a copy of the subject without the matched keys. */
function storeRest(g: Generator, p: Position, rest: string, size: number, pc: PatternContext): void {
  g.op(p, Op.BUILD_MAP, 0);
  g.op(p, Op.SWAP, 3);
  g.op(p, Op.DICT_UPDATE, 2);
  g.op(p, Op.UNPACK_SEQUENCE, size);
  for (let n = size; n > 0; n--) {
    g.op(p, Op.COPY, 1 + n);
    g.op(p, Op.SWAP, 2);
    g.op(p, Op.DELETE_SUBSCR);
  }
  storeName(g, p, rest, pc);
}

// Classes

function visitClass(g: Generator, p: MatchClass, pc: PatternContext): void {
  checkClassKeywords(g, p);
  visitExpr(g, p.cls);
  const count = p.patterns.length + p.kwdAttrs.length;
  g.loadConst(p, new ComputedTuple(p.kwdAttrs));
  g.op(p, Op.MATCH_CLASS, p.patterns.length);
  pc.onTop++;
  failIfNone(g, p, pc);
  g.op(p, Op.UNPACK_SEQUENCE, count);
  pc.onTop += count - 1;
  for (const pattern of [...p.patterns, ...p.kwdPatterns]) {
    pc.onTop--;
    if (isWildcard(pattern)) g.op(p, Op.POP_TOP);
    else visitSubpattern(g, pattern, pc);
  }
}

function checkClassKeywords(g: Generator, p: MatchClass): void {
  p.kwdAttrs.forEach((attr, i) => {
    g.checkForbidden(p.kwdPatterns[i]!, attr, 'Store');
    const other = p.kwdAttrs.indexOf(attr, i + 1);
    if (other > 0) throw g.context.error(`attribute name repeated in class pattern: ${attr}`, p.kwdPatterns[other]!);
  });
}

// Alternatives

function visitOr(g: Generator, p: MatchOr, pc: PatternContext): void {
  const end = g.newLabel();
  let control: string[] | null = null;
  p.patterns.forEach((alternative, i) => {
    const inner: PatternContext = {
      stores: [],
      allowIrrefutable: i === p.patterns.length - 1 && pc.allowIrrefutable,
      failPop: [],
      onTop: 0,
    };
    g.op(alternative, Op.COPY, 1);
    visitPattern(g, alternative, inner);
    if (control === null) control = inner.stores;
    else reorderStores(g, p, alternative, inner.stores, control);
    g.op(alternative, Op.JUMP, end);
    emitFailPop(g, alternative, inner);
  });
  g.op(p, Op.POP_TOP);
  jumpToFail(g, p, pc, Op.JUMP);
  g.use(end);
  const names: string[] = control ?? [];
  const depth = names.length + 1 + pc.onTop + pc.stores.length;
  for (const name of names) {
    rotate(g, p, depth);
    if (pc.stores.includes(name)) throw duplicateStore(g, p, name);
    pc.stores.push(name);
  }
  g.op(p, Op.POP_TOP);
}

/** Brings an alternative's captured values into the order of the first alternative's. */
function reorderStores(g: Generator, p: MatchOr, loc: Position, stores: string[], control: readonly string[]): void {
  const different = (): Error => g.context.error('alternative patterns bind different names', p);
  if (stores.length !== control.length) throw different();
  for (let to = control.length - 1; to >= 0; to--) {
    const from = stores.indexOf(control[to]!);
    if (from < 0) throw different();
    if (from === to) continue;
    const rotated = stores.splice(0, from + 1);
    stores.splice(to - from, 0, ...rotated);
    for (let n = 0; n <= from; n++) rotate(g, loc, to + 1);
  }
}
