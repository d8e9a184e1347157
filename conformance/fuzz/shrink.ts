/** Shrinks a program to a small one that still differs in the same way. */
import type { Statement } from './program.ts';

/** Whether a candidate is still a failure. */
type Judge = (candidate: readonly Statement[]) => Promise<boolean>;

/** Takes lines away, largest pieces first, until nothing more can go. At most `budget` candidates are judged. */
export async function shrink(program: readonly Statement[], judge: Judge, budget = 400): Promise<readonly Statement[]> {
  let left = budget;
  const bounded: Judge = async (candidate) => left-- > 0 && (await judge(candidate));
  let best = program;
  for (;;) {
    const before = best;
    best = await shrinkSequence(best, (statements) => statements, bounded);
    best = await shrinkBodies(best, bounded);
    if (best === before || left <= 0) return best;
  }
}

/** Removes runs of statements from one sequence; `rebuild` makes the whole program of the sequence. */
async function shrinkSequence(
  sequence: readonly Statement[],
  rebuild: (sequence: readonly Statement[]) => readonly Statement[],
  judge: Judge,
): Promise<readonly Statement[]> {
  let best = sequence;
  for (let length = Math.max(1, best.length >> 1); length >= 1; length >>= 1) {
    for (let at = best.length - length; at >= 0; at -= length) {
      const rest = best.slice(at, at + length).filter(({ fixed }) => fixed === true);
      const candidate = [...best.slice(0, at), ...rest, ...best.slice(at + length)];
      if (candidate.length < best.length && (await judge(rebuild(candidate)))) best = candidate;
    }
  }
  return best;
}

/** Shrinks what is indented, one statement after the other; where possible a block is replaced by its body. */
async function shrinkBodies(program: readonly Statement[], judge: Judge): Promise<readonly Statement[]> {
  let best = program;
  for (let at = best.length - 1; at >= 0; at--) {
    const statement = best[at] as Statement;
    if (statement.body === null) continue;
    const splice = (...replacement: readonly Statement[]): readonly Statement[] => [
      ...best.slice(0, at),
      ...replacement,
      ...best.slice(at + 1),
    ];
    const unwrapped = withoutClauses(splice(...statement.body), at + statement.body.length);
    if (await judge(unwrapped)) {
      best = unwrapped;
      at += statement.body.length;
      continue;
    }
    const inner: Judge = (body) => judge(splice({ line: statement.line, body }));
    const sequence = await shrinkSequence(statement.body, (body) => body, inner);
    const body = await shrinkBodies(sequence, inner);
    if (body !== statement.body) best = splice({ line: statement.line, body });
  }
  return best;
}

/** Without the clauses that stood behind a block that is gone. */
function withoutClauses(program: readonly Statement[], at: number): readonly Statement[] {
  let end = at;
  while (end < program.length && /^(except|else|elif|finally)\b/.test((program[end] as Statement).line)) end++;
  return [...program.slice(0, at), ...program.slice(end)];
}
