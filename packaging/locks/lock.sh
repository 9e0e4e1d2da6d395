#!/usr/bin/env bash
# Makes the locks anew from pyproject.toml (needs uv): versions and hashes for every platform, no addresses.
set -euo pipefail
cd "$(dirname "$0")/../.."
lock() { uv pip compile pyproject.toml "$@" --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --quiet; }
lock --extra ui --extra server --extra dev -o packaging/locks/all.txt
lock --extra server --extra dev --no-emit-package pyside6 --no-emit-package pyside6-addons --no-emit-package pyside6-essentials --no-emit-package shiboken6 --no-emit-package pytest-qt -c packaging/locks/all.txt -o packaging/locks/core.txt
