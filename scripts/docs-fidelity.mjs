/** `npm run docs:fidelity`: writes the generated parts of docs/fidelity.md from the recorded results. */
import { root } from './lib/paths.mjs';
import { importTypeScript } from './lib/run-ts.mjs';

const { main } = /** @type {{ main(root: string): Promise<void> }} */ (
  await importTypeScript('conformance/fidelity/run.ts')
);
await main(root);
