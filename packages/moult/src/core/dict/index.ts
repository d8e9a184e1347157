/** Dicts: the operations behind the type `dict`, namespaces and instances' attributes. CPython's dictobject.c. */
export { dictEqual } from './compare.ts';
export {
  dictContains,
  dictGet,
  dictGetHash,
  dictGetInterned,
  dictGetText,
  dictHashAt,
  dictKeyAt,
  dictLength,
  dictNext,
  dictValueAt,
  entryValueWord,
  keysIndexOf,
} from './get.ts';
export {
  dictWordSet,
  initInlineValues,
  instanceDict,
  instanceDictOrZero,
  instanceGet,
  instanceSet,
  newSharedKeys,
  sharedIndex,
} from './instance.ts';
export { dictFromItems, dictFromKeywords, dictSetKeywords, keywordsFromDict, requireStringKeys } from './keywords.ts';
export { compareKnown, keyHash, Known, lookup as dictLookup, valueWord as dictValueWord } from './lookup.ts';
export { newDict, newDictPresized, newDictSharing, sharedCapacity } from './make.ts';
export { dictMergeFromSequence, Override } from './merge-mapping.ts';
export { dictCopy, dictMerge } from './merge.ts';
export {
  dictClear,
  dictDelete,
  dictDeleteHash,
  dictDeleteText,
  dictPop,
  dictPopHash,
  dictPopItem,
  dictSetDefault,
} from './remove.ts';
export { bumpVersion, dictReserve, resize as dictResize } from './resize.ts';
export { dictSet, dictSetHash, dictSetHashTake, dictSetTake, dictSetText } from './set.ts';
export { dictTableSize, keysSize } from './sizes.ts';
export { dictVersion, keysVersion } from './version.ts';
