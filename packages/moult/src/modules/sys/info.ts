/** The constants of `sys` that describe the implementation. */
import type { Owned, Ref } from '@moult/heap';
import { newFloat, newInt, newBigInt } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { moduleType } from '../../core/type-spec.ts';
import { defineStructSeq, newStructSeq } from '../../objects/structseq.ts';
import { dictSetText, newDict } from '../../core/dict/index.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { callWords } from '../builtins/classes.ts';
import { setTake } from '../make.ts';

const FLAG_NAMES =
  'debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose bytes_warning ' +
  'quiet hash_randomization isolated dev_mode utf8_mode warn_default_encoding safe_path int_max_str_digits';

const FLAGS = defineStructSeq(moduleType(), 'sys.flags', FLAG_NAMES.split(' '), 'Flags of the command line.', {
  closed: true,
});
const VERSION_INFO = defineStructSeq(
  moduleType(),
  'sys.version_info',
  ['major', 'minor', 'micro', 'releaselevel', 'serial'],
  'Version information as a named tuple.',
  { closed: true },
);
const FLOAT_INFO = defineStructSeq(
  moduleType(),
  'sys.float_info',
  ['max', 'max_exp', 'max_10_exp', 'min', 'min_exp', 'min_10_exp', 'dig', 'mant_dig', 'epsilon', 'radix', 'rounds'],
  'Limits of the type float.',
);
const INT_INFO = defineStructSeq(
  moduleType(),
  'sys.int_info',
  ['bits_per_digit', 'sizeof_digit', 'default_max_str_digits', 'str_digits_check_threshold'],
  'How the type int is stored.',
);
const HASH_INFO = defineStructSeq(
  moduleType(),
  'sys.hash_info',
  ['width', 'modulus', 'inf', 'nan', 'imag', 'algorithm', 'hash_bits', 'seed_bits', 'cutoff'],
  'Parameters of hashing.',
);
const THREAD_INFO = defineStructSeq(moduleType(), 'sys.thread_info', ['name', 'lock', 'version'], 'About threads.');

export const HEX_VERSION = 0x030c01f0;
export const VERSION = '3.12.1 (main, Dec  8 2023, 00:00:00) [Moult 0.1.0]';

export function newVersionInfo(rt: Runtime): Owned {
  return newStructSeq(rt, VERSION_INFO, tempMark(rt), [
    temp(rt, newInt(rt, 3)),
    temp(rt, newInt(rt, 12)),
    temp(rt, newInt(rt, 1)),
    temp(rt, newStr(rt, 'final')),
    temp(rt, newInt(rt, 0)),
  ]);
}

/** What the command line set, for `sys.flags`. */
type FlagValues = Readonly<Record<string, number>>;

export function newFlags(rt: Runtime, given: FlagValues): Owned {
  const seeded = (rt.options.hashSeed ?? 0) !== 0;
  const defaults: FlagValues = { hash_randomization: seeded ? 1 : 0, int_max_str_digits: 4300, utf8_mode: 1 };
  const booleans = new Set(['dev_mode', 'safe_path']);
  const valueOf = (name: string): Owned => {
    const value = given[name] ?? defaults[name] ?? 0;
    return booleans.has(name) ? (pyBool(value !== 0) as Owned) : newInt(rt, value);
  };
  return newStructSeq(
    rt,
    FLAGS,
    tempMark(rt),
    FLAGS.fields.map((name) => temp(rt, valueOf(name))),
  );
}

export function newFloatInfo(rt: Runtime): Owned {
  return newStructSeq(rt, FLOAT_INFO, tempMark(rt), [
    temp(rt, newFloat(rt, Number.MAX_VALUE)),
    temp(rt, newInt(rt, 1024)),
    temp(rt, newInt(rt, 308)),
    temp(rt, newFloat(rt, 2 ** -1022)),
    temp(rt, newInt(rt, -1021)),
    temp(rt, newInt(rt, -307)),
    temp(rt, newInt(rt, 15)),
    temp(rt, newInt(rt, 53)),
    temp(rt, newFloat(rt, Number.EPSILON)),
    temp(rt, newInt(rt, 2)),
    temp(rt, newInt(rt, 1)),
  ]);
}

export function newIntInfo(rt: Runtime): Owned {
  return newStructSeq(
    rt,
    INT_INFO,
    tempMark(rt),
    [30, 4, 4300, 640].map((n) => temp(rt, newInt(rt, n))),
  );
}

export function newHashInfo(rt: Runtime): Owned {
  return newStructSeq(rt, HASH_INFO, tempMark(rt), [
    temp(rt, newInt(rt, 64)),
    temp(rt, newBigInt(rt, 2n ** 61n - 1n)),
    temp(rt, newInt(rt, 314159)),
    temp(rt, newInt(rt, 0)),
    temp(rt, newInt(rt, 1000003)),
    temp(rt, newStr(rt, 'siphash13')),
    temp(rt, newInt(rt, 64)),
    temp(rt, newInt(rt, 128)),
    temp(rt, newInt(rt, 0)),
  ]);
}

export function newThreadInfo(rt: Runtime): Owned {
  return newStructSeq(rt, THREAD_INFO, tempMark(rt), [
    temp(rt, newStr(rt, 'pthread')),
    temp(rt, newStr(rt, 'semaphore')),
    temp(rt, newStr(rt, 'NPTL 2.36')),
  ]);
}

/** `sys.implementation`: a SimpleNamespace. @runsPython */
export function newImplementation(rt: Runtime, version: Ref): Owned {
  const m = tempMark(rt);
  const dict = temp(rt, newDict(rt));
  setTake(rt, dict, 'name', newStr(rt, 'moult'));
  setTake(rt, dict, 'cache_tag', newStr(rt, 'moult-312'));
  dictSetText(rt, dict, 'version', version);
  setTake(rt, dict, 'hexversion', newInt(rt, HEX_VERSION));
  setTake(rt, dict, '_multiarch', newStr(rt, 'x86_64-linux-gnu'));
  return releaseKeeping(rt, m, callWords(rt, T.simpleNamespace, [], dict));
}
