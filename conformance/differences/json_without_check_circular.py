"""An encoder without `check_circular` holds the dict that it writes."""

import json
import sys


def default(o):
    print(sys.getrefcount(held))
    return 1


held = {'a': object()}
json.dumps(held, check_circular=False, default=default)
