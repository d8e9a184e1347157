/** All exception types, by their side effect of being defined. */
import './base.ts';
import './simple.ts';
import './values.ts';
import './names.ts';
import './os-error.ts';
import './syntax-error.ts';
import './unicode-errors.ts';
import './groups.ts';
import './memory-error.ts';
