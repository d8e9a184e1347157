import { plainTester } from '../rule-tester.js';
import { noRawOffset } from './no-raw-offset.js';

plainTester().run('no-raw-offset', noRawOffset, {
  valid: [
    { name: 'a named offset passes', code: 'H[ref + HeadWord.RefCount] = 1;' },
    { name: 'the word itself passes', code: 'H[ref]; H[ref + 0];' },
    { name: 'a computed index passes', code: 'H[items + i];' },
    { name: 'a scaled index passes', code: 'H[entries + i * 3];' },
    { name: 'other arrays may be stepped through', code: 'codes[at + 1];' },
    { name: 'a constant index is not an offset from a reference', code: 'H[3];' },
    { name: 'a neighbour in a run of words passes', code: 'H[items + i - 1];' },
    { name: 'an entry of a table passes', code: 'H[Table.LastArena + 1];' },
    { name: 'a variable that names a run passes', code: 'H[args + 2];', options: [{ runs: ['args'] }] },
  ],
  invalid: [
    {
      name: 'a number added to a reference fails',
      code: 'H[ref + 3];',
      errors: [{ messageId: 'rawOffset', column: 9 }],
    },
    { name: 'a number on the left fails', code: 'H[2 + ref] = 0;', errors: 1 },
    { name: 'a number subtracted fails', code: 'H[ref - 2]--;', errors: 1 },
    { name: 'a view reached through an object fails', code: 'this.words[ref + 1]; m.words[ref + 1];', errors: 2 },
    { name: 'the float view fails', code: 'heap.floats[at + 1];', errors: 1 },
    { name: 'a number from a reference that was read fails', code: 'H[H[ref] + 2];', errors: 1 },
    { name: 'a reference in a field fails', code: 'H[this.ref + 2];', errors: 1 },
    { name: 'truncation and assertions hide nothing', code: 'H[(ref + 3) | 0]; H[(ref + 3)!];', errors: 2 },
  ],
});
