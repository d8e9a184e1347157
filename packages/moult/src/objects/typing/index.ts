/** Type parameters and aliases, imported for their declarations. */
import './generic.ts';
import './param-spec.ts';
import './type-alias.ts';
import './type-var-tuple.ts';
import './type-var.ts';
