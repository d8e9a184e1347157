/** Audit hooks (PEP 578): functions of the program that are told of what it does, and may prevent it by raising. */
import { newRef, untrack } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call2 } from './call.ts';
import { listAppend, listItem, listLength, newList } from './list.ts';
import { lookupAttrText } from './protocol/attribute.ts';
import { isTrue } from './protocol/compare.ts';
import { RootNum, RootRef } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { newStr } from './str.ts';
import { releaseTemps, temp, tempMark } from './temps.ts';
import { tupleOf } from './tuple.ts';

/** Tells the hooks of an event with arguments, which are borrowed. Raises what a hook raises. @runsPython if there are hooks */
export function audit(rt: Runtime, event: string, ...args: Ref[]): void {
  if (rt.words[RootRef.AuditHooks] === 0) return;
  const m = tempMark(rt);
  tellHooks(rt, temp(rt, newStr(rt, event)), temp(rt, tupleOf(rt, ...args)));
  releaseTemps(rt, m);
}

/** The same with the event as a str and its arguments as a tuple. Hooks are traced only where they say that they can be.
 *  Source: CPython 3.12 sys_audit_tstate. @runsPython */
export function tellHooks(rt: Runtime, event: Ref, args: Ref): void {
  const H = rt.words;
  for (let i = 0; i < hookCount(rt); i++) {
    const m = tempMark(rt);
    const hook = temp(rt, newRef(rt, listItem(rt, H[RootRef.AuditHooks], i)));
    const nesting = canTrace(rt, hook) ? 0 : 1;
    H[RootNum.TraceNesting] += nesting;
    try {
      temp(rt, call2(rt, hook, event, args));
    } finally {
      H[RootNum.TraceNesting] -= nesting;
    }
    releaseTemps(rt, m);
  }
}

function hookCount(rt: Runtime): number {
  const hooks = rt.words[RootRef.AuditHooks];
  return hooks === 0 ? 0 : listLength(rt, hooks);
}

function canTrace(rt: Runtime, hook: Ref): boolean {
  const said = lookupAttrText(rt, hook, '__cantrace__');
  return said !== 0 && isTrue(rt, temp(rt, said));
}

/** Adds a hook, for good. The list is not to be found by programs. */
export function addHook(rt: Runtime, hook: Ref): void {
  const H = rt.words;
  if (H[RootRef.AuditHooks] === 0) {
    H[RootRef.AuditHooks] = newList(rt, 0);
    untrack(rt, H[RootRef.AuditHooks]);
  }
  listAppend(rt, H[RootRef.AuditHooks], hook);
}
