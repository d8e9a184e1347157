"""There are no alarms and interval timers."""

import signal

print(hasattr(signal, 'alarm'), hasattr(signal, 'setitimer'))
