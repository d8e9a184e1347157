/** The test modules of CPython 3.12 that are run: what a program can use that has no C extension. */

const LANGUAGE = `
  test_grammar test_syntax test_exceptions test_string_literals test_fstring test_patma test_named_expressions test_unpack
  test_unpack_ex test_augassign test_binop test_compare test_decorators test_extcall test_keywordonlyarg
  test_positional_only_arg test_scope test_global test_generators test_generator_stop test_yield_from test_coroutines
  test_asyncgen test_with test_raise test_except_star test_exception_group test_class test_descr test_metaclass test_super
  test_property test_subclassinit test_typechecks test_isinstance test_richcmp test_hash test_opcodes test_funcattrs
`;

const TYPES = `
  test_builtin test_bool test_int test_long test_float test_complex test_format test_unicode test_bytes test_memoryview
  test_list test_tuple test_dict test_dictviews test_dictcomps test_listcomps test_genexps test_setcomps test_set test_range
  test_slice test_iter test_enumerate test_sort test_print test_pow test_copy test_types test_type_params test_typing
  test_genericalias
`;

const LIBRARY = `
  test_enum test_dataclasses test_contextlib test_functools test_itertools test_collections test_deque test_defaultdict
  test_ordered_dict test_userdict test_userlist test_userstring test_operator test_heapq test_bisect test_random test_math
  test_cmath test_fractions test_statistics test_string test_re test_json test_struct test_array test_io test_memoryio
  test_textwrap test_difflib test_pprint test_reprlib test_datetime test_decimal test_pickle test_copyreg test_csv
  test_argparse test_logging test_shlex test_configparser test_base64 test_binascii test_zlib test_hashlib test_graphlib
  test_calendar test_uuid test_timeit
`;

const RUNTIME = `
  test_traceback test_inspect test_dis test_ast test_tokenize test_unittest test_threading test_queue test_context
  test_weakref test_weakset test_gc test_finalization test_sys test_sys_settrace test_sys_setprofile test_tracemalloc
`;

/** In the order of the table. */
export const modules: readonly string[] = [LANGUAGE, TYPES, LIBRARY, RUNTIME].flatMap((names) =>
  names.trim().split(/\s+/),
);
