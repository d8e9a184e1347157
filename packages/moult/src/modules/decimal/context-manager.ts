/** The running context, and the manager of `localcontext`. */

import { genericAlloc, LayoutKind, newRef, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance } from '../../core/types.ts';
import { writeVariable } from '../contextvars.ts';
import { ModuleRef } from '../module-roots.ts';
import { applySettings, ARGUMENTS } from './context-settings.ts';
import { currentContext, madeByImport } from './context-state.ts';
import { copyContext } from './context.ts';
import { CONTEXT, CONTEXT_MANAGER, ManagerWord } from './layout.ts';

/** Makes `context` the running one; the templates of the module are copied. @runsPython */
export function setContext(rt: Runtime, context: Ref): void {
  if (!isInstance(rt, context, CONTEXT)) typeError(rt, 'argument must be a context');
  const variable = madeByImport(rt, ModuleRef.DecimalContext);
  const templates = [ModuleRef.DecimalTemplate, ModuleRef.DecimalBasic, ModuleRef.DecimalExtended];
  const isTemplate = templates.some((word) => rt.words[word] === context);
  const value = isTemplate ? copyContext(rt, context, false) : newRef(rt, context);
  writeVariable(rt, variable, value);
}

/** `localcontext(ctx=None, **kwargs)` @runsPython */
export function localContext(
  rt: Runtime,
  context: Ref,
  settings: readonly (readonly [name: string, value: Ref])[],
): Owned {
  const global = currentContext(rt);
  const base = context === 0 || context === S.None ? global : context;
  if (!isInstance(rt, base, CONTEXT)) typeError(rt, 'optional argument must be a context');
  const local = temp(rt, copyContext(rt, base, true));
  const given = new Map(settings);
  applySettings(rt, local, (name) => given.get(name) ?? 0);
  const manager = genericAlloc(rt, CONTEXT_MANAGER);
  rt.words[manager + ManagerWord.Local] = newRef(rt, local);
  rt.words[manager + ManagerWord.Global] = newRef(rt, currentContext(rt));
  return manager;
}

/** The names that `localcontext` takes. */
export const LOCAL_SETTINGS: readonly string[] = ARGUMENTS;

defineType({
  ref: CONTEXT_MANAGER,
  name: 'decimal.ContextManager',
  genericAccess: 'get',
  basicSize: 8 * ManagerWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  owned: [ManagerWord.Local, ManagerWord.Global],
  methods: [
    native(
      '__enter__()',
      (rt, self) => {
        setContext(rt, rt.words[self + ManagerWord.Local]);
        return newRef(rt, rt.words[self + ManagerWord.Local]);
      },
      { unsigned: true },
    ),
    native(
      '__exit__(type, value, traceback, /)',
      (rt, self) => {
        setContext(rt, rt.words[self + ManagerWord.Global]);
        return pyBool(false) as Owned;
      },
      { unsigned: true },
    ),
  ],
});
