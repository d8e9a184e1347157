/** `bytes` and `bytearray` with their iterators. */
import './bytearray.ts';
import './bytes.ts';
import './iterator.ts';
import './memoryview.ts';
