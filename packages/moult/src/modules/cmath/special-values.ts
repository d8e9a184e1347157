/** What the functions of `cmath` give where a part is infinite or no number.
 *
 *  A row for each real part, a column for each imaginary part: −inf, negative, −0, 0, positive, inf, nan. `n` is nan, `i` inf,
 *  `p` π, `h` π/2, `q` π/4, `t` 3π/4; `E` is a domain error; `.` is computed. From CPython 3.12's own answers. */
const TABLES: Readonly<Record<string, string>> = {
  acos: 't,i p,i p,i p,-i p,-i t,-i n,i h,i . . . . h,-i n,n h,i . . . . h,-i h,n h,i . . . . h,-i h,n h,i . . . . h,-i n,n q,i 0,i 0,i 0,-i 0,-i q,-i n,i n,i n,n n,n n,n n,n n,-i n,n',
  acosh:
    'i,-t i,-p i,-p i,p i,p i,t i,n i,-h . . . . i,h n,n i,-h . . . . i,h n,n i,-h . . . . i,h n,n i,-h . . . . i,h n,n i,-q i,-0 i,-0 i,0 i,0 i,q i,n i,n n,n n,n n,n n,n i,n n,n',
  asinh:
    '-i,-q -i,-0 -i,-0 -i,0 -i,0 -i,q -i,n -i,-h . . . . -i,h n,n -i,-h . . . . -i,h n,n i,-h . . . . i,h n,n i,-h . . . . i,h n,n i,-q i,-0 i,-0 i,0 i,0 i,q i,n i,n n,n n,-0 n,0 n,n i,n n,n',
  atanh:
    '-0,-h -0,-h -0,-h -0,h -0,h -0,h -0,n -0,-h . . . . -0,h n,n -0,-h . . . . -0,h -0,n 0,-h . . . . 0,h 0,n 0,-h . . . . 0,h n,n 0,-h 0,-h 0,-h 0,h 0,h 0,h 0,n 0,-h n,n n,n n,n n,n 0,h n,n',
  cosh: 'E i,i i,0 i,-0 i,-i E i,n E . . . . E n,n E . . . . E n,0 E . . . . E n,0 E . . . . E n,n E i,-i i,-0 i,0 i,i E i,n n,n n,n n,0 n,0 n,n n,n n,n',
  exp: '0,0 0,-0 0,-0 0,0 0,0 0,0 0,0 E . . . . E n,n E . . . . E n,n E . . . . E n,n E . . . . E n,n E i,-i i,-0 i,0 i,i E i,n n,n n,n n,-0 n,0 n,n n,n n,n',
  log: 'i,-t i,-p i,-p i,p i,p i,t i,n i,-h . . . . i,h n,n i,-h . . . . i,h n,n i,-h . . . . i,h n,n i,-h . . . . i,h n,n i,-q i,-0 i,-0 i,0 i,0 i,q i,n i,n n,n n,n n,n n,n i,n n,n',
  sinh: 'E -i,-i -i,-0 -i,0 -i,i E i,n E . . . . E n,n E . . . . E 0,n E . . . . E 0,n E . . . . E n,n E i,-i i,-0 i,0 i,i E i,n n,n n,n n,-0 n,0 n,n n,n n,n',
  sqrt: 'i,-i 0,-i 0,-i 0,i 0,i i,i n,i i,-i . . . . i,i n,n i,-i . . . . i,i n,n i,-i . . . . i,i n,n i,-i . . . . i,i n,n i,-i i,-0 i,-0 i,0 i,0 i,i i,n i,-i n,n n,n n,n n,n i,i n,n',
  tanh: '-1.0,0 -1.0,-0 -1.0,-0 -1.0,0 -1.0,0 -1.0,0 -1.0,0 E . . . . E n,n E . . . . E n,n E . . . . E n,n E . . . . E n,n 1.0,0 1.0,-0 1.0,-0 1.0,0 1.0,0 1.0,0 1.0,0 n,n n,n n,-0 n,0 n,n n,n n,n',
  rect: 'E -i,i -i,0 -i,-0 -i,-i E i,n E . . . . E n,n 0,0 . . . . 0,0 0,0 0,0 . . . . 0,0 0,0 E . . . . E n,n E i,-i i,-0 i,0 i,i E i,n n,n n,n n,0 n,0 n,n n,n n,n',
};

const VALUES: Readonly<Record<string, number>> = {
  n: NaN,
  i: Infinity,
  p: Math.PI,
  h: Math.PI / 2,
  q: Math.PI / 4,
  t: (3 * Math.PI) / 4,
};

function valueOf(text: string): number {
  const isNegative = text.startsWith('-');
  const name = isNegative ? text.slice(1) : text;
  const value = VALUES[name] ?? Number(name);
  return isNegative ? -value : value;
}

/** Row or column of a part. */
function place(x: number): number {
  if (x !== x) return 6;
  if (x === 0) return Object.is(x, -0) ? 2 : 3;
  if (Math.abs(x) === Infinity) return x < 0 ? 0 : 5;
  return x < 0 ? 1 : 4;
}

type SpecialValue = readonly [re: number, im: number] | 'domain';

const WIDTH = 7;
const parsed = new Map<string, readonly SpecialValue[]>();

function tableOf(name: string): readonly SpecialValue[] {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const table = (TABLES[name] ?? '').split(' ').map((cell): SpecialValue => {
    if (cell === 'E' || cell === '.') return 'domain';
    const [re = '', im = ''] = cell.split(',');
    return [valueOf(re), valueOf(im)];
  });
  parsed.set(name, table);
  return table;
}

/** The value of a function where a part is infinite or nan. */
export function specialValue(name: string, re: number, im: number): SpecialValue {
  return tableOf(name)[WIDTH * place(re) + place(im)] ?? 'domain';
}
