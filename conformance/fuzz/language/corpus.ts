/** What the generator for the language mutates: the conformance programs, the examples, and the methods of CPython's own tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, render } from '../program.ts';
import type { Statement } from '../program.ts';

/** Modules of CPython's tests that are about the language and its types, and need nothing from outside. */
const TESTS =
  'augassign bool builtin bytes class compare complex contains decorators defaultdict deque dict dictcomps enumerate exceptions float ' +
  'fstring funcattrs generators genexps getargs2 global grammar int isinstance iter itertools keywordonlyarg list listcomps long ' +
  'opcodes operator positional_only_arg property raise range richcmp scope set slice sort string str super tuple types unary unpack ' +
  'unpack_ex userdict userlist with patma named_expressions';

/** What differs from run to run, reaches outside, or is about memory, which the other generator is for. */
const LEFT_OUT =
  /\b(time|random|urandom|getpid|threading|_thread|subprocess|socket|tempfile|asyncio|signal|tracemalloc|getsizeof|gc|getrefcount|ctypes|__file__|platform|weakref|id|input|open|faulthandler|support|cpython_only|warnings|executable|hash_info|maxsize|MemoryError|__doc__|zoneinfo)\b/;

/** The sign of NaN is none here (sign_of_nan in conformance/differences). */
const isLeftOut = (source: string): boolean =>
  LEFT_OUT.test(source) || (/nan/i.test(source) && /copysign/.test(source));

const MOST_LINES = 150;

/** The sources, always in the same order. @param library the folder of CPython's library */
export function readCorpus(root: string, library: string): readonly (readonly Statement[])[] {
  const programs = join(root, 'conformance/programs');
  const folders = [
    ...readdirSync(programs)
      .sort()
      .map((name) => join(programs, name)),
    join(root, 'examples'),
  ];
  return [
    ...folders.flatMap(programsOf),
    ...TESTS.split(' ').flatMap((name) => methodsOf(join(library, 'test'), name)),
  ];
}

function programsOf(folder: string): (readonly Statement[])[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/^"""[^]*?"""\n/, ''))
    .filter((source) => !isLeftOut(source) && isPlain(source) && source.split('\n').length <= MOST_LINES)
    .map(parse);
}

/** Each test method as a program of its own, in which `self` prints what it is to check (check.py). */
function methodsOf(folder: string, name: string): (readonly Statement[])[] {
  let source: string;
  try {
    source = readFileSync(join(folder, `test_${name}.py`), 'utf8');
  } catch {
    return [];
  }
  const top = parse(source);
  const imports = top.filter(({ line, body }) => body === null && isImport(line));
  return top
    .filter(({ line }) => line.startsWith('class '))
    .flatMap(({ body }) => body ?? [])
    .filter(({ line, body }) => body !== null && /^def test_\w+\(self\):$/.test(line))
    .map(({ body }) => [...imports, { line: 'from check import self', body: null, fixed: true }, ...(body ?? [])])
    .filter((program) => program.length > imports.length + 2 && isUsable(render(program)));
}

const isImport = (line: string): boolean =>
  /^(import (sys|operator|itertools|collections|functools|math|string|types|copy|re)\b|from (collections|itertools|functools|operator|math|types) import)/.test(
    line,
  ) && !line.endsWith('(');

const isUsable = (source: string): boolean =>
  !isLeftOut(source) && isPlain(source) && !/\bself\.(?!assert|fail|subTest)/.test(source);

/** Whether every line is a statement, or the head of one: `parse` knows nothing else. */
function isPlain(source: string): boolean {
  if (source.includes('"""') || source.includes("'''")) return false;
  return source.split('\n').every((line) => {
    const bare = line.replace(/'(\\.|[^'\\])*'|"(\\.|[^"\\])*"/g, '').replace(/#.*/, '');
    const depth = [...bare].reduce((sum, char) => sum + ('([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0), 0);
    return depth === 0 && !bare.endsWith('\\');
  });
}
