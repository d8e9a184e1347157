class Button:
    def __init__(self, label):
        self.label = label
        self.on_click = None


buttons = []
for label in ["open", "save", "quit"]:
    button = Button(label)

    def clicked():
        return "clicked " + button.label

    button.on_click = clicked
    buttons.append(button)

for each in buttons:
    print(each.label, "->", each.on_click())


def make(label):
    button = Button(label)

    def clicked():
        return "clicked " + button.label

    button.on_click = clicked  # button -> function -> cell -> button
    return button


kept = make("help")
print(kept.on_click())
kept = None  # a cycle stays behind
