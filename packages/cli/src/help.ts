/** What `moult --help` prints. */
export const USAGE = 'usage: moult [option] ... [-c cmd | -m mod | file | -] [arg] ...\n';

export const HELP = `Options:
-c cmd : program passed in as string (terminates option list)
-h     : print this help message and exit (also -? or --help)
-i     : inspect interactively after running the program, or read an interactive session from a pipe
-O     : remove assert statements and what depends on __debug__
-OO    : do -O changes and also discard docstrings
-q     : do not print the version at the start of an interactive session
-V     : print the version and exit (also --version)
-b -B -d -E -I -P -s -S -u -v -x, -W arg, -X opt : accepted
--memory-limit=SIZE : metered bytes the program may use (such as 100M; default 3G); beyond that MemoryError
file   : program read from a file
-      : program read from standard input (default; interactive on a terminal)
arg ...: arguments passed to the program in sys.argv[1:]

Environment:
MOULT_TRACE=1  take the build with event hooks
MOULT_AUDIT=N  recompute every reference count each N instructions (needs MOULT_TRACE=1)
`;
