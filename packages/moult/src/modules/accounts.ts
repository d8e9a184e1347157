/** The modules `pwd` and `grp`: users and groups, from the host's files. Where the host has no files, importing them raises
 *  ImportError. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { overflowError, raiseWithTake, typeError, valueError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { listAppendTake, newList } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import { hasIndex } from '../core/protocol/number.ts';
import { reprText } from '../core/protocol/text.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { temp, tempMark, untemp } from '../core/temps.ts';
import { moduleType } from '../core/type-spec.ts';
import { isStr, kindName } from '../core/types.ts';
import { raiseImportError } from '../objects/exceptions/import-error.ts';
import { defineStructSeq, newStructSeq } from '../objects/structseq.ts';
import { decode } from '../text/codecs.ts';
import { integerOf } from './buffers.ts';
import { setTake } from './make.ts';

/** A column of a database: text, a number, or names with commas between. */
type Column = 'text' | 'number' | 'list';

/** One of the two databases: a file of lines with colons between the columns. */
interface Database {
  readonly path: string;
  readonly columns: readonly Column[];
  readonly type: ReturnType<typeof defineStructSeq>;
  /** What the number of an entry is called, and where it is. */
  readonly id: 'uid' | 'gid';
  readonly idColumn: number;
}

const accessDoc = (name: string, what: string, fields: readonly string[], end: string): string =>
  `${name}: Results from ${what} routines.\n\nThis object may be accessed either as a tuple of\n  (${fields.join(',')})\n` +
  `or via the object attributes as named in the above tuple.${end}`;

const PASSWD_FIELDS = ['pw_name', 'pw_passwd', 'pw_uid', 'pw_gid', 'pw_gecos', 'pw_dir', 'pw_shell'];
const GROUP_FIELDS = ['gr_name', 'gr_passwd', 'gr_gid', 'gr_mem'];

const USERS: Database = {
  path: '/etc/passwd',
  columns: ['text', 'text', 'number', 'number', 'text', 'text', 'text'],
  type: defineStructSeq(
    moduleType(),
    'pwd.struct_passwd',
    PASSWD_FIELDS,
    accessDoc('pwd.struct_passwd', 'getpw*()', PASSWD_FIELDS, ''),
  ),
  id: 'uid',
  idColumn: 2,
};

const GROUPS: Database = {
  path: '/etc/group',
  columns: ['text', 'text', 'number', 'list'],
  type: defineStructSeq(
    moduleType(),
    'grp.struct_group',
    GROUP_FIELDS,
    accessDoc('grp.struct_group', 'getgr*()', GROUP_FIELDS, '\n'),
  ),
  id: 'gid',
  idColumn: 2,
};

type Entry = readonly string[];

/** The entries of a database; lines of another form are passed over, as by the C library. */
function entriesOf(rt: Runtime, database: Database): Entry[] {
  const data = rt.host?.readFile?.(database.path) ?? null;
  if (data === null) return [];
  const lines = decode(data, 'utf-8', 'surrogateescape').split('\n');
  const isNumber = (value: string | undefined): boolean => value !== undefined && /^\d+$/.test(value);
  return lines
    .map((line) => line.split(':'))
    .filter((entry) => entry.length === database.columns.length && entry[0] !== '')
    .filter((entry) => database.columns.every((column, i) => column !== 'number' || isNumber(entry[i])));
}

function newNames(rt: Runtime, names: string): Owned {
  const list = temp(rt, newList(rt, 0));
  for (const name of names.split(',')) if (name !== '') listAppendTake(rt, list, newStr(rt, name));
  return untemp(rt, list);
}

function columnObject(rt: Runtime, column: Column, value: string): Owned {
  if (column === 'number') return newInt(rt, Number(value));
  return column === 'text' ? newStr(rt, value) : newNames(rt, value);
}

function newEntry(rt: Runtime, database: Database, entry: Entry): Owned {
  return newStructSeq(
    rt,
    database.type,
    tempMark(rt),
    database.columns.map((column, i) => temp(rt, columnObject(rt, column, entry[i] ?? ''))),
  );
}

function keyError(rt: Runtime, message: string): never {
  return raiseWithTake(rt, T.KeyError, newStr(rt, message));
}

const LAST_ID = 0xffffffffn;

/** A number of a user or group; −1 stands for the largest. Raises TypeError, OverflowError.
 *  Source: CPython 3.12 _Py_Uid_Converter. */
function idArgument(rt: Runtime, name: string, o: Ref): bigint | null {
  if (!hasIndex(rt, o)) typeError(rt, `${name} should be integer, not ${kindName(rt, o)}`);
  const value = integerOf(rt, o);
  if (value === -1n || value === LAST_ID) return LAST_ID;
  if (value >= 0n && value < LAST_ID) return value;
  if (name === 'uid') return null;
  return overflowError(rt, value >= 2n ** 63n ? `${name} is greater than maximum` : `${name} is less than minimum`);
}

function byId(database: Database, caller: string) {
  return (rt: Runtime, _module: Ref, o = 0): Owned => {
    const { id, idColumn } = database;
    const number = idArgument(rt, id, o);
    if (number === null) return keyError(rt, `${caller}(): ${id} not found`);
    const found = entriesOf(rt, database).find((entry) => BigInt(entry[idColumn] ?? '') === number);
    if (found !== undefined) return newEntry(rt, database, found);
    return keyError(rt, `${caller}(): ${id} not found: ${number === LAST_ID ? -1 : number}`);
  };
}

function byName(database: Database, caller: string, argument: string) {
  return (rt: Runtime, _module: Ref, o = 0): Owned => {
    if (!isStr(rt, o))
      typeError(rt, `${caller}() ${argument} must be str, not ${o === S.None ? 'None' : kindName(rt, o)}`);
    const name = strText(rt, o);
    if (name.includes('\0')) valueError(rt, 'embedded null byte');
    const found = entriesOf(rt, database).find((entry) => entry[0] === name);
    return found === undefined
      ? keyError(rt, `${caller}(): name not found: ${reprText(rt, o)}`)
      : newEntry(rt, database, found);
  };
}

function all(database: Database) {
  return (rt: Runtime): Owned => {
    const list = temp(rt, newList(rt, 0));
    for (const entry of entriesOf(rt, database)) listAppendTake(rt, list, newEntry(rt, database, entry));
    return untemp(rt, list);
  };
}

/** The module's type, and ImportError where there are no files. */
function populate(module: string, type: string, database: Database) {
  return (rt: Runtime, dict: Ref): void => {
    if (rt.host?.readFile === undefined)
      raiseImportError(rt, `the host has no files with users and groups, which ${module} reads`, module, null, null);
    setTake(rt, dict, type, newRef(rt, database.type.ref));
  };
}

const SEE_PWD = '\n\nSee `help(pwd)` for more on password database entries.';

defineModule({
  name: 'pwd',
  doc: 'This module provides access to the Unix password database.\nIt is available on all Unix versions.\n',
  functions: [
    native('getpwuid($module, uidobj, /)', byId(USERS, 'getpwuid'), {
      doc: `Return the password database entry for the given numeric user ID.${SEE_PWD}`,
    }),
    native('getpwnam($module, name, /)', byName(USERS, 'getpwnam', 'argument'), {
      doc: `Return the password database entry for the given user name.${SEE_PWD}`,
    }),
    native('getpwall($module, /)', all(USERS), {
      doc: 'Return a list of all available password database entries, in arbitrary order.\n\nSee help(pwd) for more on password database entries.',
    }),
  ],
  populate: populate('pwd', 'struct_passwd', USERS),
});

defineModule({
  name: 'grp',
  doc: 'Access to the Unix group database.\n',
  functions: [
    native('getgrgid($module, /, id)', byId(GROUPS, 'getgrgid'), {
      doc: 'Return the group database entry for the given numeric group ID.\n\nIf id is not valid, raise KeyError.',
    }),
    native('getgrnam($module, /, name)', byName(GROUPS, 'getgrnam', "argument 'name'"), {
      doc: 'Return the group database entry for the given group name.\n\nIf name is not valid, raise KeyError.',
    }),
    native('getgrall($module, /)', all(GROUPS), {
      doc:
        "Return a list of all available group entries, in arbitrary order.\n\nAn entry whose name starts with '+' or '-' " +
        'represents an instruction\nto use YP/NIS and may not be accessible via getgrnam or getgrgid.',
    }),
  ],
  populate: populate('grp', 'struct_group', GROUPS),
});
