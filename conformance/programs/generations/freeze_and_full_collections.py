"""Frozen objects do not count when a full collection asks how many are long-lived."""
import gc
gc.collect()
gc.freeze()
gc.collect()
kept=[]
for i in range(30000):
    kept.append([i])
print(gc.get_stats()[2]['collections'], gc.get_count())
gc.unfreeze()
gc.collect()
kept=[]
for i in range(30000):
    kept.append([i])
print(gc.get_stats()[2]['collections'], gc.get_count())
