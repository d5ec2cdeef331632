"""Download and unpack the pinned releases: ``python benchmarks/prepare.py [SET or NAME]``."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from corpora import CACHE, PEERS, Corpus, listed, peers

EVERYTHING = "all"
DONE = ".complete"
"""Is written last, so that an interrupted unpacking is begun anew."""


def main(arguments: list[str]) -> None:
    """Prepare what is missing of a set; everything by default."""
    wanted = arguments[0] if arguments else EVERYTHING
    CACHE.mkdir(exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
    for corpus in listed():
        if wanted in {EVERYTHING, corpus.name, *corpus.sets} and not is_complete(corpus):
            unpack(corpus)
    if not (PEERS / DONE).exists():
        install_peers()


def is_complete(corpus: Corpus) -> bool:
    """Say whether the corpus was unpacked to the end."""
    return (corpus.folder / DONE).exists()


def unpack(corpus: Corpus) -> None:
    """Download one release and unpack it; nothing of it is built or run."""
    requirement = f"{corpus.name}=={corpus.version}"
    print(f"downloading {requirement}")
    with TemporaryDirectory() as folder:
        pip(sys.executable, "download", "--no-deps", "--prefer-binary", "-d", folder, requirement)
        (archive,) = Path(folder).iterdir()
        extract(archive, corpus.folder)
    if not corpus.source.is_dir():
        raise SystemExit(f"{requirement}: there is no folder {corpus.package} in it")
    (corpus.folder / DONE).touch()


def extract(archive: Path, folder: Path) -> None:
    """Unpack a wheel, or a source distribution without its outermost folder."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)  # noqa: S202 - zipfile keeps every name inside the folder
        return
    with tarfile.open(archive) as distribution:
        for member in distribution.getmembers():
            _, _, member.name = member.name.partition("/")
            if member.name:
                distribution.extract(member, folder, filter="data")


def install_peers() -> None:
    """Make the environment of the tools that statelint is compared with."""
    print(f"installing {', '.join(peers())}")
    venv.create(PEERS, with_pip=True, clear=True)
    pip(str(PEERS / "bin" / "python"), "install", *peers())
    (PEERS / DONE).touch()


def pip(python: str, *arguments: str) -> None:
    """Run the pip of an interpreter; its errors are shown, its progress is not."""
    command = (python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
