"""Every NaN is the one that JavaScript knows, which has no sign."""

import math

print(math.copysign(1.0, float('-nan')))
