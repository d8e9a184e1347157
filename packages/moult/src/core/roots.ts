/** The runtime's words in the root record: owned references first, plain numbers after. */

/** Each word owns one reference or is 0. */
export const enum RootRef {
  /** `tstate->current_exception`: set while an exception propagates. */
  CurrentException = 1024,
  /** `exc_info` of the thread's base state: the exception being handled outside of every generator. */
  ExcInfoBase = 1025,
  Modules = 1026,
  Builtins = 1027,
  BuiltinsModule = 1028,
  SysModule = 1029,
  SysDict = 1030,
  MainModule = 1031,
  /** An exception made in advance for running out of memory. */
  MemoryErrors = 1032,
  AtexitCallbacks = 1033,
  GcCallbacks = 1034,
  GcModule = 1035,
  ImportFunction = 1036,
  /** What is raised when no MemoryError made in advance is left. */
  LastMemoryError = 1037,
  /** The entries that `builtins` had at the start. */
  BuiltinsCopy = 1038,
  /** Hooks of asynchronous generators: called at the first iteration, and when one dies suspended. */
  AsyncGenFirstIter = 1039,
  AsyncGenFinalizer = 1040,
  /** The hooks of `sys.addaudithook`: a list that is not tracked. */
  AuditHooks = 1041,
  /** `sys.settrace`, `sys.setprofile` of the running thread. */
  TraceFunction = 1044,
  ProfileFunction = 1045,
  /** `sys.monitoring`: the name of each tool, and for each tool a callback for each event (`monitorCallback`). */
  MonitorNames = 1400,
  MonitorCallbacks = 1406,
  /** `PyThreadState_GetDict()`. */
  ThreadDict = 1046,
  /** Cache of `functools`-free helpers: `_abc` registry and the like take words from here on by `reserveRootRef`. */
  FirstFree = 1056,
  End = 1536,
}

/** Plain numbers. */
export const enum RootNum {
  /** Index of the current frame, 0 outside of Python code. */
  CurrentFrame = 1536,
  /** First free word of the frame stack and its end. */
  FrameTop = 1537,
  FrameLimit = 1538,
  /** Temporaries of natives: owned references from `TempBase` to `TempTop`. */
  TempBase = 1539,
  TempTop = 1540,
  TempLimit = 1541,
  /** Arguments of calls made by natives: borrowed references, not audited. */
  ArgBase = 1542,
  ArgTop = 1543,
  ArgLimit = 1544,
  FrameBase = 1545,
  /** Python frames still allowed, and the limit itself. */
  RecursionRemaining = 1546,
  RecursionLimit = 1547,
  /** Nested calls between natives and the loop still allowed. */
  NativeRecursionRemaining = 1548,
  /** Extra frames granted while a RecursionError is handled. */
  RecursionHeadroom = 1549,
  NextTypeVersion = 1550,
  /** Head of the stack of handled exceptions: index of the state word pair in use (`ExcInfo`). */
  ExcInfo = 1551,
  InternTable = 1552,
  InternCapacity = 1553,
  InternUsed = 1554,
  NextFunctionVersion = 1555,
  NextDictKeysVersion = 1556,
  /** Signals the eval breaker is to look at, one bit each. */
  PendingSignals = 1557,
  Finalizing = 1558,
  /** Stress: audit every N instructions (0 off), and the count-down. */
  AuditInterval = 1561,
  AuditCountdown = 1562,
  /** Interrupt request, dictionary version counters … */
  DictVersion = 1563,
  /** `sys.set_int_max_str_digits`; 0 is no limit. */
  MaxStrDigits = 1565,
  /** `from __future__` imports of an interactive session. */
  InteractiveFlags = 1569,
  /** The base exception state: two words as in a generator (`ExcValue`, `ExcPrevious`). */
  ExcBaseValue = 1566,
  ExcBasePrevious = 1567,
  /** The frame being cleared, linked through its `ReturnOffset`. */
  DyingFrame = 1573,
  /** The slice that died last, kept for the next one, or 0. */
  SliceCache = 1574,
  /** 1 when the program ended by a KeyboardInterrupt that nobody caught. */
  Interrupted = 1575,
  /** Trace and profile functions of this thread that are running: none is called from them. */
  TraceNesting = 1576,
  /** What the running trace function was told (`TraceEvent`); 0 outside. */
  TraceEvent = 1577,
  /** 1 once a frame asked to be told of each instruction, 2 from the next `settrace` on. */
  OpcodesTraced = 1578,
  /** How many frames a new coroutine keeps as its origin (`sys.set_coroutine_origin_tracking_depth`). */
  OriginDepth = 1579,
  /** Records of threads (core/layout/thread.ts): the running one, the first of all (the main thread's), the last. */
  CurrentThread = 1580,
  FirstThread = 1581,
  LastThread = 1582,
  /** Threads made so far. */
  ThreadsMade = 1583,
  /** How many activations wait on the host's stack for their thread to go on. */
  ThreadHolders = 1584,
  /** Counts moments at which a thread became ready: the order in which they run. */
  ThreadTurn = 1585,
  /** Looks at the eval breaker that are left of the running thread's slice, and in a whole slice. */
  SliceLeft = 1586,
  SliceLength = 1587,
  /** 1 while another thread is ready or waits for a time: the eval breaker then counts. */
  ThreadsWatch = 1588,
  /** Threads that wait for something that another one can do. */
  ThreadsWaiting = 1589,
  /** The scheduler's clock: microseconds, a double (index it as floats[word / 2]). */
  ThreadClock = 1590,
  /** The area of running code, and the first word of it that was never used. */
  CodeArea = 1598,
  CodeTop = 1599,
  /** Limits of the run (core/limits.ts): steps made and allowed, two doubles; whether steps are counted; why the run ends. */
  StepsMade = 1592,
  StepLimit = 1594,
  Limited = 1596,
  Ending = 1597,
  /** `sys.monitoring`: the global events of each of six tools; all of them; how often events changed, and when they were last
   *  restarted. */
  MonitorEvents = 1600,
  Monitored = 1606,
  MonitorVersion = 1607,
  MonitorRestart = 1608,
  /** The key of the hashes of str and bytes: four words (core/hash-key.ts). */
  HashKey = 1610,
  /** The end of the area of running code. */
  CodeLimit = 1614,
  /** Allocations of the next imports that CPython would serve from free lists (`settleGenerations`). */
  FreeForReading = 1615,
  FirstFree = 1616,
  End = 4096,
}

/** How far the interpreter's end has come (`RootNum.Finalizing`). */
export const enum Finalizing {
  Started = 1,
  /** Modules are being removed: nothing can be imported any more. */
  Modules = 2,
}
