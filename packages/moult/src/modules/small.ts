/** Native modules that the library wants to be there, and of which it uses little: `_locale`. */
import type { Owned, Ref } from '@moult/heap';
import { dictSetText, newDict } from '../core/dict/index.ts';
import { raise } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { newList } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { temp, untemp } from '../core/temps.ts';
import { setTake } from './make.ts';

function setLocale(rt: Runtime, _module: Ref, _category: Ref, locale: Ref): Owned {
  if (locale !== 0 && locale !== S.None && !['', 'C', 'POSIX', 'C.UTF-8'].includes(strText(rt, locale))) {
    raise(rt, T.ValueError, 'unsupported locale setting');
  }
  return newStr(rt, 'C.UTF-8');
}

/** The conventions of the locale C. */
function localeConventions(rt: Runtime): Owned {
  const dict = temp(rt, newDict(rt));
  const texts = [
    'thousands_sep',
    'int_curr_symbol',
    'currency_symbol',
    'mon_decimal_point',
    'mon_thousands_sep',
    'positive_sign',
    'negative_sign',
  ];
  for (const name of texts) setTake(rt, dict, name, newStr(rt, ''));
  setTake(rt, dict, 'decimal_point', newStr(rt, '.'));
  for (const name of ['grouping', 'mon_grouping']) setTake(rt, dict, name, newList(rt, 0));
  const numbers =
    'int_frac_digits frac_digits p_cs_precedes p_sep_by_space n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn';
  for (const name of numbers.split(' ')) setTake(rt, dict, name, newInt(rt, 127));
  return untemp(rt, dict);
}

defineModule({
  name: '_locale',
  doc: 'Support for POSIX locales.',
  functions: [
    native('setlocale($module, category, locale=None, /)', setLocale),
    native('getencoding($module, /)', (rt) => newStr(rt, 'UTF-8')),
    native('localeconv($module, /)', localeConventions),
    native('nl_langinfo($module, key, /)', (rt) => newStr(rt, 'UTF-8')),
  ],
  populate: (rt, dict) => {
    const names = ['LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES', 'LC_ALL'];
    names.forEach((name, i) => {
      setTake(rt, dict, name, newInt(rt, i));
    });
    setTake(rt, dict, 'CODESET', newInt(rt, 14));
    setTake(rt, dict, 'CHAR_MAX', newInt(rt, 127));
    dictSetText(rt, dict, 'Error', T.ValueError);
  },
});
