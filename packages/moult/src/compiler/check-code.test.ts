import { expect, test } from 'vitest';
import { parse } from '../syntax/parse.ts';
import { checkedCode, faultOf } from './check-code.ts';
import { CodeData } from './code-data.ts';
import { compileModule } from './compile.ts';
import { Op } from './opcodes.ts';

const SOURCE = `
def f(a, *b, c=1, **d):
  global g
  try:
    with a as x, b: return [x for x in c if d]
  except* (OSError, ValueError) as e: raise
  finally: del a
  match c:
    case {'k': [v, *w], **r} if v: pass
    case str() | C(z=1): g = lambda: (c, super().x)
async def h(n):
  async with n as m:
    async for i in m: yield await i
  return
class C[T]:
  y: int = 3
  def k(self): yield from (lambda: self.y, print(f'{self!r:>{T}}', *[1], **{}))
`;

function codesOf(code: CodeData): CodeData[] {
  return [code, ...code.consts.flatMap((value) => (value instanceof CodeData ? codesOf(value) : []))];
}

function compiled(source: string): CodeData {
  const options = { filename: 'f', mode: 'exec' } as const;
  return compileModule(parse(source, options).ast, options);
}

test('what the compiler makes can be run', () => {
  for (const code of codesOf(compiled(SOURCE))) expect(faultOf(code, code.consts.length)).toBe(-1);
});

const FAULTS: readonly [what: string, units: number[], fault: number][] = [
  ['an instruction that does not exist', [Op.RESUME, 0, 238, 0, Op.RETURN_VALUE, 0], 238],
  ['an end that is none', [Op.RESUME, 0, Op.NOP, 0], Op.RESERVED],
  ['a constant that is not there', [Op.RESUME, 0, Op.LOAD_CONST, 9, Op.RETURN_VALUE, 0], Op.LOAD_CONST],
  ['a variable that is not there', [Op.RESUME, 0, Op.LOAD_FAST, 3, Op.RETURN_VALUE, 0], Op.LOAD_FAST],
  ['nothing to take', [Op.RESUME, 0, Op.POP_TOP, 0, Op.LOAD_CONST, 0, Op.RETURN_VALUE, 0], Op.POP_TOP],
  ['nothing to copy', [Op.RESUME, 0, Op.COPY, 1, Op.RETURN_VALUE, 0], Op.COPY],
  [
    'too much on the stack',
    [Op.RESUME, 0, Op.LOAD_CONST, 0, Op.LOAD_CONST, 0, Op.LOAD_CONST, 0, Op.RETURN_VALUE, 0],
    Op.LOAD_CONST,
  ],
  [
    'a jump out of the code',
    [Op.RESUME, 0, Op.JUMP_FORWARD, 40, Op.LOAD_CONST, 0, Op.RETURN_VALUE, 0],
    Op.JUMP_FORWARD,
  ],
  ['a loop that nothing can end', [Op.RESUME, 0, Op.JUMP_BACKWARD_NO_INTERRUPT, 1], Op.JUMP_BACKWARD_NO_INTERRUPT],
];

test.each(FAULTS)('%s is found', (_, units, fault) => {
  const fields = { ...compiled('1'), code: Uint8Array.from(units), stacksize: 2 };
  expect(checkedCode(fields, 1).fault).toBe(fault);
});

test('handlers that lead back are found', () => {
  const code = compiled('try: f()\nexcept E: pass');
  expect(faultOf(new CodeData({ ...code, exceptiontable: Uint8Array.of(0x82, 4, 0, 0) }), code.consts.length)).toBe(
    Op.RESERVED,
  );
});
