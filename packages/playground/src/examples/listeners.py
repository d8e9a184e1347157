class Bus:
    def __init__(self):
        self.listeners = []

    def subscribe(self, listener):
        self.listeners.append(listener)

    def publish(self, event):
        for listener in list(self.listeners):
            listener(event)


class Window:
    def __init__(self, bus, title):
        self.title = title
        self.events = []
        bus.subscribe(self.handle)

    def handle(self, event):
        self.events.append(event)

    def __del__(self):
        print(self.title, "closed")


bus = Bus()
for title in ["first", "second", "third"]:
    window = Window(bus, title)
    bus.publish("opened " + title)

del window
print("windows still listening:", len(bus.listeners))
bus.publish("tick")
