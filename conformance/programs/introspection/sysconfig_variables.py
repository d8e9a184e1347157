"""What the build is said to be like, which zoneinfo asks for when it is imported."""
import sysconfig
import zoneinfo

for name in ("TZPATH", "EXT_SUFFIX", "VERSION", "SIZEOF_VOID_P", "Py_DEBUG", "nonsense"):
    print(name, repr(sysconfig.get_config_var(name)))
print(sysconfig.get_platform(), sysconfig.get_python_version(), zoneinfo.TZPATH[:1])
try:
    zoneinfo.ZoneInfo("No/Where")
except zoneinfo.ZoneInfoNotFoundError as error:
    print(type(error).__mro__[1])
