"""What the program imports is declared, what is declared is imported, and the locks hold it."""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.audit_locks import pins

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
#: Extras that are part of the program, and those in which it finds itself; others are tools.
PROGRAM_EXTRAS = ("oidc", "spark")
HOSTS = ("notebooks",)
#: Declared though the program itself never imports it, and why.
IMPORTED_BY_OTHERS = {"requests": "the client with which authlib asks an OpenID provider"}
#: Each lock, with the extras from which it is made.
LOCKS = {
    "requirements.lock": ("build",),
    "requirements-test.lock": ("build", "test"),
    "requirements-notebooks.lock": ("build", "notebooks"),
    "requirements-oidc.lock": ("build", "oidc"),
}


def declared(*extras: str) -> list[Requirement]:
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in EXTRAS[extra])]
    return list(map(Requirement, texts))


def names(requirements: Iterable[Requirement]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements}


#: A line that imports a module of others; to read each as a program would take three seconds.
IMPORTS = re.compile(r"^\s*(?:from (\w+)[\w.]* import\b|import (\w+))", re.MULTILINE)


def imported(path: Path) -> Iterator[str]:
    """The packages of others that a module imports, anywhere in it."""
    for found in IMPORTS.finditer(path.read_text(encoding="utf-8")):
        top = found[1] or found[2]
        if top not in sys.stdlib_module_names and not (ROOT / top).is_dir():
            yield top


MODULES = sorted(
    path for package in ("analysis", "dashboards") for path in (ROOT / package).rglob("*.py")
)
IMPORTED = {name for path in MODULES for name in imported(path)}
DISTRIBUTIONS = packages_distributions()


@pytest.mark.parametrize("module", sorted(IMPORTED))
def test_what_is_imported_is_declared(module: str) -> None:
    found = {canonicalize_name(name) for name in DISTRIBUTIONS.get(module, [module])}
    assert found & names(declared(*PROGRAM_EXTRAS, *HOSTS)), f"{module} of {sorted(found)}"


@pytest.mark.parametrize("name", sorted(names(declared(*PROGRAM_EXTRAS))))
def test_what_is_declared_is_imported(name: str) -> None:
    used = {canonicalize_name(each) for top in IMPORTED for each in DISTRIBUTIONS.get(top, [top])}
    assert (name in used) != (name in IMPORTED_BY_OTHERS), name


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_is_declared(lock: str) -> None:
    pinned = {canonicalize_name(name): versions for name, versions in pins(lock).items()}
    for requirement in declared(*LOCKS[lock]):
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), requirement
