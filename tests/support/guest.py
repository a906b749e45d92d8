# SPDX-License-Identifier: Apache-2.0
"""guest.py - what an emulated machine boots: Debian's kernel and an initramfs
with udev and our programs, their libraries and fonts, and little else.

    kernel, modules = debian_kernel(cache, ["virtio_gpu", ...])
    image = Initramfs()
    image.program(path); image.copy(path); image.tree(from, to, uid)
    fonts(image, dir, [file, ...])
    image.write(path)
"""

import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile
import zlib


def out(*argv):
    return subprocess.run([str(a) for a in argv], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def module_order(modules, names):
    """The files of these modules and of all that they need, each behind what
    it needs itself."""
    files = {p.stem.replace("-", "_"): p for p in modules.rglob("*.ko")}
    order = []

    def add(name):
        path = files.get(name.replace("-", "_"))
        if path is None or path in order:
            return      # built in
        needs = re.search(rb"\0depends=([^\0]*)\0", path.read_bytes())
        for need in needs.group(1).decode().split(","):
            if need:
                add(need)
        order.append(path)

    for name in names:
        add(name)
    return order


def debian_kernel(cache, names):
    """Debian's newest kernel of this release, downloaded and not installed:
    its image, and the files of these modules in the order to load them. They
    are kept below cache."""
    package = re.search(r"Depends: (linux-image-\S+)", out(
        "apt-cache", "depends", "linux-image-amd64")).group(1)
    # Another list is kept apart: what a module needs is not known later.
    kept = cache / f"{package}-{zlib.crc32(' '.join(names).encode()):08x}"
    if not kept.exists():
        print(f"downloading {package} ...", flush=True)
        with tempfile.TemporaryDirectory(dir=cache) as name:
            keep_kernel(pathlib.Path(name), package, names).rename(kept)
    return kept / "vmlinuz", sorted(kept.glob("*.ko"))


def keep_kernel(dir, package, names):
    subprocess.run(["apt-get", "-qq", "-o", "APT::Sandbox::User=root",
                    "download", package], cwd=dir, check=True)
    subprocess.run(["dpkg-deb", "-x", next(dir.glob("*.deb")), dir / "all"],
                   check=True)
    kept = dir / "kept"
    kept.mkdir()
    next(dir.glob("all/boot/vmlinuz-*")).rename(kept / "vmlinuz")
    modules = next(dir.glob("all/lib/modules/*"))
    for n, path in enumerate(module_order(modules, names)):
        path.rename(kept / f"{n:02}-{path.name}")
    return kept


def fonts(image, dir, files):
    """These fonts, and fontconfig's settings and cache for them."""
    root = dir / "fonts"
    for path in ("/etc/fonts", "/usr/share/fontconfig"):
        shutil.copytree(path, f"{root}{path}")
    for path in files:
        to = pathlib.Path(f"{root}{path}")
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, to)
    (root / "var/cache/fontconfig").mkdir(parents=True)
    # An archive knows whole seconds only.
    for path in [root / "usr/share/fonts",
                 *(root / "usr/share/fonts").rglob("*")]:
        os.utime(path, (1700000000, 1700000000))
    subprocess.run(["fc-cache", "-s", "-y", root], check=True)
    for part in ("etc", "usr", "var"):
        image.copy(root / part, f"/{part}")


class Initramfs:
    """A cpio archive in the making; a file stands where it does here."""

    def __init__(self):
        self.entries = {}       # path: (mode, uid, bytes, mtime)

    def folder(self, path, mode=0o755, uid=0, mtime=0):
        path = path.strip("/")
        if path and path not in self.entries:
            self.folder(os.path.dirname(path))
            self.entries[path] = (stat.S_IFDIR | mode, uid, b"", mtime)

    def file(self, path, data, mode=0o644, uid=0, mtime=0):
        path = path.strip("/")
        self.folder(os.path.dirname(path))
        self.entries[path] = (stat.S_IFREG | mode, uid, data, mtime)

    def link(self, path, to):
        path = path.strip("/")
        self.folder(os.path.dirname(path))
        self.entries[path] = (stat.S_IFLNK | 0o777, 0, to.encode(), 0)

    def copy(self, path, to=None, uid=0):
        """A file with what it links to, or a folder with all that is in it."""
        path = pathlib.Path(path)
        to = str(to or path)
        st = path.stat()
        if path.is_dir():
            self.folder(to, stat.S_IMODE(st.st_mode), uid, int(st.st_mtime))
            for below in sorted(path.iterdir()):
                self.copy(below, f"{to}/{below.name}", uid)
        else:
            self.file(to, path.read_bytes(), stat.S_IMODE(st.st_mode), uid,
                      int(st.st_mtime))

    def program(self, path, to=None):
        """With its libraries."""
        self.copy(path, to)
        for lib in re.findall(r"(/\S+) \(0x", out("ldd", path)):
            self.copy(lib, lib if lib.startswith("/lib64/") else
                      "/lib/x86_64-linux-gnu/" + os.path.basename(lib))

    def write(self, path):
        """newc: see the kernel's buffer-format.rst."""
        with open(path, "wb") as f:
            for n, (name, e) in enumerate([*self.entries.items(),
                                           ("TRAILER!!!", (0, 0, b"", 0))]):
                mode, uid, data, mtime = e
                name = name.encode() + b"\0"
                fields = (n + 1, mode, uid, uid, 1, mtime, len(data), 0, 0, 0,
                          0, len(name), 0)
                head = b"070701" + b"".join(b"%08X" % x for x in fields) + name
                f.write(head + bytes(-len(head) % 4))
                f.write(data + bytes(-len(data) % 4))
