/** What `site` adds to the built-ins: `exit`, `quit`, `copyright`, `credits`, `license`, `help`. */
import { allocObject, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple, vectorcall } from '../core/call.ts';
import { none, raiseTake } from '../core/errors.ts';
import { createException } from '../core/exceptions.ts';
import { getset, native, nativeRaw } from '../core/native.ts';
import { getAttrText } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { temp } from '../core/temps.ts';
import { tupleItem, tupleSize } from '../core/tuple.ts';
import { defineType, moduleType } from '../core/type-spec.ts';
import { setTake } from './make.ts';
import { standardFile, writeFile } from './sys/streams.ts';

const enum SiteWord {
  /** Index into `ENTRIES`. */
  Entry = 2,
  Words = 4,
}

interface Entry {
  readonly name: string;
  readonly type: Ref;
  readonly text: string;
}

const QUITTER = moduleType();
const PRINTER = moduleType();
const HELPER = moduleType();

const leaving = (name: string): string => `Use ${name}() or Ctrl-D (i.e. EOF) to exit`;

const ENTRIES: readonly Entry[] = [
  { name: 'quit', type: QUITTER, text: leaving('quit') },
  { name: 'exit', type: QUITTER, text: leaving('exit') },
  {
    name: 'copyright',
    type: PRINTER,
    text: 'Moult is free software (MIT).\nThe standard library is copyright (c) 2001-2023 Python Software Foundation.\nAll Rights Reserved.',
  },
  {
    name: 'credits',
    type: PRINTER,
    text: 'Moult follows CPython. Thanks to all who made Python. See www.python.org for more information.',
  },
  { name: 'license', type: PRINTER, text: 'Type license() to see the full license text' },
  { name: 'help', type: HELPER, text: 'Type help() for interactive help, or help(object) for help about object.' },
];

function entryOf(rt: Runtime, self: Ref): Entry {
  return ENTRIES[rt.words[self + SiteWord.Entry]] ?? ENTRIES[0]!;
}

function repr(rt: Runtime, self: Ref): Owned {
  return newStr(rt, entryOf(rt, self).text);
}

function quit(rt: Runtime, _self: Ref, args: Ref, _kwargs: Ref): Owned {
  const code = tupleSize(rt, args) === 0 ? S.None : tupleItem(rt, args, 0);
  return raiseTake(rt, createException(rt, T.SystemExit, newRef(rt, code)));
}

function print(rt: Runtime, self: Ref): Owned {
  writeFile(rt, standardFile(rt, 'stdout'), `${entryOf(rt, self).text}\n`);
  return none();
}

/** `pydoc.help`: a temporary. @runsPython */
function pydocHelp(rt: Runtime): Ref {
  return temp(rt, getAttrText(rt, temp(rt, rt.importModule('pydoc')), 'help'));
}

function help(rt: Runtime, _self: Ref, args: Ref, kwargs: Ref): Owned {
  return callWithTuple(rt, pydocHelp(rt), args, kwargs);
}

const NAME = getset('name', (rt, self) => newStr(rt, entryOf(rt, self).name));

// CPython has these classes in Python: `__call__` is a function there, with a signature that `inspect` finds.
const QUIT = native('__call__($self, /, code=None)', (rt, _self, code) =>
  raiseTake(rt, createException(rt, T.SystemExit, newRef(rt, code || S.None))),
);
const PRINT = native('__call__($self, /)', print);
const HELP = nativeRaw(
  '__call__',
  (rt, _self, args = 0, nargs = 0, kwnames = 0) => vectorcall(rt, pydocHelp(rt), args, nargs, kwnames),
  { keywords: true, signature: '($self, /, *args, **kwds)' },
);

for (const [ref, name, call, methods] of [
  [QUITTER, '_sitebuiltins.Quitter', quit, [QUIT]],
  [PRINTER, '_sitebuiltins._Printer', print, [PRINT]],
  [HELPER, '_sitebuiltins._Helper', help, [HELP]],
] as const) {
  defineType({ ref, name, basicSize: 8 * SiteWord.Words, slots: { repr, call }, methods, getset: [NAME] });
}

/** Adds the entries to the built-ins. */
export function addSiteBuiltins(rt: Runtime, builtins: Ref): void {
  ENTRIES.forEach(({ name, type }, i) => {
    const object = allocObject(rt, type, SiteWord.Words);
    rt.words[object + SiteWord.Entry] = i;
    setTake(rt, builtins, name, object);
  });
}
