/** JSON's strings as pure functions: quoting, and reading with escapes. Positions are UTF-16 units. */

/** What is wrong with a JSON text, and where. */
export class JsonFault {
  constructor(
    readonly message: string,
    readonly unit: number,
  ) {}
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

function escaped(ch: string): string {
  return SHORT[ch] ?? '\\u' + ch.charCodeAt(0).toString(16).padStart(4, '0');
}

/* A search for one character of a class is far quicker than a `replace` that finds nothing. */
const NOT_PLAIN = /["\\\x00-\x1f]/; // eslint-disable-line no-control-regex -- JSON has to escape them
const NOT_PLAIN_ASCII = /[^ !#-[\]-~]/;

/** The text as a JSON string; what is not ASCII stays. Source: CPython 3.12 escape_unicode. */
export function quote(text: string): string {
  if (!NOT_PLAIN.test(text)) return `"${text}"`;
  return `"${text.replace(/["\\\x00-\x1f]/g, escaped)}"`; // eslint-disable-line no-control-regex -- as above
}

/** The text as a JSON string of ASCII characters. Source: CPython 3.12 ascii_escape_unicode. */
export function quoteAscii(text: string): string {
  if (!NOT_PLAIN_ASCII.test(text)) return `"${text}"`;
  return `"${text.replace(/[^ !#-[\]-~]/g, escaped)}"`;
}

const enum Char {
  Quote = 0x22,
  Backslash = 0x5c,
  LowerU = 0x75,
  FirstPrintable = 0x20,
}

const UNESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads JSON strings; `end` is behind the closing quote of the one read last. */
export class StringReader {
  end = 0;

  constructor(
    readonly text: string,
    private readonly strict: boolean,
  ) {}

  /** The string whose characters start at `start`, behind its opening quote. Throws `JsonFault`.
   *  Source: CPython 3.12 scanstring_unicode. */
  read(start: number): string {
    const chunk = this.plainEnd(start, start);
    if (this.text.charCodeAt(chunk) !== Char.Backslash) {
      this.end = chunk + 1;
      return this.text.slice(start, chunk);
    }
    return this.readEscaped(start, chunk);
  }

  /** Where the quote or backslash is that ends the plain characters from `from` on. */
  private plainEnd(from: number, start: number): number {
    const { text, strict } = this;
    for (let i = from; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === Char.Quote || code === Char.Backslash) return i;
      if (code < Char.FirstPrintable && strict) throw new JsonFault('Invalid control character at', i);
    }
    throw new JsonFault('Unterminated string starting at', start - 1);
  }

  private readEscaped(start: number, firstEscape: number): string {
    const { text } = this;
    let result = text.slice(start, firstEscape);
    let at = firstEscape;
    while (text.charCodeAt(at) === Char.Backslash) {
      if (at + 1 === text.length) throw new JsonFault('Unterminated string starting at', start - 1);
      result += text.charCodeAt(at + 1) === Char.LowerU ? this.readUnicode(at + 1) : this.readShort(at);
      const next = this.plainEnd(this.end, start);
      result += text.slice(this.end, next);
      at = next;
    }
    this.end = at + 1;
    return result;
  }

  private readShort(backslash: number): string {
    const ch = UNESCAPED[this.text.charAt(backslash + 1)];
    if (ch === undefined) throw new JsonFault('Invalid \\escape', backslash);
    this.end = backslash + 2;
    return ch;
  }

  /** `uXXXX`, where a surrogate takes its other half with it. The character after the digits must be there. */
  private readUnicode(u: number): string {
    if (u + 5 >= this.text.length) throw new JsonFault('Invalid \\uXXXX escape', u);
    const code = this.hexDigits(u);
    this.end = u + 5;
    const second = u + 6;
    const follows = (code & 0xfc00) === 0xd800 && u + 11 < this.text.length && this.text.startsWith('\\u', u + 5);
    if (!follows) return String.fromCharCode(code);
    const low = this.hexDigits(second);
    if ((low & 0xfc00) !== 0xdc00) return String.fromCharCode(code);
    this.end = second + 5;
    return String.fromCharCode(code, low);
  }

  private hexDigits(u: number): number {
    const digits = this.text.slice(u + 1, u + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new JsonFault('Invalid \\uXXXX escape', u);
    return parseInt(digits, 16);
  }
}
