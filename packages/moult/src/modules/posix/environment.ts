/** The functions of `os` about the process: its numbers, environment, times. */
import type { Owned, Ref } from '@moult/heap';
import { dictSet, newDict } from '../../core/dict/index.ts';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import type { HostProcesses } from '../../core/host-processes.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { listTake } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import { randomBytes } from '../../core/random-bytes.ts';
import { call0 } from '../../core/call.ts';
import { lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { T } from '../../core/static.ts';
import { newBytes, newStr } from '../../core/str.ts';
import { dropTemp, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { moduleType } from '../../core/type-spec.ts';
import { isBytes, isStr, shortKindName } from '../../core/types.ts';
import { ObjectWord, newRef } from '@moult/heap';
import { defineStructSeq, newStructSeq } from '../../objects/structseq.ts';
import { encode } from '../../text/codecs.ts';
import { errorText } from '../errno.ts';
import { SIGNALS, signalSelf } from '../signal.ts';
import { readInt } from './descriptors.ts';
import { hostCall, readPath } from './paths.ts';

export const UNAME_RESULT = defineStructSeq(
  moduleType(),
  'posix.uname_result',
  ['sysname', 'nodename', 'release', 'version', 'machine'],
  'uname_result: Result from os.uname().\n\nThis object may be accessed either as a tuple of\n' +
    '  (sysname, nodename, release, version, machine),\n' +
    'or via the attributes sysname, nodename, release, version, and machine.\n\nSee os.uname for more information.',
);

export const TIMES_RESULT = defineStructSeq(
  moduleType(),
  'posix.times_result',
  ['user', 'system', 'children_user', 'children_system', 'elapsed'],
  'times_result: Result from os.times().\n\nThis object may be accessed either as a tuple of\n' +
    '  (user, system, children_user, children_system, elapsed),\n' +
    'or via the attributes user, system, children_user, children_system,\nand elapsed.\n\nSee os.times for more information.',
);

/** Of a runtime whose host tells nothing about processes. The machine is the one whose sizes the heap has. */
const LONELY = {
  pid: 1,
  parentPid: 0,
  uid: 1000,
  gid: 1000,
  cpuCount: 1,
  systemName: { sysname: 'Linux', nodename: 'localhost', release: '', version: '', machine: 'x86_64' },
};

type Numbers = Pick<HostProcesses, 'pid' | 'parentPid' | 'uid' | 'gid' | 'cpuCount' | 'systemName'>;

function processOf(rt: Runtime): Numbers {
  return rt.host?.processes ?? LONELY;
}

/** `posix.environ`: bytes to bytes. */
export function newEnviron(rt: Runtime): Owned {
  const dict = temp(rt, newDict(rt));
  for (const [name, value] of Object.entries(rt.host?.environment?.() ?? {})) {
    const key = temp(rt, newBytes(rt, encode(name, 'utf-8', 'surrogateescape')));
    const data = temp(rt, newBytes(rt, encode(value, 'utf-8', 'surrogateescape')));
    dictSet(rt, dict, key, data);
    dropTemp(rt, data);
    dropTemp(rt, key);
  }
  return untemp(rt, dict);
}

function variableName(rt: Runtime, name: Ref): string {
  const { text } = readPath(rt, 'putenv', name);
  if (text.includes('=') || text === '') valueError(rt, 'illegal environment variable name');
  return text;
}

function putenv(rt: Runtime, _module: Ref, name: Ref, value: Ref): Owned {
  const variable = variableName(rt, name);
  rt.host?.processes?.setVariable(variable, readPath(rt, 'putenv', value).text);
  return none();
}

function unsetenv(rt: Runtime, _module: Ref, name: Ref): Owned {
  rt.host?.processes?.setVariable(variableName(rt, name), null);
  return none();
}

/** Random bytes of the host's own generator. */
function urandom(rt: Runtime, _module: Ref, size: Ref): Owned {
  const count = asSsize(rt, size);
  if (count < 0) valueError(rt, 'negative argument not allowed');
  return newBytes(rt, randomBytes(rt, count));
}

function fspath(rt: Runtime, _module: Ref, path: Ref): Owned {
  if (isStr(rt, path) || isBytes(rt, path)) return newRef(rt, path);
  const method = lookupAttrText(rt, rt.words[path + ObjectWord.Type], '__fspath__');
  if (method === 0) typeError(rt, `expected str, bytes or os.PathLike object, not ${shortKindName(rt, path)}`);
  dropTemp(rt, temp(rt, method));
  const bound = temp(rt, getAttrText(rt, path, '__fspath__'));
  const result = temp(rt, call0(rt, bound));
  if (!isStr(rt, result) && !isBytes(rt, result)) {
    typeError(
      rt,
      `expected ${shortKindName(rt, path)}.__fspath__() to return str or bytes, not ${shortKindName(rt, result)}`,
    );
  }
  return untemp(rt, result);
}

function uname(rt: Runtime): Owned {
  const { sysname, nodename, release, version, machine } = processOf(rt).systemName;
  return newStructSeq(
    rt,
    UNAME_RESULT,
    tempMark(rt),
    [sysname, nodename, release, version, machine].map((text) => temp(rt, newStr(rt, text))),
  );
}

function times(rt: Runtime): Owned {
  const [user, system] = rt.host?.processes?.times() ?? [0, 0];
  const elapsed = Number(rt.host?.monotonic?.() ?? 0n) / 1e9;
  return newStructSeq(
    rt,
    TIMES_RESULT,
    tempMark(rt),
    [user, system, 0, 0, elapsed].map((value) => temp(rt, newFloat(rt, value))),
  );
}

function loadAverage(rt: Runtime): Owned {
  const [a = 0, b = 0, c = 0] = rt.host?.processes?.loadAverage() ?? [];
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newFloat(rt, a)),
    temp(rt, newFloat(rt, b)),
    temp(rt, newFloat(rt, c)),
  );
}

function kill(rt: Runtime, _module: Ref, pid: Ref, signal: Ref): Owned {
  const [number, which] = [readInt(rt, pid), readInt(rt, signal)];
  if (number === rt.host?.processes?.pid && which > 0 && which < SIGNALS && signalSelf(rt, which)) return none();
  hostCall(rt, 0, () => {
    if (rt.host?.processes === undefined) raise(rt, T.PermissionError, 'this host has no processes');
    rt.host.processes.signal(number, which);
  });
  return none();
}

const number =
  (value: (p: Numbers) => number): NativeFunction =>
  (rt) =>
    newInt(rt, value(processOf(rt)));

export const ENVIRONMENT_FUNCTIONS = [
  native('fspath($module, /, path)', fspath),
  native(
    'getpid($module, /)',
    number((p) => p.pid),
  ),
  native(
    'getppid($module, /)',
    number((p) => p.parentPid),
  ),
  native(
    'getuid($module, /)',
    number((p) => p.uid),
  ),
  native(
    'geteuid($module, /)',
    number((p) => p.uid),
  ),
  native(
    'getgid($module, /)',
    number((p) => p.gid),
  ),
  native(
    'getegid($module, /)',
    number((p) => p.gid),
  ),
  native(
    'getpgrp($module, /)',
    number((p) => p.pid),
  ),
  native('getgroups($module, /)', (rt) => listTake(rt, [newInt(rt, processOf(rt).gid)])),
  native(
    'cpu_count($module, /)',
    number((p) => p.cpuCount),
  ),
  native('urandom($module, size, /)', urandom),
  native('strerror($module, code, /)', (rt, _module, code = 0) => newStr(rt, errorText(readInt(rt, code)))),
  native('uname($module, /)', uname),
  native('times($module, /)', times),
  native('getloadavg($module, /)', loadAverage),
  native('kill($module, pid, signal, /)', kill),
  native('putenv($module, name, value, /)', putenv),
  native('unsetenv($module, name, /)', unsetenv),
];
