/** The type `_socket.socket`, over endpoints in memory. There is no network: a socket is made from a descriptor of `socketpair`. */
import { genericAlloc, LayoutKind, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import {
  caught,
  clearException,
  mark,
  none,
  raise,
  restoreException,
  takeException,
  typeError,
  valueError,
} from '../../core/errors.ts';
import type { HeapSlot } from '../../core/functions.ts';
import { newFloat, newInt, safeIntValue } from '../../core/int.ts';
import { getset, member, MemberKind, native } from '../../core/native.ts';
import { isTrue, reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newBytes, newStr } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { blocking, defineWait } from '../../core/threads.ts';
import { tupleItem, tupleOf } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { waitFor, waitInside } from '../../eval/threads/wait.ts';
import { bufferOf, hasWritableBuffer, requireBuffer } from '../../objects/bytes/buffer.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { argumentName, isInstance, isInt } from '../../core/types.ts';
import { parseArguments } from '../arguments.ts';
import { warnUnclosed } from '../io/resource-warning.ts';
import { ModuleNum } from '../module-roots.ts';
import { raiseErrno } from '../posix/paths.ts';
import {
  closeEndpoint,
  EndpointFlag,
  endpointOf,
  EndpointWord,
  isBroken,
  isReadable,
  isWritable,
  read,
  shutDown,
  watchDescriptors,
  write,
} from './endpoint.ts';

export const SOCKET = moduleType();

/** `PySocketSockObject` (56 bytes); the timeout is a double in seconds, negative: none. */
const enum SocketWord {
  Fd = 2,
  Family = 3,
  Type = 4,
  Proto = 5,
  Timeout = 6,
  Words = 8,
}
export const enum Family {
  Unix = 1,
  Inet = 2,
}
export const enum SocketType {
  Stream = 1,
  Datagram = 2,
}
const enum Errno {
  BadFile = 9,
  Again = 11,
  Invalid = 22,
  BrokenPipe = 32,
  NotSocket = 88,
  NoSuchOption = 92,
  NotSupported = 95,
  FamilyNotSupported = 97,
}
const enum Option {
  LevelSocket = 1,
  Type = 3,
  Error = 4,
  Protocol = 38,
  Domain = 39,
}
const MSG_PEEK = 2;
const DEFAULT_FAMILY_GIVEN = -1;
const TIMEOUT_LIMIT = 9223372036;

function timeoutOf(rt: Runtime, socket: Ref): number {
  return rt.floats[(socket + SocketWord.Timeout) / 2];
}

function setTimeoutOf(rt: Runtime, socket: Ref, seconds: number): void {
  rt.floats[(socket + SocketWord.Timeout) / 2] = seconds;
}

function socketNew(rt: Runtime, type: Ref): Owned {
  const socket = genericAlloc(rt, type);
  rt.words[socket + SocketWord.Fd] = -1;
  const micros = rt.words[ModuleNum.SocketTimeout];
  setTimeoutOf(rt, socket, micros === 0 ? -1 : (micros - 1) / 1e6);
  return socket;
}

function numberOr(rt: Runtime, o: Ref, fallback: number): number {
  const value = o === 0 ? DEFAULT_FAMILY_GIVEN : asSsize(rt, o);
  return value === DEFAULT_FAMILY_GIVEN ? fallback : value;
}

function socketInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const [family = 0, type = 0, proto = 0, fileno = 0] = parseArguments(
    rt,
    'socket',
    ['family', 'type', 'proto', 'fileno'],
    0,
    args,
    kwargs,
  );
  if (fileno === 0 || fileno === S.None) raiseErrno(rt, Errno.FamilyNotSupported, 0);
  if (isInstance(rt, fileno, T.float)) typeError(rt, 'integer argument expected, got float');
  const fd = asSsize(rt, fileno);
  if (fd < 0) valueError(rt, 'negative file descriptor');
  const endpoint = endpointOf(rt, fd);
  const H = rt.words;
  if (endpoint === 0) raiseErrno(rt, fd <= 2 ? Errno.NotSocket : Errno.BadFile, 0);
  const flags = H[endpoint + EndpointWord.Flags];
  if ((flags & EndpointFlag.Watcher) !== 0) raiseErrno(rt, Errno.NotSocket, 0);
  H[self + SocketWord.Fd] = fd;
  H[self + SocketWord.Family] = numberOr(rt, family, Family.Unix);
  H[self + SocketWord.Type] = numberOr(
    rt,
    type,
    (flags & EndpointFlag.Messages) !== 0 ? SocketType.Datagram : SocketType.Stream,
  );
  H[self + SocketWord.Proto] = numberOr(rt, proto, 0);
}

/** Makes a socket for one end of a pair. */
export function socketForEndpoint(rt: Runtime, fd: number, type: number, proto: number): Owned {
  const H = rt.words;
  const socket = socketNew(rt, SOCKET);
  H[socket + SocketWord.Fd] = fd;
  H[socket + SocketWord.Family] = Family.Unix;
  H[socket + SocketWord.Type] = type;
  H[socket + SocketWord.Proto] = proto;
  return socket;
}

/** The socket's endpoint; raises OSError if it is closed. */
function open(rt: Runtime, self: Ref): Ref {
  const endpoint = endpointOf(rt, rt.words[self + SocketWord.Fd]);
  return endpoint === 0 ? raiseErrno(rt, Errno.BadFile, 0) : endpoint;
}

/** Nothing can be done at once: raises, or tells how long to wait (negative: without end). */
function patience(rt: Runtime, self: Ref): number {
  const seconds = timeoutOf(rt, self);
  if (seconds === 0) raiseErrno(rt, Errno.Again, 0);
  return seconds;
}

function timedOutError(rt: Runtime): never {
  raise(rt, T.TimeoutError, 'timed out');
}

/** Nothing more to read counts as readable: then it is no bytes. `with` is `(length, flags)`. */
const RECV = watchDescriptors(
  defineWait((rt, endpoint, request, timedOut) => {
    if (!isReadable(rt, endpoint)) return timedOut ? timedOutError(rt) : 0;
    const [length, flags] = [0, 1].map((i) => safeIntValue(rt, tupleItem(rt, request, i))) as [number, number];
    return newBytes(rt, read(rt, endpoint, length, (flags & MSG_PEEK) !== 0));
  }),
);
const READABLE = watchDescriptors(
  defineWait((rt, endpoint, _with, timedOut) => (isReadable(rt, endpoint) ? none() : timedOut ? timedOutError(rt) : 0)),
);
const WRITABLE = watchDescriptors(
  defineWait((rt, endpoint, _with, timedOut) => (isWritable(rt, endpoint) ? none() : timedOut ? timedOutError(rt) : 0)),
);

function recv(rt: Runtime, self: Ref, size: Ref, flags: Ref): Owned {
  const length = asSsize(rt, size);
  if (length < 0) valueError(rt, 'negative buffersize in recv');
  const bits = flags === 0 ? 0 : asSsize(rt, flags);
  const endpoint = open(rt, self);
  if (isReadable(rt, endpoint)) return newBytes(rt, read(rt, endpoint, length, (bits & MSG_PEEK) !== 0));
  const seconds = patience(rt, self);
  const items = [temp(rt, newInt(rt, length)), temp(rt, newInt(rt, bits))];
  return waitFor(rt, RECV, endpoint, tupleOf(rt, ...items), seconds);
}

function recvInto(rt: Runtime, self: Ref, buffer: Ref, count: Ref, flags: Ref): Owned {
  if (!hasWritableBuffer(rt, buffer))
    typeError(rt, `recv_into() argument 1 must be read-write bytes-like object, not ${argumentName(rt, buffer)}`);
  const wanted = count === 0 ? 0 : asSsize(rt, count);
  const bits = flags === 0 ? 0 : asSsize(rt, flags);
  if (wanted < 0) valueError(rt, 'negative buffersize in recv_into');
  const room = (bufferOf(rt, buffer) as Uint8Array).length;
  if (wanted > room) valueError(rt, 'buffer too small for requested bytes');
  const endpoint = open(rt, self);
  if (!isReadable(rt, endpoint)) waitPinned(rt, READABLE, endpoint, patience(rt, self));
  const data = read(rt, endpoint, wanted === 0 ? room : wanted, (bits & MSG_PEEK) !== 0);
  (bufferOf(rt, buffer) as Uint8Array).set(data);
  return newInt(rt, data.length);
}

/** Waits without leaving the native, whose work goes on afterwards. */
function waitPinned(rt: Runtime, kind: number, endpoint: Ref, seconds: number): void {
  dropTemp(rt, temp(rt, waitInside(rt, kind, endpoint, seconds)));
}

function recvFrom(rt: Runtime, self: Ref, size: Ref, flags: Ref): Owned {
  const endpoint = open(rt, self);
  if (!isReadable(rt, endpoint)) waitPinned(rt, READABLE, endpoint, patience(rt, self));
  return tupleOf(rt, temp(rt, recv(rt, self, size, flags)), S.None);
}

function requireWritable(rt: Runtime, endpoint: Ref): void {
  if (isBroken(rt, endpoint)) raiseErrno(rt, Errno.BrokenPipe, 0);
}

function send(rt: Runtime, self: Ref, data: Ref): Owned {
  requireBuffer(rt, data);
  const endpoint = open(rt, self);
  if (!isWritable(rt, endpoint)) waitPinned(rt, WRITABLE, endpoint, patience(rt, self));
  requireWritable(rt, endpoint);
  return newInt(rt, write(rt, endpoint, requireBuffer(rt, data)));
}

function sendAll(rt: Runtime, self: Ref, data: Ref): Owned {
  const total = requireBuffer(rt, data).length;
  for (let sent = 0; sent < total || total === 0;) {
    const endpoint = open(rt, self);
    if (!isWritable(rt, endpoint)) waitPinned(rt, WRITABLE, endpoint, patience(rt, self));
    requireWritable(rt, endpoint);
    sent += write(rt, endpoint, requireBuffer(rt, data).subarray(sent));
    if (total === 0) break;
  }
  return none();
}

function closeSocket(rt: Runtime, self: Ref): void {
  const fd = rt.words[self + SocketWord.Fd];
  rt.words[self + SocketWord.Fd] = -1;
  if (fd !== -1) closeEndpoint(rt, fd);
}

function close(rt: Runtime, self: Ref): Owned {
  closeSocket(rt, self);
  return none();
}

function detach(rt: Runtime, self: Ref): Owned {
  const fd = rt.words[self + SocketWord.Fd];
  rt.words[self + SocketWord.Fd] = -1;
  return newInt(rt, fd);
}

function shutdown(rt: Runtime, self: Ref, how: Ref): Owned {
  const side = asSsize(rt, how);
  const endpoint = open(rt, self);
  if (side < 0 || side > 2) raiseErrno(rt, Errno.Invalid, 0);
  shutDown(rt, endpoint, side);
  return none();
}

/** `settimeout(value)`: seconds, or None. */
export function timeoutArgument(rt: Runtime, o: Ref): number {
  if (o === S.None) return -1;
  const seconds = isInt(rt, o) || isInstance(rt, o, T.float) ? toFloat(rt, o) : asSsize(rt, o);
  if (seconds < 0 || Number.isNaN(seconds)) valueError(rt, 'Timeout value out of range');
  if (seconds > TIMEOUT_LIMIT) raise(rt, T.OverflowError, "timeout doesn't fit into C timeval");
  return seconds;
}

function getTimeout(rt: Runtime, self: Ref): Owned {
  const seconds = timeoutOf(rt, self);
  return seconds < 0 ? none() : newFloat(rt, seconds);
}

function getOption(rt: Runtime, self: Ref, level: Ref, name: Ref): Owned {
  const H = rt.words;
  open(rt, self);
  const known: Record<number, number> = {
    [Option.Type]: H[self + SocketWord.Type],
    [Option.Error]: 0,
    [Option.Protocol]: H[self + SocketWord.Proto],
    [Option.Domain]: H[self + SocketWord.Family],
  };
  const value = asSsize(rt, level) === (Option.LevelSocket as number) ? known[asSsize(rt, name)] : undefined;
  return value === undefined ? raiseErrno(rt, Errno.NoSuchOption, 0) : newInt(rt, value);
}

/** Options of sockets in memory: those of the socket level are taken and have no effect. */
function setOption(rt: Runtime, self: Ref, level: Ref): Owned {
  open(rt, self);
  if (asSsize(rt, level) !== (Option.LevelSocket as number)) raiseErrno(rt, Errno.NoSuchOption, 0);
  return none();
}

function refuse(rt: Runtime, self: Ref): Owned {
  open(rt, self);
  return raiseErrno(rt, Errno.NotSupported, 0);
}

function socketRepr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const [fd, family, type, proto] = [SocketWord.Fd, SocketWord.Family, SocketWord.Type, SocketWord.Proto].map(
    (word) => H[self + word],
  );
  return newStr(rt, `<socket object, fd=${fd}, family=${family}, type=${type}, proto=${proto}>`);
}

/** A socket that dies open is closed, with a warning. Source: CPython 3.12 sock_finalize. @runsPython */
function finalizeSocket(rt: Runtime, self: Ref): void {
  if (rt.words[self + SocketWord.Fd] === -1) return;
  warnUnclosed(rt, self, `unclosed ${textOf(rt, self)}`);
  closeSocket(rt, self);
}

/** `repr(socket)` for a finalizer, which must not throw; the exception that is pending stays so. @runsPython */
function textOf(rt: Runtime, self: Ref): string {
  const pending = takeException(rt);
  if (pending !== 0) temp(rt, pending);
  const m = mark(rt);
  let text = '<socket object>';
  try {
    text = reprText(rt, self);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
  if (pending !== 0) restoreException(rt, untemp(rt, pending));
  return text;
}

const unsigned = { unsigned: true };

defineType({
  ref: SOCKET,
  name: '_socket.socket',
  heapType: 'immutable',
  basicSize: 56,
  words: SocketWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  doc: 'socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\n\nA socket; here only the ends of socketpair().',
  slots: { new: socketNew, init: socketInit, repr: socketRepr, finalize: finalizeSocket as HeapSlot },
  methods: [
    native('accept()', refuse, unsigned),
    native('_accept()', refuse, unsigned),
    native('bind(address, /)', refuse, unsigned),
    native('connect(address, /)', refuse, unsigned),
    native('connect_ex(address, /)', (rt, self) => (open(rt, self), newInt(rt, Errno.NotSupported)), unsigned),
    native('listen(backlog=0, /)', refuse, unsigned),
    native('close()', close, unsigned),
    native('detach()', detach, unsigned),
    native('fileno()', (rt, self) => newInt(rt, rt.words[self + SocketWord.Fd]), unsigned),
    native('getpeername()', (rt, self) => (open(rt, self), newStr(rt, '')), unsigned),
    native('getsockname()', (rt, self) => (open(rt, self), newStr(rt, '')), unsigned),
    native('getsockopt(level, option, buflen=0, /)', getOption, unsigned),
    native('setsockopt(level, option, value, optlen=0, /)', setOption, unsigned),
    native('gettimeout()', getTimeout, unsigned),
    native('getblocking()', (rt, self) => pyBool(timeoutOf(rt, self) !== 0) as Owned, unsigned),
    native(
      'setblocking(flag, /)',
      (rt, self, flag) => (setTimeoutOf(rt, self, isTrue(rt, flag) ? -1 : 0), none()),
      unsigned,
    ),
    native(
      'settimeout(timeout, /)',
      (rt, self, value) => (setTimeoutOf(rt, self, timeoutArgument(rt, value)), none()),
      unsigned,
    ),
    blocking(native('recv(buffersize, flags=0, /)', recv, unsigned)),
    native('recv_into(buffer, nbytes=0, flags=0)', recvInto, unsigned),
    native('recvfrom(buffersize, flags=0, /)', recvFrom, unsigned),
    native('send(data, flags=0, /)', send, unsigned),
    native('sendall(data, flags=0, /)', sendAll, unsigned),
    native('shutdown(how, /)', shutdown, unsigned),
  ],
  members: [
    member('family', SocketWord.Family, MemberKind.Number, true, 'the socket family'),
    member('type', SocketWord.Type, MemberKind.Number, true, 'the socket type'),
    member('proto', SocketWord.Proto, MemberKind.Number, true, 'the socket protocol'),
  ],
  getset: [getset('timeout', getTimeout, null, 'the socket timeout')],
});
