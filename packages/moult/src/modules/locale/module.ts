/** The module `_locale`, for the locales that `categories.ts` knows. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newDict } from '../../core/dict/index.ts';
import { raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { newList } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { isStr, kindName } from '../../core/types.ts';
import { compareStr } from '../../text/code-points.ts';
import { asCInt } from '../buffers.ts';
import { exceptionClass } from '../exceptions.ts';
import { setTake } from '../make.ts';
import { CATEGORIES, localeOf, NAMED_CATEGORIES, setLocaleOf } from './categories.ts';
import { CODESET, LANGINFO } from './langinfo.ts';

const ERROR = exceptionClass('locale.Error');
const CHAR_MAX = 127;
const LC_CTYPE = 0;

/** Source: CPython 3.12 PyLocale_setlocale. */
function setLocale(rt: Runtime, _module: Ref, category: Ref, locale: Ref): Owned {
  const number = asCInt(rt, category);
  if (locale !== 0 && locale !== S.None) {
    const wanted = textArgument(rt, locale, 'setlocale() argument 2 must be str or None');
    if (!setLocaleOf(rt, number, wanted)) raise(rt, ERROR, 'unsupported locale setting');
  }
  return newStr(rt, localeOf(rt, number) ?? raise(rt, ERROR, 'locale query failed'));
}

function textArgument(rt: Runtime, o: Ref, what: string): string {
  if (!isStr(rt, o)) typeError(rt, `${what}, not ${o === S.None ? 'None' : kindName(rt, o)}`);
  const text = strText(rt, o);
  return text.includes('\0') ? valueError(rt, 'embedded null character') : text;
}

function encodingName(rt: Runtime): string {
  return localeOf(rt, LC_CTYPE) === 'C' ? 'ANSI_X3.4-1968' : 'UTF-8';
}

function langinfo(rt: Runtime, _module: Ref, key: Ref): Owned {
  const number = asCInt(rt, key);
  if (number === CODESET) return newStr(rt, encodingName(rt));
  const found = LANGINFO.find((entry) => entry[1] === number);
  return found === undefined ? valueError(rt, 'unsupported langinfo constant') : newStr(rt, found[2]);
}

/** The conventions of the locale C, in CPython's order. */
function localeConventions(rt: Runtime): Owned {
  const dict = temp(rt, newDict(rt));
  const text = (name: string, value = ''): void => {
    setTake(rt, dict, name, newStr(rt, value));
  };
  const grouping = (name: string): void => {
    setTake(rt, dict, name, newList(rt, 0));
  };
  for (const name of ['int_curr_symbol', 'currency_symbol', 'mon_decimal_point', 'mon_thousands_sep']) text(name);
  grouping('mon_grouping');
  for (const name of ['positive_sign', 'negative_sign']) text(name);
  const numbers =
    'int_frac_digits frac_digits p_cs_precedes p_sep_by_space n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn';
  for (const name of numbers.split(' ')) setTake(rt, dict, name, newInt(rt, CHAR_MAX));
  text('decimal_point', '.');
  text('thousands_sep');
  grouping('grouping');
  return untemp(rt, dict);
}

/** Both locales compare by code points. */
function compareStrings(rt: Runtime, _module: Ref, a: Ref, b: Ref): Owned {
  const left = textArgument(rt, a, 'strcoll() argument 1 must be str');
  const right = textArgument(rt, b, 'strcoll() argument 2 must be str');
  return newInt(rt, Math.sign(compareStr(left, right)));
}

function transformString(rt: Runtime, _module: Ref, o: Ref): Owned {
  textArgument(rt, o, 'strxfrm() argument must be str');
  return newRef(rt, o);
}

defineModule({
  name: '_locale',
  doc: 'Support for POSIX locales.',
  functions: [
    native('setlocale($module, category, locale=None, /)', setLocale, { doc: 'Activates/queries locale processing.' }),
    native('getencoding($module, /)', (rt) => newStr(rt, encodingName(rt)), {
      doc: 'Get the current locale encoding.',
    }),
    native('localeconv($module, /)', localeConventions, {
      doc: 'Returns numeric and monetary locale-specific parameters.',
    }),
    native('nl_langinfo($module, key, /)', langinfo, {
      doc: 'Return the value for the locale information associated with key.',
    }),
    native('strcoll($module, os1, os2, /)', compareStrings, {
      doc: 'Compares two strings according to the locale.',
    }),
    native('strxfrm($module, string, /)', transformString, {
      doc: 'Return a string that can be used as a key for locale-aware comparisons.',
    }),
  ],
  populate: (rt, dict) => {
    CATEGORIES.slice(0, NAMED_CATEGORIES).forEach((name, i) => {
      setTake(rt, dict, name, newInt(rt, i));
    });
    for (const [name, number] of LANGINFO) setTake(rt, dict, name, newInt(rt, number));
    setTake(rt, dict, 'CODESET', newInt(rt, CODESET));
    setTake(rt, dict, 'CHAR_MAX', newInt(rt, CHAR_MAX));
    setTake(rt, dict, 'Error', newRef(rt, ERROR));
  },
});
