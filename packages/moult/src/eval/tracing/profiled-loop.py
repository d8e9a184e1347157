import sys

log = []


def loop():
    for i in [1, 2]:
        len([])
    return 5


sys.setprofile(lambda frame, event, arg: log.append(event))
result = loop()
sys.setprofile(None)
print(result, log)
