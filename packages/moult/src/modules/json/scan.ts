/** Reading JSON texts into objects: what a `Scanner` does when it is called. Positions are UTF-16 units. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { dictSetDefault, dictSetTake, newDict } from '../../core/dict/index.ts';
import { raiseWithTake } from '../../core/errors.ts';
import { raiseFault } from '../../core/faults.ts';
import { newBigInt, newFloat, newInt } from '../../core/int.ts';
import { StrState } from '../../core/layout/text.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { internText, newStr, newStrOfKind, strKind, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { intFromStr } from '../../numeric/int-parse.ts';
import { maxStrDigits } from '../../objects/int/digits-limit.ts';
import { indexOfUnit } from './faults.ts';
import { ScannerWord } from './layout.ts';
import { JsonFault, StringReader } from './strings.ts';

const enum Char {
  Tab = 0x09,
  LineFeed = 0x0a,
  Return = 0x0d,
  Space = 0x20,
  Quote = 0x22,
  Plus = 0x2b,
  Comma = 0x2c,
  Minus = 0x2d,
  Point = 0x2e,
  Zero = 0x30,
  One = 0x31,
  Nine = 0x39,
  Colon = 0x3a,
  UpperE = 0x45,
  UpperI = 0x49,
  UpperN = 0x4e,
  OpenBracket = 0x5b,
  CloseBracket = 0x5d,
  LowerE = 0x65,
  LowerF = 0x66,
  LowerN = 0x6e,
  LowerT = 0x74,
  OpenBrace = 0x7b,
  CloseBrace = 0x7d,
}

/** Most digits that a JS number holds whatever they are. */
const SAFE_DIGITS = 15;

const isDigit = (code: number): boolean => code >= Char.Zero && code <= Char.Nine;

/** One call of a scanner. The scanner's attributes cannot change. */
export class Scan {
  /** Behind what was read last. */
  end = 0;
  private readonly text: string;
  private readonly isAscii: boolean;
  private readonly strings: StringReader;
  /** Keys of `memo` by their text, while no Python code can run that would empty it; else null. */
  private readonly keys: Map<string, Ref> | null;
  private readonly memo: Ref;

  constructor(
    private readonly rt: Runtime,
    private readonly scanner: Ref,
    private readonly string: Ref,
  ) {
    const H = rt.words;
    this.text = strText(rt, string);
    this.isAscii = strKind(rt, string) === StrState.Ascii;
    this.strings = new StringReader(this.text, H[scanner + ScannerWord.Strict] !== 0);
    this.memo = H[scanner + ScannerWord.Memo];
    this.keys = this.callsPython() ? null : new Map();
  }

  private callsPython(): boolean {
    const { scanner } = this;
    const H = this.rt.words;
    const hooks = H[scanner + ScannerWord.ObjectHook] !== S.None || H[scanner + ScannerWord.ObjectPairsHook] !== S.None;
    return hooks || H[scanner + ScannerWord.ParseFloat] !== T.float || H[scanner + ScannerWord.ParseInt] !== T.int;
  }

  /** The value that begins at `at`. Raises StopIteration where none does; throws `JsonFault`. @runsPython
   *  Source: CPython 3.12 _scan_once_unicode. */
  value(at: number): Owned {
    switch (this.text.charCodeAt(at)) {
      case Char.Quote:
        return this.str(at + 1);
      case Char.OpenBrace:
        return this.nested(at, ' while decoding a JSON object from a unicode string');
      case Char.OpenBracket:
        return this.nested(at, ' while decoding a JSON array from a unicode string');
      case Char.LowerN:
        return this.word('null', at) ? (S.None as Ref as Owned) : this.number(at);
      case Char.LowerT:
        return this.word('true', at) ? (pyBool(true) as Owned) : this.number(at);
      case Char.LowerF:
        return this.word('false', at) ? (pyBool(false) as Owned) : this.number(at);
      case Char.UpperN:
        return this.word('NaN', at) ? this.constant('NaN') : this.number(at);
      case Char.UpperI:
        return this.word('Infinity', at) ? this.constant('Infinity') : this.number(at);
      case Char.Minus:
        return this.word('-Infinity', at) ? this.constant('-Infinity') : this.number(at);
      default:
        return this.number(at);
    }
  }

  private word(word: string, at: number): boolean {
    if (!this.text.startsWith(word, at)) return false;
    this.end = at + word.length;
    return true;
  }

  /** @runsPython */
  private constant(name: string): Owned {
    const { rt } = this;
    const text = internText(rt, name);
    return call1(rt, rt.words[this.scanner + ScannerWord.ParseConstant], text);
  }

  private str(start: number): Owned {
    const { rt } = this;
    const text = this.strings.read(start);
    this.end = this.strings.end;
    const isPlain = this.isAscii && this.end - start - 1 === text.length && text.length > 1;
    return isPlain ? newStrOfKind(rt, text, StrState.Ascii) : newStr(rt, text);
  }

  /** @runsPython */
  private nested(at: number, where: string): Owned {
    enterRecursion(this.rt, where);
    const isObject = this.text.charCodeAt(at) === Char.OpenBrace;
    const result = isObject ? this.object(at + 1) : this.array(at + 1);
    leaveRecursion(this.rt);
    return result;
  }

  private space(from: number): number {
    const { text } = this;
    let at = from;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code !== Char.Space && code !== Char.LineFeed && code !== Char.Return && code !== Char.Tab) return at;
    }
  }

  /** @runsPython
   *  Source: CPython 3.12 _parse_object_unicode. */
  private object(start: number): Owned {
    const { rt } = this;
    const hasPairs = rt.words[this.scanner + ScannerWord.ObjectPairsHook] !== S.None;
    const m = tempMark(rt);
    const result = temp(rt, hasPairs ? newList(rt, 0) : newDict(rt));
    let at = this.space(start);
    if (this.text.charCodeAt(at) !== Char.CloseBrace) at = this.members(result, at, hasPairs);
    this.end = at + 1;
    const hook = rt.words[this.scanner + (hasPairs ? ScannerWord.ObjectPairsHook : ScannerWord.ObjectHook)];
    return hook === S.None ? untemp(rt, result) : releaseKeeping(rt, m, call1(rt, hook, result));
  }

  /** Reads members up to the closing brace, whose position it gives. @runsPython */
  private members(result: Ref, start: number, hasPairs: boolean): number {
    const { rt, text } = this;
    for (let at = start; ; at = this.space(at + 1)) {
      if (text.charCodeAt(at) !== Char.Quote)
        throw new JsonFault('Expecting property name enclosed in double quotes', at);
      const key = temp(rt, this.key(at + 1));
      at = this.space(this.end);
      if (text.charCodeAt(at) !== Char.Colon) throw new JsonFault("Expecting ':' delimiter", at);
      const value = this.value(this.space(at + 1));
      const ownKey = untemp(rt, key);
      if (hasPairs) listAppendTake(rt, result, tupleTake(rt, ownKey, value));
      else dictSetTake(rt, result, ownKey, value);
      at = this.space(this.end);
      if (text.charCodeAt(at) === Char.CloseBrace) return at;
      if (text.charCodeAt(at) !== Char.Comma) throw new JsonFault("Expecting ',' delimiter", at);
    }
  }

  /** A key: equal ones are one object. */
  private key(start: number): Owned {
    const { rt, keys } = this;
    if (keys === null) return this.memoized(temp(rt, this.str(start)));
    const text = this.strings.read(start);
    this.end = this.strings.end;
    const known = keys.get(text);
    if (known !== undefined) return newRef(rt, known);
    const key = this.memoized(temp(rt, newStr(rt, text)));
    keys.set(text, key);
    return key;
  }

  /** `key` is the newest temporary. */
  private memoized(key: Ref): Owned {
    const { rt } = this;
    const kept = newRef(rt, dictSetDefault(rt, this.memo, key, key));
    dropTemp(rt, key);
    return kept;
  }

  /** @runsPython
   *  Source: CPython 3.12 _parse_array_unicode. */
  private array(start: number): Owned {
    const { rt, text } = this;
    const list = temp(rt, newList(rt, 0));
    let at = this.space(start);
    if (text.charCodeAt(at) !== Char.CloseBracket) {
      for (; ; at = this.space(at + 1)) {
        listAppendTake(rt, list, this.value(at));
        at = this.space(this.end);
        if (text.charCodeAt(at) === Char.CloseBracket) break;
        if (text.charCodeAt(at) !== Char.Comma) throw new JsonFault("Expecting ',' delimiter", at);
      }
    }
    this.end = at + 1;
    return untemp(rt, list);
  }

  /** @runsPython
   *  Source: CPython 3.12 _match_number_unicode. */
  private number(start: number): Owned {
    const { rt, text } = this;
    const digits = text.charCodeAt(start) === Char.Minus ? start + 1 : start;
    const first = text.charCodeAt(digits);
    if (!isDigit(first)) return this.nothing(start);
    const whole = first === Char.Zero ? digits + 1 : this.digitsEnd(digits);
    this.end = this.exponentEnd(this.fractionEnd(whole));
    const isFloat = this.end !== whole;
    const parse = rt.words[this.scanner + (isFloat ? ScannerWord.ParseFloat : ScannerWord.ParseInt)];
    if (parse !== (isFloat ? T.float : T.int)) return this.parsedBy(parse, start);
    const source = text.slice(start, this.end);
    if (isFloat) return newFloat(rt, Number(source));
    return source.length <= SAFE_DIGITS ? newInt(rt, Number(source) + 0) : this.longInt(source);
  }

  private nothing(at: number): never {
    const { rt } = this;
    return raiseWithTake(rt, T.StopIteration, newInt(rt, indexOfUnit(rt, this.string, at)));
  }

  private digitsEnd(from: number): number {
    let at = from;
    while (isDigit(this.text.charCodeAt(at))) at++;
    return at;
  }

  /** Behind a point and digits at `at`; `at` if they are not there. */
  private fractionEnd(at: number): number {
    const { text } = this;
    return text.charCodeAt(at) === Char.Point && isDigit(text.charCodeAt(at + 1)) ? this.digitsEnd(at + 1) : at;
  }

  private exponentEnd(at: number): number {
    const code = this.text.charCodeAt(at);
    if (code !== Char.LowerE && code !== Char.UpperE) return at;
    const sign = this.text.charCodeAt(at + 1);
    const digits = sign === Char.Plus || sign === Char.Minus ? at + 2 : at + 1;
    const end = this.digitsEnd(digits);
    return end > digits ? end : at;
  }

  /** @runsPython */
  private parsedBy(parse: Ref, start: number): Owned {
    const { rt } = this;
    const m = tempMark(rt);
    const text = temp(rt, newStr(rt, this.text.slice(start, this.end)));
    return releaseKeeping(rt, m, call1(rt, parse, text));
  }

  private longInt(source: string): Owned {
    const { rt } = this;
    try {
      return newBigInt(rt, BigInt(intFromStr(source, 10, maxStrDigits(rt))));
    } catch (error) {
      return raiseFault(rt, error);
    }
  }
}
