"""Builds Sijill with its reader compiled, where that is asked for and a C compiler is there.

The build tool (hatchling) loads this file when ``HATCH_BUILD_HOOK_ENABLE_CUSTOM`` is set: a wheel
then holds the compiled modules beside their sources, and an editable install has them in ``src/``.
``python hatch_build.py FOLDER`` compiles the copy of ``src/`` that lies in FOLDER.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # compiling a copy needs no build tool
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
#: What was compiled, with the digest of each source: see ``sijill/compiled.py``.
RECORD = "sijill/compiled.json"
#: Runs in a process of its own: mypyc and setuptools take the whole process for theirs.
_BUILD = """
import sys
from mypyc.build import mypycify
from setuptools import setup
config, out, *files = sys.argv[1:]
native = mypycify([f"--config-file={config}", *files], group_name="sijill", opt_level="1",
                  target_dir=out + "/c")
setup(name="sijill-native", packages=[], ext_modules=native,
      script_args=["-q", "build_ext", "--build-lib", out + "/lib", "--build-temp", out + "/temp"])
"""


class CustomBuildHook(BuildHookInterface):
    """What hatchling calls before it packs a wheel, an editable one too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell hatchling what to pack; without a compiler the wheel stays pure."""
        if missing := lacking():
            self.app.display_warning(f"Sijill is built without compiled modules: {missing}")
            return
        source = Path(self.root) / "src"
        self._built = tempfile.TemporaryDirectory()  # lives until the wheel is packed
        library = build(source, Path(self._built.name))
        if version == "editable":
            install(library, source)
            return
        build_data["pure_python"], build_data["infer_tag"] = False, True
        for path in filter(Path.is_file, library.rglob("*")):
            build_data["force_include"][str(path)] = path.relative_to(library).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Throw the work files away."""
        if hasattr(self, "_built"):
            self._built.cleanup()


def lacking() -> str:
    """What this machine lacks to compile, in words; empty where it lacks nothing."""
    if sys.platform == "win32":
        return ""  # setuptools finds Microsoft's compiler by itself
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"no C compiler ({compiler}); install one, such as the package gcc"
    if not (Path(sysconfig.get_path("include")) / "Python.h").exists():
        return "no Python.h; install Python's development files, such as the package python3-dev"
    return ""


def modules() -> list[str]:
    """The modules that are compiled, as ``text/fold``: pyproject.toml lists them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    return [str(name) for name in hook["modules"]]


def build(source: Path, work: Path) -> Path:
    """Compile the modules under ``source`` into a folder under ``work``, which is returned.

    Raises:
        SystemExit: where mypyc or the compiler failed; what they said was printed.
    """
    names = [f"sijill/{name}.py" for name in modules()]
    digests = {name: sha256((source / name).read_bytes()).hexdigest() for name in names}
    command = [sys.executable, "-c", _BUILD, str(ROOT / "pyproject.toml"), str(work), *names]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nSijill's modules did not compile: see above")
    library = work / "lib"
    (library / RECORD).write_text(json.dumps(digests, indent=1) + "\n", "utf-8")
    return library


def install(library: Path, source: Path) -> None:
    """Put compiled modules beside their sources, in place of older ones."""
    for old in [*source.rglob("*.so"), *source.rglob("*.pyd")]:
        old.unlink()
    shutil.copytree(library, source, dirs_exist_ok=True)


def main() -> None:
    """Compile the copy of ``src/`` in the folder that is named."""
    if missing := lacking():
        sys.exit(missing)
    source = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as work:
        install(build(source, Path(work)), source)


if __name__ == "__main__":
    main()
