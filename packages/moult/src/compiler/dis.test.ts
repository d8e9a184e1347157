import { expect, it } from 'vitest';
import { parse } from '../syntax/parse.ts';
import { compileModule } from './compile.ts';
import { dis } from './dis.ts';
import { exceptionEntries } from './exceptions.ts';
import { decodeLocations } from './locations.ts';
import type { CodeData } from './code-data.ts';

function compile(source: string): CodeData {
  return compileModule(parse(source, { filename: 'x.py', mode: 'exec' }).ast, { filename: 'x.py', mode: 'exec' });
}

it('lists lines, jump targets, arguments and the exception table', () => {
  expect(dis(compile('try:\n  f(1)\nexcept E:\n  x.y = g.h(2)\n'))).toBe(`\
  0           0 RESUME                   0

  1           2 NOP

  2           4 PUSH_NULL
              6 LOAD_NAME                0 (f)
              8 LOAD_CONST               0 (1)
             10 CALL                     1
             18 POP_TOP
             20 RETURN_CONST             2 (None)
        >>   22 PUSH_EXC_INFO

  3          24 LOAD_NAME                1 (E)
             26 CHECK_EXC_MATCH
             28 POP_JUMP_IF_FALSE       25 (to 80)
             30 POP_TOP

  4          32 LOAD_NAME                2 (g)
             34 LOAD_ATTR                7 (NULL|self + h)
             54 LOAD_CONST               1 (2)
             56 CALL                     1
             64 LOAD_NAME                4 (x)
             66 STORE_ATTR               5 (y)
             76 POP_EXCEPT
             78 RETURN_CONST             2 (None)

  3     >>   80 RERAISE                  0
        >>   82 COPY                     3
             84 POP_EXCEPT
             86 RERAISE                  1
ExceptionTable:
  4 to 18 -> 22 [0]
  22 to 74 -> 82 [1] lasti
  80 to 80 -> 82 [1] lasti
`);
});

it('inner code objects follow', () => {
  expect(dis(compile('lambda: 1'))).toContain(
    'Disassembly of <code object <lambda>, file "x.py", line 1>:\n  1           0 RESUME',
  );
});

it('every code unit has a location', () => {
  const code = compile('x = (a +\n     b)\n');
  const locations = decodeLocations(code);
  expect(locations.length).toBe(code.code.length / 2);
  expect(locations[3]).toEqual({ lineno: 1, endLineno: 2, col: 5, endCol: 6 });
});

it('handlers of exceptions are in code units', () => {
  expect(exceptionEntries(compile('try: a\nfinally: b'))[0]).toEqual({
    start: 1,
    end: 3,
    target: 6,
    depth: 0,
    lasti: false,
  });
});
