/** `str` and its iterators. */
import './iterator.ts';
import './str.ts';
