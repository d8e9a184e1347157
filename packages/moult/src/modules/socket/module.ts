/** The module `_socket`: pairs of sockets in memory, and Linux's numbers. There is no network. */
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { none, overflowError, raiseTake } from '../../core/errors.ts';
import { createExceptionFromTuple } from '../../core/exceptions.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { setTake } from '../make.ts';
import { ModuleNum } from '../module-roots.ts';
import { raiseErrno } from '../posix/paths.ts';
import { SOCKET_NUMBERS } from './constants.ts';
import { closeEndpoint, EndpointFlag, openPair } from './endpoint.ts';
import { Family, SOCKET, socketForEndpoint, SocketType, timeoutArgument } from './type.ts';

const HERROR = moduleType();
const GAIERROR = moduleType();
defineType({ ref: HERROR, name: 'socket.herror', heapType: 'class', base: T.OSError });
defineType({ ref: GAIERROR, name: 'socket.gaierror', heapType: 'class', base: T.OSError });

/** `EOPNOTSUPP`, `EINVAL`. */
const NOT_SUPPORTED = 95;
const INVALID = 22;
const NAME_UNKNOWN = -2;
const SHORT = 0xffff;
const SOCK_FLAGS = 0x80000 | 0x800;

function socketpair(rt: Runtime, _module: Ref, family: Ref, type: Ref, proto: Ref): Owned {
  const kind = (type === 0 ? SocketType.Stream : asSsize(rt, type)) & ~SOCK_FLAGS;
  if (family !== 0 && asSsize(rt, family) !== (Family.Unix as number)) raiseErrno(rt, NOT_SUPPORTED, 0);
  if (kind !== (SocketType.Stream as number) && kind !== (SocketType.Datagram as number)) raiseErrno(rt, INVALID, 0);
  const protocol = proto === 0 ? 0 : asSsize(rt, proto);
  const [a, b] = openPair(rt, kind === (SocketType.Datagram as number) ? EndpointFlag.Messages : 0);
  const first = temp(rt, socketForEndpoint(rt, a, kind, protocol));
  return tupleOf(rt, first, temp(rt, socketForEndpoint(rt, b, kind, protocol)));
}

function closeFd(rt: Runtime, _module: Ref, fd: Ref): Owned {
  if (!closeEndpoint(rt, asSsize(rt, fd))) raiseErrno(rt, 9, 0);
  return none();
}

/** There is no network to ask. */
function unknownName(rt: Runtime): Owned {
  const number = temp(rt, newInt(rt, NAME_UNKNOWN));
  const text = temp(rt, newStr(rt, 'Name or service not known'));
  const args = temp(rt, tupleOf(rt, number, text));
  return raiseTake(rt, createExceptionFromTuple(rt, GAIERROR, args));
}

function swap16(name: string) {
  return native(
    `${name}(x, /)`,
    (rt, _module, x) => {
      const n = asSsize(rt, x);
      if (n < 0) overflowError(rt, "can't convert negative value to unsigned int");
      if (n > SHORT) overflowError(rt, `${name}: Python int too large to convert to C 16-bit unsigned integer`);
      return newInt(rt, ((n & 0xff) << 8) | (n >> 8));
    },
    { unsigned: true },
  );
}

function swap32(name: string) {
  return native(
    `${name}(x, /)`,
    (rt, _module, x) => {
      const n = asSsize(rt, x);
      if (n < 0 || n > 0xffff_ffff) overflowError(rt, 'int larger than 32 bits');
      return newInt(rt, (((n & 0xff) << 24) | ((n & 0xff00) << 8) | ((n >>> 8) & 0xff00) | (n >>> 24)) >>> 0);
    },
    { unsigned: true },
  );
}

/** `getdefaulttimeout`, `setdefaulttimeout`: what new sockets begin with, microseconds plus one; 0: none. */
function getDefaultTimeout(rt: Runtime): Owned {
  const micros = rt.words[ModuleNum.SocketTimeout];
  return micros === 0 ? none() : newFloat(rt, (micros - 1) / 1e6);
}

function setDefaultTimeout(rt: Runtime, _module: Ref, value: Ref): Owned {
  const seconds = timeoutArgument(rt, value);
  rt.words[ModuleNum.SocketTimeout] = seconds < 0 ? 0 : Math.min(Math.round(seconds * 1e6) + 1, 0x7fffffff);
  return none();
}

const unsigned = { unsigned: true };

defineModule({
  name: '_socket',
  doc: 'Implementation module for socket operations.\n\nSee the socket module for documentation.',
  functions: [
    native('socketpair(family=1, type=1, proto=0, /)', socketpair, unsigned),
    native('close(fd, /)', closeFd, unsigned),
    native('getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)', unknownName, unsigned),
    native('gethostbyname(host, /)', unknownName, unsigned),
    native('gethostname()', (rt) => newStr(rt, 'localhost'), unsigned),
    native('getdefaulttimeout()', getDefaultTimeout, unsigned),
    native('setdefaulttimeout(timeout, /)', setDefaultTimeout, unsigned),
    swap16('htons'),
    swap16('ntohs'),
    swap32('htonl'),
    swap32('ntohl'),
  ],
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'socket', SOCKET);
    dictSetText(rt, dict, 'SocketType', SOCKET);
    dictSetText(rt, dict, 'error', T.OSError);
    dictSetText(rt, dict, 'timeout', T.TimeoutError);
    dictSetText(rt, dict, 'herror', HERROR);
    dictSetText(rt, dict, 'gaierror', GAIERROR);
    dictSetText(rt, dict, 'has_ipv6', S.False);
    for (const pair of SOCKET_NUMBERS) {
      const [name = '', value] = pair.split('=');
      setTake(rt, dict, name, newInt(rt, Number(value)));
    }
  },
});
