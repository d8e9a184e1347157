/** The module `_sre`: what `re` is built on. */
import type { Owned, Ref } from '@moult/heap';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { setTake } from '../make.ts';
import { lowerAscii, lowerUnicode, upperUnicode } from './characters.ts';
import { Sre } from './opcodes.ts';
import { newPattern } from './pattern.ts';
import { newTemplate } from './template.ts';

function compile(rt: Runtime, _module: Ref, ...args: Ref[]): Owned {
  const [pattern = 0, flags = 0, code = 0, groups = 0, groupIndex = 0, indexGroup = 0] = args;
  return newPattern(rt, pattern, flags, code, groups, groupIndex, indexGroup);
}

/** A function of a character. */
function onCharacter(compute: (rt: Runtime, ch: number) => Owned): (rt: Runtime, module: Ref, character: Ref) => Owned {
  return (rt, _module, character) => compute(rt, asSsize(rt, character));
}

const isAsciiCased = (ch: number): boolean => ch < 128 && /[a-z]/i.test(String.fromCharCode(ch));
const isUnicodeCased = (ch: number): boolean => lowerUnicode(ch) !== ch || upperUnicode(ch) !== ch;

defineModule({
  name: '_sre',
  functions: [
    native('compile($module, /, pattern, flags, code, groups, groupindex, indexgroup)', compile),
    native('template($module, pattern, template, /)', newTemplate),
    native('getcodesize($module, /)', (rt) => newInt(rt, Sre.CodeSize)),
    native(
      'ascii_iscased($module, character, /)',
      onCharacter((_rt, ch) => pyBool(isAsciiCased(ch)) as Owned),
    ),
    native(
      'unicode_iscased($module, character, /)',
      onCharacter((_rt, ch) => pyBool(isUnicodeCased(ch)) as Owned),
    ),
    native(
      'ascii_tolower($module, character, /)',
      onCharacter((rt, ch) => newInt(rt, lowerAscii(ch))),
    ),
    native(
      'unicode_tolower($module, character, /)',
      onCharacter((rt, ch) => newInt(rt, lowerUnicode(ch))),
    ),
  ],
  populate: (rt, dict) => {
    setTake(rt, dict, 'MAGIC', newInt(rt, Sre.Magic));
    setTake(rt, dict, 'CODESIZE', newInt(rt, Sre.CodeSize));
    setTake(rt, dict, 'MAXREPEAT', newInt(rt, 4294967295));
    setTake(rt, dict, 'MAXGROUPS', newInt(rt, Sre.MaxGroups));
    setTake(rt, dict, 'copyright', newStr(rt, ' SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB '));
  },
});
