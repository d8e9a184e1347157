class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


points = [Point(n, [n]) for n in range(5000)]
first = points[0]
points[1234].friend = points[4321]
points[4321].friend = points[1234]
print(len(points), "points")
