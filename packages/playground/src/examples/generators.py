class Connection:
    def __init__(self, name):
        self.name = name

    def rows(self):
        try:
            for number in range(1000):
                yield f"{self.name} row {number}"
        finally:
            print(self.name, "closed")


def first_row(name):
    connection = Connection(name)
    rows = connection.rows()
    pending.append(rows)  # a generator that waits keeps its frame
    return next(rows)


pending = []
for name in ["users", "orders", "items"]:
    print(first_row(name))

print("waiting generators:", len(pending))
pending.clear()
print("end")
