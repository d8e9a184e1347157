/** The module `posix`, as far as the host gives: what `os` and `os.path` are built on. */
import { dictSetText } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { listTake } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { setTake } from '../make.ts';
import { AT_FORK } from './at-fork.ts';
import { CONSTANTS, HAVE_FUNCTIONS } from './constants.ts';
import { DESCRIPTOR_FUNCTIONS, TERMINAL_SIZE } from './descriptors.ts';
import { SEND_FILE } from './send-file.ts';
import { ENVIRONMENT_FUNCTIONS, newEnviron, TIMES_RESULT, UNAME_RESULT } from './environment.ts';
import { PROCESS_FUNCTIONS } from './processes.ts';
import { DIR_ENTRY, SCAN_FUNCTIONS } from './scan.ts';
import { STAT_RESULT, STATUS_FUNCTIONS } from './status.ts';
import { TREE_FUNCTIONS } from './tree.ts';

defineModule({
  name: 'posix',
  doc: 'This module provides access to operating system functionality that is\nstandardized by the C Standard and the POSIX standard (a thinly\ndisguised Unix interface).  Refer to the library manual and\ncorresponding Unix manual entries for more information on calls.',
  functions: [
    ...STATUS_FUNCTIONS,
    SEND_FILE,
    ...DESCRIPTOR_FUNCTIONS,
    ...TREE_FUNCTIONS,
    ...SCAN_FUNCTIONS,
    ...ENVIRONMENT_FUNCTIONS,
    ...PROCESS_FUNCTIONS,
    AT_FORK,
  ],
  populate: (rt, dict) => {
    setTake(rt, dict, 'environ', newEnviron(rt));
    setTake(
      rt,
      dict,
      '_have_functions',
      listTake(
        rt,
        HAVE_FUNCTIONS.map((name) => newStr(rt, name)),
      ),
    );
    for (const [name, { ref }] of Object.entries({
      stat_result: STAT_RESULT,
      uname_result: UNAME_RESULT,
      terminal_size: TERMINAL_SIZE,
      times_result: TIMES_RESULT,
    })) {
      dictSetText(rt, dict, name, ref);
    }
    dictSetText(rt, dict, 'DirEntry', DIR_ENTRY);
    dictSetText(rt, dict, 'error', T.OSError);
    for (const [name, value] of CONSTANTS) setTake(rt, dict, name, newInt(rt, value));
  },
});
