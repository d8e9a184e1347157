/** The module `select`: waiting for descriptors. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listAppend, listFromIterable, listItem, listLength, newList } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { blocking, defineWait } from '../../core/threads.ts';
import { tupleItem, tupleOf } from '../../core/tuple.ts';
import { isInstance, isInt, isIterable } from '../../core/types.ts';
import { waitFor } from '../../eval/threads/wait.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { setTake } from '../make.ts';
import { watchDescriptors } from '../socket/endpoint.ts';
import { EPOLL, newPoll } from './poll.ts';
import { hasHostDescriptor, napUntil } from './host-wait.ts';
import { descriptorOf, Poll, readyBits } from './ready.ts';

/** One more than the highest descriptor that fits `fd_set`. */
const SET_SIZE = 1024;

/** What `select` asks of the members of its three lists. */
const WANTED = [Poll.In, Poll.Out, Poll.Priority];

/** Those of a list that are ready, as a list. @runsPython */
function readyOf(rt: Runtime, list: Ref, wanted: number): Owned {
  const found = newList(rt, 0);
  temp(rt, found);
  for (let i = 0; i < listLength(rt, list); i++) {
    const o = listItem(rt, list, i);
    const bits = readyBits(rt, descriptorOf(rt, o), wanted);
    const hung = wanted === (Poll.In as number) ? Poll.HangUp : 0;
    if ((bits & (wanted | hung)) !== 0) listAppend(rt, found, o);
  }
  return newRef(rt, found);
}

/** Three lists of those that are ready; 0 if nobody is. `lists` is a tuple of three lists. */
function readyLists(rt: Runtime, lists: Ref, late: boolean): Owned | 0 {
  const found = WANTED.map((wanted, i) => temp(rt, readyOf(rt, tupleItem(rt, lists, i), wanted)));
  if (!late && found.every((list) => listLength(rt, list) === 0)) return 0;
  return tupleOf(rt, ...found);
}

const SELECT = watchDescriptors(
  defineWait((rt, _on, lists, timedOut) => {
    const m = tempMark(rt);
    const result = readyLists(rt, lists, timedOut);
    if (result !== 0) return releaseKeeping(rt, m, result);
    releaseTemps(rt, m);
    return 0;
  }),
);

function listArgument(rt: Runtime, o: Ref): Ref {
  if (!isIterable(rt, o)) typeError(rt, 'arguments 1-3 must be sequences');
  const list = temp(rt, listFromIterable(rt, o));
  for (let i = 0; i < listLength(rt, list); i++) {
    if (descriptorOf(rt, listItem(rt, list, i)) >= SET_SIZE) valueError(rt, 'filedescriptor out of range in select()');
  }
  return list;
}

function descriptors(rt: Runtime, list: Ref): number[] {
  return Array.from({ length: listLength(rt, list) }, (_, i) => descriptorOf(rt, listItem(rt, list, i)));
}

function timeoutArgument(rt: Runtime, o: Ref): number {
  if (o === 0 || o === S.None) return -1;
  if (!isInt(rt, o) && !isInstance(rt, o, T.float)) typeError(rt, 'timeout must be a float or None');
  const seconds = toFloat(rt, o);
  if (seconds < 0) valueError(rt, 'timeout must be non-negative');
  return seconds;
}

function select(rt: Runtime, _module: Ref, r: Ref, w: Ref, x: Ref, timeout: Ref): Owned {
  const seconds = timeoutArgument(rt, timeout);
  const lists = temp(rt, tupleOf(rt, listArgument(rt, r), listArgument(rt, w), listArgument(rt, x)));
  const result = readyLists(rt, lists, seconds === 0);
  if (result !== 0) return result;
  const all = WANTED.flatMap((_, i) => descriptors(rt, tupleItem(rt, lists, i)));
  if (!hasHostDescriptor(rt, all)) return waitFor(rt, SELECT, 0, newRef(rt, lists), seconds);
  return napUntil(rt, seconds, () => readyLists(rt, lists, false)) || (readyLists(rt, lists, true) as Owned);
}

const NUMBERS = {
  IN: 1,
  PRI: 2,
  OUT: 4,
  ERR: 8,
  HUP: 16,
  RDNORM: 64,
  RDBAND: 128,
  WRNORM: 256,
  WRBAND: 512,
  MSG: 1024,
  RDHUP: 0x2000,
};
const EPOLL_ONLY = {
  EPOLLET: 0x8000_0000,
  EPOLLONESHOT: 0x4000_0000,
  EPOLLEXCLUSIVE: 0x1000_0000,
  EPOLL_CLOEXEC: 0x80000,
};

defineModule({
  name: 'select',
  doc: 'This module supports asynchronous I/O on multiple file descriptors.',
  functions: [
    blocking(native('select($module, rlist, wlist, xlist, timeout=None, /)', select)),
    native('poll($module, /)', newPoll),
  ],
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'error', T.OSError);
    dictSetText(rt, dict, 'epoll', EPOLL);
    for (const [name, value] of Object.entries(NUMBERS)) {
      setTake(rt, dict, `POLL${name}`, newInt(rt, value));
      setTake(rt, dict, `EPOLL${name}`, newInt(rt, value));
    }
    setTake(rt, dict, 'POLLNVAL', newInt(rt, Poll.Invalid));
    for (const [name, value] of Object.entries(EPOLL_ONLY)) setTake(rt, dict, name, newInt(rt, value));
    setTake(rt, dict, 'PIPE_BUF', newInt(rt, 4096));
  },
});
