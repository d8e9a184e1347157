/** The module `sys`. */
import type { Ref } from '@moult/heap';
import { defineModule } from '../../core/module-spec.ts';
import type { Runtime } from '../../core/runtime.ts';
import { addMonitoring } from './monitoring.ts';
import { HOOK_FUNCTIONS } from './hooks.ts';
import { OBJECT_FUNCTIONS } from './objects.ts';
import { SETTING_FUNCTIONS } from './settings.ts';
import { THREAD_FUNCTIONS } from './thread-state.ts';
import { TRACING_FUNCTIONS } from './tracing.ts';
import { addVariables } from './variables.ts';

defineModule({
  name: 'sys',
  doc: 'Objects and functions used or maintained by the interpreter.',
  functions: [...HOOK_FUNCTIONS, ...OBJECT_FUNCTIONS, ...SETTING_FUNCTIONS, ...THREAD_FUNCTIONS, ...TRACING_FUNCTIONS],
  populate: (rt: Runtime, dict: Ref) => {
    addVariables(rt, dict);
    addMonitoring(rt, dict);
  },
});
