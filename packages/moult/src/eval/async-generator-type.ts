/** The type `async_generator`. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { GeneratorWord } from '../core/layout/frame.ts';
import { getset, member, MemberKind, native, nativeRaw } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { temp, untemp } from '../core/temps.ts';
import { tupleFromWords } from '../core/tuple.ts';
import { defineType } from '../core/type-spec.ts';
import { classGetItemMethod } from '../objects/class-getitem.ts';
import { newASend, newAThrow } from './async-generator-awaitables.ts';
import { initHooks } from './async-generator.ts';
import { warnOldThrow } from './generator-throw.ts';
import {
  BASIC,
  finalizeGenerator,
  generatorRepr,
  getCode,
  getDelegate,
  getFrame,
  getSuspended,
  NAME,
  QUALNAME,
  SIZEOF,
} from './generator-types.ts';

function anext(rt: Runtime, self: Ref): Owned {
  return asend(rt, self, 0);
}

function asend(rt: Runtime, self: Ref, value: Ref): Owned {
  initHooks(rt, self);
  return newASend(rt, self, value);
}

function athrow(rt: Runtime, self: Ref, args: number, nargs: number): Owned {
  const tuple = temp(rt, tupleFromWords(rt, args, nargs));
  if (nargs > 1) warnOldThrow(rt, 'athrow', rt.words[args + 1]);
  initHooks(rt, self);
  return newAThrow(rt, self, untemp(rt, tuple));
}

function aclose(rt: Runtime, self: Ref): Owned {
  initHooks(rt, self);
  return newAThrow(rt, self, 0 as Owned);
}

defineType({
  ref: T.asyncGenerator,
  name: 'async_generator',
  ...BASIC,
  slots: { repr: generatorRepr, amAiter: (rt, self) => newRef(rt, self), amAnext: anext, finalize: finalizeGenerator },
  methods: [
    native('asend(value, /)', asend, { unsigned: true, doc: "asend(v) -> send 'v' in generator." }),
    nativeRaw('athrow', athrow, { doc: 'Raises an exception where the body is suspended, once awaited.' }),
    native('aclose()', aclose, { unsigned: true, doc: 'aclose() -> raise GeneratorExit inside generator.' }),
    SIZEOF,
    classGetItemMethod(),
  ],
  members: [member('ag_running', GeneratorWord.RunningAsync, MemberKind.Bool)],
  getset: [
    NAME,
    QUALNAME,
    getset('ag_await', getDelegate, null, 'object being awaited on, or None'),
    getset('ag_frame', getFrame),
    getset('ag_code', getCode),
    getset('ag_suspended', getSuspended),
  ],
});
