/** The disassembler, with the layout of CPython's `dis`. Addresses of code objects are left out. */

import { CodeData } from './code-data.ts';
import { exceptionEntries } from './exceptions.ts';
import { instructions } from './instructions.ts';
import type { DecodedInstruction } from './instructions.ts';
import { decodeLocations } from './locations.ts';
import {
  ArgKind,
  BINARY_OP_SYMBOLS,
  COMPARE_OP_SYMBOLS,
  HAVE_ARGUMENT,
  INTRINSIC_1_NAMES,
  INTRINSIC_2_NAMES,
  OPCODES,
  Op,
} from './opcodes.ts';
import { constantRepr } from './repr.ts';

/** The listing of a code object and those in its constants. Offsets are bytes. */
export function dis(code: CodeData): string {
  let text = disassemble(code);
  for (const value of code.consts) {
    if (value instanceof CodeData) text += `\nDisassembly of ${constantRepr(value)}:\n${dis(value)}`;
  }
  return text;
}

/** The listing of one code object. */
function disassemble(code: CodeData): string {
  const lines = decodeLocations(code).map((location) => location.lineno);
  const width = Math.max(3, String(Math.max(...lines, 0)).length);
  const targets = jumpTargets(code);
  let text = '';
  let previousLine = NaN;
  for (const instr of withExtendedArgs(code)) {
    const line = lines[instr.offset] ?? -1;
    const starts = line !== previousLine && line >= 0;
    if (starts) previousLine = line;
    if (starts && instr.offset > 0) text += '\n';
    const marks = `${starts ? String(line).padStart(width) : ' '.repeat(width)}     ${targets.has(instr.offset) ? '>>' : '  '}`;
    text += `${marks} ${String(instr.offset * 2).padStart(4)} ${describe(code, instr)}`.trimEnd() + '\n';
  }
  return text + exceptionListing(code);
}

function describe(code: CodeData, instr: DecodedInstruction): string {
  const name = (OPCODES[instr.op]?.name ?? `<${instr.op}>`).padEnd(20);
  if (instr.op < HAVE_ARGUMENT) return name;
  const meaning = argumentText(code, instr);
  return `${name} ${String(instr.arg).padStart(5)}${meaning === '' ? '' : ` (${meaning})`}`;
}

/** The instructions, each EXTENDED_ARG on its own as well. */
function* withExtendedArgs(code: CodeData): Generator<DecodedInstruction> {
  for (const instr of instructions(code)) {
    let arg = 0;
    for (let offset = instr.start; offset < instr.offset; offset++) {
      arg = (arg << 8) | code.code[offset * 2 + 1]!;
      yield { offset, op: Op.EXTENDED_ARG, arg, start: offset, end: offset + 1 };
    }
    yield instr;
  }
}

/** Where a jump leads, in code units; undefined for other instructions. */
export function jumpTarget({ op, arg, end }: DecodedInstruction): number | undefined {
  if (OPCODES[op]?.arg !== ArgKind.Jump) return undefined;
  return op === Op.JUMP_BACKWARD || op === Op.JUMP_BACKWARD_NO_INTERRUPT ? end - arg : end + arg;
}

function jumpTargets(code: CodeData): Set<number> {
  const targets = new Set(exceptionEntries(code).map((entry) => entry.target));
  for (const instr of instructions(code)) {
    const target = jumpTarget(instr);
    if (target !== undefined) targets.add(target);
  }
  return targets;
}

function exceptionListing(code: CodeData): string {
  const entries = exceptionEntries(code);
  if (entries.length === 0) return '';
  const lines = entries.map(
    ({ start, end, target, depth, lasti }) =>
      `  ${start * 2} to ${end * 2 - 2} -> ${target * 2} [${depth}]${lasti ? ' lasti' : ''}\n`,
  );
  return `ExceptionTable:\n${lines.join('')}`;
}

function argumentText(code: CodeData, instr: DecodedInstruction): string {
  const { op, arg } = instr;
  switch (OPCODES[op]?.arg) {
    case ArgKind.Const:
      return constantRepr(code.consts[arg] ?? null);
    case ArgKind.Name:
      return nameText(code, op, arg);
    case ArgKind.Local:
    case ArgKind.Free:
      return code.localsplusnames[arg] ?? '';
    case ArgKind.Jump:
      return `to ${jumpTarget(instr)! * 2}`;
    case ArgKind.Compare:
      return COMPARE_OP_SYMBOLS[arg >> 4] ?? '';
    default:
      return numberText(op, arg);
  }
}

function nameText(code: CodeData, op: number, arg: number): string {
  const shift = op === Op.LOAD_SUPER_ATTR ? 2 : op === Op.LOAD_ATTR || op === Op.LOAD_GLOBAL ? 1 : 0;
  const name = code.names[arg >> shift] ?? '';
  if (shift === 0 || (arg & 1) === 0) return name;
  return (op === Op.LOAD_GLOBAL ? 'NULL + ' : 'NULL|self + ') + name;
}

const FORMAT_CONVERSIONS = ['', 'str', 'repr', 'ascii'];
const FUNCTION_FLAGS = ['defaults', 'kwdefaults', 'annotations', 'closure'];

function numberText(op: number, arg: number): string {
  switch (op) {
    case Op.BINARY_OP:
      return BINARY_OP_SYMBOLS[arg] ?? '';
    case Op.CALL_INTRINSIC_1:
      return `INTRINSIC_${INTRINSIC_1_NAMES[arg] ?? ''}`;
    case Op.CALL_INTRINSIC_2:
      return `INTRINSIC_${INTRINSIC_2_NAMES[arg] ?? ''}`;
    case Op.FORMAT_VALUE:
      return [FORMAT_CONVERSIONS[arg & 3]!, (arg & 4) !== 0 ? 'with format' : ''].filter(Boolean).join(', ');
    case Op.MAKE_FUNCTION:
      return FUNCTION_FLAGS.filter((_, i) => (arg & (1 << i)) !== 0).join(', ');
    default:
      return '';
  }
}
