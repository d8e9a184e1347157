/** From the objects of `_ast`, which a program may have made or changed, to our syntax trees. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from '../../core/errors.ts';
import { isSafeInt, safeIntValue } from '../../core/int.ts';
import { listItem, listLength } from '../../core/list.ts';
import { isInstanceOf } from '../../core/protocol/instance-check.ts';
import { reprText } from '../../core/protocol/text.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isBytes, isInt, isList, isStr, kindName } from '../../core/types.ts';
import type { Mod } from '../../syntax/ast.ts';
import { classOf, fieldOf } from './classes.ts';
import { constantFromObject } from './constants.ts';
import { camelCase, ENUMERATIONS, NODE_CLASSES } from './schema.ts';
import type { Field, NodeClass } from './schema.ts';
import type { Fields } from './to-object.ts';

/** What becomes of a node that is None. */
type Tree = Fields | string | null;

/** The kind of tree each mode of `compile()` needs. */
const MODES: Readonly<Record<string, string>> = {
  exec: 'Module',
  eval: 'Expression',
  single: 'Interactive',
  func_type: 'FunctionType',
};

/** The members of every sum, in the grammar's order. */
const MEMBERS: ReadonlyMap<string, readonly NodeClass[]> = groupMembers();

function groupMembers(): Map<string, NodeClass[]> {
  const members = new Map<string, NodeClass[]>();
  for (const node of NODE_CLASSES.values()) {
    if (node.isSum) members.set(node.name, []);
    else members.get(node.sum)?.push(node);
  }
  return members;
}

/** The tree that an object stands for. Raises TypeError and ValueError with CPython's messages. @runsPython */
export function treeFromObject(rt: Runtime, object: Ref, mode: string): Mod {
  const wanted = MODES[mode] ?? 'Module';
  if (!isInstanceOf(rt, object, classOf(rt, wanted)))
    typeError(rt, `expected ${wanted} node, got ${kindName(rt, object)}`);
  return readNode(rt, object, 'mod') as unknown as Mod;
}

function readNode(rt: Runtime, object: Ref, type: string): Tree {
  const members = MEMBERS.get(type);
  if (members === undefined) return readProduct(rt, object, type);
  if (ENUMERATIONS.has(type)) return chooseMember(rt, object, type, members).name;
  if (object === S.None) return null;
  const node: Fields = { kind: '' };
  const sum = NODE_CLASSES.get(type);
  if (sum !== undefined) readAttributes(rt, object, sum, node);
  const member = chooseMember(rt, object, type, members);
  node.kind = member.name;
  readFields(rt, object, member, node);
  return node;
}

function readProduct(rt: Runtime, object: Ref, type: string): Tree {
  const described = NODE_CLASSES.get(type);
  if (described === undefined) throw new Error(`no class for ${type}`);
  const node: Fields = { kind: type };
  readFields(rt, object, described, node);
  readAttributes(rt, object, described, node);
  return node;
}

function chooseMember(rt: Runtime, object: Ref, sum: string, members: readonly NodeClass[]): NodeClass {
  for (const member of members) if (isInstanceOf(rt, object, classOf(rt, member.name))) return member;
  return typeError(rt, `expected some sort of ${sum}, but got ${reprText(rt, object)}`);
}

function readAttributes(rt: Runtime, object: Ref, described: NodeClass, node: Fields): void {
  for (const attribute of described.attributes) {
    const name = attribute.replace('?', '');
    const value = fieldOf(rt, object, name);
    if (value === 0 || (value === S.None && attribute !== name)) {
      if (attribute === name) missing(rt, name, described.name);
      node[camelCase(name)] = node[camelCase(name.slice('end_'.length))];
      continue;
    }
    temp(rt, value);
    node[camelCase(name)] = readInt(rt, value);
    dropTemp(rt, value);
  }
}

function missing(rt: Runtime, field: string, owner: string): never {
  return typeError(rt, `required field "${field}" missing from ${owner}`);
}

function readFields(rt: Runtime, object: Ref, described: NodeClass, node: Fields): void {
  enterRecursion(rt, ` while traversing '${described.name}' node`);
  for (const field of described.fields) {
    const value = fieldOf(rt, object, field.name);
    if (value === 0) {
      if (field.mark === '') missing(rt, field.name, described.name);
      node[field.property] = absent(field);
      continue;
    }
    temp(rt, value);
    node[field.property] =
      field.mark === '*' ? readList(rt, value, field, described) : readField(rt, value, field, described);
    dropTemp(rt, value);
  }
  leaveRecursion(rt);
}

/** What stands for a field that is left out: an empty list, for a number 0. */
function absent(field: Field): unknown {
  if (field.mark === '*') return [];
  return field.type === 'int' ? 0 : null;
}

function readField(rt: Runtime, value: Ref, field: Field, owner: NodeClass): unknown {
  if (field.mark === '?' && value === S.None) return absent(field);
  const read = readValue(rt, value, field.type);
  if (read === null && field.mark === '' && field.type !== 'constant') {
    valueError(rt, `field '${field.name}' is required for ${owner.name}`);
  }
  return read;
}

function readList(rt: Runtime, list: Ref, field: Field, owner: NodeClass): unknown[] {
  const where = `${owner.name} field "${field.name}"`;
  if (!isList(rt, list)) typeError(rt, `${where} must be a list, not a ${kindName(rt, list)}`);
  const length = listLength(rt, list);
  const items: unknown[] = [];
  for (let i = 0; i < length; i++) {
    const item = temp(rt, newRef(rt, listItem(rt, list, i)) as Owned);
    items.push(readValue(rt, item, field.type));
    dropTemp(rt, item);
    if (listLength(rt, list) !== length) raiseResized(rt, where);
  }
  return items;
}

function raiseResized(rt: Runtime, where: string): never {
  return typeError(rt, `${where} changed size during iteration`);
}

function readValue(rt: Runtime, value: Ref, type: string): unknown {
  switch (type) {
    case 'identifier':
      if (value === S.None) return null;
      if (!isStr(rt, value)) typeError(rt, 'AST identifier must be of type str');
      return strText(rt, value);
    case 'string':
      if (value === S.None) return null;
      if (!isStr(rt, value) && !isBytes(rt, value)) typeError(rt, 'AST string must be of type str');
      return isStr(rt, value) ? strText(rt, value) : '';
    case 'int':
      return readInt(rt, value);
    case 'constant':
      return constantFromObject(rt, value);
    default:
      return readNode(rt, value, type);
  }
}

function readInt(rt: Runtime, value: Ref): number {
  if (!isInt(rt, value)) valueError(rt, `invalid integer value: ${reprText(rt, value)}`);
  return isSafeInt(rt, value) ? safeIntValue(rt, value) : 0;
}
