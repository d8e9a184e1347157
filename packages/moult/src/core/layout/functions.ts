/** Layouts of functions, methods, code, cells, modules and descriptors: CPython's structs, word for word. */

/** `PyFunctionObject` (144 bytes). All words but `VersionTag` and `Vectorcall` are owned references or 0. */
export const enum FunctionWord {
  Globals = 2,
  Builtins = 3,
  Name = 4,
  Qualname = 5,
  Code = 6,
  Defaults = 7,
  KwDefaults = 8,
  Closure = 9,
  Doc = 10,
  Dict = 11,
  WeakList = 12,
  Module = 13,
  Annotations = 14,
  TypeParams = 15,
  Vectorcall = 16,
  VersionTag = 17,
  Words = 18,
}

/** `PyCFunctionObject` (56 bytes). `Native` is an index into the registry of natives. */
export const enum BuiltinWord {
  Native = 2,
  Self = 3,
  Module = 4,
  WeakList = 5,
  Vectorcall = 6,
  Words = 7,
}

/** `PyMethodObject` (48 bytes). */
export const enum MethodWord {
  Function = 2,
  Self = 3,
  WeakList = 4,
  Vectorcall = 5,
  Words = 6,
}

/** `PyCellObject` (24 bytes). */
export const enum CellWord {
  Value = 2,
  Words = 3,
}

/** `PyModuleObject` (56 bytes). */
export const enum ModuleWord {
  Dict = 2,
  Def = 3,
  State = 4,
  WeakList = 5,
  Name = 6,
  Words = 7,
}

/** `PyCodeObject`: the references that programs see; everything else is the immutable `CodeData` payload.
 *  Metered bytes are CPython's (192 + the length of the bytecode − 2). Not tracked by the collector. */
export const enum CodeWord {
  Size = 2,
  /** Host-table index of the `ExecutableCode`. */
  Payload = 3,
  Consts = 4,
  Names = 5,
  LocalsPlusNames = 6,
  LocalsPlusKinds = 7,
  FileName = 8,
  Name = 9,
  Qualname = 10,
  LineTable = 11,
  ExceptionTable = 12,
  WeakList = 13,
  /** Cached tuples of variable names, or 0. */
  VarNames = 14,
  CellVars = 15,
  FreeVars = 16,
  CodeBytes = 17,
  /** Index of the first code unit: see `frames/code-area.ts`. */
  Units = 18,
  Words = 19,
}

/** `PyDescrObject` and its kinds. `Definition` is an index: a native (method, classmethod), a getset or member
 *  definition, or a slot wrapper; see `core/native.ts`. */
export const enum DescrWord {
  Owner = 2,
  Name = 3,
  Qualname = 4,
  Definition = 5,
  /** wrapper_descriptor: the wrapped slot's function index. Method descriptors: vectorcall (unused). */
  Wrapped = 6,
  Words = 7,
}

/** `wrapperobject`: method-wrapper (32 bytes). */
export const enum MethodWrapperWord {
  Descriptor = 2,
  Self = 3,
  Words = 4,
}

/** `propertyobject` (64 bytes). */
export const enum PropertyWord {
  Get = 2,
  Set = 3,
  Delete = 4,
  Doc = 5,
  Name = 6,
  GetterDoc = 7,
  Words = 8,
}

/** `classmethod` and `staticmethod` (32 bytes). */
export const enum ClassMethodWord {
  Callable = 2,
  Dict = 3,
  Words = 4,
}

/** `superobject` (40 bytes). */
export const enum SuperWord {
  Type = 2,
  Object = 3,
  ObjectType = 4,
  Words = 5,
}

/** `mappingproxyobject` (24 bytes). */
export const enum MappingProxyWord {
  Mapping = 2,
  Words = 3,
}

/** `PySliceObject` (40 bytes). */
export const enum SliceWord {
  Start = 2,
  Stop = 3,
  Step = 4,
  Words = 5,
}
