/** Matching and searching: where the machine is started, and with what of the subject in sight. */
import { Engine } from './engine.ts';
import { At, Op } from './opcodes.ts';

/** Looks for matches of one program, in one subject at a time. */
export class Matcher extends Engine {
  /** Prepares for matching in the part from `start` to `end` of a subject, whose beginning can still be seen. */
  begin(text: string, wide: Int32Array | null, start: number, end: number): void {
    this.text = text;
    this.wide = wide;
    this.start = this.ptr = start;
    this.end = end;
    this.mustAdvance = -1;
    this.matchAll = false;
    this.restartSteps();
    this.reset();
  }

  /** Goes on behind the match just found, which the next one may not be if it is empty. */
  advance(): void {
    this.mustAdvance = this.ptr === this.start ? this.ptr : -1;
    this.start = this.ptr;
    this.reset();
  }

  /** Matches at `start`. */
  match(): boolean {
    if (this.start > this.end) return false;
    this.ptr = this.start;
    return this.run(0, true);
  }

  /** Looks for the first match from `start` on, which becomes its start. */
  search(): boolean {
    const { code, prefix, firstSet } = this.program;
    let last = this.end;
    let ptr = this.start;
    if (ptr > last) return false;
    if (code[0] === (Op.INFO as number) && code[3] > 0) {
      if (last - ptr < code[3]) return false;
      last -= code[3] - 1;
    }
    const first = code[0] === (Op.INFO as number) ? code[1] + 1 : 0;
    const anchored =
      code[first] === (Op.AT as number) &&
      (code[first + 1] === (At.BEGINNING as number) || code[first + 1] === (At.BEGINNING_STRING as number));
    for (let top = true; ; top = false) {
      if (prefix !== '') ptr = this.findPrefix(prefix, ptr, last);
      else if (firstSet >= 0) ptr = this.findFirst(firstSet, ptr, last);
      if (ptr < 0) return false;
      this.lastMark = this.lastIndex = -1;
      this.start = this.ptr = ptr;
      if (this.run(0, top)) return true;
      this.mustAdvance = -1;
      if (anchored || ptr >= last) return false;
      ptr++;
    }
  }

  private findPrefix(prefix: string, from: number, last: number): number {
    if (this.wide === null) {
      const found = this.text.indexOf(prefix, from);
      return found < 0 || found >= last ? -1 : found;
    }
    const ch = prefix.codePointAt(0);
    for (let i = from; i < last; i++) if (this.wide[i] === ch) return i;
    return -1;
  }

  private findFirst(set: number, from: number, last: number): number {
    for (let i = from; i < last; i++) if (this.program.has(set, this.at(i))) return i;
    return -1;
  }
}
