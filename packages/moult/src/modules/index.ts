/** All native modules, imported for their declarations. */
import './builtins/module.ts';
import './sys/module.ts';
