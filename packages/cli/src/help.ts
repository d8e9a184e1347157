/** What `moult --help` prints, after `usage:` and the command. */
export const USAGE = '[option] ... [-c cmd | -m mod | file | -] [arg] ...\n';

export const HELP = `Options:
-c cmd : program passed in as string (terminates option list)
-h     : print this help message and exit (also -? or --help)
-E     : ignore the environment's PYTHON* variables
-I     : isolate the program from the environment (implies -E, -P and -s)
-i     : inspect interactively after running the program, or read an interactive session from a pipe
-m mod : run a library module as a script (terminates option list)
-O     : remove assert statements and what depends on __debug__
-OO    : do -O changes and also discard docstrings
-R     : hash str and bytes as PYTHONHASHSEED=random does
-q     : do not print the version at the start of an interactive session
-V     : print the version and exit (also --version)
-P     : put no folder of the program's on sys.path
-u     : do not buffer standard output and standard error
-W arg : warning control; arg is action:message:category:module:lineno
-x     : skip the first line of the file
-X opt : set sys._xoptions; dev, utf8, int_max_str_digits and warn_default_encoding have effects
-b -B -d -s -S -v : accepted
--memory-limit=SIZE : metered bytes the program may use (such as 100M; default 3G); beyond that MemoryError
file   : program read from a file; or a folder or zip archive with a __main__.py
-      : program read from standard input (default; interactive on a terminal)
arg ...: arguments passed to the program in sys.argv[1:]

Looking at a program's heap: moult why, heap, snapshot, trace, ledger, report, diff, events (each with --help)

Environment:
PYTHONHASHSEED a number or 'random': other hashes of str and bytes (default 0)
PYTHONPATH     folders before the library on sys.path
PYTHONWARNINGS, PYTHONUNBUFFERED, PYTHONOPTIMIZE, PYTHONINSPECT, PYTHONDEVMODE, PYTHONSAFEPATH: as -W, -u, -O, -i, -X dev, -P
MOULT_TRACE=1  take the build with event hooks
MOULT_TIER=N   after so many calls and jumps back, code gets a JavaScript function of its own (default 2000; 'off': never)
MOULT_AUDIT=N  recompute every reference count each N instructions and at the end (needs MOULT_TRACE=1)
`;
