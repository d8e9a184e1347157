/** All native modules, imported for their declarations. */
import './builtins/module.ts';
import './sys/module.ts';
import './atexit.ts';
import './ctypes/module.ts';
import './gc.ts';
import './weakref/module.ts';
import './collections/module.ts';
import './abc.ts';
import './thread/module.ts';
import './itertools/module.ts';
import './operator/module.ts';
import './functools/module.ts';
import './math/module.ts';
import './sre/module.ts';
import './random/module.ts';
import './time/module.ts';
import './struct/module.ts';
