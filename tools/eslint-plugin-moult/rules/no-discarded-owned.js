/** A value of type `Owned` is a duty to release it once. A statement that drops one leaks a reference. */

const BRAND = /^__@ownedBrand@/;

/** @type {import('eslint').Rule.RuleModule} */
export const noDiscardedOwned = {
  meta: {
    type: 'problem',
    docs: { description: 'disallow dropping an owned reference' },
    schema: [],
    messages: { discarded: 'This owned reference is dropped. Release it, store it or hand it over.' },
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const check = (node) => {
      for (const dropped of droppedBy(node)) {
        const type = checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(dropped));
        if (isOwned(checker, type)) context.report({ node: dropped, messageId: 'discarded' });
      }
    };
    return {
      ExpressionStatement: (node) => check(node.expression),
      'UnaryExpression[operator="void"]': (node) => check(node.argument),
      SequenceExpression: (node) => node.expressions.slice(0, -1).forEach(check),
    };
  },
};

/** The expressions whose values are lost when an expression's value is. An assignment keeps its value somewhere. */
function droppedBy(node) {
  switch (node.type) {
    case 'AssignmentExpression':
      return [];
    case 'UnaryExpression':
      return node.operator === 'void' ? [] : [node];
    case 'SequenceExpression':
      return droppedBy(node.expressions.at(-1));
    case 'ConditionalExpression':
      return [...droppedBy(node.consequent), ...droppedBy(node.alternate)];
    case 'LogicalExpression':
      return [...(node.operator === '&&' ? [] : droppedBy(node.left)), ...droppedBy(node.right)];
    case 'TSNonNullExpression':
    case 'TSAsExpression':
      return droppedBy(node.expression);
    default:
      return [node];
  }
}

/** Whether a type, or a member of a union, carries the brand of `Owned` (or is an alias of that name). */
function isOwned(checker, type) {
  if (type.aliasSymbol?.name === 'Owned') return true;
  if (type.isUnion()) return type.types.some((member) => isOwned(checker, member));
  if (!type.isIntersection()) return false;
  return checker.getPropertiesOfType(type).some(({ escapedName }) => BRAND.test(escapedName));
}
