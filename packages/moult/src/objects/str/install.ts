/** What the core needs of strings. */
import { onConnect } from '../../core/installers.ts';
import { encodeUtf8 } from '../bytes/codecs.ts';

onConnect((rt) => {
  rt.encodeUtf8 = (text) => encodeUtf8(rt, text);
});
