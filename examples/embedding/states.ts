import { createPython } from 'moult';

using python = createPython();
python.run('moves = []\ndef play(move): moves.append(move); print(*moves)');

const start = python.snapshot();
python.run('play("e4")');
using other = python.fork(); // from here on independent
console.log(python.run('play("e5")').stdout.trim(), '|', other.run('play("c5")').stdout.trim());

python.restore(start);
console.log(python.run('play("d4")').stdout.trim(), '|', other.run('print(id(moves) > 0, moves)').stdout.trim());

// The same state makes the same steps, down to the addresses.
const again = 'print(id(object()), [id(x) for x in ([], {})])';
python.restore(start);
using twin = python.fork();
console.log(python.run(again).stdout === twin.run(again).stdout);

// prints:
// e4 e5 | e4 c5
// d4 | True ['e4', 'c5']
// true
