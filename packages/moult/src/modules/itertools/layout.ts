/** Layouts of the iterators of `itertools`, CPython's structs word for word, and their types' records. */
import { moduleType } from '../../core/type-spec.ts';

/** What `filterfalse`, `starmap`, `takewhile` and `dropwhile` share; `Flag` is for the last two. */
export const enum FunctionWord {
  Function = 2,
  Iterator = 3,
  Flag = 4,
}

export const enum AccumulateWord {
  Total = 2,
  Iterator = 3,
  Function = 4,
  Initial = 5,
}

export const enum BatchedWord {
  Iterator = 2,
  Size = 3,
}

export const enum ChainWord {
  Source = 2,
  Active = 3,
}

export const enum CompressWord {
  Data = 2,
  Selectors = 3,
}

/** `Plain` counts until `PLAIN_END`; from then on, or from the start, `Long` does. */
export const enum CountWord {
  Plain = 2,
  Long = 3,
  Step = 4,
}

export const enum CycleWord {
  Iterator = 2,
  Saved = 3,
  Index = 4,
  FirstPass = 5,
}

/** `Grouper` is borrowed: the group that was handed out last. */
export const enum GroupByWord {
  Iterator = 2,
  KeyFunction = 3,
  TargetKey = 4,
  CurrentKey = 5,
  CurrentValue = 6,
  Grouper = 7,
}

export const enum GrouperWord {
  Parent = 2,
  TargetKey = 3,
}

/** `Stop` −1: never. */
export const enum IsliceWord {
  Iterator = 2,
  Next = 3,
  Stop = 4,
  Step = 5,
  Count = 6,
}

export const enum PairwiseWord {
  Iterator = 2,
  Old = 3,
}

/** `Count` −1: for ever. */
export const enum RepeatWord {
  Element = 2,
  Count = 3,
}

export const enum ZipLongestWord {
  Size = 2,
  Active = 3,
  Iterators = 4,
  Result = 5,
  Fill = 6,
}

/** `product`, `combinations` and `combinations_with_replacement`: `Indices` is a block of plain numbers. */
export const enum ChoiceWord {
  Pool = 2,
  Indices = 3,
  Result = 4,
  Length = 5,
  Stopped = 6,
}

/** `product` has no length of its own. */
export const PRODUCT_STOPPED = 5;

export const enum PermutationsWord {
  Pool = 2,
  Indices = 3,
  Cycles = 4,
  Result = 5,
  Length = 6,
  Stopped = 7,
}

export const enum TeeWord {
  Data = 2,
  Index = 3,
  WeakList = 4,
}

/** 57 items that several iterators of a tee share; `Read` of them are there. */
export const enum TeeDataWord {
  Iterator = 2,
  Read = 3,
  Next = 4,
  Values = 5,
  /** Bit of `Read`: the source is being asked. */
  Running = 256,
  Cells = 57,
}

/** The largest count in a word; more is taken as this much. */
export const PLAIN_END = 0x7fffffff;

export const ACCUMULATE = moduleType();
export const BATCHED = moduleType();
export const CHAIN = moduleType();
export const COMBINATIONS = moduleType();
export const COMBINATIONS_WITH_REPLACEMENT = moduleType();
export const COMPRESS = moduleType();
export const COUNT = moduleType();
export const CYCLE = moduleType();
export const DROPWHILE = moduleType();
export const FILTERFALSE = moduleType();
export const GROUPBY = moduleType();
export const GROUPER = moduleType();
export const ISLICE = moduleType();
export const PAIRWISE = moduleType();
export const PERMUTATIONS = moduleType();
export const PRODUCT = moduleType();
export const REPEAT = moduleType();
export const STARMAP = moduleType();
export const TAKEWHILE = moduleType();
export const TEE = moduleType();
export const TEE_DATA = moduleType();
export const ZIP_LONGEST = moduleType();
