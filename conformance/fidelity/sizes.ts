/** Tables of sizes, from the recorded output of `programs/identity/sizes_of_types.py`. */

/** Headings of the tables of objects, with what their expressions have in common; the first that fits takes it. */
const GROUPS: readonly (readonly [title: string, expressions: RegExp])[] = [
  ['Exceptions', /Error\(|Exception|StopIteration|SystemExit|traceback|Group/],
  ['Modules of the library', /^(collections|itertools|functools|operator|weakref|array|struct|re|io|datetime)\./],
  [
    'Modules of the library',
    /^\(?(decimal|random|contextvars|threading|fractions|types|hashlib|zlib|csv|json|ctypes|enum)\./,
  ],
  ['Modules of the library', /^Colour|^Point/],
  ['Classes and instances', /^(Plain|Slots|Weak|Sub|attributes|Meta|EnumLike|Error|type\('A'|super)/],
  [
    'Functions and what runs',
    /function|lambda|closure|code|generator|started|coroutine|asyncgen|frame|property|method\(|len$|join$|append$|__add__|\(x for/,
  ],
  ['Iterators and views', /^(iter|reversed|enumerate|zip|map\(|filter|range|slice)|\.(keys|values|items)\(\)$/],
  ['Sets', /^(set|frozenset|\{i for|\{0\})/],
  ['Dicts', /^(\{|dict|removed|updated|kwargs)/],
  ['Lists', /^(\[|list\(|sorted|appended|extended|popped)/],
  ['Tuples', /^(\(\)|\(0,\)|tuple)/],
  ['Text and bytes', /^('|b'|byte|memoryview|str\(|repr)/],
  ['Numbers and singletons', /./],
];
const COUNTS = [0, 1, 2, 10, 100];

export interface Sizes {
  /** Of types: name, `__basicsize__`, `__itemsize__`, whether the collector knows its instances. */
  readonly types: readonly (readonly [name: string, basic: number, item: number, isCollected: boolean])[];
  /** Of expressions: one size, or one for each count. */
  readonly objects: readonly (readonly [expression: string, sizes: readonly number[]])[];
}

/** Reads the program's output. */
export function readSizes(output: string): Sizes {
  const [types = '', objects = ''] = output.replace(/^types\n/, '').split('\nobjects\n');
  return {
    types: lines(types).map((line) => {
      const [name = '', basic, item, collected] = line.split(' ');
      return [name, Number(basic), Number(item), collected === '1'] as const;
    }),
    objects: lines(objects).map((line) => {
      const at = line.lastIndexOf(': ');
      return [
        line.slice(0, at),
        line
          .slice(at + 2)
          .split(' ')
          .map(Number),
      ] as const;
    }),
  };
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** The section with all tables. */
export function sizesSection({ types, objects }: Sizes): string {
  const titles = [...new Set(GROUPS.map(([title]) => title))].reverse();
  const tables = titles.map((title) =>
    objectTable(
      title,
      objects.filter(([text]) => groupOf(text) === title),
    ),
  );
  return [...tables, typeTable(types)].join('\n\n');
}

function groupOf(expression: string): string {
  return GROUPS.find(([, pattern]) => pattern.test(expression))?.[0] ?? '';
}

/** One table of what has a size for each count, and one line for all that has one size. */
function objectTable(title: string, objects: Sizes['objects']): string {
  const growing = objects.filter(([, sizes]) => sizes.length > 1);
  const single = objects.filter(([, sizes]) => sizes.length === 1);
  const head = [`| \`sys.getsizeof\` | ${COUNTS.map((n) => `N = ${n}`).join(' | ')} |`, `| --- |${' --: |'.repeat(5)}`];
  const rows = growing.map(([text, sizes]) => `| ${code(text)} | ${sizes.join(' | ')} |`);
  const others = single.map(([text, sizes]) => `${code(text)} ${sizes.join('')}`);
  return [
    `### ${title}`,
    ...(growing.length > 0 ? ['', ...head, ...rows] : []),
    ...(single.length > 0 ? ['', ...filled(others)] : []),
  ].join('\n');
}

/** As code in a table, where a bar would end the cell. */
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

/** Items with commas between, in lines of a page's width. */
function filled(items: readonly string[]): string[] {
  const made: string[] = [];
  for (const [i, item] of items.entries()) {
    const text = item + (i < items.length - 1 ? ',' : '.');
    const last = made.at(-1);
    if (last !== undefined && last.length + text.length < 110) made[made.length - 1] = `${last} ${text}`;
    else made.push(text);
  }
  return made;
}

function typeTable(types: Sizes['types']): string {
  const modules = new Map<string, string[]>();
  for (const [name, basic, item, isCollected] of types) {
    const dot = name.lastIndexOf('.');
    const texts = modules.get(name.slice(0, dot)) ?? [];
    texts.push(`\`${name.slice(dot + 1)}\` ${basic}${item === 0 ? '' : `+${item}`}${isCollected ? '' : '°'}`);
    modules.set(name.slice(0, dot), texts);
  }
  const text = [...modules].flatMap(([module, texts]) => ['', `**${module}**`, ...filled(texts)]);
  return [
    '### Types',
    '',
    '`__basicsize__`, with `+__itemsize__` if it is not 0; ° where the collector does not know the instances.',
    ...text,
  ].join('\n');
}
