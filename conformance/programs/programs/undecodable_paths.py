"""Files and folders whose names are no UTF-8."""
import os
import shutil
import tempfile

top = tempfile.mkdtemp()
start = os.getcwd()
path = os.fsencode(top) + b"/nu\xe7w\xf0"
os.mkdir(path)
print(os.path.isdir(path), os.path.basename(os.path.realpath(path)))
os.chdir(path)
print(os.path.basename(os.getcwdb()), ascii(os.path.basename(os.getcwd())))
with open(b"f\xff", "w") as file:
    file.write("text")
print(ascii(os.listdir(".")), os.listdir(path), os.path.exists(os.listdir(".")[0]))
try:
    open(b"\xe7")
except OSError as error:
    print(error)
os.chdir(start)
print(os.listdir(os.fsencode(top)))
shutil.rmtree(top)
print(os.path.exists(top))
