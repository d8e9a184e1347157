/** getset_descriptor and member_descriptor: attributes of built-in types, and the words of `__slots__`. */
import { decref, LayoutKind, newRef, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { attributeError, typeError } from '../../core/errors.ts';
import { raiseAttributeError } from '../../core/attribute-error.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { DescrWord } from '../../core/layout/functions.ts';
import { getset, GETSETS, MemberKind, MEMBERS, native } from '../../core/native.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInt, kindName } from '../../core/types.ts';
import {
  checkInstance,
  descrName,
  DESCR_MEMBERS,
  DESCR_QUALNAME,
  ownerName,
  reduceDescriptor,
  reprOf,
  textOrNone,
} from './common.ts';

/** What an assignment of another type's object says. */
function checkSet(rt: Runtime, descr: Ref, o: Ref): void {
  checkInstance(rt, descr, o);
}

function getsetGet(rt: Runtime, descr: Ref, o: Ref, _type: Ref): Owned {
  if (o === 0) return newRef(rt, descr);
  checkInstance(rt, descr, o);
  return GETSETS[rt.words[descr + DescrWord.Definition]].get(rt, o);
}

function getsetSet(rt: Runtime, descr: Ref, o: Ref, value: Ref): void {
  checkSet(rt, descr, o);
  const set = GETSETS[rt.words[descr + DescrWord.Definition]].set;
  if (set === null) notWritable(rt, descr);
  set(rt, o, value);
}

function notWritable(rt: Runtime, descr: Ref): never {
  attributeError(rt, `attribute '${descrName(rt, descr)}' of '${ownerName(rt, descr)}' objects is not writable`);
}

const DESCR_LAYOUT = {
  basicSize: 48,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [DescrWord.Owner],
  owned: [DescrWord.Name, DescrWord.Qualname],
} as const;

defineType({
  ref: T.getsetDescriptor,
  name: 'getset_descriptor',
  ...DESCR_LAYOUT,
  slots: { repr: reprOf('attribute'), descrGet: getsetGet, descrSet: getsetSet },
  members: DESCR_MEMBERS,
  getset: [
    getset('__doc__', (rt, descr) => textOrNone(rt, GETSETS[rt.words[descr + DescrWord.Definition]].doc)),
    DESCR_QUALNAME,
  ],
});

/** Kind and word of a member: of a static definition, or of a class statement's slot. */
function memberGet(rt: Runtime, descr: Ref, o: Ref, _type: Ref): Owned {
  if (o === 0) return newRef(rt, descr);
  checkInstance(rt, descr, o);
  const definition = rt.words[descr + DescrWord.Definition];
  return definition < 0 ? readSlot(rt, descr, o, -definition) : readMember(rt, descr, o);
}

function readSlot(rt: Runtime, descr: Ref, o: Ref, word: number): Owned {
  const value = rt.words[o + word];
  if (value === 0) unset(rt, descr, o);
  return newRef(rt, value);
}

function unset(rt: Runtime, descr: Ref, o: Ref): never {
  const message = `'${kindName(rt, o)}' object has no attribute '${descrName(rt, descr)}'`;
  raiseAttributeError(rt, message, o, rt.words[descr + DescrWord.Name]);
}

function readMember(rt: Runtime, descr: Ref, o: Ref): Owned {
  const H = rt.words;
  const { kind, word } = MEMBERS[H[descr + DescrWord.Definition]];
  const value = H[o + word];
  switch (kind) {
    case MemberKind.Object:
      return newRef(rt, value || S.None);
    case MemberKind.ObjectEx:
      return readSlot(rt, descr, o, word);
    case MemberKind.Bool:
      return pyBool(value !== 0) as Owned;
    case MemberKind.Unsigned:
      return newInt(rt, value >>> 0);
    case MemberKind.Double:
      return newFloat(rt, rt.floats[(o + word) >> 1]);
    default:
      return newInt(rt, value);
  }
}

function memberSet(rt: Runtime, descr: Ref, o: Ref, value: Ref): void {
  checkSet(rt, descr, o);
  const definition = rt.words[descr + DescrWord.Definition];
  if (definition < 0) {
    writeReference(rt, descr, o, -definition, value, true);
    return;
  }
  const { kind, word, readonly } = MEMBERS[definition];
  if (readonly) attributeError(rt, 'readonly attribute');
  if (kind === MemberKind.Object || kind === MemberKind.ObjectEx) {
    writeReference(rt, descr, o, word, value, kind === MemberKind.ObjectEx);
  } else writeNumber(rt, o, word, kind, value);
}

function writeReference(rt: Runtime, descr: Ref, o: Ref, word: number, value: Ref, mustBeSet: boolean): void {
  const H = rt.words;
  const old = H[o + word];
  if (value === 0 && old === 0 && mustBeSet) attributeError(rt, descrName(rt, descr));
  H[o + word] = value === 0 ? 0 : newRef(rt, value);
  if (old !== 0) decref(rt, old);
}

function writeNumber(rt: Runtime, o: Ref, word: number, kind: MemberKind, value: Ref): void {
  if (value === 0) typeError(rt, "can't delete numeric/char attribute");
  if (kind === MemberKind.Bool) {
    if (rt.words[value + ObjectWord.Type] !== T.bool) typeError(rt, 'attribute value type must be bool');
    rt.words[o + word] = value === (S.True as number) ? 1 : 0;
  } else if (isInt(rt, value)) rt.words[o + word] = indexNumber(rt, value, T.OverflowError);
  else typeError(rt, 'an integer is required');
}

function memberDoc(rt: Runtime, descr: Ref): Owned {
  const definition = rt.words[descr + DescrWord.Definition];
  return textOrNone(rt, definition < 0 ? null : MEMBERS[definition].doc);
}

defineType({
  ref: T.memberDescriptor,
  name: 'member_descriptor',
  ...DESCR_LAYOUT,
  slots: { repr: reprOf('member'), descrGet: memberGet, descrSet: memberSet },
  methods: [native('__reduce__($self, /)', reduceDescriptor)],
  members: DESCR_MEMBERS,
  getset: [getset('__doc__', memberDoc), DESCR_QUALNAME],
});
