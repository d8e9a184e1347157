/** The state machine that takes lines of separated values apart. Source: CPython 3.12 _csv.c parse_process_char. */

import { floatFromStr } from '../../numeric/float-parse.ts';

export const enum Quote {
  Minimal = 0,
  All = 1,
  NonNumeric = 2,
  None = 3,
  Strings = 4,
  NotNull = 5,
}

/** How values are separated and quoted. Immutable. */
export interface DialectData {
  readonly delimiter: string;
  readonly doublequote: boolean;
  readonly escapechar: string | null;
  readonly lineterminator: string;
  readonly quotechar: string | null;
  readonly quoting: Quote;
  readonly skipinitialspace: boolean;
  readonly strict: boolean;
}

/** A failure of reading or writing, for `_csv.Error`. */
export class CsvFault {
  constructor(readonly message: string) {}
}

const enum State {
  StartRecord,
  StartField,
  EscapedChar,
  InField,
  InQuotedField,
  EscapeInQuotedField,
  QuoteInQuotedField,
  EatNewline,
  AfterEscapedNewline,
}

/** Stands for the end of a line. */
const END = '';

/** A field's text, or its value when it was to be read as a float. */
export type Field = string | number;

const isNewline = (ch: string): boolean => ch === '\n' || ch === '\r';

/** Collects the fields of one record, which may go over several lines. */
export class RecordParser {
  readonly fields: Field[] = [];
  private state = State.StartRecord;
  private field = '';
  private length = 0;
  private numeric = false;

  constructor(
    private readonly dialect: DialectData,
    private readonly limit: number,
  ) {}

  /** True once a record is complete. */
  get isDone(): boolean {
    return this.state === State.StartRecord;
  }

  /** True if the input ends inside of a field. */
  get isOpen(): boolean {
    return this.length > 0 || this.state === State.InQuotedField;
  }

  /** Takes one line. Throws CsvFault. */
  line(text: string): void {
    for (const ch of text) this.take(ch);
    this.take(END);
  }

  /** Ends a field. Throws ValueFault. */
  save(): void {
    this.fields.push(this.numeric ? floatFromStr(this.field) : this.field);
    this.field = '';
    this.length = 0;
    this.numeric = false;
  }

  private add(ch: string): void {
    if (this.length >= this.limit) throw new CsvFault(`field larger than field limit (${this.limit})`);
    this.field += ch;
    this.length++;
  }

  private endField(ch: string): void {
    this.save();
    this.state = ch === END ? State.StartRecord : State.EatNewline;
  }

  private take(ch: string): void {
    switch (this.state) {
      case State.StartRecord:
        if (ch === END) return;
        if (isNewline(ch)) {
          this.state = State.EatNewline;
          return;
        }
        this.state = State.StartField;
        this.startField(ch);
        return;
      case State.StartField:
        this.startField(ch);
        return;
      case State.EscapedChar:
        this.add(ch === END ? '\n' : ch);
        this.state = isNewline(ch) ? State.AfterEscapedNewline : State.InField;
        return;
      case State.AfterEscapedNewline:
        if (ch !== END) this.inField(ch);
        return;
      case State.InField:
        this.inField(ch);
        return;
      case State.InQuotedField:
        this.inQuotedField(ch);
        return;
      case State.EscapeInQuotedField:
        this.add(ch === END ? '\n' : ch);
        this.state = State.InQuotedField;
        return;
      case State.QuoteInQuotedField:
        this.afterQuote(ch);
        return;
      default:
        this.eatNewline(ch);
    }
  }

  private startField(ch: string): void {
    const { dialect } = this;
    if (ch === END || isNewline(ch)) this.endField(ch);
    else if (ch === dialect.quotechar && dialect.quoting !== Quote.None) this.state = State.InQuotedField;
    else if (ch === dialect.escapechar) this.state = State.EscapedChar;
    else if (ch === ' ' && dialect.skipinitialspace) return;
    else if (ch === dialect.delimiter) this.save();
    else {
      if (dialect.quoting === Quote.NonNumeric) this.numeric = true;
      this.add(ch);
      this.state = State.InField;
    }
  }

  private inField(ch: string): void {
    if (ch === END || isNewline(ch)) this.endField(ch);
    else if (ch === this.dialect.escapechar) this.state = State.EscapedChar;
    else if (ch === this.dialect.delimiter) {
      this.save();
      this.state = State.StartField;
    } else {
      this.add(ch);
      this.state = State.InField;
    }
  }

  private inQuotedField(ch: string): void {
    const { dialect } = this;
    if (ch === END) return;
    if (ch === dialect.escapechar) this.state = State.EscapeInQuotedField;
    else if (ch === dialect.quotechar && dialect.quoting !== Quote.None) {
      this.state = dialect.doublequote ? State.QuoteInQuotedField : State.InField;
    } else this.add(ch);
  }

  private afterQuote(ch: string): void {
    const { dialect } = this;
    if (ch === END || isNewline(ch)) this.endField(ch);
    else if (dialect.quoting !== Quote.None && ch === dialect.quotechar) {
      this.add(ch);
      this.state = State.InQuotedField;
    } else if (ch === dialect.delimiter) {
      this.save();
      this.state = State.StartField;
    } else if (!dialect.strict) {
      this.add(ch);
      this.state = State.InField;
    } else throw new CsvFault(`'${dialect.delimiter}' expected after '${dialect.quotechar ?? ''}'`);
  }

  private eatNewline(ch: string): void {
    if (isNewline(ch)) return;
    if (ch !== END) {
      throw new CsvFault(
        'new-line character seen in unquoted field - do you need to open the file in universal-newline mode?',
      );
    }
    this.state = State.StartRecord;
  }
}

/** Writes one record. Source: CPython 3.12 join_append_data. */
export class RecordWriter {
  private text = '';
  private count = 0;

  constructor(private readonly dialect: DialectData) {}

  /** Adds a field; null is an empty one. Throws CsvFault. */
  field(value: string | null, quoted: boolean): void {
    const { dialect } = this;
    if (this.count > 0) this.text += dialect.delimiter;
    const { body, needsQuotes } = this.escaped(value ?? '');
    const quote = (quoted || needsQuotes) && dialect.quotechar !== null ? dialect.quotechar : '';
    this.text += quote + body + quote;
    this.count++;
  }

  private escaped(value: string): { body: string; needsQuotes: boolean } {
    const { delimiter, escapechar, quotechar, lineterminator, quoting, doublequote } = this.dialect;
    let body = '';
    let needsQuotes = false;
    for (const ch of value) {
      const isSpecial = ch === delimiter || ch === escapechar || ch === quotechar || lineterminator.includes(ch);
      if (isSpecial) {
        const isQuote = ch === quotechar;
        const escape = quoting === Quote.None || (isQuote && !doublequote) || (ch === escapechar && !isQuote);
        if (escape) {
          if (escapechar === null) throw new CsvFault('need to escape, but no escapechar set');
          body += escapechar;
        } else {
          if (isQuote) body += ch;
          needsQuotes = true;
        }
      }
      body += ch;
    }
    return { body, needsQuotes };
  }

  /** The record with its end. Throws CsvFault. */
  finish(): string {
    const { quoting, lineterminator } = this.dialect;
    if (this.count > 0 && this.text === '') {
      if (quoting === Quote.None) throw new CsvFault('single empty field record must be quoted');
      this.count--;
      this.field(null, true);
    }
    return this.text + lineterminator;
  }
}
