/** Layouts of type parameters and type aliases. CPython packs the flags of a variable into bytes; here each has a word. */

/** `typevarobject` (64 bytes). A bound or constraints written in the new syntax are computed when first asked for. */
export const enum TypeVarWord {
  Name = 2,
  Bound = 3,
  EvaluateBound = 4,
  Constraints = 5,
  EvaluateConstraints = 6,
  Covariant = 7,
  Contravariant = 8,
  InferVariance = 9,
  Words = 10,
}

/** `typevartupleobject` (24 bytes). */
export const enum TypeVarTupleWord {
  Name = 2,
  Words = 3,
}

/** `paramspecobject` (40 bytes). */
export const enum ParamSpecWord {
  Name = 2,
  Bound = 3,
  Covariant = 4,
  Contravariant = 5,
  InferVariance = 6,
  Words = 7,
}

/** `paramspecattrobject` (24 bytes): `P.args` and `P.kwargs`. */
export const enum ParamSpecPartWord {
  Origin = 2,
  Words = 3,
}

/** `typealiasobject` (56 bytes). */
export const enum TypeAliasWord {
  Name = 2,
  TypeParams = 3,
  ComputeValue = 4,
  Value = 5,
  Module = 6,
  Words = 7,
}

export const enum AliasWord {
  Origin = 2,
  Args = 3,
  Parameters = 4,
  WeakList = 5,
  Starred = 6,
  Vectorcall = 7,
  Words = 8,
}
