class Table:
    def __init__(self, rows):
        self.rows = list(range(rows))

    def __del__(self):
        print("table freed")


def work():
    table = Table(2000)
    return table.rows[5000]


errors = []
try:
    work()
except IndexError as error:
    errors.append(error)  # error -> traceback -> frame -> table

print("the work is over, but:", errors)
errors.clear()
print("end")
