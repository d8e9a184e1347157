/** `int` and `bool`. */
import './bool.ts';
import './int.ts';
