/** Source text of an expression, as `from __future__ import annotations` keeps it.
 *  Source: CPython 3.12 ast_unparse.c. */

import type {
  Arg,
  Arguments,
  Attribute,
  BinOp,
  Call,
  CmpOperator,
  Compare,
  Comprehension,
  Dict,
  Expr,
  FormattedValue,
  JoinedStr,
  Lambda,
  Operator,
  Slice,
  Subscript,
  Tuple,
  UnaryOp,
} from '../syntax/ast.ts';
import { ConstTuple } from './code-data.ts';
import type { ConstValue } from './code-data.ts';
import { constantOf } from './fold/constant.ts';
import { constantRepr, stringRepr } from './repr.ts';

const enum Level {
  Tuple,
  Test,
  Or,
  And,
  Not,
  Cmp,
  Expr,
  BitXor,
  BitAnd,
  Shift,
  Arith,
  Term,
  Factor,
  Power,
  Await,
  Atom,
}
/** Bitwise or binds as loosely as any operator. */
const BIT_OR = Level.Expr;

export function unparse(e: Expr): string {
  return write(e, Level.Test);
}

function parens(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}

function write(e: Expr, level: Level): string {
  switch (e.kind) {
    case 'BoolOp': {
      const own = e.op === 'And' ? Level.And : Level.Or;
      return parens(e.values.map((v) => write(v, own + 1)).join(e.op === 'And' ? ' and ' : ' or '), level > own);
    }
    case 'BinOp':
      return writeBinOp(e, level);
    case 'UnaryOp':
      return writeUnaryOp(e, level);
    case 'Lambda':
      return writeLambda(e, level);
    case 'IfExp': {
      const parts = `${write(e.body, Level.Test + 1)} if ${write(e.test, Level.Test + 1)} else ${write(e.orelse, Level.Test)}`;
      return parens(parts, level > Level.Test);
    }
    case 'Dict':
      return writeDict(e);
    case 'Set':
      return `{${e.elts.map((elt) => write(elt, Level.Test)).join(', ')}}`;
    case 'GeneratorExp':
      return `(${write(e.elt, Level.Test)}${writeGenerators(e.generators)})`;
    case 'ListComp':
      return `[${write(e.elt, Level.Test)}${writeGenerators(e.generators)}]`;
    case 'SetComp':
      return `{${write(e.elt, Level.Test)}${writeGenerators(e.generators)}}`;
    case 'DictComp':
      return `{${write(e.key, Level.Test)}: ${write(e.value, Level.Test)}${writeGenerators(e.generators)}}`;
    case 'Yield':
      return e.value === null ? '(yield)' : `(yield ${write(e.value, Level.Test)})`;
    case 'YieldFrom':
      return `(yield from ${write(e.value, Level.Test)})`;
    case 'Await':
      return parens(`await ${write(e.value, Level.Atom)}`, level > Level.Await);
    case 'Compare':
      return writeCompare(e, level);
    case 'Call':
      return writeCall(e);
    case 'Constant':
      if (e.strKind !== null) return e.strKind + writeConstant(constantOf(e)!);
      return writeConstant(constantOf(e)!);
    case 'JoinedStr':
      return writeFString(joinedText(e, false));
    case 'FormattedValue':
      return writeFString(formattedText(e));
    case 'Attribute':
      return writeAttribute(e);
    case 'Starred':
      return `*${write(e.value, Level.Expr)}`;
    case 'Name':
      return e.id;
    case 'List':
      return `[${e.elts.map((elt) => write(elt, Level.Test)).join(', ')}]`;
    case 'Tuple':
      return writeTuple(e, level);
    case 'Subscript':
      return writeSubscript(e);
    case 'Slice':
      return writeSlice(e);
    case 'NamedExpr':
      return parens(`${write(e.target, Level.Atom)} := ${write(e.value, Level.Atom)}`, level > Level.Tuple);
  }
}

const BINARY: { readonly [op in Operator]: [symbol: string, level: Level, rightAssociative?: boolean] } = {
  Add: ['+', Level.Arith],
  Sub: ['-', Level.Arith],
  Mult: ['*', Level.Term],
  MatMult: ['@', Level.Term],
  Div: ['/', Level.Term],
  Mod: ['%', Level.Term],
  LShift: ['<<', Level.Shift],
  RShift: ['>>', Level.Shift],
  BitOr: ['|', BIT_OR],
  BitXor: ['^', Level.BitXor],
  BitAnd: ['&', Level.BitAnd],
  FloorDiv: ['//', Level.Term],
  Pow: ['**', Level.Power, true],
};

function writeBinOp(e: BinOp, level: Level): string {
  const [symbol, own, right = false] = BINARY[e.op];
  const text = `${write(e.left, own + Number(right))} ${symbol} ${write(e.right, own + Number(!right))}`;
  return parens(text, level > own);
}

function writeUnaryOp(e: UnaryOp, level: Level): string {
  const own = e.op === 'Not' ? Level.Not : Level.Factor;
  const symbol = { Invert: '~', Not: 'not ', UAdd: '+', USub: '-' }[e.op];
  return parens(symbol + write(e.operand, own), level > own);
}

function writeLambda(e: Lambda, level: Level): string {
  const { args } = e;
  const hasParameters = args.args.length + args.posonlyargs.length + args.kwonlyargs.length > 0;
  const head = hasParameters || args.vararg !== null || args.kwarg !== null ? 'lambda ' : 'lambda';
  return parens(`${head}${writeArguments(args)}: ${write(e.body, Level.Test)}`, level > Level.Test);
}

function writeArg(arg: Arg): string {
  return arg.annotation === null ? arg.arg : `${arg.arg}: ${write(arg.annotation, Level.Test)}`;
}

function writeArguments(args: Arguments): string {
  const parts: string[] = [];
  const positional = [...args.posonlyargs, ...args.args];
  positional.forEach((arg, i) => {
    const value = args.defaults[i - positional.length + args.defaults.length];
    parts.push(value === undefined ? writeArg(arg) : `${writeArg(arg)}=${write(value, Level.Test)}`);
    if (i === args.posonlyargs.length - 1) parts.push('/');
  });
  if (args.vararg !== null) parts.push(`*${writeArg(args.vararg)}`);
  else if (args.kwonlyargs.length > 0) parts.push('*');
  args.kwonlyargs.forEach((arg, i) => {
    const value = args.kwDefaults[i] ?? null;
    parts.push(value === null ? writeArg(arg) : `${writeArg(arg)}=${write(value, Level.Test)}`);
  });
  if (args.kwarg !== null) parts.push(`**${writeArg(args.kwarg)}`);
  return parts.join(', ');
}

function writeDict(e: Dict): string {
  const items = e.values.map((value, i) => {
    const key = e.keys[i] ?? null;
    return key === null ? `**${write(value, Level.Expr)}` : `${write(key, Level.Test)}: ${write(value, Level.Test)}`;
  });
  return `{${items.join(', ')}}`;
}

function writeGenerators(generators: readonly Comprehension[]): string {
  return generators
    .map((generator) => {
      const head = generator.isAsync !== 0 ? ' async for ' : ' for ';
      const ifs = generator.ifs.map((test) => ` if ${write(test, Level.Test + 1)}`).join('');
      return `${head}${write(generator.target, Level.Tuple)} in ${write(generator.iter, Level.Test + 1)}${ifs}`;
    })
    .join('');
}

const COMPARE: { readonly [op in CmpOperator]: string } = {
  Eq: '==',
  NotEq: '!=',
  Lt: '<',
  LtE: '<=',
  Gt: '>',
  GtE: '>=',
  Is: 'is',
  IsNot: 'is not',
  In: 'in',
  NotIn: 'not in',
};

function writeCompare(e: Compare, level: Level): string {
  let text = write(e.left, Level.Cmp + 1);
  e.ops.forEach((op, i) => (text += ` ${COMPARE[op]} ${write(e.comparators[i]!, Level.Cmp + 1)}`));
  return parens(text, level > Level.Cmp);
}

function writeCall(e: Call): string {
  const func = write(e.func, Level.Atom);
  const only = e.args[0];
  if (e.args.length === 1 && e.keywords.length === 0 && only!.kind === 'GeneratorExp')
    return func + write(only!, Level.Atom);
  const args = e.args.map((arg) => write(arg, Level.Test));
  for (const { arg, value } of e.keywords) args.push(`${arg === null ? '**' : `${arg}=`}${write(value, Level.Test)}`);
  return `${func}(${args.join(', ')})`;
}

/** Infinity has no literal: it is written as one that overflows. */
const INFINITY = '1e309';

function writeConstant(value: ConstValue): string {
  if (typeof value === 'symbol') return '...';
  if (value instanceof ConstTuple) {
    const items = value.items.map(writeConstant);
    return items.length === 1 ? `(${items[0]!},)` : `(${items.join(', ')})`;
  }
  const text = constantRepr(value);
  return typeof value === 'number' || (typeof value === 'object' && value !== null && 'imag' in value)
    ? text.replaceAll('inf', INFINITY)
    : text;
}

function writeAttribute(e: Attribute): string {
  const value = write(e.value, Level.Atom);
  const isInt = typeof constantOf(e.value) === 'bigint';
  return `${value}${isInt ? ' .' : '.'}${e.attr}`;
}

function writeTuple(e: Tuple, level: Level): string {
  if (e.elts.length === 0) return '()';
  const items = e.elts.map((elt) => write(elt, Level.Test)).join(', ');
  return parens(e.elts.length === 1 ? `${items},` : items, level > Level.Tuple);
}

function writeSubscript(e: Subscript): string {
  return `${write(e.value, Level.Atom)}[${write(e.slice, Level.Tuple)}]`;
}

function writeSlice(e: Slice): string {
  const part = (bound: Expr | null): string => (bound === null ? '' : write(bound, Level.Test));
  return `${part(e.lower)}:${part(e.upper)}${e.step === null ? '' : `:${write(e.step, Level.Test)}`}`;
}

// Formatted strings

function writeFString(body: string): string {
  return 'f' + stringRepr(body);
}

function joinedText(e: JoinedStr, isSpec: boolean): string {
  return e.values.map((value) => fragmentText(value, isSpec)).join('');
}

function fragmentText(e: Expr, isSpec: boolean): string {
  if (e.kind === 'Constant' && typeof e.value === 'string') return e.value.replace(/[{}]/g, '$&$&');
  if (e.kind === 'JoinedStr') return joinedText(e, isSpec);
  if (e.kind === 'FormattedValue') return formattedText(e);
  throw new TypeError(`${e.kind} in a formatted string`);
}

function formattedText(e: FormattedValue): string {
  const value = write(e.value, Level.Test + 1);
  const conversion = e.conversion > 0 ? '!' + String.fromCharCode(e.conversion) : '';
  const spec = e.formatSpec === null ? '' : ':' + fragmentText(e.formatSpec, true);
  return `${value.startsWith('{') ? '{ ' : '{'}${value}${conversion}${spec}}`;
}
