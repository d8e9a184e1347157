/** Saving what iterators give: items of a list, pairs of a dict. */
import { TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { iterNext } from '../../core/protocol/index.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { tupleSize } from '../../core/tuple.ts';
import { isTuple } from '../../core/types.ts';
import { BATCH, Op } from './opcodes.ts';
import type { Saver } from './saver.ts';

/** Appends what an iterator gives to the list saved last. Source: CPython 3.12 batch_list. @runsPython */
export function saveAppended(s: Saver, it: Ref): void {
  saveBatches(s, it, Op.Append, Op.Appends, (item) => {
    s.save(s, item);
  });
}

/** Sets the pairs that an iterator gives in the dict saved last. Source: CPython 3.12 batch_dict. @runsPython */
export function savePairs(s: Saver, it: Ref): void {
  const { rt } = s;
  saveBatches(s, it, Op.SetItem, Op.SetItems, (pair) => {
    if (!isTuple(rt, pair) || tupleSize(rt, pair) !== 2) typeError(rt, 'dict items iterator must return 2-tuples');
    s.save(s, rt.words[pair + TupleWord.Items]);
    s.save(s, rt.words[pair + TupleWord.Items + 1]);
  });
}

/** All items of an iterator: one by one in protocol 0, else in batches behind a mark; a batch of one needs none. */
function saveBatches(s: Saver, it: Ref, single: Op, many: Op, saveItem: (item: Ref) => void): void {
  const { rt, out } = s;
  const saveNext = (item: Ref): void => {
    saveItem(item);
    dropTemp(rt, item);
  };
  const next = (): Ref => {
    const item = iterNext(rt, it);
    return item === 0 ? 0 : temp(rt, item);
  };
  if (s.proto === 0) {
    for (let item = next(); item !== 0; item = next()) {
      saveNext(item);
      out.byte(single);
    }
    return;
  }
  for (let count = BATCH; count === BATCH;) {
    const first = next();
    if (first === 0) return;
    const second = next();
    if (second === 0) {
      saveNext(first);
      out.byte(single);
      return;
    }
    out.byte(Op.Mark);
    saveItem(first);
    saveNext(second);
    dropTemp(rt, first);
    count = 2;
    for (let item = next(); item !== 0; item = count < BATCH ? next() : 0) {
      saveNext(item);
      count++;
    }
    out.byte(many);
  }
}
