import { createPython } from 'moult';

using python = createPython();
const prices = new Map([
  ['tea', 3],
  ['cake', 5],
]);

python.set('price', function price(name: string) {
  const found = prices.get(name);
  if (found === undefined) throw new Error(`no ${name} today`);
  return found;
});

const { stdout } = python.run(`
print(price("tea") + price("cake"), price)
try:
    price("soup")
except RuntimeError as error:
    print(error)
`);
console.log(stdout);

// prints:
// 8 <host function price>
// no soup today
//
