/** `float`. */
import './float.ts';
