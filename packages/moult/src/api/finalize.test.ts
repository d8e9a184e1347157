import { expect, test } from 'vitest';
import { createRuntime } from './create.ts';
import { finalize, leftovers } from './finalize.ts';
import { isIncomplete, runStatement } from './interactive.ts';
import { runSource } from './run.ts';

const RESERVE = 1 << 29;

/** What a program writes from its start to the end of the interpreter. */
function output(source: string, files: Readonly<Record<string, string>> = {}): string {
  const written: string[] = [];
  const rt = createRuntime({
    reserveBytes: RESERVE,
    path: ['/lib'],
    host: {
      write: (_fd, data) => void written.push(new TextDecoder().decode(data)),
      statPath: (path) => statOf(files, path),
      readFile: (path) => (files[path] === undefined ? null : new TextEncoder().encode(files[path])),
    },
  });
  runSource(rt, source, '/lib/main.py');
  rt.audit();
  finalize(rt);
  rt.audit();
  expect(leftovers(rt).map((o) => rt.typeNameOf(o))).toEqual([]);
  return written.join('');
}

function statOf(files: Readonly<Record<string, string>>, path: string): 'file' | 'folder' | null {
  if (files[path] !== undefined) return 'file';
  return Object.keys(files).some((name) => name.startsWith(`${path}/`)) ? 'folder' : null;
}

const NAMED = 'class N:\n  def __init__(s, n): s.n = n\n  def __del__(s): print("del", s.n)\n';

test('globals die at the end, in the order of the namespace', () => {
  expect(output(`${NAMED}b = N(1)\na = N(2)\n_c = N(3)\nprint("end")`)).toBe('end\ndel 1\ndel 2\ndel 3\n');
});

test('a cycle that is left at the end is collected', () => {
  expect(output(`${NAMED}a = N(1)\na.me = a`)).toBe('del 1\n');
});

test('exit callbacks run last first, before anything dies', () => {
  const source = `${NAMED}import atexit\na = N(1)\natexit.register(print, "first")\natexit.register(print, "second", sep="")`;
  expect(output(source)).toBe('second\nfirst\ndel 1\n');
});

test('what gc.callbacks keeps alive never dies', () => {
  expect(output(`${NAMED}import gc\na = N(1)\na.me = a\ngc.callbacks.append(lambda p, i: None)`)).toBe('');
});

test('hooks of every kind, and what they hold, do not outlive the interpreter', () => {
  const hooks = 'import sys\nclass A:\n  pass\na = A()\na.me = a\ndef hook(*args): a\n';
  const set = [
    'addaudithook(hook)',
    'set_asyncgen_hooks(hook, hook)',
    'settrace(hook)',
    'setprofile(hook)',
    'monitoring.use_tool_id(1, "x"); sys.monitoring.register_callback(1, 1, hook)',
  ];
  for (const call of set) expect(output(`${hooks}sys.${call}`)).toBe('');
});

test('packages, submodules and relative imports come from the path', () => {
  const files = {
    '/lib/pkg/__init__.py': 'print("pkg", __name__, __package__, __path__)\nfrom . import one',
    '/lib/pkg/one.py': 'from .two import value\nprint("one", __name__, __package__)',
    '/lib/pkg/two.py': 'value = 5',
  };
  const source = 'import pkg.two\nfrom pkg import *\nprint(pkg.one.value, pkg.two.value, pkg.__file__)';
  expect(output(source, files)).toBe("pkg pkg pkg ['/lib/pkg']\none pkg.one pkg\n5 5 /lib/pkg/__init__.py\n");
});

test('a module that fails is not kept, and errors name it', () => {
  const files = { '/lib/broken.py': '1/0', '/lib/flat.py': '' };
  const source = [
    'import sys',
    'for name in ("broken", "flat.x", "nothing", "nothing.x"):',
    '  try: __import__(name)',
    '  except Exception as e: print(type(e).__name__, e, name in sys.modules, getattr(e, "name", 0))',
    'try:\n  from . import x\nexcept ImportError as e: print(e)',
    'try:\n  from flat import gone\nexcept ImportError as e: print(e)',
  ].join('\n');
  expect(output(source, files)).toBe(
    [
      'ZeroDivisionError division by zero False 0',
      "ModuleNotFoundError No module named 'flat.x'; 'flat' is not a package False flat.x",
      "ModuleNotFoundError No module named 'nothing' False nothing",
      "ModuleNotFoundError No module named 'nothing' False nothing",
      'attempted relative import with no known parent package',
      "cannot import name 'gone' from 'flat' (/lib/flat.py)",
      '',
    ].join('\n'),
  );
});

test('interactive statements show values and keep the last one', () => {
  const written: string[] = [];
  const rt = createRuntime({
    reserveBytes: RESERVE,
    host: { write: (_fd, data) => void written.push(new TextDecoder().decode(data)) },
  });
  for (const source of ['1 + 1\n', '_ * 10\n', 'None\n', 'for i in range(2):\n  i\n\n', 'x = 3; x\n', 'zzqq\n']) {
    expect(runStatement(rt, source).exitCode).toBeNull();
  }
  expect(written.join('')).toBe(
    `2\n20\n0\n1\n3\nTraceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nNameError: name 'zzqq' is not defined\n`,
  );
  expect(runStatement(rt, 'raise SystemExit(4)\n').exitCode).toBe(4);
  rt.audit();
});

test('a block needs an empty line, a bracket its end', () => {
  expect(isIncomplete('if 1:\n  pass\n')).toBe(true);
  expect(isIncomplete('if 1:\n  pass\n\n')).toBe(false);
  expect(isIncomplete('f(1,\n')).toBe(true);
  expect(isIncomplete('1 +\n')).toBe(false);
  expect(isIncomplete('x = """a\n')).toBe(true);
});
