/** Replacements with group references: `_sre.SRE_Template`, what `re._compile_template` makes. */
import { genericAlloc, LayoutKind, newRef, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, typeError } from '../../core/errors.ts';
import { safeIntValue } from '../../core/int.ts';
import { listAppendTake, listAsTuple, listItem, listLength, newList } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isInt, isList, isStr } from '../../core/types.ts';
import { bytesJoin } from '../../objects/bytes/methods.ts';
import { strJoin } from '../../objects/str/split.ts';
import { matchGroup } from './match.ts';
import { emptyLike } from './subject.ts';
import { MatchWord, TEMPLATE, TemplateWord } from './types.ts';

defineType({
  ref: TEMPLATE,
  name: '_sre.SRE_Template',
  heapType: 'immutable',
  basicSize: 8 * TemplateWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [TemplateWord.Parts],
});

/** `_sre.template(pattern, [literal, group, literal, …])` */
export function newTemplate(rt: Runtime, _module: Ref, _pattern: Ref, parts: Ref): Owned {
  if (!isList(rt, parts)) typeError(rt, `template() argument 2 must be list, not ${argumentName(rt, parts)}`);
  if (listLength(rt, parts) % 2 === 0) typeError(rt, 'invalid template');
  for (let i = 1; i < listLength(rt, parts); i += 2) checkGroup(rt, listItem(rt, parts, i));
  const tuple = temp(rt, listAsTuple(rt, parts));
  const template = genericAlloc(rt, TEMPLATE);
  rt.words[template + TemplateWord.Parts] = newRef(rt, tuple);
  return template;
}

/** Raises TypeError unless a part is the number of a group. */
function checkGroup(rt: Runtime, group: Ref): void {
  if (!isInt(rt, group)) typeError(rt, 'an integer is required');
  if (asSsize(rt, group) < 0) typeError(rt, 'invalid template');
}

/** The text of a template without group references, borrowed; 0 if it has some. */
export function templateLiteral(rt: Runtime, template: Ref): Ref {
  const parts = rt.words[template + TemplateWord.Parts];
  return tupleSize(rt, parts) === 1 ? tupleItem(rt, parts, 0) : 0;
}

/** The replacement for a match. */
export function expandTemplate(rt: Runtime, template: Ref, match: Ref): Owned {
  const H = rt.words;
  const literal = templateLiteral(rt, template);
  if (literal !== 0) return newRef(rt, literal);
  const m = tempMark(rt);
  const parts = H[template + TemplateWord.Parts];
  const pieces = temp(rt, newList(rt, 0));
  for (let i = 0; i < tupleSize(rt, parts); i++) {
    const part = tupleItem(rt, parts, i);
    if (i % 2 === 0) listAppendTake(rt, pieces, newRef(rt, part));
    else addGroup(rt, match, safeIntValue(rt, part), pieces);
  }
  const joiner = emptyLike(rt, H[match + MatchWord.String]);
  return releaseKeeping(rt, m, joinPieces(rt, joiner, pieces));
}

function addGroup(rt: Runtime, match: Ref, group: number, pieces: Ref): void {
  if (group < 0 || group >= rt.words[match + MatchWord.Groups]) indexError(rt, 'no such group');
  const text = matchGroup(rt, match, group, S.None);
  if (text !== (S.None as number)) listAppendTake(rt, pieces, text);
}

/** `joiner.join(pieces)` of str or bytes. @runsPython */
export function joinPieces(rt: Runtime, joiner: Ref, pieces: Ref): Owned {
  return isStr(rt, joiner) ? strJoin(rt, joiner, pieces) : bytesJoin(rt, joiner, pieces);
}
