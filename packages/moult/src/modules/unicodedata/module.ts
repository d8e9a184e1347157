/** The module `unicodedata`, and its object `ucd_3_2_0`. */
import { genericAlloc, LayoutKind, newRef, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { keyError, typeError, valueError } from '../../core/errors.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { argumentName, isStr, kindName } from '../../core/types.ts';
import { normalizeText } from '../../text/normalize.ts';
import type { NormalForm } from '../../text/normalize.ts';
import { characterName, decompositionOf, numbersOf, propertiesOf, textNamed } from '../../text/ucd.ts';
import type { UcdVersion } from '../../text/ucd.ts';
import { setTake } from '../make.ts';

const UCD = moduleType();
const MAX_NAME = 256;

const NEW_VERSION = '15.0.0';
const OLD_VERSION = '3.2.0';

/** An answer about one character; undefined if there is none. */
type Answer = (rt: Runtime, version: UcdVersion, cp: number) => Owned | undefined;

function characterArgument(rt: Runtime, o: Ref, where: string): number {
  if (!isStr(rt, o) || strLength(rt, o) !== 1)
    typeError(rt, `${where} must be a unicode character, not ${kindName(rt, o)}`);
  return strText(rt, o).codePointAt(0) ?? 0;
}

const number = (rt: Runtime, value: number | undefined): Owned | undefined =>
  value === undefined ? undefined : newInt(rt, value);

/** Questions that every character has an answer to. */
const PROPERTIES: readonly (readonly [name: string, Answer, doc: string])[] = [
  [
    'category',
    (rt, version, cp) => newStr(rt, propertiesOf(version, cp).category),
    'Returns the general category assigned to the character chr as string.',
  ],
  [
    'bidirectional',
    (rt, version, cp) => newStr(rt, propertiesOf(version, cp).bidirectional),
    'Returns the bidirectional class assigned to the character chr as string.\n\nIf no such value is defined, an empty string is returned.',
  ],
  [
    'combining',
    (rt, version, cp) => newInt(rt, propertiesOf(version, cp).combining),
    'Returns the canonical combining class assigned to the character chr as integer.\n\nReturns 0 if no combining class is defined.',
  ],
  [
    'mirrored',
    (rt, version, cp) => newInt(rt, propertiesOf(version, cp).mirrored ? 1 : 0),
    'Returns the mirrored property assigned to the character chr as integer.\n\nReturns 1 if the character has been identified as a "mirrored"\ncharacter in bidirectional text, 0 otherwise.',
  ],
  [
    'east_asian_width',
    (rt, version, cp) => newStr(rt, propertiesOf(version, cp).width),
    'Returns the east asian width assigned to the character chr as string.',
  ],
  [
    'decomposition',
    (rt, version, cp) => newStr(rt, decompositionOf(version, cp)),
    'Returns the character decomposition mapping assigned to the character chr as string.\n\nAn empty string is returned in case no such mapping is defined.',
  ],
];

/** Questions with a default. */
const VALUES: readonly (readonly [name: string, Answer, missing: string, doc: string])[] = [
  [
    'decimal',
    (rt, version, cp) => number(rt, numbersOf(version, cp).decimal),
    'not a decimal',
    'Converts a Unicode character into its equivalent decimal value.',
  ],
  [
    'digit',
    (rt, version, cp) => number(rt, numbersOf(version, cp).digit),
    'not a digit',
    'Converts a Unicode character into its equivalent digit value.',
  ],
  [
    'numeric',
    (rt, version, cp) => {
      const { numeric } = numbersOf(version, cp);
      return numeric === undefined ? undefined : newFloat(rt, numeric);
    },
    'not a numeric character',
    'Converts a Unicode character into its equivalent numeric value.',
  ],
  [
    'name',
    (rt, version, cp) => {
      const name = characterName(cp, version);
      return name === undefined ? undefined : newStr(rt, name);
    },
    'no such name',
    'Returns the name assigned to the character chr as a string.\n\nIf no name is defined, default is returned, or, if not given,\nValueError is raised.',
  ],
];

function formArgument(rt: Runtime, name: string, form: Ref, text: Ref): NormalForm | '' {
  if (!isStr(rt, form)) typeError(rt, `${name}() argument 1 must be str, not ${argumentName(rt, form)}`);
  if (!isStr(rt, text)) typeError(rt, `${name}() argument 2 must be str, not ${argumentName(rt, text)}`);
  if (strLength(rt, text) === 0) return '';
  const wanted = strText(rt, form);
  const known = (['NFC', 'NFD', 'NFKC', 'NFKD'] as const).find((each) => each === wanted);
  return known ?? valueError(rt, 'invalid normalization form');
}

function normalize(rt: Runtime, version: UcdVersion, form: Ref, text: Ref): Owned {
  const wanted = formArgument(rt, 'normalize', form, text);
  if (wanted === '') return newRef(rt, text);
  const before = strText(rt, text);
  const after = normalizeText(wanted, before, version);
  return after === before ? newRef(rt, text) : newStr(rt, after);
}

function isNormalized(rt: Runtime, version: UcdVersion, form: Ref, text: Ref): Owned {
  const wanted = formArgument(rt, 'is_normalized', form, text);
  return pyBool(wanted === '' || normalizeText(wanted, strText(rt, text), version) === strText(rt, text)) as Owned;
}

function lookup(rt: Runtime, version: UcdVersion, name: Ref): Owned {
  if (!isStr(rt, name)) typeError(rt, `a bytes-like object is required, not '${kindName(rt, name)}'`);
  const text = strText(rt, name);
  if (text.length > MAX_NAME) keyError(rt, temp(rt, newStr(rt, 'name too long')));
  const found = textNamed(text, version);
  return found === undefined
    ? keyError(rt, temp(rt, newStr(rt, `undefined character name '${text}'`)))
    : newStr(rt, found);
}

/** The functions for one version: of the module, or methods of `UCD`. */
function definitions(version: UcdVersion): NativeDefinition[] {
  return [
    ...PROPERTIES.map(([name, answer, doc]) =>
      native(
        `${name}($self, chr, /)`,
        (rt, _self, chr = 0) => answer(rt, version, characterArgument(rt, chr, `${name}() argument`)) as Owned,
        { doc },
      ),
    ),
    ...VALUES.map(([name, answer, missing, doc]) =>
      native(
        `${name}($self, chr, default=<unrepresentable>, /)`,
        (rt, _self, chr = 0, absent = 0) => {
          const found = answer(rt, version, characterArgument(rt, chr, `${name}() argument 1`));
          return found ?? (absent === 0 ? valueError(rt, missing) : newRef(rt, absent));
        },
        { doc },
      ),
    ),
    native('normalize($self, form, unistr, /)', (rt, _self, form = 0, text = 0) => normalize(rt, version, form, text), {
      doc: "Return the normal form 'form' for the Unicode string unistr.\n\nValid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.",
    }),
    native(
      'is_normalized($self, form, unistr, /)',
      (rt, _self, form = 0, text = 0) => isNormalized(rt, version, form, text),
      {
        doc: "Return whether the Unicode string unistr is in the normal form 'form'.\n\nValid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.",
      },
    ),
    native('lookup($self, name, /)', (rt, _self, name = 0) => lookup(rt, version, name), {
      doc: 'Look up character by name.\n\nIf a character with the given name is found, return the\ncorresponding character.  If not found, KeyError is raised.',
    }),
  ];
}

defineType({
  ref: UCD,
  name: 'unicodedata.UCD',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 40,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  slots: { new: (rt) => typeError(rt, "cannot create 'unicodedata.UCD' instances") },
  methods: definitions('old'),
  getset: [getset('unidata_version', (rt) => newStr(rt, OLD_VERSION))],
});

defineModule({
  name: 'unicodedata',
  doc: 'This module provides access to the Unicode Character Database which\ndefines character properties for all Unicode characters.',
  functions: definitions('new'),
  populate(rt, dict) {
    setTake(rt, dict, 'unidata_version', newStr(rt, NEW_VERSION));
    setTake(rt, dict, 'UCD', newRef(rt, UCD));
    setTake(rt, dict, 'ucd_3_2_0', genericAlloc(rt, UCD));
  },
});
