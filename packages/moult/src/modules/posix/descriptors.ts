/** The functions of `os` that work on descriptors. */
import type { Owned, Ref } from '@moult/heap';
import { none, overflowError, typeError } from '../../core/errors.ts';
import { OpenFlag } from '../../core/host-files.ts';
import type { HostFiles } from '../../core/host-files.ts';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { isTrue, iter, iterNext } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool } from '../../core/static.ts';
import { newBytes, newStr } from '../../core/str.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { bytearrayData } from '../../objects/bytes/storage.ts';
import { kindName, isInstance } from '../../core/types.ts';
import { T } from '../../core/static.ts';
import { moduleType } from '../../core/type-spec.ts';
import { defineStructSeq, newStructSeq } from '../../objects/structseq.ts';
import { countHostCall, Ready, waitReady } from '../io/wait-ready.ts';
import { hostCall, hostFiles, pathAt, raiseErrno, readFd, readPath } from './paths.ts';

const EINVAL = 22;
const MAX_INT = 0x7fffffff;

export const TERMINAL_SIZE = defineStructSeq(
  moduleType(),
  'os.terminal_size',
  ['columns', 'lines'],
  'A tuple of (columns, lines) for holding terminal window size',
);

/** A C int. @runsPython */
export function readInt(rt: Runtime, o: Ref): number {
  const value = asSsize(rt, o);
  if (value > MAX_INT || value < -MAX_INT - 1)
    overflowError(rt, `signed integer is ${value < 0 ? 'less than minimum' : 'greater than maximum'}`);
  return value;
}

function open(rt: Runtime, _module: Ref, path: Ref, flags: Ref, mode: Ref, dirFd: Ref): Owned {
  const target = readPath(rt, 'open', path);
  const bits = readInt(rt, flags) | OpenFlag.CloseOnExec;
  const permissions = mode === 0 ? 0o777 : readInt(rt, mode);
  const at = pathAt(rt, target, dirFd);
  return newInt(
    rt,
    hostCall(rt, target.object, (files) => files.open(at, bits, permissions)),
  );
}

function read(rt: Runtime, _module: Ref, fd: Ref, length: Ref): Owned {
  const number = readFd(rt, fd);
  const count = asSsize(rt, length);
  if (count < 0) raiseErrno(rt, EINVAL, 0);
  waitReady(rt, number, Ready.Read);
  countHostCall(rt);
  return newBytes(
    rt,
    hostCall(rt, 0, (files) => files.read(number, Math.min(count, MAX_INT))),
  );
}

/** The bytes of a buffer argument; raises TypeError. */
function dataOf(rt: Runtime, data: Ref): Uint8Array {
  return bufferOf(rt, data) ?? typeError(rt, `a bytes-like object is required, not '${kindName(rt, data)}'`);
}

function write(rt: Runtime, _module: Ref, fd: Ref, data: Ref): Owned {
  const number = readFd(rt, fd);
  dataOf(rt, data);
  waitReady(rt, number, Ready.Write);
  countHostCall(rt);
  const bytes = dataOf(rt, data);
  return newInt(
    rt,
    hostCall(rt, 0, (files) => files.write(number, bytes)),
  );
}

function pread(rt: Runtime, _module: Ref, fd: Ref, length: Ref, offset: Ref): Owned {
  const number = readFd(rt, fd);
  const count = asSsize(rt, length);
  const at = asSsize(rt, offset);
  if (count < 0 || at < 0) raiseErrno(rt, EINVAL, 0);
  return newBytes(
    rt,
    hostCall(rt, 0, (files) => files.readAt(number, count, at)),
  );
}

function pwrite(rt: Runtime, _module: Ref, fd: Ref, data: Ref, offset: Ref): Owned {
  const number = readFd(rt, fd);
  dataOf(rt, data);
  waitReady(rt, number, Ready.Write);
  countHostCall(rt);
  const bytes = dataOf(rt, data);
  const at = asSsize(rt, offset);
  if (at < 0) raiseErrno(rt, EINVAL, 0);
  return newInt(
    rt,
    hostCall(rt, 0, (files) => files.writeAt(number, bytes, at)),
  );
}

/** The buffers of a sequence, each of them a temporary. @runsPython */
function buffers(rt: Runtime, sequence: Ref): Ref[] {
  const found: Ref[] = [];
  const it = temp(rt, iter(rt, sequence));
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    dataOf(rt, temp(rt, item));
    found.push(item);
  }
  return found;
}

function writev(rt: Runtime, _module: Ref, fd: Ref, sequence: Ref): Owned {
  const number = readFd(rt, fd);
  let total = 0;
  for (const item of buffers(rt, sequence)) {
    const bytes = dataOf(rt, item);
    const count = hostCall(rt, 0, (files) => files.write(number, bytes));
    total += count;
    if (count < bytes.length) break;
  }
  return newInt(rt, total);
}

function readv(rt: Runtime, _module: Ref, fd: Ref, sequence: Ref): Owned {
  const number = readFd(rt, fd);
  let total = 0;
  for (const item of buffers(rt, sequence)) {
    const target = isInstance(rt, item, T.bytearray) ? bytearrayData(rt, item) : dataOf(rt, item);
    const data = hostCall(rt, 0, (files) => files.read(number, target.length));
    target.set(data);
    total += data.length;
    if (data.length < target.length) break;
  }
  return newInt(rt, total);
}

function lseek(rt: Runtime, _module: Ref, fd: Ref, position: Ref, whence: Ref): Owned {
  const number = readFd(rt, fd);
  const offset = asSsize(rt, position);
  const how = readInt(rt, whence);
  return newInt(
    rt,
    hostCall(rt, 0, (files) => files.seek(number, offset, how)),
  );
}

function dup2(rt: Runtime, _module: Ref, fd: Ref, to: Ref, inheritable: Ref): Owned {
  const number = readFd(rt, fd);
  const target = readFd(rt, to);
  const inherit = inheritable === 0 || isTrue(rt, inheritable);
  if (number < 0 || target < 0) raiseErrno(rt, 9, 0);
  hostCall(rt, 0, (files) => {
    files.duplicateTo(number, target);
    files.setInheritable(target, inherit);
  });
  return newInt(rt, target);
}

function closerange(rt: Runtime, _module: Ref, low: Ref, high: Ref): Owned {
  const end = readFd(rt, high);
  for (let fd = Math.max(0, readFd(rt, low)); fd < Math.min(end, 65536); fd++) {
    try {
      hostFiles(rt).close(fd);
    } catch {
      // What is not open needs no closing.
    }
  }
  return none();
}

function terminalSize(rt: Runtime, _module: Ref, fd: Ref): Owned {
  const number = fd === 0 ? 1 : readFd(rt, fd);
  const [columns, lines] = hostCall(rt, 0, (files) => files.terminalSize(number));
  return newStructSeq(rt, TERMINAL_SIZE, tempMark(rt), [temp(rt, newInt(rt, columns)), temp(rt, newInt(rt, lines))]);
}

function pipe(rt: Runtime): Owned {
  const [reader, writer] = hostCall(rt, 0, (files) => files.pipe());
  return tupleOf(rt, temp(rt, newInt(rt, reader)), temp(rt, newInt(rt, writer)));
}

function pipe2(rt: Runtime, _module: Ref, flags: Ref): Owned {
  const bits = readInt(rt, flags);
  const [reader, writer] = hostCall(rt, 0, (files) => {
    const ends = files.pipe();
    for (const fd of ends) {
      if ((bits & OpenFlag.NonBlocking) !== 0) files.setBlocking(fd, false);
      if ((bits & OpenFlag.CloseOnExec) === 0) files.setInheritable(fd, true);
    }
    return ends;
  });
  return tupleOf(rt, temp(rt, newInt(rt, reader)), temp(rt, newInt(rt, writer)));
}

/** A function of one descriptor with nothing to return. */
function onFd(action: (files: HostFiles, fd: number) => void): NativeFunction {
  return (rt, _module, fd = 0) => {
    const number = readFd(rt, fd);
    hostCall(rt, 0, (files) => {
      action(files, number);
    });
    return none();
  };
}

/** A function of one descriptor that answers yes or no. */
function askFd(ask: (files: HostFiles, fd: number) => boolean): NativeFunction {
  return (rt, _module, fd = 0) => {
    const number = readFd(rt, fd);
    return pyBool(hostCall(rt, 0, (files) => ask(files, number))) as Owned;
  };
}

/** A function of a descriptor and a truth value. */
function setFd(action: (files: HostFiles, fd: number, on: boolean) => void): NativeFunction {
  return (rt, _module, fd = 0, value = 0) => {
    const number = readFd(rt, fd);
    const on = isTrue(rt, value);
    hostCall(rt, 0, (files) => {
      action(files, number, on);
    });
    return none();
  };
}

function isatty(rt: Runtime, _module: Ref, fd: Ref): Owned {
  const number = readFd(rt, fd);
  try {
    return pyBool(hostFiles(rt).isTerminal(number)) as Owned;
  } catch {
    return pyBool(false) as Owned;
  }
}

function fileEncoding(rt: Runtime, _module: Ref, fd: Ref): Owned {
  const number = readFd(rt, fd);
  try {
    return hostFiles(rt).isTerminal(number) ? newStr(rt, 'UTF-8') : none();
  } catch {
    return none();
  }
}

export const DESCRIPTOR_FUNCTIONS = [
  native('open($module, /, path, flags, mode=511, *, dir_fd=None)', open),
  native(
    'close($module, /, fd)',
    onFd((files, fd) => {
      files.close(fd);
    }),
  ),
  native('closerange($module, fd_low, fd_high, /)', closerange),
  native('read($module, fd, length, /)', read),
  native('write($module, fd, data, /)', write),
  native('pread($module, fd, length, offset, /)', pread),
  native('pwrite($module, fd, buffer, offset, /)', pwrite),
  native('readv($module, fd, buffers, /)', readv),
  native('writev($module, fd, buffers, /)', writev),
  native('lseek($module, fd, position, whence, /)', lseek),
  native('ftruncate($module, fd, length, /)', (rt, _module, fd = 0, length = 0) => {
    const number = readFd(rt, fd);
    const size = asSsize(rt, length);
    if (size < 0) raiseErrno(rt, EINVAL, 0);
    hostCall(rt, 0, (files) => {
      files.resize(number, size);
    });
    return none();
  }),
  native(
    'fsync($module, /, fd)',
    onFd((files, fd) => {
      files.sync(fd);
    }),
  ),
  native(
    'fdatasync($module, /, fd)',
    onFd((files, fd) => {
      files.sync(fd);
    }),
  ),
  native('dup($module, fd, /)', (rt, _module, fd = 0) => {
    const number = readFd(rt, fd);
    return newInt(
      rt,
      hostCall(rt, 0, (files) => files.duplicate(number, 0)),
    );
  }),
  native('dup2($module, /, fd, fd2, inheritable=True)', dup2),
  native('pipe($module, /)', pipe),
  native('pipe2($module, flags, /)', pipe2),
  native('isatty($module, fd, /)', isatty),
  native('device_encoding($module, /, fd)', fileEncoding),
  native('get_terminal_size($module, fd=<unrepresentable>, /)', terminalSize),
  native(
    'get_blocking($module, fd, /)',
    askFd((files, fd) => files.isBlocking(fd)),
  ),
  native(
    'set_blocking($module, fd, blocking, /)',
    setFd((files, fd, on) => {
      files.setBlocking(fd, on);
    }),
  ),
  native(
    'get_inheritable($module, fd, /)',
    askFd((files, fd) => files.isInheritable(fd)),
  ),
  native(
    'set_inheritable($module, fd, inheritable, /)',
    setFd((files, fd, on) => {
      files.setInheritable(fd, on);
    }),
  ),
  native('fchmod($module, /, fd, mode)', (rt, _module, fd = 0, mode = 0) => {
    const number = readFd(rt, fd);
    const bits = readInt(rt, mode);
    hostCall(rt, 0, (files) => {
      files.changeMode(number, bits);
    });
    return none();
  }),
];
