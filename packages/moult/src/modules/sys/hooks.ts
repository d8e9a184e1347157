/** Hooks of `sys`, and what they are about: exceptions in flight, frames, the end of the program. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { addHook, audit, tellHooks } from '../../core/audit.ts';
import { dictGet, dictSet } from '../../core/dict/index.ts';
import {
  catchOnly,
  mark,
  none,
  raiseEmpty,
  raiseTake,
  runtimeError,
  typeError,
  valueError,
} from '../../core/errors.ts';
import { createExceptionFromValue, handledException } from '../../core/exceptions.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { Id } from '../../core/names.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { indexNumber, reprText } from '../../core/protocol/index.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, smallInt, T } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleFromWords, tupleOf } from '../../core/tuple.ts';
import { isStr, kindName } from '../../core/types.ts';
import { frameObject } from '../../frames/frame-object.ts';
import { displayException } from '../../objects/exceptions/display.ts';
import { isHookArguments } from '../../objects/exceptions/unraisable-args.ts';
import { printUnraisable } from '../../objects/exceptions/unraisable.ts';
import { moduleDict } from '../make.ts';
import { breakpointhook } from './breakpoint.ts';
import { writeFile } from './streams.ts';

function excInfo(rt: Runtime): Owned {
  const exception = handledException(rt);
  if (exception === 0) return tupleOf(rt, S.None, S.None, S.None);
  const H = rt.words;
  return tupleOf(rt, H[exception + ObjectWord.Type], exception, H[exception + ExcWord.Traceback] || S.None);
}

function exception(rt: Runtime): Owned {
  return newRef(rt, handledException(rt) || S.None);
}

/** `sys.exit(status)`: SystemExit with the arguments as given. */
function exit(rt: Runtime, _module: Ref, status: Ref): Owned {
  if (status === 0 || status === S.None) raiseEmpty(rt, T.SystemExit);
  return raiseTake(rt, createExceptionFromValue(rt, T.SystemExit, status));
}

/** Prints the repr of a value and keeps it as `builtins._`. Source: CPython 3.12 sys_displayhook. */
function displayhook(rt: Runtime, _module: Ref, object: Ref): Owned {
  const H = rt.words;
  if (object === S.None) return none();
  const modules = H[RootRef.Modules];
  const builtins = dictGet(rt, modules, Id.builtins);
  if (builtins === 0) runtimeError(rt, 'lost builtins module');
  const dict = temp(rt, newRef(rt, moduleDict(rt, builtins)));
  const name = temp(rt, internText(rt, '_'));
  dictSet(rt, dict, name, S.None);
  const out = dictGet(rt, H[RootRef.SysDict], Id.stdout);
  if (out === 0 || out === S.None) runtimeError(rt, 'lost sys.stdout');
  temp(rt, newRef(rt, out));
  writeFile(rt, out, reprText(rt, object));
  writeFile(rt, out, '\n');
  dictSet(rt, dict, name, object);
  return none();
}

function excepthook(rt: Runtime, _module: Ref, _type: Ref, value: Ref, traceback: Ref): Owned {
  displayException(rt, value, traceback);
  return none();
}

function unraisablehook(rt: Runtime, _module: Ref, unraisable: Ref): Owned {
  if (!isHookArguments(rt, unraisable)) typeError(rt, 'sys.unraisablehook argument type must be UnraisableHookArgs');
  printUnraisable(rt, unraisable);
  return none();
}

/** The frame object `depth` calls above the caller. */
function getframe(rt: Runtime, _module: Ref, depth: Ref): Owned {
  const H = rt.words;
  let n = depth === 0 ? 0 : indexNumber(rt, depth, T.OverflowError);
  let frame = H[RootNum.CurrentFrame];
  for (; n > 0 && frame !== 0; n--) frame = H[frame + FrameWord.Previous];
  if (frame === 0) valueError(rt, 'call stack is not deep enough');
  const object = frameObject(rt, frame);
  audit(rt, 'sys._getframe', object);
  return newRef(rt, object);
}

function getframemodulename(rt: Runtime, _module: Ref, depth: Ref): Owned {
  const H = rt.words;
  audit(rt, 'sys._getframemodulename', depth === 0 ? smallInt(0) : depth);
  let n = depth === 0 ? 0 : indexNumber(rt, depth, T.OverflowError);
  let frame = H[RootNum.CurrentFrame];
  for (; n > 0 && frame !== 0; n--) frame = H[frame + FrameWord.Previous];
  if (frame === 0) return none();
  return newRef(rt, dictGet(rt, H[frame + FrameWord.Globals], Id.__name__) || S.None);
}

function auditFunction(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  if (nargs === 0) typeError(rt, "audit() missing 1 required positional argument: 'event'");
  const event = rt.words[args] as Ref;
  if (rt.words[RootRef.AuditHooks] === 0) return none();
  if (!isStr(rt, event)) typeError(rt, `expected str for argument 'event', not ${kindName(rt, event)}`);
  tellHooks(rt, event, temp(rt, tupleFromWords(rt, args + 1, nargs - 1)));
  return none();
}

/** A hook that is there already can prevent it; an Exception of it is not seen. */
function addAuditHook(rt: Runtime, _module: Ref, hook: Ref): Owned {
  const m = mark(rt);
  try {
    audit(rt, 'sys.addaudithook');
  } catch (error) {
    catchOnly(rt, error, m, T.Exception);
    return none();
  }
  addHook(rt, hook);
  return none();
}

export const HOOK_FUNCTIONS = [
  native('addaudithook($module, /, hook)', addAuditHook, { doc: 'Adds a new audit hook callback.' }),
  nativeRaw('audit', auditFunction, { doc: 'audit(event, *args)\n\nPasses the event to any hooks that are attached.' }),
  nativeRaw('breakpointhook', breakpointhook, {
    keywords: true,
    doc: 'breakpointhook(*args, **kws)\n\nWhat breakpoint() calls.',
  }),
  native('_clear_type_cache($module, /)', (rt) => {
    rt.methodCache.fill(0);
    return none();
  }),
  native('displayhook($module, object, /)', displayhook, {
    doc: 'Print an object to sys.stdout and save it in builtins._',
  }),
  native('exception($module, /)', exception, { doc: 'Return the exception being handled, or None.' }),
  native('exc_info($module, /)', excInfo, { doc: 'Return (type, value, traceback) of the exception being handled.' }),
  native('excepthook($module, exctype, value, traceback, /)', excepthook, {
    doc: 'Handle an exception by displaying it with a traceback on sys.stderr.',
  }),
  native('exit($module, status=None, /)', exit, { doc: 'Exit the interpreter by raising SystemExit(status).' }),
  native('_getframe($module, depth=0, /)', getframe, { doc: 'Return a frame object from the call stack.' }),
  native('_getframemodulename($module, /, depth=0)', getframemodulename),
  native('unraisablehook($module, unraisable, /)', unraisablehook, {
    doc: 'Handle an exception that nobody can catch.',
  }),
];
