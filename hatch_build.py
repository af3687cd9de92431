"""Build hook: compiles the decoder's C core to a shared library that ctypes loads (no Python headers needed), and puts
dictionaries/ and models/ into the wheel."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("pipeline/thidua/restore")


class CoreBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sources = sorted((root / FOLDER).glob("*.c"))
        library = root / FOLDER / "_core.so"
        compiler = shlex.split(os.environ.get("CC", "")) or [shutil.which("cc") or shutil.which("gcc") or ""]
        if not compiler[0]:
            raise RuntimeError("thidua needs a C compiler to build its decoder: apt-get install gcc libc6-dev")
        command = [*compiler, "-O3", "-std=c11", "-fPIC", "-shared", "-Wall", "-Wextra", "-Werror"]
        subprocess.run([*command, "-o", str(library), *map(str, sources), "-lm"], check=True)
        build_data["artifacts"].append(f"/{FOLDER}/_core.so")
        if version == "standard":  # an editable install reads them from the checkout
            build_data["force_include"] |= {name: f"thidua/{name}" for name in ("dictionaries", "models")}
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"
