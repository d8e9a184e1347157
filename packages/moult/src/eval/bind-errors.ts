/** The TypeErrors of calls that do not fit a function's parameters, with CPython's texts. */
import { TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { typeError } from '../core/errors.ts';
import { FunctionWord } from '../core/layout/functions.ts';
import { listAppendTake, newList } from '../core/list.ts';
import type { Runtime } from '../core/runtime.ts';
import { newStr, strText } from '../core/str.ts';
import { temp } from '../core/temps.ts';
import { functionName, parameterName } from './bind.ts';
import type { ExecutableCode } from '../frames/executable-code.ts';

/** «f() takes 1 positional argument but 2 were given» */
export function tooManyPositional(rt: Runtime, func: Ref, exec: ExecutableCode, given: number, locals: number): never {
  const H = rt.words;
  const defaults = H[func + FunctionWord.Defaults];
  const ndefaults = defaults === 0 ? 0 : H[defaults + TupleWord.Size];
  let kwonly = 0;
  for (let i = exec.argcount; i < exec.argcount + exec.kwonlyargcount; i++) if (H[locals + i] !== 0) kwonly++;
  const plural = ndefaults > 0 || exec.argcount !== 1;
  const takes = ndefaults > 0 ? `from ${exec.argcount - ndefaults} to ${exec.argcount}` : `${exec.argcount}`;
  const kwText =
    kwonly === 0
      ? ''
      : ` positional argument${given === 1 ? '' : 's'} (and ${kwonly} keyword-only argument${kwonly === 1 ? '' : 's'})`;
  const verb = given === 1 && kwonly === 0 ? 'was' : 'were';
  typeError(
    rt,
    `${functionName(rt, func)}() takes ${takes} positional argument${plural ? 's' : ''} but ${given}${kwText} ${verb} given`,
  );
}

/** «f() missing 2 required positional arguments: 'a' and 'b'» for the unset variables from `start` to `end`. */
export function missingArguments(
  rt: Runtime,
  func: Ref,
  locals: number,
  start: number,
  end: number,
  positional: boolean,
): never {
  const H = rt.words;
  const names: string[] = [];
  for (let i = positional ? 0 : start; i < end; i++) {
    if (H[locals + i] === 0) names.push(`'${strText(rt, parameterName(rt, func, i))}'`);
  }
  listNames(rt, names);
  const kind = positional ? 'positional' : 'keyword-only';
  const plural = names.length === 1 ? '' : 's';
  typeError(
    rt,
    `${functionName(rt, func)}() missing ${names.length} required ${kind} argument${plural}: ${joinNames(names)}`,
  );
}

/** The list of names that CPython makes for its message and that dies with it: a collector that counts sees it. */
function listNames(rt: Runtime, names: readonly string[]): void {
  const list = temp(rt, newList(rt, 0));
  for (const name of names) listAppendTake(rt, list, newStr(rt, name));
}

function joinNames(names: readonly string[]): string {
  if (names.length === 1) return names[0];
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  return `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}`;
}

/** «f() got some positional-only arguments passed as keyword arguments: 'a'», if there are such. */
export function positionalOnlyAsKeywords(rt: Runtime, func: Ref, exec: ExecutableCode, kwnames: Ref): void {
  const H = rt.words;
  const given = new Set<string>();
  for (let k = 0; k < H[kwnames + TupleWord.Size]; k++) given.add(strText(rt, H[kwnames + TupleWord.Items + k]));
  const wrong: string[] = [];
  for (let i = 0; i < exec.posonlyargcount; i++) {
    const name = strText(rt, parameterName(rt, func, i));
    if (given.has(name)) wrong.push(name);
  }
  listNames(rt, wrong);
  if (wrong.length === 0) return;
  typeError(
    rt,
    `${functionName(rt, func)}() got some positional-only arguments passed as keyword arguments: '${wrong.join(', ')}'`,
  );
}

/** «f() got an unexpected keyword argument 'x'» */
export function unexpectedKeyword(rt: Runtime, func: Ref, keyword: Ref): never {
  typeError(rt, `${functionName(rt, func)}() got an unexpected keyword argument '${strText(rt, keyword)}'`);
}
