/** Writing objects as JSON text: what an `Encoder` does when it is called. */
import { addressOf, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import {
  dictContains,
  dictDelete,
  dictKeyAt,
  dictLength,
  dictNext,
  dictSet,
  dictValueAt,
} from '../../core/dict/index.ts';
import { keyError, typeError, valueError } from '../../core/errors.ts';
import { raiseFault } from '../../core/faults.ts';
import { bigIntValue, floatValue, isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import { BuiltinWord } from '../../core/layout/functions.ts';
import { NATIVES } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { reprText } from '../../core/protocol/text.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItem, fastSize, sequenceFast } from '../../core/sequence-fast.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isDict, isInstance, isInt, isList, isStr, isTuple, kindName } from '../../core/types.ts';
import { floatRepr } from '../../numeric/float-repr.ts';
import { intToDecimal } from '../../numeric/int-format.ts';
import { maxStrDigits } from '../../objects/int/digits-limit.ts';
import { listSort } from '../../objects/list/sort/sort.ts';
import { mappingItems } from './items.ts';
import { EncoderWord } from './layout.ts';
import { quote, quoteAscii } from './strings.ts';

type Quote = (text: string) => string;

function quoteNative(quoted: Quote): NativeFunction {
  return (rt, _module, o = 0) => {
    if (!isStr(rt, o)) typeError(rt, `first argument must be a string, not ${kindName(rt, o)}`);
    return newStr(rt, quoted(strText(rt, o)));
  };
}

/** `encode_basestring(string)`, `encode_basestring_ascii(string)` */
export const encodeBaseString = quoteNative(quote);
export const encodeBaseStringAscii = quoteNative(quoteAscii);

/** What these natives do: an encoder saves the calls. */
const FAST_QUOTES = new Map<NativeFunction, Quote>([
  [encodeBaseString, quote],
  [encodeBaseStringAscii, quoteAscii],
]);

function fastQuoteOf(rt: Runtime, encoder: Ref): Quote | null {
  const H = rt.words;
  if (H[encoder + ObjectWord.Type] !== T.builtinFunction) return null;
  return FAST_QUOTES.get(NATIVES[H[encoder + BuiltinWord.Native]].fn) ?? null;
}

/** One call of an encoder: the text so far. Everything that it reads of the encoder cannot change. */
export class Encoding {
  text = '';
  private readonly markers: Ref;
  private readonly quote: Quote | null;
  private readonly itemSeparator: string;
  private readonly keySeparator: string;
  private readonly sortsKeys: boolean;

  constructor(
    private readonly rt: Runtime,
    private readonly encoder: Ref,
  ) {
    const H = rt.words;
    const markers = H[encoder + EncoderWord.Markers];
    this.markers = markers === S.None ? 0 : markers;
    this.quote = fastQuoteOf(rt, H[encoder + EncoderWord.Encoder]);
    this.itemSeparator = strText(rt, H[encoder + EncoderWord.ItemSeparator]);
    this.keySeparator = strText(rt, H[encoder + EncoderWord.KeySeparator]);
    this.sortsKeys = H[encoder + EncoderWord.SortKeys] !== 0;
  }

  /** Appends the text of an object. @runsPython
   *  Source: CPython 3.12 encoder_listencode_obj. */
  object(o: Ref): void {
    const { rt } = this;
    if (isStr(rt, o)) this.text += this.string(o);
    else if (o === S.None) this.text += 'null';
    else if (o === S.True) this.text += 'true';
    else if (o === S.False) this.text += 'false';
    else if (isInt(rt, o)) this.text += this.int(o);
    else if (isInstance(rt, o, T.float)) this.text += this.float(o);
    else this.container(o);
  }

  /** @runsPython */
  private container(o: Ref): void {
    const { rt } = this;
    const isArray = isList(rt, o) || isTuple(rt, o);
    if (!isArray && !isDict(rt, o)) return this.other(o);
    enterRecursion(rt, ' while encoding a JSON object');
    if (isArray) this.array(o);
    else this.mapping(o);
    leaveRecursion(rt);
  }

  /** What `default` makes of an object that JSON does not know. @runsPython */
  private other(o: Ref): void {
    const { rt } = this;
    const m = tempMark(rt);
    const key = this.enter(o);
    const replaced = temp(rt, call1(rt, rt.words[this.encoder + EncoderWord.Default], o));
    enterRecursion(rt, ' while encoding a JSON object');
    this.object(replaced);
    leaveRecursion(rt);
    dropTemp(rt, replaced);
    this.leave(key);
    releaseTemps(rt, m);
  }

  /** Marks a container as being written: the key of the mark, a temporary; 0 without marks. Raises ValueError if it is
   *  marked already. */
  private enter(o: Ref): Ref {
    const { rt, markers } = this;
    if (markers === 0) return 0;
    const key = temp(rt, newInt(rt, addressOf(o)));
    if (dictContains(rt, markers, key)) valueError(rt, 'Circular reference detected');
    dictSet(rt, markers, key, o);
    return key;
  }

  private leave(key: Ref): void {
    if (key !== 0 && !dictDelete(this.rt, this.markers, key)) keyError(this.rt, key);
  }

  /** @runsPython
   *  Source: CPython 3.12 encoder_listencode_list. */
  private array(o: Ref): void {
    const { rt } = this;
    const m = tempMark(rt);
    const items = temp(rt, sequenceFast(rt, o, '_iterencode_list needs a sequence'));
    if (fastSize(rt, items) === 0) {
      this.text += '[]';
      releaseTemps(rt, m);
      return;
    }
    const key = this.enter(o);
    this.text += '[';
    for (let i = 0; i < fastSize(rt, items); i++) {
      if (i > 0) this.text += this.itemSeparator;
      this.object(fastItem(rt, items, i));
    }
    this.leave(key);
    this.text += ']';
    releaseTemps(rt, m);
  }

  /** @runsPython
   *  Source: CPython 3.12 encoder_listencode_dict. */
  private mapping(o: Ref): void {
    const { rt } = this;
    if (dictLength(rt, o) === 0) {
      this.text += '{}';
      return;
    }
    const m = tempMark(rt);
    const key = this.enter(o);
    if (this.markers === 0) temp(rt, newRef(rt, o));
    this.text += '{';
    if (this.sortsKeys || rt.words[o + ObjectWord.Type] !== T.dict) this.listedItems(o);
    else this.dictItems(o);
    this.leave(key);
    this.text += '}';
    releaseTemps(rt, m);
  }

  private dictItems(o: Ref): void {
    const { rt } = this;
    let isFirst = true;
    for (let i = dictNext(rt, o, 0); i >= 0; i = dictNext(rt, o, i + 1)) {
      if (this.item(dictKeyAt(rt, o, i), dictValueAt(rt, o, i), isFirst)) isFirst = false;
    }
  }

  /** As `dictItems`, of what `items()` gives. */
  private listedItems(o: Ref): void {
    const { rt } = this;
    const H = rt.words;
    const items = temp(rt, mappingItems(rt, o));
    if (this.sortsKeys) listSort(rt, items);
    let isFirst = true;
    for (let i = 0; i < fastSize(rt, items); i++) {
      const item = fastItem(rt, items, i);
      if (!isTuple(rt, item) || H[item + TupleWord.Size] !== 2) valueError(rt, 'items must return 2-tuples');
      if (this.item(H[item + TupleWord.Items], H[item + TupleWord.Items + 1], isFirst)) isFirst = false;
    }
    dropTemp(rt, items);
  }

  /** Appends a key and its value; false if they were skipped. @runsPython
   *  Source: CPython 3.12 encoder_encode_key_value. */
  private item(key: Ref, value: Ref, isFirst: boolean): boolean {
    const text = this.keyText(key);
    if (text === null) return false;
    if (!isFirst) this.text += this.itemSeparator;
    this.text += text;
    this.text += this.keySeparator;
    this.object(value);
    return true;
  }

  /** The text of a key, quoted; null if it is to be skipped. @runsPython */
  private keyText(key: Ref): string | null {
    const { rt } = this;
    if (isStr(rt, key)) return this.string(key);
    const text = this.plainKey(key);
    if (text === null) return null;
    if (this.quote !== null) return this.quote(text);
    const m = tempMark(rt);
    const result = this.string(temp(rt, newStr(rt, text)));
    releaseTemps(rt, m);
    return result;
  }

  private plainKey(key: Ref): string | null {
    const { rt } = this;
    if (isInstance(rt, key, T.float)) return this.float(key);
    if (key === S.True) return 'true';
    if (key === S.False) return 'false';
    if (key === S.None) return 'null';
    if (isInt(rt, key)) return this.int(key);
    if (rt.words[this.encoder + EncoderWord.SkipKeys] !== 0) return null;
    return typeError(rt, `keys must be str, int, float, bool or None, not ${kindName(rt, key)}`);
  }

  /** A str, quoted by the encoder's function. @runsPython */
  private string(o: Ref): string {
    const { rt } = this;
    if (this.quote !== null) return this.quote(strText(rt, o));
    const quoted: Owned = call1(rt, rt.words[this.encoder + EncoderWord.Encoder], o);
    temp(rt, quoted);
    if (!isStr(rt, quoted)) typeError(rt, `encoder() must return a string, not ${kindName(rt, quoted)}`);
    const text = strText(rt, quoted);
    dropTemp(rt, quoted);
    return text;
  }

  private int(o: Ref): string {
    const { rt } = this;
    if (isSafeInt(rt, o)) return String(safeIntValue(rt, o));
    try {
      return intToDecimal(bigIntValue(rt, o), maxStrDigits(rt));
    } catch (error) {
      return raiseFault(rt, error);
    }
  }

  private float(o: Ref): string {
    const { rt } = this;
    const value = floatValue(rt, o);
    if (Number.isFinite(value)) return floatRepr(value);
    if (rt.words[this.encoder + EncoderWord.AllowNan] === 0)
      valueError(rt, `Out of range float values are not JSON compliant: ${reprText(rt, o)}`);
    if (value > 0) return 'Infinity';
    return value < 0 ? '-Infinity' : 'NaN';
  }
}
