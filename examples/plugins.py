"""A plugin system: a text filter whose commands are modules found in a folder, loaded, reloaded and unloaded while it runs.

Every file of `plugins/` is a plugin. It registers its commands with a decorator when it is imported; one that fails to load is
reported and does no harm. Unloading takes the commands back and forgets the module.

What to look at in Moult: a module is alive as long as anybody refers to it or to one of its functions' globals. After unloading,
weak references tell whether it is really gone, and who kept it if it is not.
"""

from __future__ import annotations

import gc
import importlib.util
import sys
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent / "plugins"

Command = Callable[[str], str]


class PluginError(Exception):
    """A plugin that cannot be loaded."""


@dataclass(frozen=True)
class Registration:
    name: str
    command: Command
    plugin: str
    help: str


class Registry:
    """The commands that plugins offer. Plugins see it as `registry`."""

    def __init__(self) -> None:
        self.commands: dict[str, Registration] = {}
        self._plugin = ""

    def command(self, name: str) -> Callable[[Command], Command]:
        """Decorator for a plugin's function: make it a command."""

        def register(function: Command) -> Command:
            if name in self.commands:
                raise PluginError(f"command {name!r} belongs to {self.commands[name].plugin}")
            help_ = (function.__doc__ or "no description").strip().splitlines()[0]
            self.commands[name] = Registration(name, function, self._plugin, help_)
            return function

        return register

    def begin(self, plugin: str) -> None:
        self._plugin = plugin

    def withdraw(self, plugin: str) -> list[str]:
        """Forget the commands of a plugin; return their names."""
        names = [name for name, registration in self.commands.items() if registration.plugin == plugin]
        for name in names:
            del self.commands[name]
        return names


class Plugin:
    """A plugin that is loaded: its module and what it says about itself."""

    def __init__(self, name: str, module: ModuleType) -> None:
        self.name = name
        self.module = module
        self.version: str = getattr(module, "VERSION", "0")
        self.requires: tuple[str, ...] = getattr(module, "REQUIRES", ())

    def notify(self, event: str) -> None:
        hook = getattr(self.module, f"on_{event}", None)
        if hook is not None:
            hook()


class Manager:
    """Finds, loads and unloads plugins."""

    PREFIX = "plugins_loaded"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = Registry()
        self.plugins: dict[str, Plugin] = {}
        self.failures: dict[str, str] = {}

    def available(self) -> Iterator[str]:
        yield from sorted(path.stem for path in self.folder.glob("*.py") if not path.stem.startswith("_"))

    def load_all(self) -> None:
        for name in self.available():
            self.load(name)

    def load(self, name: str) -> bool:
        """Load a plugin and what it requires. Return False, with the reason in `failures`, if that fails."""
        if name in self.plugins:
            return True
        try:
            plugin = self._import(name)
        except Exception as error:
            self.registry.withdraw(name)
            self.failures[name] = f"{type(error).__name__}: {error}"
            return False
        self.failures.pop(name, None)
        self.plugins[name] = plugin
        plugin.notify("load")
        return True

    def unload(self, name: str) -> list[str]:
        """Take back a plugin's commands and forget its module."""
        users = sorted(other.name for other in self.plugins.values() if name in other.requires)
        if users:
            raise PluginError(f"{name} is required by {', '.join(users)}")
        plugin = self.plugins.pop(name)
        plugin.notify("unload")
        del sys.modules[f"{self.PREFIX}.{name}"]
        return self.registry.withdraw(name)

    def reload(self, name: str) -> bool:
        self.unload(name)
        return self.load(name)

    def run(self, line: str, text: str) -> str:
        """Apply commands in a row, as in `upper | reverse`."""
        for name in map(str.strip, line.split("|")):
            registration = self.registry.commands.get(name)
            if registration is None:
                raise PluginError(f"no command {name!r}")
            text = registration.command(text)
        return text

    def _import(self, name: str) -> Plugin:
        full_name = f"{self.PREFIX}.{name}"
        spec = importlib.util.spec_from_file_location(full_name, self.folder / f"{name}.py")
        if spec is None or spec.loader is None or not (self.folder / f"{name}.py").exists():
            raise PluginError(f"no plugin {name!r}")
        module = importlib.util.module_from_spec(spec)
        module.registry = self.registry  # type: ignore[attr-defined]
        for required in getattr(self._peek(name), "requires", ()):
            if not self.load(required):
                raise PluginError(f"{required!r} is required and did not load")
        sys.modules[full_name] = module
        self.registry.begin(name)
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[full_name]
            raise
        return Plugin(name, module)

    def _peek(self, name: str) -> Header:
        return Header.read(self.folder / f"{name}.py")


@dataclass(frozen=True)
class Header:
    """What a plugin needs before it can be imported: a line `# requires: a, b` at its start."""

    requires: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Header:
        with open(path, encoding="utf-8") as file:
            first = file.readline()
        _, found, names = first.partition("# requires:")
        return cls(tuple(name.strip() for name in names.split(",")) if found else ())


# --- The tour ---------------------------------------------------------------------------------------------------------

SAMPLE = "The quick brown fox jumps over the lazy dog."


def show_loading(manager: Manager) -> None:
    print("available:", ", ".join(manager.available()))
    manager.load_all()
    for plugin in manager.plugins.values():
        needs = f", requires {', '.join(plugin.requires)}" if plugin.requires else ""
        print(f"loaded {plugin.name} {plugin.version}{needs}")
    for name, reason in manager.failures.items():
        print(f"failed {name}: {reason}")
    for name, registration in sorted(manager.registry.commands.items()):
        print(f"  {name:<10} {registration.help} ({registration.plugin})")


def show_running(manager: Manager) -> None:
    for line in ("upper", "reverse | upper", "rot13", "rot13 | rot13", "count", "title | shout"):
        try:
            print(f"{line}: {manager.run(line, SAMPLE)}")
        except PluginError as error:
            print(f"{line}: {error}")


def show_unloading(manager: Manager) -> None:
    try:
        manager.unload("letters")
    except PluginError as error:
        print("not unloaded:", error)

    module = weakref.ref(manager.plugins["ciphers"].module)
    kept = manager.registry.commands["rot13"].command
    print("withdrawn:", ", ".join(manager.unload("ciphers")))
    gc.collect()
    print("module alive:", module() is not None, "- but its names are, through a function:", len(kept.__globals__) > 0)
    print("the function still works:", kept("Uryyb"))
    names = weakref.ref(kept)
    del kept
    print("function alive before a collection:", names() is not None)
    gc.collect()
    print("function alive after it:", names() is not None)
    print("reloaded:", manager.reload("letters") if manager.unload("counting") else None)
    print("commands:", ", ".join(sorted(manager.registry.commands)))


def main() -> None:
    gc.collect()
    gc.disable()
    sys.dont_write_bytecode = True
    manager = Manager(FOLDER)
    for title, show in (("loading", show_loading), ("running", show_running), ("unloading", show_unloading)):
        print(f"== {title}")
        show(manager)


if __name__ == "__main__":
    main()
