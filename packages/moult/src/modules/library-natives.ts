/** Native modules that the library's data modules stand on, imported for their declarations. */
import './binascii/module.ts';
import './array/module.ts';
import './unicodedata/module.ts';
import './zlib/module.ts';
import './tokenize/module.ts';
import './decimal/module.ts';
import './json/module.ts';
import './bisect/module.ts';
import './datetime/module.ts';
import './heapq/module.ts';
import './csv/module.ts';
import './pickle/module.ts';
import './marshal/module.ts';
import './opcode.ts';
import './cmath/module.ts';
import './tracemalloc/module.ts';
