/** Finding the name that was probably meant: CPython's edit distance. Source: CPython 3.12 suggestions.c. */

const enum Cost {
  Move = 2,
  Case = 1,
  MaxCandidates = 750,
  MaxLength = 40,
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function lower(code: number): number {
  return isUpper(code) ? code + 32 : code;
}

function substitutionCost(a: number, b: number): number {
  if ((a & 31) !== (b & 31)) return Cost.Move;
  if (a === b) return 0;
  return lower(a) === lower(b) ? Cost.Case : Cost.Move;
}

/** The weighted edit distance of two byte strings; more than `maxCost` means "too far" and is not exact. */
export function levenshtein(a: Uint8Array, b: Uint8Array, maxCost: number): number {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let aEnd = a.length;
  let bEnd = b.length;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  return distance(a.subarray(start, aEnd), b.subarray(start, bEnd), maxCost);
}

function distance(first: Uint8Array, second: Uint8Array, maxCost: number): number {
  const [a, b] = second.length < first.length ? [second, first] : [first, second];
  if (a.length === 0) return b.length * Cost.Move;
  if (b.length > Cost.MaxLength || (b.length - a.length) * Cost.Move > maxCost) return maxCost + 1;
  const row = Array.from(a, (_, i) => (i + 1) * Cost.Move);
  let result = 0;
  for (let j = 0; j < b.length; j++) {
    let diagonal = (result = j * Cost.Move);
    let minimum = Infinity;
    for (let i = 0; i < a.length; i++) {
      const substitute = diagonal + substitutionCost(b[j], a[i]);
      diagonal = row[i];
      result = Math.min(Math.min(result, diagonal) + Cost.Move, substitute);
      row[i] = result;
      minimum = Math.min(minimum, result);
    }
    if (minimum > maxCost) return maxCost + 1;
  }
  return result;
}

/** The candidate nearest to `name`, the first of equals; null if none is near enough. */
export function suggest(candidates: readonly string[], name: string): string | null {
  if (candidates.length >= Cost.MaxCandidates) return null;
  const encoder = new TextEncoder();
  const wanted = encoder.encode(name);
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const bytes = encoder.encode(candidate);
    const allowed = Math.min(Math.floor(((wanted.length + bytes.length + 3) * Cost.Move) / 6), bestDistance - 1);
    const current = levenshtein(wanted, bytes, allowed);
    if (current > allowed) continue;
    best = candidate;
    bestDistance = current;
  }
  return best;
}
