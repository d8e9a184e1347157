/** Which word of a type record each named slot has. */
import { TypeWord } from '@moult/heap';
import type { Slots } from '../../core/type-spec.ts';

/** Word of each entry of `Slots`. */
export const SLOT_WORDS: Readonly<Record<keyof Slots, number>> = {
  repr: TypeWord.Repr,
  str: TypeWord.Str,
  hash: TypeWord.Hash,
  call: TypeWord.Call,
  getattro: TypeWord.GetAttrO,
  setattro: TypeWord.SetAttrO,
  richcompare: TypeWord.RichCompare,
  iter: TypeWord.Iter,
  iternext: TypeWord.IterNext,
  descrGet: TypeWord.DescrGet,
  descrSet: TypeWord.DescrSet,
  init: TypeWord.Init,
  new: TypeWord.New,
  alloc: TypeWord.Alloc,
  vectorcall: TypeWord.Vectorcall,
  instanceVectorcall: TypeWord.VectorcallOffset,
  finalize: TypeWord.Finalize,
  amAwait: TypeWord.AmAwait,
  amAiter: TypeWord.AmAiter,
  amAnext: TypeWord.AmAnext,
  nbAdd: TypeWord.NbAdd,
  nbSubtract: TypeWord.NbSubtract,
  nbMultiply: TypeWord.NbMultiply,
  nbRemainder: TypeWord.NbRemainder,
  nbDivmod: TypeWord.NbDivmod,
  nbPower: TypeWord.NbPower,
  nbNegative: TypeWord.NbNegative,
  nbPositive: TypeWord.NbPositive,
  nbAbsolute: TypeWord.NbAbsolute,
  nbBool: TypeWord.NbBool,
  nbInvert: TypeWord.NbInvert,
  nbLshift: TypeWord.NbLshift,
  nbRshift: TypeWord.NbRshift,
  nbAnd: TypeWord.NbAnd,
  nbXor: TypeWord.NbXor,
  nbOr: TypeWord.NbOr,
  nbInt: TypeWord.NbInt,
  nbFloat: TypeWord.NbFloat,
  nbInplaceAdd: TypeWord.NbInplaceAdd,
  nbInplaceSubtract: TypeWord.NbInplaceSubtract,
  nbInplaceMultiply: TypeWord.NbInplaceMultiply,
  nbInplaceRemainder: TypeWord.NbInplaceRemainder,
  nbInplacePower: TypeWord.NbInplacePower,
  nbInplaceLshift: TypeWord.NbInplaceLshift,
  nbInplaceRshift: TypeWord.NbInplaceRshift,
  nbInplaceAnd: TypeWord.NbInplaceAnd,
  nbInplaceXor: TypeWord.NbInplaceXor,
  nbInplaceOr: TypeWord.NbInplaceOr,
  nbFloorDivide: TypeWord.NbFloorDivide,
  nbTrueDivide: TypeWord.NbTrueDivide,
  nbInplaceFloorDivide: TypeWord.NbInplaceFloorDivide,
  nbInplaceTrueDivide: TypeWord.NbInplaceTrueDivide,
  nbIndex: TypeWord.NbIndex,
  nbMatrixMultiply: TypeWord.NbMatrixMultiply,
  nbInplaceMatrixMultiply: TypeWord.NbInplaceMatrixMultiply,
  mpLength: TypeWord.MpLength,
  mpSubscript: TypeWord.MpSubscript,
  mpAssSubscript: TypeWord.MpAssSubscript,
  sqLength: TypeWord.SqLength,
  sqConcat: TypeWord.SqConcat,
  sqRepeat: TypeWord.SqRepeat,
  sqItem: TypeWord.SqItem,
  sqAssItem: TypeWord.SqAssItem,
  sqContains: TypeWord.SqContains,
  sqInplaceConcat: TypeWord.SqInplaceConcat,
  sqInplaceRepeat: TypeWord.SqInplaceRepeat,
  bfGetBuffer: TypeWord.BfGetBuffer,
  bfReleaseBuffer: TypeWord.BfReleaseBuffer,
};

const SUITES: readonly number[] = range(TypeWord.AmAwait, TypeWord.AmSend)
  .concat(range(TypeWord.NbAdd, TypeWord.NbInplaceMatrixMultiply))
  .concat(range(TypeWord.MpLength, TypeWord.MpAssSubscript))
  .concat(range(TypeWord.SqLength, TypeWord.SqInplaceRepeat))
  .concat(range(TypeWord.BfGetBuffer, TypeWord.BfReleaseBuffer));

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Slots that a type inherits one by one (inherit_slots); the groups of attribute access and of comparison are apart. */
export const INHERITED_WORDS: readonly number[] = [
  ...SUITES,
  TypeWord.Dealloc,
  TypeWord.Repr,
  TypeWord.Call,
  TypeWord.Str,
  TypeWord.Iter,
  TypeWord.IterNext,
  TypeWord.DescrGet,
  TypeWord.DescrSet,
  TypeWord.Init,
  TypeWord.Alloc,
  TypeWord.Finalize,
  TypeWord.VectorcallOffset,
];
