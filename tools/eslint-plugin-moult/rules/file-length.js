/** A file of more than 600 lines needs a reason: a line `Length: <reason>` in the comment at its head. */

const DEFAULT_MAX = 600;
const REASON = /^[\s*]*Length:\s*\S/m;

/** @type {import('eslint').Rule.RuleModule} */
export const fileLength = {
  meta: {
    type: 'suggestion',
    docs: { description: 'require a reason for a long file' },
    schema: [{ type: 'object', properties: { max: { type: 'integer', minimum: 1 } }, additionalProperties: false }],
    messages: {
      tooLong:
        'This file has {{ lines }} lines, more than {{ max }}. Split it, or give the reason in its head comment: "Length: …".',
    },
  },
  create(context) {
    const max = context.options[0]?.max ?? DEFAULT_MAX;
    return {
      Program(node) {
        const lines = lengthOf(context.sourceCode.lines);
        if (lines <= max || REASON.test(headComments(context.sourceCode))) return;
        context.report({ node, loc: { line: max + 1, column: 0 }, messageId: 'tooLong', data: { lines, max } });
      },
    };
  },
};

/** The newline that ends a file does not begin another line. */
const lengthOf = (lines) => (lines.at(-1) === '' ? lines.length - 1 : lines.length);

/** The comments before the first token. */
function headComments({ ast, text }) {
  const start = ast.tokens[0]?.range[0] ?? text.length;
  return ast.comments
    .filter(({ range }) => range[1] <= start)
    .map(({ value }) => value)
    .join('\n');
}
