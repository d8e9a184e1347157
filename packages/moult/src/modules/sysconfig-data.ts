/** What `sysconfig` reads of the build: the module that a `make` of CPython writes. There was none, so it is short: what
 *  programs ask for, and where the library looks for time zones. */
import type { Owned } from '@moult/heap';
import { newDict } from '../core/dict/index.ts';
import { newInt } from '../core/int.ts';
import { defineModule } from '../core/module-spec.ts';
import type { Runtime } from '../core/runtime.ts';
import { newStr } from '../core/str.ts';
import { setTake } from './make.ts';

const BUILD_TIME_VARIABLES: Readonly<Record<string, string | number>> = {
  ABIFLAGS: '',
  EXT_SUFFIX: '.cpython-312-x86_64-linux-gnu.so',
  LDVERSION: '3.12',
  MULTIARCH: 'x86_64-linux-gnu',
  Py_DEBUG: 0,
  Py_ENABLE_SHARED: 0,
  SIZEOF_LONG: 8,
  SIZEOF_SIZE_T: 8,
  SIZEOF_VOID_P: 8,
  SOABI: 'cpython-312-x86_64-linux-gnu',
  TZPATH: '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo',
  VERSION: '3.12',
  WITH_DOC_STRINGS: 1,
  WITH_PYMALLOC: 1,
};

function valueOf(rt: Runtime, value: string | number): Owned {
  return typeof value === 'number' ? newInt(rt, value) : newStr(rt, value);
}

defineModule({
  name: '_sysconfigdata__linux_x86_64-linux-gnu',
  hidden: true,
  populate: (rt, dict) => {
    const variables = newDict(rt);
    setTake(rt, dict, 'build_time_vars', variables);
    for (const [name, value] of Object.entries(BUILD_TIME_VARIABLES)) setTake(rt, variables, name, valueOf(rt, value));
  },
});
