class Image:
    def __init__(self, name):
        self.name = name
        self.pixels = [0] * 1000

    def __del__(self):
        print("free", self.name)


cache = {}


def load(name):
    if name not in cache:
        cache[name] = Image(name)
    return cache[name]


for number in range(6):
    image = load(f"photo-{number}")
    print("showing", image.name)

del image
print("done; in the cache:", len(cache))
