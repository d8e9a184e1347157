/**
 * Declarations of native modules. `defineModule` only records the declaration; `modules/import/native.ts` makes the
 * module when a program imports it (the modules `builtins` and `sys` when a runtime starts).
 */
import type { Ref } from '@moult/heap';
import type { NativeDefinition } from './native.ts';
import type { Runtime } from './runtime.ts';

export interface ModuleSpec {
  /** `gc`, `_weakref`, `collections.abc` … */
  readonly name: string;
  readonly doc?: string;
  /** Functions of the module; their `self` is the module. */
  readonly functions?: readonly NativeDefinition[];
  /** Adds further entries to the new module's dict, after `__name__` … and before the functions when CPython has it so. */
  readonly populate?: (rt: Runtime, dict: Ref, module: Ref) => void;
  /** Not listed in `sys.builtin_module_names`: a stand-in for a module that CPython has in Python. */
  readonly hidden?: boolean;
}

/** All native modules by name. */
export const MODULE_SPECS = new Map<string, ModuleSpec>();

/** Declares a native module; only while modules load. */
export function defineModule(spec: ModuleSpec): ModuleSpec {
  MODULE_SPECS.set(spec.name, spec);
  return spec;
}
