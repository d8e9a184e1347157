/** Calls of natives and of built-in types: the one that was called before is called at once, with its arguments as it wants them. */
import { GcRoot, ObjectWord, TypeWord } from '@moult/heap';
import { BuiltinWord, DescrWord } from '../../core/layout/functions.ts';
import { NativeKind, NATIVES, readSignature } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { RootNum } from '../../core/roots.ts';
import { T } from '../../core/static.ts';
import { Callee } from '../caches.ts';
import type { Writer } from './writer.ts';

/** Writes `if (it is that callee) { … }`, with `nargs` arguments on the stack, which is stored; false, with nothing written, for what is
 *  called in the general way. `callee` is what `CallCache.Asked` says. */
export function writeNativeCall(w: Writer, callee: number, nargs: number): boolean {
  const call = callee < 0 ? typeCall(w, -callee, nargs) : nativeCall(w, callee - Callee.Native, nargs);
  if (call === null) return false;
  const { condition, value } = call;
  const depth = w.stack.length - nargs - 2;
  w.emit(`if (${condition}) {`);
  w.emit(w.where());
  w.emit(w.top());
  const mark = w.name(`H[${RootNum.TempTop}]`, 'n');
  const result = w.fresh('r');
  w.emit(`let ${result} = ${value};`);
  w.emit(`if (H[${RootNum.TempTop}] !== ${mark}) ${result} = releaseKeeping(rt, ${mark}, ${result});`);
  w.emit(`finishCall(rt, frame, ${w.place(depth)}, ${w.sp()}, ${result});`);
  w.emit(
    `if (H[${GcRoot.EvalBreaker}] !== 0) { ${w.top(depth + 1)} handleBreakerAfterCall(rt, (U + ${w.unit + 1}) | 0); }`,
  );
  w.emit('}');
  return true;
}

interface Call {
  /** JavaScript that is true if the callee is the one that is expected. */
  readonly condition: string;
  /** JavaScript for its result, owned. */
  readonly value: string;
}

/** Of a type that is the same object in every heap. */
function typeCall(w: Writer, type: number, nargs: number): Call | null {
  const { length } = w.stack;
  if (w.peek(nargs + 1).js !== '0') return null;
  const fn = w.fresh('f');
  w.shared.push(`const ${fn} = SLOT_FUNCTIONS[${w.rt.words[type + TypeWord.Vectorcall]}];`);
  return {
    condition: `${w.slot(length - nargs - 1)} === ${type}`,
    value: `${fn}(rt, ${type}, ${w.place(length - nargs)}, ${nargs}, 0)`,
  };
}

function nativeCall(w: Writer, index: number, nargs: number): Call | null {
  const definition = NATIVES[index];
  // The general way notes that it was list.append (`noteQuietCall`).
  if (definition === undefined || (definition.name === 'append' && nargs === 1)) return null;
  const isMethod = w.peek(nargs + 1).js !== '0';
  const callable = w.loadTop(isMethod ? nargs + 1 : nargs);
  const type = `H[(${callable} + ${ObjectWord.Type}) | 0]`;
  const self = isMethod ? w.loadTop(nargs) : `H[(${callable} + ${BuiltinWord.Self}) | 0]`;
  const fn = w.fresh('f');
  const value = callOf(w, definition, fn, self, nargs);
  if (value === null) return null;
  w.shared.push(`const ${fn} = NATIVES[${index}].fn;`);
  if (!isMethod)
    return {
      condition: `${type} === ${T.builtinFunction} && H[(${callable} + ${BuiltinWord.Native}) | 0] === ${index}`,
      value,
    };
  const isOwner = `H[(${self} + ${ObjectWord.Type}) | 0] === H[(${callable} + ${DescrWord.Owner}) | 0]`;
  return {
    condition: `${callable} !== 0 && ${type} === ${T.methodDescriptor} && H[(${callable} + ${DescrWord.Definition}) | 0] === ${index} && ${isOwner}`,
    value,
  };
}

/** JavaScript that calls the native `fn` as its definition says; null if it cannot take so many arguments. */
function callOf(w: Writer, definition: NativeDefinition, fn: string, self: string, nargs: number): string | null {
  if (definition.kind === NativeKind.Unread) readSignature(definition);
  const first = w.place(w.stack.length - nargs);
  const args = Array.from({ length: nargs }, (_, i) => w.slot(w.stack.length - nargs + i));
  switch (definition.kind) {
    case NativeKind.NoArgs:
      return nargs === 0 ? `${fn}(rt, ${self})` : null;
    case NativeKind.OneArg:
      return nargs === 1 ? `${fn}(rt, ${self}, ${args[0]})` : null;
    case NativeKind.Positional:
    case NativeKind.Keywords: {
      const { parameters, required } = definition;
      const max = definition.kind === NativeKind.Positional ? parameters.length : definition.maxPositional;
      if (nargs < required || nargs > max) return null;
      const missing = new Array<string>(parameters.length - nargs).fill('0');
      return `${[`${fn}(rt`, self, ...args, ...missing].join(', ')})`;
    }
    case NativeKind.FastCall:
      return `${fn}(rt, ${self}, ${first}, ${nargs})`;
    case NativeKind.FastCallKeywords:
      return `${fn}(rt, ${self}, ${first}, ${nargs}, 0)`;
    default:
      return null;
  }
}
