/** The tokens of one source text, as parallel arrays that grow: no object per token. */

import type { T } from './token.ts';

/** Per token: its type, its range in the source string, its lines from 1 and its columns in UTF-8 bytes. */
export class TokenList {
  count = 0;
  type = new Uint8Array(0);
  start = new Int32Array(0);
  end = new Int32Array(0);
  line = new Int32Array(0);
  col = new Int32Array(0);
  endLine = new Int32Array(0);
  endCol = new Int32Array(0);

  constructor(capacity: number) {
    this.grow(capacity);
  }

  push(type: T, start: number, end: number, line: number, col: number, endLine: number, endCol: number): void {
    const i = this.count++;
    if (i === this.type.length) this.grow(2 * i);
    this.type[i] = type;
    this.start[i] = start;
    this.end[i] = end;
    this.line[i] = line;
    this.col[i] = col;
    this.endLine[i] = endLine;
    this.endCol[i] = endCol;
  }

  private grow(capacity: number): void {
    const copy = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(capacity);
      grown.set(old);
      return grown;
    };
    const types = new Uint8Array(capacity);
    types.set(this.type);
    this.type = types;
    this.start = copy(this.start);
    this.end = copy(this.end);
    this.line = copy(this.line);
    this.col = copy(this.col);
    this.endLine = copy(this.endLine);
    this.endCol = copy(this.endCol);
  }
}
