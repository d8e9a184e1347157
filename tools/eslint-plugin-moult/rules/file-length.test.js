import { plainTester } from '../rule-tester.js';
import { fileLength } from './file-length.js';

const lines = (count) => 'f();\n'.repeat(count);
const options = [{ max: 5 }];

plainTester().run('file-length', fileLength, {
  valid: [
    { name: 'a file of the greatest length passes', code: lines(5), options },
    { name: 'the limit is 600 lines unless told otherwise', code: lines(600) },
    {
      name: 'a long file with a reason at its head passes',
      code: `/** A table.\n *  Length: one row for each opcode. */\n${lines(9)}`,
      options,
    },
    { name: 'the reason may be a line comment', code: `// Length: one loop, on purpose.\n${lines(9)}`, options },
  ],
  invalid: [
    { name: 'one line too many fails', code: lines(6), options, errors: [{ messageId: 'tooLong', line: 6 }] },
    { name: '601 lines fail', code: lines(601), errors: 1 },
    { name: 'an empty reason does not count', code: `/** Length: */\n${lines(9)}`, options, errors: 1 },
    { name: 'a reason below the head does not count', code: `f();\n// Length: late.\n${lines(9)}`, options, errors: 1 },
  ],
});
