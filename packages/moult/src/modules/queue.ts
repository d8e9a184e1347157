/** The module `_queue`: `SimpleQueue`, on which threads can wait. */
import { genericAlloc, LayoutKind, newRef, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../core/dict/index.ts';
import { none, overflowError, raiseEmpty, typeError, valueError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { listAppend, listItem, listLength, listSetItem, listSlice, newList } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import { isTrue } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { asSsize } from '../core/ssize.ts';
import { pyBool, S, T } from '../core/static.ts';
import { temp, untemp } from '../core/temps.ts';
import { blocking, defineWait, wakeOne } from '../core/threads.ts';
import { tupleSize } from '../core/tuple.ts';
import { defineType, moduleType } from '../core/type-spec.ts';
import { isInstance } from '../core/types.ts';
import { waitFor } from '../eval/threads/wait.ts';
import { classGetItemMethod } from '../objects/class-getitem.ts';
import { toFloat } from '../objects/float/convert.ts';
import { refuseKeywords } from './arguments.ts';
import { exceptionClass } from './exceptions.ts';
import { TIMEOUT_MAX } from './thread/lock.ts';

const QUEUE = moduleType();
const EMPTY = exceptionClass('_queue.Empty', T.Exception, [], 'Exception raised by Queue.get(block=0)/get_nowait().');

/** `simplequeueobject` (56 bytes): the items are those of the list from `First` on; before them are Nones. */
const enum QueueWord {
  Items = 4,
  First = 5,
  WeakList = 6,
  Words = 7,
}

function queueNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  if (type === QUEUE && tupleSize(rt, args) > 0) typeError(rt, 'SimpleQueue() takes no positional arguments');
  if (type === QUEUE) refuseKeywords(rt, 'SimpleQueue', kwargs);
  const queue = temp(rt, genericAlloc(rt, type));
  setWord(rt, queue + QueueWord.Items, newList(rt, 0));
  return untemp(rt, queue);
}

function length(rt: Runtime, queue: Ref): number {
  return listLength(rt, rt.words[queue + QueueWord.Items]) - rt.words[queue + QueueWord.First];
}

function put(rt: Runtime, queue: Ref, item: Ref): Owned {
  listAppend(rt, rt.words[queue + QueueWord.Items], item);
  wakeOne(rt, queue);
  return none();
}

/** Takes the first item. Source: CPython 3.12 simplequeue_pop_item. */
function take(rt: Runtime, queue: Ref): Owned {
  const H = rt.words;
  const items = H[queue + QueueWord.Items];
  const first = H[queue + QueueWord.First]++;
  const item = newRef(rt, listItem(rt, items, first));
  listSetItem(rt, items, first, S.None as Ref as Owned);
  const count = listLength(rt, items);
  if (H[queue + QueueWord.First] > count / 2) {
    temp(rt, item);
    setWord(rt, queue + QueueWord.Items, listSlice(rt, items, H[queue + QueueWord.First], count));
    H[queue + QueueWord.First] = 0;
    return untemp(rt, item);
  }
  return item;
}

const GET = defineWait((rt, queue, _with, timedOut) => {
  if (length(rt, queue) > 0) return take(rt, queue);
  return timedOut ? raiseEmpty(rt, EMPTY) : 0;
});

function get(rt: Runtime, queue: Ref, block: Ref, timeout: Ref): Owned {
  const waits = block === 0 || isTrue(rt, block);
  let seconds = -1;
  if (waits && timeout !== 0 && timeout !== S.None) {
    seconds = isInstance(rt, timeout, T.float) ? toFloat(rt, timeout) : asSsize(rt, timeout);
    if (seconds > TIMEOUT_MAX) overflowError(rt, 'timestamp out of range for platform time_t');
    if (seconds < 0) valueError(rt, "'timeout' must be a non-negative number");
  }
  if (length(rt, queue) > 0) return take(rt, queue);
  if (!waits || seconds === 0) raiseEmpty(rt, EMPTY);
  return waitFor(rt, GET, queue, 0, seconds);
}

defineType({
  ref: QUEUE,
  name: '_queue.SimpleQueue',
  heapType: 'immutable',
  basicSize: 8 * QueueWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [QueueWord.Items],
  weakListWord: QueueWord.WeakList,
  doc: 'SimpleQueue()\n--\n\nSimple, unbounded, reentrant FIFO queue.',
  slots: { new: queueNew },
  methods: [
    native('put($self, /, item, block=True, timeout=None)', put, {
      doc: "Put the item on the queue.\n\nThe optional 'block' and 'timeout' arguments are ignored, as this method never blocks.",
    }),
    native('put_nowait($self, /, item)', put, { doc: 'Put an item into the queue without blocking.' }),
    blocking(
      native('get($self, /, block=True, timeout=None)', get, { doc: 'Remove and return an item from the queue.' }),
    ),
    native('get_nowait($self, /)', (rt, queue) => (length(rt, queue) > 0 ? take(rt, queue) : raiseEmpty(rt, EMPTY)), {
      doc: 'Remove and return an item from the queue without blocking.',
    }),
    native('empty($self, /)', (rt, queue) => pyBool(length(rt, queue) === 0) as Owned, {
      doc: 'Return True if the queue is empty, False otherwise (not reliable!).',
    }),
    native('qsize($self, /)', (rt, queue) => newInt(rt, length(rt, queue)), {
      doc: 'Return the approximate size of the queue (not reliable!).',
    }),
    classGetItemMethod(),
  ],
});

defineModule({
  name: '_queue',
  doc: 'C implementation of the Python queue module.\nThis module is an implementation detail, please do not use it directly.',
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'SimpleQueue', QUEUE);
    dictSetText(rt, dict, 'Empty', EMPTY);
  },
});
