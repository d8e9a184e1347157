/** `npm run build [-- NAME...]`: bundles the packages and writes the libraries' declarations, into dist folders. */
import { bundleTarget } from './lib/bundle.mjs';
import { emitDeclarations } from './lib/declarations.mjs';
import { targets } from './lib/targets.mjs';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !targets.some((target) => target.name === name));
if (unknown.length > 0) {
  console.error(`no such target: ${unknown.join(', ')}; there are ${targets.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

for (const target of targets) {
  if (wanted.length > 0 && !wanted.includes(target.name)) continue;
  const start = performance.now();
  await bundleTarget(target);
  if (target.types) emitDeclarations(target);
  console.log(`${target.name}: ${target.out}.js, .traced.js (${Math.round(performance.now() - start)} ms)`);
}
