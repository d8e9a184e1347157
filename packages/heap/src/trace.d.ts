/** True in the traced bundle, false in the plain one: the bundler replaces it, so hooks cost nothing when off (D9). */
declare const TRACE: boolean;
