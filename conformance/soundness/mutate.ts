/** Mutations of texts and bytes that know nothing of what they mean. */
import type { Random } from '../fuzz/random.ts';

/** What is put in at random: what begins, ends or changes the mode of a tokenizer or parser. */
const PIECES = [
  ...'()[]{}:;,.=@\\\n\t\f\0\r"\'#!$?`~<>-+*/%&|^',
  ...[
    '"""',
    "'''",
    'f"',
    "f'''{",
    'rb"',
    '{!r:',
    '}}',
    '{{',
    '\\N{',
    '\\x',
    '\\\n',
    '\r\n',
    ':=',
    '->',
    '**',
    '//=',
    '...',
  ],
  ...[
    '    ',
    '\t',
    '\n\n',
    '\n  ',
    ' if ',
    ' else ',
    ' for ',
    ' in ',
    ' not ',
    ' is ',
    'async ',
    'await ',
    'lambda ',
    'yield ',
  ],
  ...[
    'match ',
    'case ',
    'type ',
    'def f(',
    'class C',
    'return ',
    'try:',
    'except*',
    'finally:',
    'with (',
    'del ',
    'global x',
    'nonlocal x',
  ],
  ...[
    '0x',
    '1e',
    '1_',
    '0777',
    '1j',
    '9'.repeat(30),
    'é',
    '𝒳',
    '\u2028',
    '\ud800',
    '\ufeff',
    '٣',
    'ﬁ',
    '_',
    '__debug__',
    'None',
    'print x',
  ],
  ...[
    '('.repeat(99),
    '-'.repeat(60),
    'not '.repeat(40),
    'f('.repeat(40),
    '{'.repeat(150),
    '['.repeat(250),
    'lambda:'.repeat(30),
  ],
];

const WORD = /\w+|\s+|[^\w\s]/gu;

/** The text with one to six changes; `other` is where pieces of another text come from. */
export function mutateText(random: Random, text: string, other: string): string {
  let result = text;
  for (let i = random.between(1, 6); i > 0; i--) result = changeText(random, result, other);
  return result;
}

function changeText(random: Random, text: string, other: string): string {
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + random.between(1, random.chance(0.2) ? 80 : 4));
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + text.slice(to);
    case 1:
    case 2:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(random.chance(0.5) ? at : to);
    case 3:
      return text.slice(0, at) + text.slice(at, to).repeat(random.between(2, 5)) + text.slice(to);
    case 4:
      return swapWords(random, text);
    case 5: {
      const from = random.below(other.length);
      return text.slice(0, at) + other.slice(from, from + random.between(1, 60)) + text.slice(at);
    }
    default:
      return random.chance(0.3)
        ? text.slice(0, at)
        : text.slice(0, at) + String.fromCharCode(random.below(random.chance(0.8) ? 128 : 65536)) + text.slice(to);
  }
}

function swapWords(random: Random, text: string): string {
  const words = text.match(WORD) ?? [];
  if (words.length < 2) return text;
  const [a, b] = [random.below(words.length), random.below(words.length)];
  [words[a], words[b]] = [words[b] ?? '', words[a] ?? ''];
  return words.join('');
}
