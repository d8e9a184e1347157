/** `str.format`, `str.format_map`, `str.__format__`. */
import { newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, keyError, typeError, valueError } from '../../core/errors.ts';
import { guard, raiseFault } from '../../core/faults.ts';
import { newInt } from '../../core/int.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { getItem, sequenceItem } from '../../core/protocol/item.ts';
import { repr, str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { argumentName, isStr, kindName } from '../../core/types.ts';
import { checkDepth, conversionError, FieldNumbers, FieldPath, FormatScanner } from '../../text/format-string.ts';
import { formatStr } from '../../text/format-spec.ts';
import { asciiRepr, format as formatObject } from '../format.ts';
import { unchanged } from './make.ts';

/** `self.__format__(spec)` */
export function strFormatMethod(rt: Runtime, self: Ref, spec: Ref): Owned {
  if (!isStr(rt, spec)) typeError(rt, `__format__() argument must be str, not ${argumentName(rt, spec)}`);
  if (strLength(rt, spec) === 0) return rt.words[self + ObjectWord.Type] === T.str ? newRef(rt, self) : str(rt, self);
  const text = strText(rt, self);
  const result = guard(rt, () => formatStr(text, strText(rt, spec), kindName(rt, self)));
  return result === text ? unchanged(rt, self) : newStr(rt, result);
}

/** Where fields find their values: keyword values lie in words named by the tuple `kwnames`, or in `mapping`. */
interface Arguments {
  readonly args: number;
  readonly nargs: number;
  readonly kwnames: Ref;
  readonly mapping: Ref;
  readonly numbers: FieldNumbers;
}

/** What has been rendered: text, or, as long as it is one whole string, that string (borrowed from the temporaries). */
class Output {
  text = '';
  whole: Ref = 0;
  add(rt: Runtime, part: Ref): void {
    const text = strText(rt, part);
    if (text === '') return;
    this.whole = this.text === '' && rt.words[part + ObjectWord.Type] === T.str ? part : 0;
    this.text += text;
  }
  addText(text: string): void {
    if (text === '') return;
    this.whole = 0;
    this.text += text;
  }
}

/** `self.format(*args, **kwargs)` @runsPython */
export function strFormat(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  return render(rt, self, { args, nargs, kwnames, mapping: 0, numbers: new FieldNumbers() });
}

/** `self.format_map(mapping)` @runsPython */
export function strFormatMap(rt: Runtime, self: Ref, mapping: Ref): Owned {
  return render(rt, self, { args: 0, nargs: -1, kwnames: 0, mapping, numbers: new FieldNumbers() });
}

function render(rt: Runtime, self: Ref, values: Arguments): Owned {
  const m = tempMark(rt);
  const output = new Output();
  const text = strText(rt, self);
  renderText(rt, text, values, 2, output);
  const result =
    output.whole !== 0
      ? newRef(rt, output.whole)
      : output.text === text
        ? unchanged(rt, self)
        : newStr(rt, output.text);
  return releaseKeeping(rt, m, result);
}

function renderText(rt: Runtime, text: string, values: Arguments, depth: number, output: Output): void {
  guard(rt, () => checkDepth(depth));
  const scanner = new FormatScanner(text);
  while (step(rt, scanner)) {
    output.addText(scanner.literal);
    if (scanner.present) renderField(rt, scanner, values, depth, output);
  }
}

function step(rt: Runtime, scanner: FormatScanner): boolean {
  try {
    return scanner.next();
  } catch (error) {
    return raiseFault(rt, error);
  }
}

function renderField(rt: Runtime, scanner: FormatScanner, values: Arguments, depth: number, output: Output): void {
  const { conversion, spec, specNested } = scanner;
  const m = tempMark(rt);
  let value = temp(rt, fieldValue(rt, scanner.name, values));
  if (conversion !== '') value = temp(rt, convert(rt, value, conversion));
  let specText = spec;
  if (specNested) {
    const nested = new Output();
    renderText(rt, spec, values, depth - 1, nested);
    specText = nested.text;
  }
  const part =
    specText === '' && rt.words[value + ObjectWord.Type] === T.str
      ? newRef(rt, value)
      : formatWith(rt, value, specText);
  temp(rt, part);
  const whole = output.text === '';
  output.add(rt, part);
  if (!whole || output.whole === 0) releaseTemps(rt, m);
}

function formatWith(rt: Runtime, value: Ref, spec: string): Owned {
  const ref = temp(rt, newStr(rt, spec));
  return formatObject(rt, value, ref);
}

function convert(rt: Runtime, value: Ref, conversion: string): Owned {
  switch (conversion) {
    case 'r':
      return repr(rt, value);
    case 's':
      return str(rt, value);
    case 'a':
      return asciiRepr(rt, value);
    default:
      return guard(rt, () => conversionError(conversion));
  }
}

/** The value that `0.name[key]` stands for. */
function fieldValue(rt: Runtime, name: string, values: Arguments): Owned {
  const path = guard(rt, () => new FieldPath(name));
  const m = tempMark(rt);
  let value = firstValue(
    rt,
    guard(rt, () => values.numbers.resolve(path.first)),
    values,
  );
  for (;;) {
    value = releaseKeeping(rt, m, value);
    temp(rt, value);
    if (!guard(rt, () => path.next())) return untemp(rt, value);
    value = follow(rt, value, path.isAttribute, path.key);
  }
}

function follow(rt: Runtime, value: Ref, isAttribute: boolean, key: string | number): Owned {
  if (isAttribute) return getAttrText(rt, value, String(key));
  if (typeof key === 'number' && hasSequenceItem(rt, value)) return sequenceItem(rt, value, key);
  const ref = temp(rt, typeof key === 'number' ? newInt(rt, key) : newStr(rt, key));
  return getItem(rt, value, ref);
}

/** Exact lists and tuples are indexed as sequences; everything else by the general way, which comes to the same. */
function hasSequenceItem(rt: Runtime, value: Ref): boolean {
  const type = rt.words[value + ObjectWord.Type];
  return type === T.list || type === T.tuple;
}

function firstValue(rt: Runtime, first: string | number, values: Arguments): Owned {
  if (typeof first === 'number') {
    if (values.nargs < 0) valueError(rt, 'Format string contains positional fields');
    if (first >= values.nargs) indexError(rt, `Replacement index ${first} out of range for positional args tuple`);
    return newRef(rt, rt.words[values.args + first]);
  }
  if (values.mapping !== 0) return getItem(rt, values.mapping, temp(rt, newStr(rt, first)));
  const found = keywordValue(rt, first, values);
  return found !== 0 ? newRef(rt, found) : keyError(rt, temp(rt, newStr(rt, first)));
}

function keywordValue(rt: Runtime, name: string, values: Arguments): Ref {
  const H = rt.words;
  const { kwnames } = values;
  if (kwnames === 0) return 0;
  for (let i = 0; i < H[kwnames + TupleWord.Size]; i++) {
    if (strText(rt, H[kwnames + TupleWord.Items + i]) === name) return H[values.args + values.nargs + i];
  }
  return 0;
}
