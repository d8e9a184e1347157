/** `npm run conformance [-- OPTION...]`: bundles the CLI if its sources changed, then runs the conformance programs. */
import { runConformance } from './lib/conformance.mjs';

process.exitCode = await runConformance(process.argv.slice(2));
