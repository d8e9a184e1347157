/** The module `_posixsubprocess`, so that `subprocess` can be imported: no process can be forked here. */
import { defineModule } from '../core/module-spec.ts';
import { nativeRaw } from '../core/native.ts';
import { raiseErrno } from './posix/paths.ts';

/** `ENOSYS` */
const NOT_IMPLEMENTED = 38;

defineModule({
  name: '_posixsubprocess',
  doc: 'A POSIX helper for the subprocess module.',
  functions: [nativeRaw('fork_exec', (rt) => raiseErrno(rt, NOT_IMPLEMENTED, 0))],
});
