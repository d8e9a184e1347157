/** The module `_signal`: names and numbers; handlers can be set but no signal arrives. */
import { newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGet, dictSet, newDict } from '../core/dict/index.ts';
import { raiseEmpty, valueError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { asSsize } from '../core/ssize.ts';
import { smallInt, T } from '../core/static.ts';
import { setTake } from './make.ts';
import { ModuleRef } from './module-roots.ts';

const NAMES = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF ' +
  'WINCH IO PWR SYS'
).split(' ');

function handlers(rt: Runtime): Ref {
  if (rt.words[ModuleRef.SignalHandlers] === 0) setWord(rt, ModuleRef.SignalHandlers, newDict(rt));
  return rt.words[ModuleRef.SignalHandlers];
}

function getSignal(rt: Runtime, _module: Ref, number: Ref): Owned {
  const n = asSsize(rt, number);
  if (n < 1 || n > 64) valueError(rt, 'signal number out of range');
  return newRef(rt, dictGet(rt, handlers(rt), smallInt(n)) || smallInt(0));
}

function signal(rt: Runtime, module: Ref, number: Ref, handler: Ref): Owned {
  const old = getSignal(rt, module, number);
  dictSet(rt, handlers(rt), smallInt(asSsize(rt, number)), handler);
  return old;
}

defineModule({
  name: '_signal',
  doc: 'This module provides mechanisms to use signal handlers in Python.',
  functions: [
    native('signal($module, signalnum, handler, /)', signal),
    native('getsignal($module, signalnum, /)', getSignal),
    native('default_int_handler($module, signalnum, frame, /)', (rt) => raiseEmpty(rt, T.KeyboardInterrupt)),
  ],
  populate: (rt, dict) => {
    NAMES.forEach((name, i) => {
      setTake(rt, dict, `SIG${name}`, newInt(rt, i + 1));
    });
    for (const [name, value] of Object.entries({ SIG_DFL: 0, SIG_IGN: 1, NSIG: 65, SIG_BLOCK: 0, SIG_UNBLOCK: 1, SIG_SETMASK: 2 })) {
      setTake(rt, dict, name, newInt(rt, value));
    }
  },
});
