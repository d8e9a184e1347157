/** `sys.breakpointhook`: calls what the environment variable PYTHONBREAKPOINT names, by default `pdb.set_trace`. */
import type { Owned, Ref } from '@moult/heap';
import { call1, vectorcall } from '../../core/call.ts';
import { catchOnly, caught, clearException, mark, none, pendingMatches, rethrow } from '../../core/errors.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';

const DEFAULT_HOOK = 'pdb.set_trace';

/** Source: CPython 3.12 sys_breakpointhook. @runsPython */
export function breakpointhook(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const name = hookName(rt);
  if (name === '0') return none();
  const m = tempMark(rt);
  const hook = findHook(rt, name);
  if (hook === 0) {
    rt.warnRuntime(`Ignoring unimportable $PYTHONBREAKPOINT: "${name}"`);
    return releaseKeeping(rt, m, none());
  }
  return releaseKeeping(rt, m, vectorcall(rt, hook, args, nargs, kwnames));
}

/** What the environment says; a program may change `os.environ`. */
function hookName(rt: Runtime): string {
  const m = mark(rt);
  try {
    const environ = temp(rt, getAttrText(rt, temp(rt, rt.importModule('os')), 'environ'));
    const get = temp(rt, getAttrText(rt, environ, 'get'));
    const value = temp(rt, call1(rt, get, temp(rt, newStr(rt, 'PYTHONBREAKPOINT'))));
    return value === (S.None as number) ? DEFAULT_HOOK : strText(rt, value) || DEFAULT_HOOK;
  } catch (error) {
    catchOnly(rt, error, m, T.ImportError);
    return DEFAULT_HOOK;
  }
}

/** The function `module.name`, or `name` of the built-ins: a temporary; 0 if there is none. */
function findHook(rt: Runtime, path: string): Ref {
  const dot = path.lastIndexOf('.');
  const module = dot < 0 ? 'builtins' : path.slice(0, dot);
  if (module === '') return 0;
  const m = mark(rt);
  try {
    return temp(rt, getAttrText(rt, temp(rt, rt.importModule(module)), path.slice(dot + 1)));
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.ImportError) && !pendingMatches(rt, T.AttributeError)) rethrow();
    clearException(rt);
    return 0;
  }
}
