/** Words of the root record that native modules keep state in. */

/** Each word owns one reference or is 0. */
export const enum ModuleRef {
  /** `codecs.register`: list of search functions; dict of codecs found; dict of error handlers. */
  CodecSearch = 1100,
  CodecCache = 1101,
  CodecErrors = 1102,
  /** The running `contextvars.Context`. */
  Context = 1103,
  /** Handlers of `signal.signal`: a dict. */
  SignalHandlers = 1104,
  /** List of the dicts of `_thread._local` objects in which the running thread has an entry; 0: none, or the main thread. */
  ThreadLocals = 1106,
  /** The classes of `_ast` by name, and the members of its enumerations. */
  AstClasses = 1107,
  /** Descriptors that are in memory only: a dict from numbers to endpoints. */
  Descriptors = 1110,
  /** `_warnings.filters` and its registry of `once`. */
  WarningFilters = 1111,
  WarningsOnce = 1112,
  /** What `_pickle` takes from other modules: a tuple (`pickle/shared.ts`). */
  PickleShared = 1113,
  /** What the variable TZ said when `time` read it: a str. */
  TimeZone = 1114,
  /** `decimal`: the variable of the running context, the templates of contexts, classes made or taken from Python. */
  DecimalContext = 1140,
  DecimalTemplate = 1141,
  DecimalBasic = 1142,
  DecimalExtended = 1143,
  DecimalSignalDict = 1144,
  DecimalTuple = 1145,
  DecimalRational = 1146,
  /** `csv`: the registered dialects by name. */
  CsvDialects = 1147,
  /** `datetime.timezone.utc`. */
  DateTimeUtc = 1148,
  /** `os.register_at_fork`: lists of functions. */
  BeforeFork = 1149,
  AfterForkInChild = 1150,
  AfterForkInParent = 1151,
  /** `asyncio`: what `Kept` names (`asyncio/layout.ts`), 14 words; the loop that runs in a thread. */
  AsyncioFirst = 1152,
  AsyncioRunningLoop = 1166,
}

/** Plain numbers. */
export const enum ModuleNum {
  /** Counts the registrations of `abc`: negative caches of another count are stale. */
  AbcCounter = 1700,
  /** Threads that have been started and not ended. */
  ThreadsRunning = 1703,
  /** `tracemalloc`: its limit of frames. */
  TraceLimit = 1705,
  /** `signal.set_wakeup_fd`: the descriptor plus one, 0: none. */
  WakeupFd = 1706,
  /** `socket.setdefaulttimeout`: microseconds plus one, 0: none. */
  SocketTimeout = 1707,
  /** `_thread.stack_size`. */
  ThreadStackBytes = 1720,
  /** 1 once the program has ended: no thread can be made any more. */
  ThreadsRefused = 1721,
  /** `csv.field_size_limit` plus one, 0: the default. */
  CsvLimit = 1718,
  /** `locale`: what each category is set to, two bits each (`locale/categories.ts`). */
  Locales = 1722,
  /** `asyncio`: tasks that got a number for their name. */
  AsyncioTasksNamed = 1723,
  /** How often the filters of warnings changed. */
  WarningVersion = 1708,
  /** First of the chained nodes of ordered dicts whose keys are being released. */
  DyingNodes = 1719,
}
