/** Connects the evaluation loop with the layers below: types with code of their own, calls of Python functions, root scanning. */
import { installFunctionVectorcall } from '../objects/functions/function.ts';
import { callFunction } from './calls.ts';
import './anext.ts';
import './async-generator-type.ts';
import './generator-types.ts';
import './scan.ts';

installFunctionVectorcall(callFunction);
