/** `words[ref + 3]` hides what lies at 3. Offsets have names, in the layout files; only those may use numbers.
 *  Stepping through a run of equal words is no offset: sums with an index or a named offset pass, and so do the variables
 *  that the option `runs` names (arguments on the stack, a block's end). */

const VIEWS = new Set(['H', 'F', 'words', 'floats']);

/** @type {import('eslint').Rule.RuleModule} */
export const noRawOffset = {
  meta: {
    type: 'suggestion',
    docs: { description: 'disallow numeric offsets from a reference outside of layout files' },
    schema: [
      {
        type: 'object',
        properties: { runs: { type: 'array', items: { type: 'string' } } },
        additionalProperties: false,
      },
    ],
    messages: { rawOffset: 'Name this offset in a layout file instead of writing {{ offset }}.' },
  },
  create(context) {
    const runs = new Set(context.options[0]?.runs);
    return {
      'MemberExpression[computed=true]'(node) {
        if (!isView(node.object)) return;
        const offset = rawOffset(node.property, runs);
        if (offset !== null) context.report({ node: offset, messageId: 'rawOffset', data: { offset: offset.raw } });
      },
    };
  },
};

function isView(node) {
  if (node.type === 'Identifier') return VIEWS.has(node.name);
  return node.type === 'MemberExpression' && !node.computed && VIEWS.has(node.property.name);
}

/** The number other than 0 that an index adds to, or takes from, one reference; or null. `| 0` is looked through. */
function rawOffset(node, runs) {
  switch (node.type) {
    case 'TSNonNullExpression':
    case 'TSAsExpression':
      return rawOffset(node.expression, runs);
    case 'BinaryExpression':
      if (node.operator === '|') return rawOffset(node.left, runs);
      return node.operator === '+' || node.operator === '-' ? offsetIn(node, runs) : null;
    default:
      return null;
  }
}

function offsetIn({ left, right }, runs) {
  const [number, base] = isNumber(left) ? [left, right] : [right, left];
  return isNumber(number) && number.value !== 0 && !stepsThroughRun(base, runs) ? number : null;
}

const isNumber = (node) => node.type === 'Literal' && typeof node.value === 'number';

/** A sum, the name of a run, or a constant such as `Table.LastArena`. */
function stepsThroughRun(base, runs) {
  if (base.type === 'BinaryExpression') return base.operator === '+' || base.operator === '-';
  if (base.type === 'Identifier') return runs.has(base.name);
  return base.type === 'MemberExpression' && !base.computed && /^[A-Z]/.test(base.property.name);
}
