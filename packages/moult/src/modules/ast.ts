/** The module `_ast`: the classes of syntax trees. They are made when the module is imported, as classes of the heap. */
import { genericAlloc, newRef, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call3 } from '../core/call.ts';
import { dictGetText, dictKeyAt, dictNext, dictSetText, dictValueAt, newDict } from '../core/dict/index.ts';
import { typeError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { defineModule } from '../core/module-spec.ts';
import { getAttrText, setAttr } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { internText, newStr } from '../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../core/temps.ts';
import { tupleItem, tupleOf, tupleSize, tupleTake } from '../core/tuple.ts';
import { defineType, moduleType } from '../core/type-spec.ts';
import { typeName } from '../core/types.ts';
import { setTake } from './make.ts';

const AST = moduleType();

/** Class, base, fields, attributes; a dash for none. */
const NODES: readonly string[] = [
  'mod AST - -',
  'Module mod body,type_ignores -',
  'Interactive mod body -',
  'Expression mod body -',
  'FunctionType mod argtypes,returns -',
  'stmt AST - lineno,col_offset,end_lineno,end_col_offset',
  'FunctionDef stmt name,args,body,decorator_list,returns,type_comment,type_params lineno,col_offset,end_lineno,end_col_offset',
  'AsyncFunctionDef stmt name,args,body,decorator_list,returns,type_comment,type_params lineno,col_offset,end_lineno,end_col_offset',
  'ClassDef stmt name,bases,keywords,body,decorator_list,type_params lineno,col_offset,end_lineno,end_col_offset',
  'Return stmt value lineno,col_offset,end_lineno,end_col_offset',
  'Delete stmt targets lineno,col_offset,end_lineno,end_col_offset',
  'Assign stmt targets,value,type_comment lineno,col_offset,end_lineno,end_col_offset',
  'TypeAlias stmt name,type_params,value lineno,col_offset,end_lineno,end_col_offset',
  'AugAssign stmt target,op,value lineno,col_offset,end_lineno,end_col_offset',
  'AnnAssign stmt target,annotation,value,simple lineno,col_offset,end_lineno,end_col_offset',
  'For stmt target,iter,body,orelse,type_comment lineno,col_offset,end_lineno,end_col_offset',
  'AsyncFor stmt target,iter,body,orelse,type_comment lineno,col_offset,end_lineno,end_col_offset',
  'While stmt test,body,orelse lineno,col_offset,end_lineno,end_col_offset',
  'If stmt test,body,orelse lineno,col_offset,end_lineno,end_col_offset',
  'With stmt items,body,type_comment lineno,col_offset,end_lineno,end_col_offset',
  'AsyncWith stmt items,body,type_comment lineno,col_offset,end_lineno,end_col_offset',
  'Match stmt subject,cases lineno,col_offset,end_lineno,end_col_offset',
  'Raise stmt exc,cause lineno,col_offset,end_lineno,end_col_offset',
  'Try stmt body,handlers,orelse,finalbody lineno,col_offset,end_lineno,end_col_offset',
  'TryStar stmt body,handlers,orelse,finalbody lineno,col_offset,end_lineno,end_col_offset',
  'Assert stmt test,msg lineno,col_offset,end_lineno,end_col_offset',
  'Import stmt names lineno,col_offset,end_lineno,end_col_offset',
  'ImportFrom stmt module,names,level lineno,col_offset,end_lineno,end_col_offset',
  'Global stmt names lineno,col_offset,end_lineno,end_col_offset',
  'Nonlocal stmt names lineno,col_offset,end_lineno,end_col_offset',
  'Expr stmt value lineno,col_offset,end_lineno,end_col_offset',
  'Pass stmt - lineno,col_offset,end_lineno,end_col_offset',
  'Break stmt - lineno,col_offset,end_lineno,end_col_offset',
  'Continue stmt - lineno,col_offset,end_lineno,end_col_offset',
  'expr AST - lineno,col_offset,end_lineno,end_col_offset',
  'BoolOp expr op,values lineno,col_offset,end_lineno,end_col_offset',
  'NamedExpr expr target,value lineno,col_offset,end_lineno,end_col_offset',
  'BinOp expr left,op,right lineno,col_offset,end_lineno,end_col_offset',
  'UnaryOp expr op,operand lineno,col_offset,end_lineno,end_col_offset',
  'Lambda expr args,body lineno,col_offset,end_lineno,end_col_offset',
  'IfExp expr test,body,orelse lineno,col_offset,end_lineno,end_col_offset',
  'Dict expr keys,values lineno,col_offset,end_lineno,end_col_offset',
  'Set expr elts lineno,col_offset,end_lineno,end_col_offset',
  'ListComp expr elt,generators lineno,col_offset,end_lineno,end_col_offset',
  'SetComp expr elt,generators lineno,col_offset,end_lineno,end_col_offset',
  'DictComp expr key,value,generators lineno,col_offset,end_lineno,end_col_offset',
  'GeneratorExp expr elt,generators lineno,col_offset,end_lineno,end_col_offset',
  'Await expr value lineno,col_offset,end_lineno,end_col_offset',
  'Yield expr value lineno,col_offset,end_lineno,end_col_offset',
  'YieldFrom expr value lineno,col_offset,end_lineno,end_col_offset',
  'Compare expr left,ops,comparators lineno,col_offset,end_lineno,end_col_offset',
  'Call expr func,args,keywords lineno,col_offset,end_lineno,end_col_offset',
  'FormattedValue expr value,conversion,format_spec lineno,col_offset,end_lineno,end_col_offset',
  'JoinedStr expr values lineno,col_offset,end_lineno,end_col_offset',
  'Constant expr value,kind lineno,col_offset,end_lineno,end_col_offset',
  'Attribute expr value,attr,ctx lineno,col_offset,end_lineno,end_col_offset',
  'Subscript expr value,slice,ctx lineno,col_offset,end_lineno,end_col_offset',
  'Starred expr value,ctx lineno,col_offset,end_lineno,end_col_offset',
  'Name expr id,ctx lineno,col_offset,end_lineno,end_col_offset',
  'List expr elts,ctx lineno,col_offset,end_lineno,end_col_offset',
  'Tuple expr elts,ctx lineno,col_offset,end_lineno,end_col_offset',
  'Slice expr lower,upper,step lineno,col_offset,end_lineno,end_col_offset',
  'expr_context AST - -',
  'Load expr_context - -',
  'Store expr_context - -',
  'Del expr_context - -',
  'boolop AST - -',
  'And boolop - -',
  'Or boolop - -',
  'operator AST - -',
  'Add operator - -',
  'Sub operator - -',
  'Mult operator - -',
  'MatMult operator - -',
  'Div operator - -',
  'Mod operator - -',
  'Pow operator - -',
  'LShift operator - -',
  'RShift operator - -',
  'BitOr operator - -',
  'BitXor operator - -',
  'BitAnd operator - -',
  'FloorDiv operator - -',
  'unaryop AST - -',
  'Invert unaryop - -',
  'Not unaryop - -',
  'UAdd unaryop - -',
  'USub unaryop - -',
  'cmpop AST - -',
  'Eq cmpop - -',
  'NotEq cmpop - -',
  'Lt cmpop - -',
  'LtE cmpop - -',
  'Gt cmpop - -',
  'GtE cmpop - -',
  'Is cmpop - -',
  'IsNot cmpop - -',
  'In cmpop - -',
  'NotIn cmpop - -',
  'comprehension AST target,iter,ifs,is_async -',
  'excepthandler AST - lineno,col_offset,end_lineno,end_col_offset',
  'ExceptHandler excepthandler type,name,body lineno,col_offset,end_lineno,end_col_offset',
  'arguments AST posonlyargs,args,vararg,kwonlyargs,kw_defaults,kwarg,defaults -',
  'arg AST arg,annotation,type_comment lineno,col_offset,end_lineno,end_col_offset',
  'keyword AST arg,value lineno,col_offset,end_lineno,end_col_offset',
  'alias AST name,asname lineno,col_offset,end_lineno,end_col_offset',
  'withitem AST context_expr,optional_vars -',
  'match_case AST pattern,guard,body -',
  'pattern AST - lineno,col_offset,end_lineno,end_col_offset',
  'MatchValue pattern value lineno,col_offset,end_lineno,end_col_offset',
  'MatchSingleton pattern value lineno,col_offset,end_lineno,end_col_offset',
  'MatchSequence pattern patterns lineno,col_offset,end_lineno,end_col_offset',
  'MatchMapping pattern keys,patterns,rest lineno,col_offset,end_lineno,end_col_offset',
  'MatchClass pattern cls,patterns,kwd_attrs,kwd_patterns lineno,col_offset,end_lineno,end_col_offset',
  'MatchStar pattern name lineno,col_offset,end_lineno,end_col_offset',
  'MatchAs pattern pattern,name lineno,col_offset,end_lineno,end_col_offset',
  'MatchOr pattern patterns lineno,col_offset,end_lineno,end_col_offset',
  'type_ignore AST - -',
  'TypeIgnore type_ignore lineno,tag -',
  'type_param AST - lineno,col_offset,end_lineno,end_col_offset',
  'TypeVar type_param name,bound lineno,col_offset,end_lineno,end_col_offset',
  'ParamSpec type_param name lineno,col_offset,end_lineno,end_col_offset',
  'TypeVarTuple type_param name lineno,col_offset,end_lineno,end_col_offset',
];

/** `AST.__init__`: positional arguments are the fields in order. @runsPython */
function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const fields = temp(rt, getAttrText(rt, rt.words[self + 1], '_fields'));
  const n = tupleSize(rt, args);
  const name = typeName(rt, rt.words[self + 1]);
  if (n > tupleSize(rt, fields)) {
    const max = tupleSize(rt, fields);
    typeError(rt, `${name} constructor takes at most ${max} positional argument${max === 1 ? '' : 's'}`);
  }
  for (let i = 0; i < n; i++) setAttr(rt, self, tupleItem(rt, fields, i), rt.words[args + TupleWord.Items + i]);
  if (kwargs !== 0) {
    for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
      setAttr(rt, self, dictKeyAt(rt, kwargs, i), dictValueAt(rt, kwargs, i));
    }
  }
  dropTemp(rt, fields);
}

const DICT_WORD = 2;

defineType({
  ref: AST,
  name: 'ast.AST',
  basicSize: 24,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: 1,
  traverse: [DICT_WORD],
  dictWord: DICT_WORD,
  slots: { new: (rt, type) => genericAlloc(rt, type), init },
  populate: (rt, dict) => {
    dictSetText(rt, dict, '_fields', S.EmptyTuple);
    dictSetText(rt, dict, '_attributes', S.EmptyTuple);
    dictSetText(rt, dict, '__match_args__', S.EmptyTuple);
  },
});

function names(rt: Runtime, list: string): Owned {
  return list === '-' ? newRef(rt, S.EmptyTuple) : tupleTake(rt, ...list.split(',').map((name) => internText(rt, name)));
}

/** Makes a class by calling `type`. @runsPython */
function makeClass(rt: Runtime, name: string, base: Ref, fields: string, attributes: string): Owned {
  const m = tempMark(rt);
  const namespace = temp(rt, newDict(rt));
  const fieldNames = temp(rt, names(rt, fields));
  const attributeNames = temp(rt, names(rt, attributes));
  dictSetText(rt, namespace, '_fields', fieldNames);
  dictSetText(rt, namespace, '__match_args__', fieldNames);
  dictSetText(rt, namespace, '_attributes', attributeNames);
  for (const optional of ['end_lineno', 'end_col_offset']) {
    if (attributes.includes(optional)) dictSetText(rt, namespace, optional, S.None);
  }
  setTake(rt, namespace, '__module__', newStr(rt, 'ast'));
  const text = temp(rt, newStr(rt, name));
  const bases = temp(rt, tupleOf(rt, base));
  return releaseKeeping(rt, m, call3(rt, T.type, text, bases, namespace));
}

defineModule({
  name: '_ast',
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'AST', AST);
    for (const line of NODES) {
      const [name = '', base = '', fields = '', attributes = ''] = line.split(' ');
      const made = makeClass(rt, name, dictGetText(rt, dict, base), fields, attributes);
      setTake(rt, dict, name, made);
    }
    setTake(rt, dict, 'PyCF_ONLY_AST', newInt(rt, 0x400));
    setTake(rt, dict, 'PyCF_TYPE_COMMENTS', newInt(rt, 0x1000));
    setTake(rt, dict, 'PyCF_ALLOW_TOP_LEVEL_AWAIT', newInt(rt, 0x2000));
  },
});
