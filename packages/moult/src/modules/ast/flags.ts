/** Flags of `compile()` that are about syntax trees. */
export const enum CompileFlag {
  OnlyAst = 0x400,
  TypeComments = 0x1000,
  TopLevelAwait = 0x2000,
}
