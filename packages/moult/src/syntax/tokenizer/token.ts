/** Token types, and the tables that map spellings to them. */

/** One number per kind of token; every operator and keyword has its own, so that the parser compares integers.
 *  Ranges that code relies on: augmented assignments are `PlusEqual..DoubleSlashEqual`, keywords `False..Yield`. */
export const enum T {
  EndMarker, Name, Number, String, FStringStart, FStringMiddle, FStringEnd, Newline, Indent, Dedent,
  /** A character that starts no token of the language: `$`, `?`, a backquote. */
  Op,
  /** The tokenizer failed here; see `Tokenizer.failure`. */
  Error,
  LPar, RPar, LSqb, RSqb, LBrace, RBrace, Colon, Comma, Semi, Dot, Ellipsis, RArrow, ColonEqual, Exclamation,
  Equal, EqEqual, NotEqual, Less, LessEqual, Greater, GreaterEqual,
  VBar, Circumflex, Amper, LeftShift, RightShift, Plus, Minus, Star, Slash, DoubleSlash, Percent, At, Tilde,
  DoubleStar,
  PlusEqual, MinusEqual, StarEqual, SlashEqual, PercentEqual, AmperEqual, VBarEqual, CircumflexEqual,
  LeftShiftEqual, RightShiftEqual, DoubleStarEqual, AtEqual, DoubleSlashEqual,
  False, None, True, And, As, Assert, Async, Await, Break, Class, Continue, Def, Del, Elif, Else, Except, Finally,
  For, From, Global, If, Import, In, Is, Lambda, Nonlocal, Not, Or, Pass, Raise, Return, Try, While, With, Yield,
  /** How many token types there are. */
  Count,
}

/** The reserved words. */
export const KEYWORDS: ReadonlyMap<string, T> = new Map<string, T>([
  ['False', T.False], ['None', T.None], ['True', T.True], ['and', T.And], ['as', T.As], ['assert', T.Assert],
  ['async', T.Async], ['await', T.Await], ['break', T.Break], ['class', T.Class], ['continue', T.Continue],
  ['def', T.Def], ['del', T.Del], ['elif', T.Elif], ['else', T.Else], ['except', T.Except], ['finally', T.Finally],
  ['for', T.For], ['from', T.From], ['global', T.Global], ['if', T.If], ['import', T.Import], ['in', T.In],
  ['is', T.Is], ['lambda', T.Lambda], ['nonlocal', T.Nonlocal], ['not', T.Not], ['or', T.Or], ['pass', T.Pass],
  ['raise', T.Raise], ['return', T.Return], ['try', T.Try], ['while', T.While], ['with', T.With],
  ['yield', T.Yield],
]);

const ONE: readonly (readonly [string, T])[] = [
  ['(', T.LPar], [')', T.RPar], ['[', T.LSqb], [']', T.RSqb], ['{', T.LBrace], ['}', T.RBrace], [':', T.Colon],
  [',', T.Comma], [';', T.Semi], ['.', T.Dot], ['!', T.Exclamation], ['=', T.Equal], ['<', T.Less],
  ['>', T.Greater], ['|', T.VBar], ['^', T.Circumflex], ['&', T.Amper], ['+', T.Plus], ['-', T.Minus],
  ['*', T.Star], ['/', T.Slash], ['%', T.Percent], ['@', T.At], ['~', T.Tilde],
];
const TWO: readonly (readonly [string, T])[] = [
  ['==', T.EqEqual], ['!=', T.NotEqual], ['<>', T.NotEqual], ['<=', T.LessEqual], ['>=', T.GreaterEqual],
  ['<<', T.LeftShift], ['>>', T.RightShift], ['**', T.DoubleStar], ['//', T.DoubleSlash], ['->', T.RArrow],
  [':=', T.ColonEqual], ['+=', T.PlusEqual], ['-=', T.MinusEqual], ['*=', T.StarEqual], ['/=', T.SlashEqual],
  ['%=', T.PercentEqual], ['&=', T.AmperEqual], ['|=', T.VBarEqual], ['^=', T.CircumflexEqual], ['@=', T.AtEqual],
];
const THREE: readonly (readonly [string, T])[] = [
  ['<<=', T.LeftShiftEqual], ['>>=', T.RightShiftEqual], ['**=', T.DoubleStarEqual], ['//=', T.DoubleSlashEqual],
];

const ONE_CHAR = new Uint8Array(128).fill(T.Op);
for (const [text, type] of ONE) ONE_CHAR[text.charCodeAt(0)] = type;
/** Two-character operators at `first * 128 + second`; 0 where there is none. */
const TWO_CHARS = new Uint8Array(128 * 128);
for (const [text, type] of TWO) TWO_CHARS[text.charCodeAt(0) * 128 + text.charCodeAt(1)] = type;

/** The operator spelt by one ASCII character, `T.Op` if there is none. */
export function oneChar(c: number): T {
  return c < 128 ? ONE_CHAR[c]! : T.Op;
}

/** The operator spelt by two characters, 0 if there is none. */
export function twoChars(c: number, d: number): number {
  return c < 128 && d < 128 ? TWO_CHARS[c * 128 + d]! : 0;
}

/** The operator that the third character makes of a two-character one, 0 if there is none: all end in `=`. */
export function threeChars(two: T, third: number): number {
  if (third !== 0x3d) return 0;
  switch (two) {
    case T.LeftShift: return T.LeftShiftEqual;
    case T.RightShift: return T.RightShiftEqual;
    case T.DoubleStar: return T.DoubleStarEqual;
    case T.DoubleSlash: return T.DoubleSlashEqual;
    default: return 0;
  }
}

const SPELLINGS: readonly string[] = (() => {
  const names = new Array<string>(T.Count).fill('');
  for (const [text, type] of [...THREE, ...TWO, ...ONE, ...KEYWORDS]) names[type] = text;
  names[T.NotEqual] = '!=';
  names[T.Ellipsis] = '...';
  return names;
})();

/** How an operator or keyword is written; '' for the other tokens. */
export function spelling(type: T): string {
  return SPELLINGS[type]!;
}
