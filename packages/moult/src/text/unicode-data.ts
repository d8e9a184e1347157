/** Unicode 15.0 data that the JavaScript engine does not have, or has in a newer version.
 *
 *  Written by fixtures/make_unicode_data.py from CPython 3.12's own answers; do not edit. *Ranges* are the code points
 *  at which a property changes from no to yes and back, each as the difference to the one before, in base 36. */

/** Ranges of what `str.isprintable` accepts. What is assigned only after Unicode 15.0 is not in them. */
export const PRINTABLE_RANGES =
  'w 2n y c 1 ju 2 6 4 7 1 1 1 k 1 b1 1 12 2 1e 2 3 1 1j 8 r 4 6 h m 1 5c 1 1c 2 1n 2 2t e 1n 2 1d 2 f 1 s 2 1 1 b ' +
  '5 v 9 22 1 4h 1 8 2 2 2 m 1 7 1 1 3 4 2 9 2 2 2 4 8 1 4 2 1 5 2 p 2 3 1 6 4 2 2 m 1 7 1 2 1 2 1 2 2 1 1 5 4 2 2 ' +
  '3 3 1 7 4 1 1 7 h a 3 1 9 1 3 1 m 1 7 1 2 1 5 2 a 1 3 1 3 2 1 f 4 2 c 7 7 1 3 1 8 2 2 2 m 1 7 1 2 1 5 2 9 2 2 2 ' +
  '3 7 3 4 2 1 5 2 i a 2 1 6 3 3 1 4 3 2 1 1 1 2 3 2 3 3 3 c 4 5 3 3 1 4 2 1 6 1 e l 5 d 1 3 1 n 1 g 2 9 1 3 1 4 7 ' +
  '2 1 3 2 1 2 4 2 a 7 m 1 3 1 n 1 a 1 5 2 9 1 3 1 4 7 2 6 2 1 4 2 a 1 3 c d 1 3 1 1f 1 3 1 6 4 g 2 q 1 3 1 i 3 o ' +
  '1 9 1 1 2 7 3 1 4 6 1 1 1 8 6 a 2 3 c 1m 4 t 11 2 1 1 1 5 1 o 1 1 1 n 2 5 1 1 1 7 1 a 2 4 w 20 1 10 4 13 1 10 1 ' +
  'f 1 d 11 5i 1 1 5 1 2 ah 1 4 2 7 1 1 1 4 2 15 1 4 2 x 1 4 2 7 1 1 1 4 2 f 1 1l 1 4 2 1v 2 w 3 q 6 2e 2 6 2 hs 1 ' +
  's 3 2h 7 m 9 o 9 k c d 1 3 1 2 c 2m 2 a 6 a 6 e 1 b 6 2h 7 17 5 1y a v 1 c 4 c 4 1 3 16 2 5 b 18 4 q 6 b 3 1q 2 ' +
  '1t 1 t 2 b 6 a 6 e 2 v 1d 25 3 1b 1 38 8 1o 3 f 3 1o 7 17 2 b 8 17 5 eu 2 6 2 12 2 6 2 8 1 1 1 1 1 1 1 v 2 1h 1 ' +
  'f 1 e 2 6 1 j 2 3 1 9 h o 8 1b h 2 2 r 1 d 3 x f x f 3w 4 if p b l 1ec 2 w 1 9p 5 19 1 1 5 1 2 1k 7 2 e o 9 7 1 ' +
  '7 1 7 1 7 1 7 1 7 1 7 1 7 1 3i y q 1 2h c 5y q c 5 1r 1 2e 2 2v 5 17 1 2m 1 2c c 1b 1 mlp 3 1j 9 9o k 54 8 5n 5 ' +
  '2 1 1 1 5 o 1n 3 a 6 1k 8 1y 8 c 6 38 b u 3 26 1 b 4 x 1 1j 9 e 2 a 2 2v o s a 6 2 6 2 6 9 7 1 7 1 1o 4 3i 2 a ' +
  '6 8mc c n 4 1d 6is a6 2 2y 12 7 c 5 5 q 1 5 1 1 1 2 1 2 1 3h g cd 2 1i 7 1 w 16 6 1f 1 j 1 4 4 5 1 3r 4 5a 3 6 ' +
  '2 6 2 6 2 3 3 7 1 7 d 2 2 c 1 q 1 j 1 2 1 f 2 e y 3f 5 3 4 19 3 2g 1 d 3 1 1b 1a 3m t 3 1d f s 4 10 9 u 5 17 5 ' +
  'u 1 11 4 e 16 4e 2 a 6 10 4 10 4 14 8 1g b c 1 f 1 7 1 2 1 b 1 f 1 7 1 2 1v 8n 9 m a 8 o 6 1 16 1 9 1x 6 2 1 1 ' +
  '18 1 2 3 1 2 n 1 20 8 9 1c j 1 2 5 x 3 r 5 1 1s 1k 4 k 2 1e 1 2 5 8 1 3 1 t 2 3 4 a 7 9 7 1s w 13 4 c 9 1i 3 t ' +
  '2 r 5 q 7 4 c 7 28 21 1j 1f d 1f 7 1a 8 a 86 v 1 16 1 3 2 2 23 17 8 16 m q 12 s k n 9 26 4 10 9 1q 1 5 d p 7 a ' +
  '6 1h 1 i 8 13 9 2o 1 k b i 1 1b 1q 7 1 1 1 4 1 f 1 b 6 1n 5 a 6 4 1 8 2 2 2 m 1 7 1 2 1 5 1 a 2 2 2 3 2 1 6 1 5 ' +
  '7 2 7 3 5 3v 2k 1 5 u 20 8 a 4m 1i 2 12 y 1x b a 6 d j 1m 6 a 1i r 2 f 4 n 55 1o 2s 2b c 8 2 1 2 8 1 2 1 u 1 2 ' +
  '2 c 9 a 1y 8 2 1a 2 b r 20 8 2b d 21 7 a 6u 9 1 19 1 e a t 3 w 2 m 1 e 21 7 1 2 1 18 3 1 1 2 1 9 8 a 6 6 1 2 1 ' +
  '11 1 2 1 6 7 a 8m p 7 h 1 15 3 s 2e 1 f 1e d pn 2u 33 1 5 b 5g 218 2r d ts g m 33e g7 6nt ft 7 v 1 a 4 29 1 a 6 ' +
  'u 2 6 a 1y a a 1 7 1 l 5 j j4 2j 2t 23 4 1l 7 h 1s 5 b 2 e 4qg 8 ye 16 9 6w7 4 1 7 1 2 1 83 f 1 t 3 2 1 e 4 8 ' +
  'b0 1s4 2z 5 d 3 9 7 a 2 4 3mo 1a 2 n 9 38 1o 6u a 13 2 22 8 34 l 1y 3e k c k c 2f 9 p 3r 2d 1 1z 1 2 2 1 2 2 2 ' +
  '4 1 c 1 1 1 7 1 1t 1 4 2 8 1 7 1 s 1 4 1 5 1 1 3 7 1 9g 2 84 2 ji f 5 1 f uo v 6 6 5x 7 1 h 2 7 1 2 1 5 5 1q x ' +
  '1 34 19 3 e 2 a 4 2 8w v h 1m 5 1 cw 16 km 7 1 4 1 2 1 f 1 5h 2 g 15 24 4 a 4 2 lt 1w 24 1p 5e 4 1 r 1 2 1 1 2 ' +
  '1 1 a 1 4 1 1 1 1 6 1 4 1 1 1 1 1 1 3 1 2 1 1 2 1 1 1 1 1 1 1 1 1 1 2 1 1 2 4 1 7 1 4 1 4 1 1 1 a 1 h 5 3 1 5 1 ' +
  'h 1g 2 7i 18 4 2s c f 2 f 1 f 1 11 a 4u 1k t d 18 4 9 7 2 e 6 4a rc 4 h 3 d 3 3b 4 2n 6 c 4 1 f c 4 1k 8 a 6 14 ' +
  '8 u 2 2 26 9g c e 2 d 3 9 7 1a 1 7 8 e 4 9 7 9 7 43 1 1j 11 a sm wyo w 37e 6 66 2 4g2 e 5rl 2e7 f2 15u 3t7 5 ' +
  '38g f9e8 6o ';

/** Ranges of ideographs with a numeric value, which are letters by category. */
export const NUMERIC_LETTER_RANGES =
  'a9x 1 3h 1 py 1 ma 1 3oy 1 2 1 3 1 1 1 2b 1 1a 1 7 1 1 1 14 2 u 1 8 1 10 1 2q 1 b7 1 1t 1 y 1 1 1 1 1 cz 1 1 3 ' +
  '6 1 38 4 ly 1 et 1 7 1 134 1 3n 2 c 3 1 1 rx 1 25 1 w5 1 1f7 1 wf 1 kn 1 1zb 1 px 1 1oh 1 4 1 3g 1 1rk 1 10 1 5 ' +
  '1 17 1 3h 1 jg4 1 7 1 4 1 1l 1 u 1 1 1 15 1 1fr7 1 2q 1 3h 1 1q 1 1l4 1 2g 1 8 1 f 1 99 1 i 1 r 1 4ty 1 16v 1 ' +
  '3gi 1 7rl 1 tnm 1 ';

/** The zeros of all decimal digit rows (each has ten digits in order), hexadecimal. */
export const DECIMAL_ZEROS =
  '30 660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 1a90 1b50 ' +
  '1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 ff10 104a0 10d30 11066 110f0 11136 111d0 112f0 11450 114d0 ' +
  '11650 116c0 11730 118e0 11950 11c50 11d50 11da0 11f50 16a60 16ac0 16b50 1d7ce 1d7d8 1d7e2 1d7ec 1d7f6 1e140 ' +
  '1e2f0 1e4f0 1e950 1fbf0 ';

/** Digits outside the decimal rows, `codePoint:value`, hexadecimal. */
export const OTHER_DIGITS =
  'b2:2 b3:3 b9:1 1369:1 136a:2 136b:3 136c:4 136d:5 136e:6 136f:7 1370:8 1371:9 19da:1 2070:0 2074:4 2075:5 ' +
  '2076:6 2077:7 2078:8 2079:9 2080:0 2081:1 2082:2 2083:3 2084:4 2085:5 2086:6 2087:7 2088:8 2089:9 2460:1 2461:2 ' +
  '2462:3 2463:4 2464:5 2465:6 2466:7 2467:8 2468:9 2474:1 2475:2 2476:3 2477:4 2478:5 2479:6 247a:7 247b:8 247c:9 ' +
  '2488:1 2489:2 248a:3 248b:4 248c:5 248d:6 248e:7 248f:8 2490:9 24ea:0 24f5:1 24f6:2 24f7:3 24f8:4 24f9:5 24fa:6 ' +
  '24fb:7 24fc:8 24fd:9 24ff:0 2776:1 2777:2 2778:3 2779:4 277a:5 277b:6 277c:7 277d:8 277e:9 2780:1 2781:2 2782:3 ' +
  '2783:4 2784:5 2785:6 2786:7 2787:8 2788:9 278a:1 278b:2 278c:3 278d:4 278e:5 278f:6 2790:7 2791:8 2792:9 ' +
  '10a40:1 10a41:2 10a42:3 10a43:4 10e60:1 10e61:2 10e62:3 10e63:4 10e64:5 10e65:6 10e66:7 10e67:8 10e68:9 11052:1 ' +
  '11053:2 11054:3 11055:4 11056:5 11057:6 11058:7 11059:8 1105a:9 1f100:0 1f101:0 1f102:1 1f103:2 1f104:3 1f105:4 ' +
  '1f106:5 1f107:6 1f108:7 1f109:8 1f10a:9 ';

/** Titlecase mappings that differ from the uppercase one, `codePoint:title_title`, hexadecimal.
 *  Left out: Georgian (U+10D0 to U+10FF), whose letters have uppercase but are their own titlecase. */
export const TITLE_MAPPINGS =
  'df:53_73 1c4:1c5 1c5:1c5 1c6:1c5 1c7:1c8 1c8:1c8 1c9:1c8 1ca:1cb 1cb:1cb 1cc:1cb 1f1:1f2 1f2:1f2 1f3:1f2 ' +
  '587:535_582 1f80:1f88 1f81:1f89 1f82:1f8a 1f83:1f8b 1f84:1f8c 1f85:1f8d 1f86:1f8e 1f87:1f8f 1f88:1f88 1f89:1f89 ' +
  '1f8a:1f8a 1f8b:1f8b 1f8c:1f8c 1f8d:1f8d 1f8e:1f8e 1f8f:1f8f 1f90:1f98 1f91:1f99 1f92:1f9a 1f93:1f9b 1f94:1f9c ' +
  '1f95:1f9d 1f96:1f9e 1f97:1f9f 1f98:1f98 1f99:1f99 1f9a:1f9a 1f9b:1f9b 1f9c:1f9c 1f9d:1f9d 1f9e:1f9e 1f9f:1f9f ' +
  '1fa0:1fa8 1fa1:1fa9 1fa2:1faa 1fa3:1fab 1fa4:1fac 1fa5:1fad 1fa6:1fae 1fa7:1faf 1fa8:1fa8 1fa9:1fa9 1faa:1faa ' +
  '1fab:1fab 1fac:1fac 1fad:1fad 1fae:1fae 1faf:1faf 1fb2:1fba_345 1fb3:1fbc 1fb4:386_345 1fb7:391_342_345 ' +
  '1fbc:1fbc 1fc2:1fca_345 1fc3:1fcc 1fc4:389_345 1fc7:397_342_345 1fcc:1fcc 1ff2:1ffa_345 1ff3:1ffc 1ff4:38f_345 ' +
  '1ff7:3a9_342_345 1ffc:1ffc fb00:46_66 fb01:46_69 fb02:46_6c fb03:46_66_69 fb04:46_66_6c fb05:53_74 fb06:53_74 ' +
  'fb13:544_576 fb14:544_565 fb15:544_56b fb16:54e_576 fb17:544_56d ';

/** Case foldings that differ from the lowercase of the uppercase, in the same form.
 *  Left out: Cherokee, which folds to uppercase. */
export const FOLD_MAPPINGS = '131:131 1e9e:73_73 ';
