/** `complex`. */
import './complex.ts';
