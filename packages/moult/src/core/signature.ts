/** Reading text signatures: `($self, object, /, *, key=None)`. */

export interface ParsedSignature {
  /** Names in order, without `$self`. */
  parameters: string[];
  positionalOnly: number;
  /** How many may be given by position. */
  maxPositional: number;
  /** How many of the first must be given. */
  required: number;
}

/** The parameters of a signature with its parentheses. */
export function parseSignature(text: string): ParsedSignature {
  const parsed: ParsedSignature = { parameters: [], positionalOnly: 0, maxPositional: -1, required: 0 };
  for (const part of splitParameters(text.slice(1, -1))) addParameter(parsed, part);
  if (parsed.maxPositional < 0) parsed.maxPositional = parsed.parameters.length;
  return parsed;
}

/** The parts between commas that are in no brackets. */
function splitParameters(text: string): string[] {
  if (text === '') return [];
  const parts = text.split(',').map((part) => part.trim());
  return /[([{]/.test(text) ? parts.reduce(joinBracketed, []) : parts;
}

/** Adds a part to the list, or to its last entry if that has an open bracket. */
function joinBracketed(parts: string[], part: string): string[] {
  const last = parts.at(-1) ?? '';
  const isOpen = last.replace(/[^([{]/g, '').length > last.replace(/[^)\]}]/g, '').length;
  return isOpen ? [...parts.slice(0, -1), `${last}, ${part}`] : [...parts, part];
}

function addParameter(parsed: ParsedSignature, part: string): void {
  if (part.startsWith('$')) return;
  if (part === '/') {
    parsed.positionalOnly = parsed.parameters.length;
  } else if (part === '*') {
    parsed.maxPositional = parsed.parameters.length;
  } else {
    const equals = part.indexOf('=');
    parsed.parameters.push(equals < 0 ? part : part.slice(0, equals).trim());
    if (equals < 0) parsed.required = parsed.parameters.length;
  }
}
