/** The module `_tokenize`: `TokenizerIter`, which is behind `tokenize`.
 *  Differs from CPython: all lines are read when the first token is asked for. */
import { hostAdd, hostFree, hostGet, freeObject, decref, LayoutKind, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { catchOnly, mark, raiseTake, typeError } from '../../core/errors.ts';
import { createException } from '../../core/exceptions.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { setAttrText } from '../../core/protocol/attribute.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData, newStr, strText } from '../../core/str.ts';
import { dropTemp, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { argumentName, isBytes, isStr } from '../../core/types.ts';
import { genericAlloc, TupleWord } from '@moult/heap';
import { decodeText } from '../../objects/bytes/codecs.ts';
import { raiseSyntaxError } from '../../objects/exceptions/syntax-error.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { PythonSyntaxError } from '../../syntax/errors.ts';
import { tokenizeText } from '../../syntax/tokenizer/extra-tokens.ts';
import type { TokenizedText, TokenInfo, UnfinishedText } from '../../syntax/tokenizer/extra-tokens.ts';
import { parseArguments } from '../arguments.ts';
import { setTake } from '../make.ts';

/** `Tokens` is the host-table index of a `TokenizedText` once the lines are read; `Readline` and `Encoding` are owned. */
const enum TokenizerWord {
  Readline = 2,
  Encoding = 3,
  Extra = 4,
  Tokens = 5,
  Index = 6,
  Words = 7,
}

const TOKENIZER_ITER = moduleType();

function tokenizerNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const nargs = H[args + TupleWord.Size];
  if (nargs !== 1) typeError(rt, `tokenizeriter() takes exactly 1 positional argument (${nargs} given)`);
  const [readline = 0, extra = 0, encoding = 0] = parseArguments(
    rt,
    'tokenizeriter',
    ['readline', 'extra_tokens', 'encoding'],
    2,
    args,
    kwargs,
  );
  if (encoding !== 0 && !isStr(rt, encoding))
    typeError(rt, `tokenizeriter() argument 'encoding' must be str, not ${argumentName(rt, encoding)}`);
  const isExtra = isTrue(rt, extra);
  const self = genericAlloc(rt, type);
  H[self + TokenizerWord.Readline] = newRef(rt, readline);
  H[self + TokenizerWord.Encoding] = encoding === 0 ? 0 : newRef(rt, encoding);
  H[self + TokenizerWord.Extra] = isExtra ? 1 : 0;
  return self;
}

/** One line; '' at the end. Raises TypeError. @runsPython */
function readLine(rt: Runtime, self: Ref): string {
  const encoding = rt.words[self + TokenizerWord.Encoding];
  const m = mark(rt);
  try {
    const line = temp(rt, call0(rt, rt.words[self + TokenizerWord.Readline]));
    if (encoding === 0 && !isStr(rt, line)) typeError(rt, 'readline() returned a non-string object');
    if (encoding !== 0 && !isBytes(rt, line)) typeError(rt, 'readline() returned a non-bytes object');
    const text =
      encoding === 0 ? strText(rt, line) : decodeText(rt, bytesData(rt, line), strText(rt, encoding), 'replace');
    dropTemp(rt, line);
    return text;
  } catch (error) {
    catchOnly(rt, error, m, T.StopIteration);
    return '';
  }
}

function readAll(rt: Runtime, self: Ref): TokenizedText {
  let text = '';
  for (let line = readLine(rt, self); line !== ''; line = readLine(rt, self)) text += line;
  const tokens = tokenizeText(text, rt.words[self + TokenizerWord.Extra] !== 0);
  rt.words[self + TokenizerWord.Tokens] = hostAdd(rt, tokens);
  return tokens;
}

function pairOf(rt: Runtime, [a, b]: readonly [number, number]): Owned {
  return tupleFromTemps(rt, tempMark(rt), temp(rt, newInt(rt, a)), temp(rt, newInt(rt, b)));
}

function newToken(rt: Runtime, { type, text, start, end, line }: TokenInfo): Owned {
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newInt(rt, type)),
    temp(rt, newStr(rt, text)),
    temp(rt, pairOf(rt, start)),
    temp(rt, pairOf(rt, end)),
    temp(rt, newStr(rt, line)),
  );
}

/** Source: CPython 3.12 _syntaxerror of the tokenizer, PyErr_SyntaxLocationObject. */
function raiseUnfinished(rt: Runtime, { message, filename, lineno, offset }: UnfinishedText): never {
  const error = temp(rt, createException(rt, T.SyntaxError, newStr(rt, message)));
  const line = temp(rt, newInt(rt, lineno));
  setAttrText(rt, error, 'filename', temp(rt, newStr(rt, filename)));
  setAttrText(rt, error, 'lineno', line);
  setAttrText(rt, error, 'offset', temp(rt, newInt(rt, offset)));
  setAttrText(rt, error, 'end_lineno', line);
  raiseTake(rt, newRef(rt, error));
}

function next(rt: Runtime, self: Ref): Owned | 0 {
  const H = rt.words;
  const held = temp(rt, newRef(rt, self));
  const payload = H[self + TokenizerWord.Tokens];
  const { tokens, failure } = payload === 0 ? readAll(rt, self) : (hostGet(rt, payload) as TokenizedText);
  const i = H[self + TokenizerWord.Index]++;
  const token = tokens[i];
  if (token === undefined && i === tokens.length && failure !== null) {
    if (failure instanceof PythonSyntaxError) raiseSyntaxError(rt, failure);
    raiseUnfinished(rt, failure);
  }
  const result = token === undefined ? 0 : newToken(rt, token);
  dropTemp(rt, held);
  return result;
}

function dealloc(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + TokenizerWord.Tokens] !== 0) hostFree(rt, H[self + TokenizerWord.Tokens]);
  for (const word of [TokenizerWord.Readline, TokenizerWord.Encoding]) {
    const owned = H[self + word];
    H[self + word] = 0;
    if (owned !== 0) decref(rt, owned);
  }
  freeObject(rt, self);
}

defineType({
  ref: TOKENIZER_ITER,
  name: '_tokenize.TokenizerIter',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 32,
  words: TokenizerWord.Words,
  layout: LayoutKind.Fixed,
  owned: [TokenizerWord.Readline, TokenizerWord.Encoding],
  dealloc,
  slots: { new: tokenizerNew, iter: identitySlot, iternext: next },
});

defineModule({
  name: '_tokenize',
  populate: (rt, dict) => {
    setTake(rt, dict, 'TokenizerIter', newRef(rt, TOKENIZER_ITER));
  },
});
