/** From our syntax trees to the objects of `_ast`. */
import type { Owned, Ref } from '@moult/heap';
import { newRef } from '@moult/heap';
import { newComplex } from '../../core/complex.ts';
import { newBigInt, newFloat, newInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { setAttrText } from '../../core/protocol/attribute.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S } from '../../core/static.ts';
import { internText, newBytes, newStr } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { PyComplex } from '../../syntax/ast.ts';
import type { ConstantValue, Mod } from '../../syntax/ast.ts';
import { memberOf, newNode } from './classes.ts';
import { camelCase, ENUMERATIONS, NODE_CLASSES } from './schema.ts';
import type { Field } from './schema.ts';

/** A node of our tree, seen by the names of its properties. */
export type Fields = Record<string, unknown> & { kind: string };

/** The tree as objects. @runsPython */
export function treeToObject(rt: Runtime, tree: Mod): Owned {
  return nodeToObject(rt, tree as unknown as Fields);
}

function nodeToObject(rt: Runtime, node: Fields): Owned {
  enterRecursion(rt, ' during  ast construction');
  const described = NODE_CLASSES.get(node.kind);
  if (described === undefined) throw new Error(`no class for ${node.kind}`);
  const made = temp(rt, newNode(rt, node.kind));
  for (const field of described.fields) store(rt, made, field.name, fieldToObject(rt, field, node[field.property]));
  for (const attribute of described.attributes) {
    const name = attribute.replace('?', '');
    store(rt, made, name, newInt(rt, node[camelCase(name)] as number));
  }
  leaveRecursion(rt);
  return untemp(rt, made);
}

/** `node.name = value`; takes `value`. @runsPython */
function store(rt: Runtime, node: Ref, name: string, value: Owned): void {
  temp(rt, value);
  setAttrText(rt, node, name, value);
  dropTemp(rt, value);
}

function fieldToObject(rt: Runtime, field: Field, value: unknown): Owned {
  if (field.mark !== '*') return valueToObject(rt, field.type, value);
  const list = temp(rt, newList(rt, 0));
  for (const item of value as unknown[]) listAppendTake(rt, list, valueToObject(rt, field.type, item));
  return untemp(rt, list);
}

function valueToObject(rt: Runtime, type: string, value: unknown): Owned {
  if (type === 'constant') return constantToObject(rt, value as ConstantValue);
  if (value === null || value === undefined) return S.None as Ref as Owned;
  if (type === 'identifier') return internText(rt, value as string);
  if (type === 'string') return newStr(rt, value as string);
  if (type === 'int') return newInt(rt, Number(value));
  if (ENUMERATIONS.has(type)) return newRef(rt, memberOf(rt, value as string));
  return nodeToObject(rt, value as Fields);
}

function constantToObject(rt: Runtime, value: ConstantValue): Owned {
  switch (typeof value) {
    case 'string':
      return newStr(rt, value);
    case 'bigint':
      return newBigInt(rt, value);
    case 'number':
      return newFloat(rt, value);
    case 'boolean':
      return pyBool(value) as Owned;
    case 'symbol':
      return S.Ellipsis as Ref as Owned;
    default:
      if (value === null) return S.None as Ref as Owned;
      return value instanceof PyComplex ? newComplex(rt, value.real, value.imag) : newBytes(rt, value.slice());
  }
}
