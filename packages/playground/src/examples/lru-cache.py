from functools import lru_cache


class Report:
    def __init__(self, title):
        self.title = title
        self.data = list(range(500))

    @lru_cache(maxsize=None)
    def total(self):
        return sum(self.data)

    def __del__(self):
        print("free", self.title)


for title in ["monday", "tuesday", "wednesday"]:
    report = Report(title)
    print(title, report.total())

report = None
print("kept by the cache:", Report.total.cache_info().currsize)
