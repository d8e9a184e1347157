/** `npm run conformance:cpython [-- OPTION...]`: runs CPython's own tests with an up-to-date command. */
import { runConformanceCPython } from './lib/conformance.mjs';

process.exitCode = await runConformanceCPython(process.argv.slice(2));
