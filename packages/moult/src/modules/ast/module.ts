/** The module `_ast`. */
import { dictSetText } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { setTake } from '../make.ts';
import { addClasses, AST } from './classes.ts';
import { CompileFlag } from './flags.ts';

defineModule({
  name: '_ast',
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'AST', AST);
    setTake(rt, dict, 'PyCF_ALLOW_TOP_LEVEL_AWAIT', newInt(rt, CompileFlag.TopLevelAwait));
    setTake(rt, dict, 'PyCF_ONLY_AST', newInt(rt, CompileFlag.OnlyAst));
    setTake(rt, dict, 'PyCF_TYPE_COMMENTS', newInt(rt, CompileFlag.TypeComments));
    addClasses(rt, dict);
  },
});
