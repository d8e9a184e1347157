/** `words[ref + 3]` hides what lies at 3. Offsets have names, in the layout files; only those may use numbers. */

const VIEWS = new Set(['H', 'F', 'words', 'floats']);

/** @type {import('eslint').Rule.RuleModule} */
export const noRawOffset = {
  meta: {
    type: 'suggestion',
    docs: { description: 'disallow numeric offsets from a reference outside of layout files' },
    schema: [],
    messages: { rawOffset: 'Name this offset in a layout file instead of writing {{ offset }}.' },
  },
  create(context) {
    return {
      'MemberExpression[computed=true]'(node) {
        if (!isView(node.object)) return;
        const offset = rawOffset(node.property);
        if (offset !== null) context.report({ node: offset, messageId: 'rawOffset', data: { offset: offset.raw } });
      },
    };
  },
};

function isView(node) {
  if (node.type === 'Identifier') return VIEWS.has(node.name);
  return node.type === 'MemberExpression' && !node.computed && VIEWS.has(node.property.name);
}

/** The first numeric literal other than 0 that is added or subtracted in an index, or null. `| 0` is looked through. */
function rawOffset(node) {
  switch (node.type) {
    case 'TSNonNullExpression':
    case 'TSAsExpression':
      return rawOffset(node.expression);
    case 'BinaryExpression':
      if (node.operator === '|') return rawOffset(node.left);
      if (node.operator !== '+' && node.operator !== '-') return null;
      return literalOffset(node.left) ?? literalOffset(node.right) ?? rawOffset(node.left) ?? rawOffset(node.right);
    default:
      return null;
  }
}

function literalOffset(node) {
  return node.type === 'Literal' && typeof node.value === 'number' && node.value !== 0 ? node : null;
}
