/** What the core needs of strings. */
import { onCreate } from '../../core/installers.ts';
import { encodeUtf8 } from '../bytes/codecs.ts';

onCreate((rt) => {
  rt.encodeUtf8 = (text) => encodeUtf8(rt, text);
});
