/** What the module `tokenize` shows of a text: the tokenizer's tokens, with comments and the newlines that end no statement.
 *
 *  The tokenizer keeps neither; they are found again in the gaps between its tokens. */
import { PythonSyntaxError } from '../errors.ts';
import { codePointLength } from './chars.ts';
import { spelling, T } from './token.ts';
import { Tokenizer } from './tokenizer.ts';

/** Token numbers of the module `token`. */
const enum TokenNumber {
  EndMarker = 0,
  Name = 1,
  Number = 2,
  String = 3,
  Newline = 4,
  Indent = 5,
  Dedent = 6,
  Op = 55,
  Await = 56,
  Async = 57,
  FStringStart = 61,
  FStringMiddle = 62,
  FStringEnd = 63,
  Comment = 64,
  Nl = 65,
}

const OPERATORS =
  '( ) [ ] : , ; + - * / | & < > = . % { } == != <= >= ~ ^ << >> ** += -= *= /= %= &= |= ^= <<= >>= **= // //= @ @= -> ... := !'.split(
    ' ',
  );
const FIRST_OPERATOR = 7;

const NUMBERS = new Map<T, number>([
  [T.EndMarker, TokenNumber.EndMarker],
  [T.Name, TokenNumber.Name],
  [T.Number, TokenNumber.Number],
  [T.String, TokenNumber.String],
  [T.FStringStart, TokenNumber.FStringStart],
  [T.FStringMiddle, TokenNumber.FStringMiddle],
  [T.FStringEnd, TokenNumber.FStringEnd],
  [T.Newline, TokenNumber.Newline],
  [T.Indent, TokenNumber.Indent],
  [T.Dedent, TokenNumber.Dedent],
  [T.Op, TokenNumber.Op],
  [T.Await, TokenNumber.Await],
  [T.Async, TokenNumber.Async],
]);

function numberOf(type: T): number {
  const known = NUMBERS.get(type);
  if (known !== undefined) return known;
  return type >= T.False ? TokenNumber.Name : FIRST_OPERATOR + OPERATORS.indexOf(spelling(type));
}

export interface TokenInfo {
  readonly type: number;
  readonly text: string;
  readonly start: readonly [line: number, col: number];
  readonly end: readonly [line: number, col: number];
  readonly line: string;
}

/** What ends a list of tokens that could not be finished. */
type TokenFailure = PythonSyntaxError | UnfinishedText;

/** An error without a place in its arguments: `lineno` and `offset` are attributes of the exception alone. */
export interface UnfinishedText {
  readonly message: string;
  readonly filename: string;
  readonly lineno: number;
  readonly offset: number;
}

export interface TokenizedText {
  readonly tokens: readonly TokenInfo[];
  readonly failure: TokenFailure | null;
}

/** Tokenizes `text`; with `extra` as `tokenize.tokenize` shows it, else as the parser sees it. */
export function tokenizeText(text: string, extra: boolean, filename = '<string>'): TokenizedText {
  return new Lister(text, extra, filename).run();
}

class Lister {
  private readonly source: string;
  private readonly lineStarts: number[] = [0];
  private readonly tokenizer: Tokenizer;
  private readonly out: TokenInfo[] = [];
  private readonly implicitNewline: boolean;

  constructor(
    private readonly original: string,
    private readonly extra: boolean,
    private readonly filename: string,
  ) {
    const normal = original.replace(/\r\n?/g, '\n');
    this.implicitNewline = normal !== '' && !normal.endsWith('\n');
    this.source = this.implicitNewline ? normal + '\n' : normal;
    for (let at = this.source.indexOf('\n'); at >= 0; at = this.source.indexOf('\n', at + 1))
      this.lineStarts.push(at + 1);
    this.tokenizer = new Tokenizer(this.source, { filename, lenient: extra });
    this.tokenizer.lenientNumbers = extra;
    this.tokenizer.run();
  }

  run(): TokenizedText {
    const { tokens } = this.tokenizer;
    let at = 0;
    for (let i = 0; i < tokens.count; i++) {
      const type = tokens.type[i] as T;
      const start = tokens.start[i] ?? 0;
      const until = type === T.Error ? Math.min(start, this.failureStart()) : start;
      if (this.extra && until > at) this.gap(at, until);
      if (type === T.Error) return { tokens: this.out, failure: this.failure() };
      this.token(type, start, tokens.end[i] ?? 0);
      at = Math.max(at, type === T.Newline ? (tokens.end[i] ?? 0) + 1 : (tokens.end[i] ?? 0));
    }
    return { tokens: this.out, failure: null };
  }

  /** Line (from 0) of a position. */
  private lineAt(at: number): number {
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  private place(at: number): [line: number, col: number] {
    const line = this.lineAt(at);
    return [line + 1, codePointLength(this.source.slice(this.lineStarts[line] ?? 0, at))];
  }

  private endsInReturn(line: number): boolean {
    if (!this.original.includes('\r')) return false;
    const lines = this.original.split(/(?<=\n)/);
    return (lines[line] ?? '').endsWith('\r\n');
  }

  /** The text with the line ends that the original has. */
  private shown(from: number, to: number): string {
    const text = this.source.slice(from, Math.min(to, this.source.length - (this.implicitNewline ? 1 : 0)));
    if (!this.original.includes('\r')) return text;
    let line = this.lineAt(from);
    return text.replace(/\n/g, () => (this.endsInReturn(line++) ? '\r\n' : '\n'));
  }

  /** The lines from that of `from` to that of `to`. */
  private lines(from: number, to: number): string {
    const last = this.lineAt(to);
    return this.shown(this.lineStarts[this.lineAt(from)] ?? 0, this.lineStarts[last + 1] ?? this.source.length);
  }

  private add(type: number, start: number, end: number, text = this.shown(start, end)): void {
    const isString = type === TokenNumber.String || type === TokenNumber.FStringMiddle;
    const line = this.lines(isString ? start : end > start ? end - 1 : end, end);
    const from = this.place(start);
    this.out.push({ type, text, start: from, end: this.place(end), line: isString ? this.lines(start, end) : line });
  }

  /** Comments and newlines between two tokens. */
  private gap(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const ch = this.source[at];
      if (ch === '#') at = this.comment(at);
      else if (ch === '\\') at++;
      else if (ch === '\n') this.newline(TokenNumber.Nl, at);
    }
  }

  /** Adds the comment at `at`; gives its last position. */
  private comment(at: number): number {
    const end = this.source.indexOf('\n', at);
    this.add(TokenNumber.Comment, at, end);
    return end - 1;
  }

  private newline(type: number, at: number): void {
    const line = this.lineAt(at);
    const isAdded = this.implicitNewline && at === this.source.length - 1;
    const [row, col] = this.place(at);
    const isPair = this.endsInReturn(line);
    const text = isAdded ? '' : isPair ? '\r\n' : '\n';
    this.out.push({ type, text, start: [row, col], end: [row, col + (isPair ? 2 : 1)], line: this.lines(at, at) });
  }

  private token(type: T, start: number, end: number): void {
    if (type === T.Newline) {
      if (this.extra && end > start) this.comment(start);
      if (this.extra) this.newline(TokenNumber.Newline, end);
      else if (end > start) this.add(TokenNumber.Newline, start, end);
      else this.bare(TokenNumber.Newline, end, false);
    } else if (type === T.Indent) {
      if (this.extra) this.add(TokenNumber.Indent, this.lineStarts[this.lineAt(start)] ?? 0, start);
      else this.bare(TokenNumber.Indent, start, true);
    } else if (type === T.Dedent || type === T.EndMarker) this.empty(type, start);
    else this.add(this.extra ? shownNumber(type) : numberOf(type), start, end);
  }

  /** A token without text, as the parser sees it. */
  private bare(type: number, at: number, isPlaceless: boolean): void {
    const [row, col] = this.place(at);
    const shown: [number, number] = [row, isPlaceless ? -1 : col];
    this.out.push({ type, text: '', start: shown, end: shown, line: this.lines(at, at) });
  }

  private empty(type: T, at: number): void {
    const isEnd = at >= this.source.length;
    if (!this.extra) {
      const row = isEnd ? this.lineStarts.length - 1 : this.lineAt(at) + 1;
      this.out.push({
        type: numberOf(type),
        text: '',
        start: [row, -1],
        end: [row, -1],
        line: isEnd ? '' : this.lines(at, at),
      });
      return;
    }
    const place: [number, number] = isEnd ? [this.lineStarts.length, 0] : this.place(at);
    this.out.push({ type: numberOf(type), text: '', start: place, end: place, line: isEnd ? '' : this.lines(at, at) });
  }

  /** Where the tokenizer's failure lies: faults of indentation at the start of their line. */
  private failureStart(): number {
    const { failure } = this.tokenizer;
    const isIndentation = failure?.reason === 'dedent' || failure?.reason === 'tabs' || failure?.reason === 'tooDeep';
    return isIndentation ? (this.lineStarts[failure.line - 1] ?? 0) : Infinity;
  }

  private failure(): TokenFailure {
    const { failure } = this.tokenizer;
    switch (failure?.reason) {
      case 'syntax':
        return failure.error ?? this.endedEarly('');
      case 'dedent':
        return this.placed('IndentationError', 'unindent does not match any outer indentation level');
      case 'tabs':
        return this.placed('TabError', 'inconsistent use of tabs and spaces in indentation');
      case 'tooDeep':
        return this.placed('IndentationError', 'too many levels of indentation');
      case 'continuation':
        return this.placed('SyntaxError', 'unexpected character after line continuation character');
      default:
        return this.endedEarly();
    }
  }

  /** The error at the end of a text whose brackets are open: behind its last line, or behind its last backslash. */
  private endedEarly(message = 'unexpected EOF in multi-line statement'): UnfinishedText {
    const lineno = this.lineStarts.length - (this.source.endsWith('\n') ? 1 : 0);
    const last = this.source.slice(this.lineStarts[lineno - 1] ?? 0).trimEnd();
    const offset = last.endsWith('\\') ? codePointLength(last) + 1 : 0;
    return { message, filename: this.filename, lineno, offset };
  }

  private placed(type: 'SyntaxError' | 'IndentationError' | 'TabError', msg: string): PythonSyntaxError {
    const lineno = this.tokenizer.failure?.line ?? 0;
    const start = this.lineStarts[lineno - 1] ?? 0;
    const text = this.shown(start, (this.lineStarts[lineno] ?? this.source.length) - 1);
    const offset = codePointLength(text) + 1;
    return new PythonSyntaxError(type, {
      msg,
      filename: this.filename,
      lineno,
      offset,
      text,
      endLineno: null,
      endOffset: null,
    });
  }
}

/** `tokenize` shows every operator as OP, and no keyword as such. */
function shownNumber(type: T): number {
  const number = numberOf(type);
  if (number === (TokenNumber.Await as number) || number === (TokenNumber.Async as number)) return TokenNumber.Name;
  return number >= FIRST_OPERATOR && number < (TokenNumber.Op as number) ? TokenNumber.Op : number;
}
