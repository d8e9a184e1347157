/** Control flow that keeps references for a while: loops, `try`, `with`, `match`, comprehensions, stored exceptions. */
import type { Generator, Production } from './generator.ts';
import { STATEMENTS } from './statements.ts';

const DEEPEST = 4;

function body(g: Generator, most: number): void {
  const count = g.depth >= DEEPEST ? 1 : g.random.between(1, most);
  for (let i = 0; i < count; i++) {
    if (g.depth >= DEEPEST) g.print(`type(${g.anyVariable() ?? '0'}).__name__`);
    else g.choose(STATEMENTS);
  }
}

function loop(g: Generator): void {
  const source = g.random.pick([
    `range(${g.random.between(1, 3)})`,
    g.expression('list'),
    g.expression('generator'),
    g.expression('iterator'),
    g.expression('dict'),
  ]);
  const each = g.target('int');
  // A cycle or an iterator that never ends must not hang the program.
  g.block(`for ${each} in itertools.islice(${source}, 5):`, () => {
    g.scope.variables.set(each, 'int');
    body(g, 2);
    if (g.random.chance(0.2)) g.line(g.random.pick(['break', 'continue']));
  });
  g.scope.variables.set(each, 'int');
  g.line(`${each} = 0`);
}

function handle(g: Generator): void {
  g.block('try:', () => {
    body(g, 2);
    if (g.random.chance(0.7)) g.line(`raise ${g.expression('exception')}`);
  });
  g.block(`except Exception as ${g.random.chance(0.5) ? 'error' : 'problem'}:`, () => {
    if (g.random.chance(0.4)) g.assign('exception', g.random.pick(['sys.exception()', 'sys.exc_info()[1]']));
    if (g.random.chance(0.2)) g.print('sys.getrefcount(sys.exception())');
    body(g, 1);
  });
  if (g.random.chance(0.3)) g.block('else:', () => body(g, 1));
  if (g.random.chance(0.3)) g.block('finally:', () => body(g, 1));
}

function raiseFrom(g: Generator): void {
  g.block('try:', () => {
    g.block('try:', () => {
      g.line(`raise ${g.expression('exception')}`);
    });
    g.block('except Exception as error:', () => {
      g.line(
        g.random.pick([
          'raise KeyError(error) from error',
          'raise RuntimeError(1)',
          "raise ValueError('v') from None",
          'raise',
          'raise error',
        ]),
      );
    });
  });
  g.block('except Exception as error:', () => {
    g.print('type(error.__context__).__name__', 'type(error.__cause__).__name__', 'sys.getrefcount(error)');
    if (g.random.chance(0.5)) g.assign('exception', `error`);
  });
}

function group(g: Generator): void {
  g.block('try:', () => {
    g.line(`raise ExceptionGroup('group', [ValueError(${g.value()}), Problem(${g.value()})])`);
  });
  g.block('except* ValueError as error:', () => {
    g.print('type(error).__name__', 'len(error.exceptions)');
  });
  g.block('except* Exception as error:', () => {
    if (g.random.chance(0.4)) g.assign('exception', `error`);
    g.print('error');
  });
}

function inspectException(g: Generator): void {
  const name = g.variable('exception') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `print('tb', type(${name}.__traceback__).__name__)`,
        `${name}.__traceback__ = None`,
        `${name}.args = (${name},)`,
        `${name}.held = ${g.value()}`,
        `${name}.__context__ = ${g.expression('exception')}`,
        `${name}.__cause__ = ${g.expression('exception')}`,
        `${name}.add_note('note')`,
        `raise ${name}`,
        ...(g.counted ? [] : [`print(traceback.format_exception_only(${name}))`]),
        ...(g.counted ? [] : [`print(len(traceback.format_exception(${name})))`]),
        `traceback.clear_frames(${name}.__traceback__)`,
        `print(${name}.with_traceback(None) is ${name})`,
      ]),
    );
  });
}

function manage(g: Generator): void {
  const held = g.value();
  const manager = g.random.pick([
    `Manager(${held}, ${g.random.pick(['True', 'False'])})`,
    'contextlib.suppress(Exception)',
    `contextlib.nullcontext(${held})`,
    'contextlib.ExitStack()',
  ]);
  const name = g.target('int');
  g.guarded(() => {
    g.block(`with ${manager} as ${name}:`, () => {
      if (manager.includes('ExitStack')) {
        g.line(`${name}.callback(print, 'left', ${g.value(0)} is None)`);
        g.line(`${name}.enter_context(Manager(${g.value(0)}))`);
      }
      body(g, 2);
      if (g.random.chance(0.4)) g.line(`raise ${g.expression('exception')}`);
    });
  });
  g.line(`${name} = 1`);
  g.scope.variables.set(name, 'int');
}

function matchValue(g: Generator): void {
  g.block(`match ${g.value()}:`, () => {
    g.block('case [first, *rest]:', () => g.print("'sequence'", 'len(rest)', 'sys.getrefcount(first) > 0'));
    g.block("case {'left': held, **others}:", () => g.print("'mapping'", 'len(others)'));
    g.block('case Node(n=name, left=held):', () => g.print("'node'", 'name', 'sys.getrefcount(held) > 0'));
    g.block('case other:', () => g.print("'other'", 'sys.getrefcount(other)'));
  });
}

function comprehension(g: Generator): void {
  const source = g.expression('list');
  const what = g.random.pick(['q', '(q, q)', '[q]', 'type(q)', 'lambda: q', `(q, ${g.value(0)})`]);
  const text = g.random.pick([
    `[${what} for q in ${source}]`,
    `[${what} for q in ${source} if q is not None]`,
    `[p for q in [${source}] for p in q]`,
  ]);
  g.assign('list', text);
}

/** A scope inside of a scope: what a comprehension captures outlives it. */
function capturing(g: Generator): void {
  const source = g.expression('list');
  const held = g.value(0);
  const text = g.random.pick([
    `[(lambda q=q: (q, ${held})) for q in ${source}]`,
    `[(lambda: q) for q in ${source}]`,
    `list({repr(type(q)): (lambda: q) for q in ${source}}.values())`,
    `[[(lambda: (p, q)) for p in [q]] for q in ${source}]`,
    `[last for q in ${source} if (last := q) is not None]`,
    `sorted({len(repr(type(q))) for q in ${source}})`,
    `[next(r) for r in [(p for p in [q]) for q in ${source}]]`,
  ]);
  const name = g.target('list');
  g.line(`${name} = []`);
  g.guarded(() => {
    g.line(`${name} = ${text}`);
    g.print(`[sys.getrefcount(q) for q in ${name}]`);
  });
}

/** The cells of a closure, read and emptied. */
function cells(g: Generator): void {
  const name = g.target('callable');
  g.block(`def ${name}(held=None):`, () => {
    g.block('def inner(again=None):', () => {
      g.line(g.random.pick(['return held', 'nonlocal held; held = again; return held', 'return (held, inner)']));
    });
    g.line('return inner');
  });
  g.line(`${name} = ${name}(${g.value()})`);
  g.guarded(() => {
    g.print(`[type(q.cell_contents).__name__ for q in ${name}.__closure__]`, `sys.getrefcount(${name}.__closure__[0])`);
    if (g.random.chance(0.4)) g.line(`${name}.__closure__[0].cell_contents = ${g.random.pick([name, g.value(0)])}`);
    if (g.random.chance(0.2)) g.line(`del ${name}.__closure__[0].cell_contents`);
  });
}

/** A class body is a scope that its comprehensions and methods do not see. */
function classScope(g: Generator): void {
  const name = `S${g.serial()}`;
  g.block(`class ${name}:`, () => {
    g.line(`held = ${g.value()}`);
    g.line(`copies = [q for q in [held] * ${g.random.between(1, 3)}]`);
    g.line('later = (q for q in [held])');
    if (g.random.chance(0.5)) g.line('get = lambda self: __class__.held');
  });
  g.print(`sys.getrefcount(${name}.held)`, `sys.getrefcount(${name})`);
  if (g.random.chance(0.6)) g.line(`${name} = None`);
}

function condition(g: Generator): void {
  g.block(`if ${g.value()}:`, () => body(g, 1));
  g.block('else:', () => body(g, 1));
}

function frames(g: Generator): void {
  g.guarded(() => {
    g.line(
      g.random.pick([
        'kept = sys._getframe()',
        `print(sorted(sys._getframe().f_locals)[:2])`,
        `print(sys._getframe().f_code.co_name, sys.getrefcount(sys._getframe()))`,
        `print(type(sys._getframe().f_back).__name__)`,
        'kept = [sys._getframe()]',
        'kept = locals()',
      ]),
    );
  });
}

export const CONTROL: readonly Production[] = [
  { weight: 4, write: loop },
  { weight: 4, write: handle },
  { weight: 2, write: raiseFrom },
  { weight: 1, write: group },
  { weight: 3, needs: ['exception'], write: inspectException },
  { weight: 3, write: manage },
  { weight: 1, write: matchValue },
  { weight: 2, write: comprehension },
  { weight: 2, write: capturing },
  { weight: 1.5, write: cells },
  { weight: 1, write: classScope },
  { weight: 1, write: condition },
  { weight: 1, write: frames },
];
