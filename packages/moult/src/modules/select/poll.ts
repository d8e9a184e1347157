/** `select.poll` and `select.epoll`: a dict from descriptors to the events that are asked for. */
import { genericAlloc, LayoutKind, newRef, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDelete, dictGet, dictKeyAt, dictNext, dictSet, dictValueAt, newDict } from '../../core/dict/index.ts';
import { keyError, none, overflowError, typeError, valueError } from '../../core/errors.ts';
import type { HeapSlot } from '../../core/functions.ts';
import { newInt, safeIntValue } from '../../core/int.ts';
import { listAppend, listLength, newList } from '../../core/list.ts';
import { getset, native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { blocking, defineWait } from '../../core/threads.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isInstance, isInt } from '../../core/types.ts';
import { waitFor } from '../../eval/threads/wait.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { parseArguments } from '../arguments.ts';
import { raiseErrno } from '../posix/paths.ts';
import { closeEndpoint, EndpointFlag, openEndpoint, watchDescriptors } from '../socket/endpoint.ts';
import { hasHostDescriptor, isOpen, napUntil, requireWatchable } from './host-wait.ts';
import { descriptorOf, Poll, readyBits } from './ready.ts';

export const EPOLL = moduleType();
export const POLL = moduleType();

/** `pyEpoll_Object` (24 bytes) and `pollObject`; `Fd` is the epoll's own descriptor, −1 once it is closed. */
const enum PollWord {
  Fd = 2,
  Events = 3,
  Words = 4,
}
const enum Errno {
  NoEntry = 2,
  BadFile = 9,
  Exists = 17,
  Invalid = 22,
}

const DEFAULT_POLL = Poll.In | Poll.Priority | Poll.Out;
const MILLISECONDS = 1000;

/** Appends `(key, bits)` to a list. */
function addPair(rt: Runtime, list: Ref, key: Ref, bits: number): void {
  const number = temp(rt, newInt(rt, bits));
  const pair = temp(rt, tupleOf(rt, key, number));
  listAppend(rt, list, pair);
  dropTemp(rt, pair);
  dropTemp(rt, number);
}

/** Descriptors that are ready, as a list of pairs, at most `limit`. */
function readyList(rt: Runtime, self: Ref, limit: number): Owned {
  const events = rt.words[self + PollWord.Events];
  const list = temp(rt, newList(rt, 0));
  for (let i = dictNext(rt, events, 0); i >= 0 && listLength(rt, list) < limit; i = dictNext(rt, events, i + 1)) {
    const key = dictKeyAt(rt, events, i);
    const bits = readyBits(rt, safeIntValue(rt, key), safeIntValue(rt, dictValueAt(rt, events, i)));
    if (bits !== 0) addPair(rt, list, key, bits);
  }
  return untemp(rt, list);
}

/** `with` is the limit. */
const READY = watchDescriptors(
  defineWait((rt, self, limit, timedOut) => {
    const list = temp(rt, readyList(rt, self, safeIntValue(rt, limit)));
    if (listLength(rt, list) > 0 || timedOut) return untemp(rt, list);
    dropTemp(rt, list);
    return 0;
  }),
);

/** As `readyList`, 0 if there are none. */
function readyOrNothing(rt: Runtime, self: Ref, limit: number): Owned | 0 {
  const list = temp(rt, readyList(rt, self, limit));
  if (listLength(rt, list) > 0) return untemp(rt, list);
  dropTemp(rt, list);
  return 0;
}

function descriptors(rt: Runtime, self: Ref): number[] {
  const events = rt.words[self + PollWord.Events];
  const found: number[] = [];
  for (let i = dictNext(rt, events, 0); i >= 0; i = dictNext(rt, events, i + 1))
    found.push(safeIntValue(rt, dictKeyAt(rt, events, i)));
  return found;
}

/** Waits up to `seconds` (negative: without end) for ready descriptors. */
function waitReady(rt: Runtime, self: Ref, limit: number, seconds: number): Owned {
  const list = temp(rt, readyList(rt, self, limit));
  if (listLength(rt, list) > 0 || seconds === 0) return untemp(rt, list);
  dropTemp(rt, list);
  if (hasHostDescriptor(rt, descriptors(rt, self)))
    return napUntil(rt, seconds, () => readyOrNothing(rt, self, limit)) || newList(rt, 0);
  return waitFor(rt, READY, self, newInt(rt, limit), seconds);
}

function timeoutArgument(rt: Runtime, o: Ref): number {
  if (o === 0 || o === S.None) return -1;
  if (!isInt(rt, o) && !isInstance(rt, o, T.float)) typeError(rt, 'timeout must be an integer or None');
  return toFloat(rt, o);
}

/** The events asked for of a descriptor, borrowed; 0 if it is not registered. */
function eventsOf(rt: Runtime, self: Ref, fd: number): Ref {
  const key = temp(rt, newInt(rt, fd));
  const found = dictGet(rt, rt.words[self + PollWord.Events], key);
  dropTemp(rt, key);
  return found;
}

function setEvents(rt: Runtime, self: Ref, fd: number, bits: number): void {
  const key = temp(rt, newInt(rt, fd));
  const value = temp(rt, newInt(rt, bits));
  dictSet(rt, rt.words[self + PollWord.Events], key, value);
  dropTemp(rt, value);
  dropTemp(rt, key);
}

function forget(rt: Runtime, self: Ref, fd: number): void {
  const key = temp(rt, newInt(rt, fd));
  dictDelete(rt, rt.words[self + PollWord.Events], key);
  dropTemp(rt, key);
}

/** `select.poll()` */
export function newPoll(rt: Runtime): Owned {
  const self = temp(rt, genericAlloc(rt, POLL));
  setWord(rt, self + PollWord.Events, newDict(rt));
  return untemp(rt, self);
}

function maskArgument(rt: Runtime, o: Ref): number {
  const bits = o === 0 ? DEFAULT_POLL : asSsize(rt, o);
  if (bits < 0) valueError(rt, 'value must be positive');
  if (bits > MAX_MASK) overflowError(rt, 'Python int too large to convert to C unsigned short');
  return bits;
}

const MAX_MASK = 0xffff;

function pollRegister(rt: Runtime, self: Ref, o: Ref, mask: Ref): Owned {
  setEvents(rt, self, descriptorOf(rt, o), maskArgument(rt, mask));
  return none();
}

function pollModify(rt: Runtime, self: Ref, o: Ref, mask: Ref): Owned {
  const fd = descriptorOf(rt, o);
  if (eventsOf(rt, self, fd) === 0) raiseErrno(rt, Errno.NoEntry, 0);
  setEvents(rt, self, fd, maskArgument(rt, mask));
  return none();
}

function pollUnregister(rt: Runtime, self: Ref, o: Ref): Owned {
  const fd = descriptorOf(rt, o);
  if (eventsOf(rt, self, fd) === 0) keyError(rt, temp(rt, newInt(rt, fd)));
  forget(rt, self, fd);
  return none();
}

function pollPoll(rt: Runtime, self: Ref, timeout: Ref): Owned {
  const milliseconds = timeoutArgument(rt, timeout);
  return waitReady(rt, self, MAX_EVENTS, milliseconds < 0 ? -1 : milliseconds / MILLISECONDS);
}

/** No limit. */
const MAX_EVENTS = 0x3fff_ffff;

defineType({
  ref: POLL,
  name: 'select.poll',
  heapType: 'mutable',
  basicSize: 8 * PollWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [PollWord.Events],
  methods: [
    native('register($self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /)', pollRegister),
    native('modify($self, fd, eventmask, /)', pollModify),
    native('unregister($self, fd, /)', pollUnregister),
    blocking(native('poll($self, timeout=None, /)', pollPoll)),
  ],
});

function epollNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [size = 0] = parseArguments(rt, 'epoll', ['sizehint', 'flags'], 0, args, kwargs);
  const hint = size === 0 ? -1 : asSsize(rt, size);
  if (hint !== -1 && hint <= 0) valueError(rt, 'negative sizehint');
  const self = temp(rt, genericAlloc(rt, type));
  setWord(rt, self + PollWord.Events, newDict(rt));
  rt.words[self + PollWord.Fd] = openEndpoint(rt, EndpointFlag.Watcher);
  return untemp(rt, self);
}

function requireOpen(rt: Runtime, self: Ref): void {
  if (rt.words[self + PollWord.Fd] < 0) valueError(rt, 'I/O operation on closed epoll object');
}

/** The descriptor of `o`, which must be one that can be waited for. */
function watchable(rt: Runtime, self: Ref, o: Ref): number {
  requireOpen(rt, self);
  const fd = descriptorOf(rt, o);
  requireWatchable(rt, fd);
  if (fd === rt.words[self + PollWord.Fd]) raiseErrno(rt, Errno.Invalid, 0);
  return fd;
}

function epollRegister(rt: Runtime, self: Ref, o: Ref, mask: Ref): Owned {
  const fd = watchable(rt, self, o);
  if (eventsOf(rt, self, fd) !== 0) raiseErrno(rt, Errno.Exists, 0);
  setEvents(rt, self, fd, mask === 0 ? DEFAULT_POLL : asSsize(rt, mask));
  return none();
}

function epollModify(rt: Runtime, self: Ref, o: Ref, mask: Ref): Owned {
  const fd = watchable(rt, self, o);
  if (eventsOf(rt, self, fd) === 0) raiseErrno(rt, Errno.NoEntry, 0);
  setEvents(rt, self, fd, asSsize(rt, mask));
  return none();
}

function epollUnregister(rt: Runtime, self: Ref, o: Ref): Owned {
  const fd = watchable(rt, self, o);
  if (eventsOf(rt, self, fd) === 0) raiseErrno(rt, Errno.NoEntry, 0);
  forget(rt, self, fd);
  return none();
}

function epollPoll(rt: Runtime, self: Ref, timeout: Ref, maximum: Ref): Owned {
  requireOpen(rt, self);
  const seconds = timeoutArgument(rt, timeout);
  const limit = maximum === 0 ? -1 : asSsize(rt, maximum);
  if (limit !== -1 && limit <= 0) valueError(rt, `maxevents must be greater than 0, got ${limit}`);
  forgetClosed(rt, self);
  return waitReady(rt, self, limit === -1 ? MAX_EVENTS : limit, seconds < 0 ? -1 : seconds);
}

/** A closed descriptor is no longer watched. */
function forgetClosed(rt: Runtime, self: Ref): void {
  const events = rt.words[self + PollWord.Events];
  for (let i = dictNext(rt, events, 0); i >= 0; i = dictNext(rt, events, i + 1)) {
    const fd = safeIntValue(rt, dictKeyAt(rt, events, i));
    if (!isOpen(rt, fd)) forget(rt, self, fd);
  }
}

function epollClose(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const fd = H[self + PollWord.Fd];
  if (fd < 0) return none();
  H[self + PollWord.Fd] = -1;
  closeEndpoint(rt, fd);
  return none();
}

function fileno(rt: Runtime, self: Ref): Owned {
  requireOpen(rt, self);
  return newInt(rt, rt.words[self + PollWord.Fd]);
}

defineType({
  ref: EPOLL,
  name: 'select.epoll',
  heapType: 'mutable',
  genericAccess: 'get',
  basicSize: 24,
  words: PollWord.Words,
  layout: LayoutKind.Fixed,
  owned: [PollWord.Events],
  doc: 'select.epoll(sizehint=-1, flags=0)\n\nReturns an epolling object.',
  slots: { new: epollNew, finalize: epollClose as unknown as HeapSlot },
  methods: [
    native('close($self, /)', epollClose),
    native('fileno($self, /)', fileno),
    native('register($self, /, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT)', epollRegister),
    native('modify($self, /, fd, eventmask)', epollModify),
    native('unregister($self, /, fd)', epollUnregister),
    blocking(native('poll($self, /, timeout=None, maxevents=-1)', epollPoll)),
    native('__enter__($self, /)', (rt, self) => (requireOpen(rt, self), newRef(rt, self))),
    native('__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)', epollClose),
  ],
  getset: [
    getset(
      'closed',
      (rt, self) => pyBool(rt.words[self + PollWord.Fd] < 0) as Owned,
      null,
      'True if the epoll handler is closed',
    ),
  ],
});
