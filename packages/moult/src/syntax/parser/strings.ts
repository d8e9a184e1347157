/** String literals in the parser: implicit concatenation and f-strings.
 *
 *  CPython first makes one node per literal, flattens them into one list, then joins neighbouring constants. Nodes keep
 *  the positions that follow from that: a joined constant reaches from its first part to its last. */

import type { Constant, Expr, FormattedValue, JoinedStr } from '../ast.ts';
import { decodeEscapes, LiteralError, stringValue } from '../literals.ts';
import { T } from '../tokenizer/token.ts';
import { ParserBase } from './base.ts';

const CONVERSION_R = 114;
const MIXED = 'cannot mix bytes and nonbytes literals';

export abstract class StringParser extends ParserBase {
  protected abstract starExpressions(): Expr;
  protected abstract yieldExpression(): Expr;

  /** Parses one or more adjacent string literals. */
  protected strings(): Expr {
    const first = this.p;
    const next = this.types[first + 1];
    if (this.types[first] === T.String && next !== T.String && next !== T.FStringStart) return this.plainString();
    const parts: Expr[] = [];
    let formatted = false;
    for (;;) {
      const type = this.types[this.p];
      if (type === T.String) {
        parts.push(this.plainString());
      } else if (type === T.FStringStart) {
        formatted = true;
        parts.push(...this.fstring());
      } else {
        return this.joinStrings(parts, formatted, first);
      }
    }
  }

  private plainString(): Constant {
    const t = this.p++;
    const before = this.context.warnings.length;
    const { value, isUnicode } = stringValue(this.tokenText(t), this.lines[t]!, this.context);
    this.locateWarnings(before, t);
    return {
      kind: 'Constant',
      value,
      strKind: isUnicode ? 'u' : null,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[t]!,
      endColOffset: this.endCols[t]!,
    };
  }

  private joinStrings(parts: Expr[], formatted: boolean, first: number): Expr {
    const isBytes = (part: Expr): boolean => part.kind === 'Constant' && part.value instanceof Uint8Array;
    const bytesCount = parts.filter(isBytes).length;
    if (bytesCount > 0) {
      if (bytesCount < parts.length || formatted) throw new LiteralError(MIXED, false);
      return this.joinRun(parts as Constant[]);
    }
    const values = this.joinConstants(parts, formatted);
    if (!formatted) return values[0]!;
    const last = this.p - 1;
    return {
      kind: 'JoinedStr',
      values,
      lineno: this.lines[first]!,
      colOffset: this.cols[first]!,
      endLineno: this.endLines[last]!,
      endColOffset: this.endCols[last]!,
    };
  }

  /** Joins neighbouring constants; drops empty ones if `dropEmpty`. */
  private joinConstants(parts: Expr[], dropEmpty: boolean): Expr[] {
    const values: Expr[] = [];
    for (let i = 0; i < parts.length;) {
      const part = parts[i++]!;
      if (part.kind !== 'Constant') {
        values.push(part);
        continue;
      }
      const run = [part];
      for (let next = parts[i]; next?.kind === 'Constant'; next = parts[++i]) run.push(next);
      const joined = this.joinRun(run);
      if (joined.value !== '' || !dropEmpty) values.push(joined);
    }
    return values;
  }

  private joinRun(run: Constant[]): Constant {
    const first = run[0]!;
    const last = run[run.length - 1]!;
    if (first === last) return first;
    const value =
      first.value instanceof Uint8Array
        ? Uint8Array.from(run.flatMap((part) => [...(part.value as Uint8Array)]))
        : run.map((part) => part.value as string).join('');
    return { ...first, value, endLineno: last.endLineno, endColOffset: last.endColOffset };
  }

  /** Parses one f-string into its parts. */
  private fstring(): Expr[] {
    const raw = /r/i.test(this.tokenText(this.p++));
    const parts: Expr[] = [];
    const texts: Constant[] = [];
    for (;;) {
      if (this.types[this.p] === T.FStringMiddle) {
        const text = this.fstringText();
        texts.push(text);
        parts.push(text);
      } else if (this.types[this.p] === T.LBrace) {
        this.replacementField(raw, parts);
      } else {
        break;
      }
    }
    this.expect(T.FStringEnd);
    // As in CPython, escapes are decoded when all is read, and warned of in the last line.
    const before = this.context.warnings.length;
    if (!raw) for (const text of texts) this.decode(text, this.lines[this.p - 1]!);
    this.locateWarnings(before, this.p - 1);
    return parts.filter((part) => part.kind !== 'Constant' || part.value !== '');
  }

  /** The warnings from `first` on came up in token `t`. */
  private locateWarnings(first: number, t: number): void {
    const { warnings } = this.context;
    for (let i = first; i < warnings.length; i++) warnings[i]!.token ??= t;
  }

  private decode(text: Constant, line: number): void {
    if ((text.value as string).includes('\\'))
      text.value = decodeEscapes(text.value as string, line, this.context, true);
  }

  /** Literal text of an f-string, escapes not decoded. */
  private fstringText(): Constant {
    const t = this.p++;
    return {
      kind: 'Constant',
      value: this.tokenText(t),
      strKind: null,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[t]!,
      endColOffset: this.endCols[t]!,
    };
  }

  /** Parses `{...}` and appends it to `parts`, before it its text if it ends in `=`. */
  private replacementField(raw: boolean, parts: Expr[]): void {
    const open = this.p++;
    const value = this.types[this.p] === T.Yield ? this.yieldExpression() : this.starExpressions();
    const debug = this.take(T.Equal);
    const end = this.p;
    let conversion = this.conversion();
    const formatSpec = this.types[this.p] === T.Colon ? this.formatSpec(raw) : null;
    this.expect(T.RBrace);
    if (debug) {
      parts.push(this.debugText(open, end));
      if (conversion < 0 && formatSpec === null) conversion = CONVERSION_R;
    }
    const close = this.p - 1;
    const field: FormattedValue = {
      kind: 'FormattedValue',
      value,
      conversion,
      formatSpec,
      lineno: this.lines[open]!,
      colOffset: this.cols[open]!,
      endLineno: this.endLines[close]!,
      endColOffset: this.endCols[close]!,
    };
    parts.push(field);
  }

  private conversion(): number {
    const bang = this.p;
    if (!this.take(T.Exclamation)) return -1;
    if (this.types[this.p] !== T.Name || this.starts[this.p] !== this.ends[bang]) this.fail();
    const name = this.tokenText(this.p++);
    if (name !== 's' && name !== 'r' && name !== 'a') this.fail();
    return name.charCodeAt(0);
  }

  /** The source between the brace `open` and token `end`, as CPython keeps it: without what follows a `#`. */
  private debugText(open: number, end: number): Constant {
    const text = this.source.slice(this.ends[open], this.starts[end]);
    return {
      kind: 'Constant',
      value: text.replace(/#[^\n]*/g, ''),
      strKind: null,
      lineno: this.lines[open]!,
      colOffset: this.cols[open]! + 1,
      endLineno: this.lines[end]!,
      endColOffset: this.cols[end]!,
    };
  }

  private formatSpec(raw: boolean): JoinedStr {
    const colon = this.p++;
    const values: Expr[] = [];
    for (;;) {
      if (this.types[this.p] === T.FStringMiddle) {
        const text = this.fstringText();
        if (!raw) this.decode(text, text.lineno);
        values.push(text);
      } else if (this.types[this.p] === T.LBrace) {
        this.replacementField(raw, values);
      } else {
        break;
      }
    }
    const only = values.length === 1 ? values[0]! : null;
    if (only?.kind === 'Constant' && only.value === '') values.length = 0;
    const last = this.p - 1;
    return {
      kind: 'JoinedStr',
      values,
      lineno: this.lines[colon]!,
      colOffset: this.cols[colon]!,
      endLineno: this.endLines[last]!,
      endColOffset: this.endCols[last]!,
    };
  }
}
