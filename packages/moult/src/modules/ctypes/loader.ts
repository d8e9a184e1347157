/** `ctypes.LibraryLoader`. There are no shared libraries here: loading one fails as it does for a file that is not there. */
import { gcNew, LayoutKind, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import { strTextOf } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { bindNew, parameters } from '../../core/bind-new.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';

export const LIBRARY_LOADER = moduleType();

/** `DllType` is owned: what is called with the name of a library. */
const enum LoaderWord {
  DllType = 2,
  Words = 4,
}

const PARAMETERS = parameters('LibraryLoader(dlltype)');

function newLoader(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const [dllType = 0] = bindNew(rt, PARAMETERS, args, kwargs);
  const loader = gcNew(rt, LIBRARY_LOADER);
  rt.words[loader + LoaderWord.DllType] = newRef(rt, dllType);
  track(rt, loader);
  return loader;
}

function load(rt: Runtime, _self: Ref, name: Ref): Owned {
  return raise(rt, T.OSError, `${strTextOf(rt, name)}: cannot open shared object file: No such file or directory`);
}

defineType({
  ref: LIBRARY_LOADER,
  name: 'ctypes.LibraryLoader',
  basicSize: 8 * LoaderWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [LoaderWord.DllType],
  slots: { new: newLoader },
  methods: [native('LoadLibrary($self, name, /)', load), classGetItemMethod()],
});
