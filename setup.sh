#!/bin/sh
# Makes .venv/ with the locked packages, and Tesseract with French where the system lets us.
# Safe to run again: does nothing while requirements.lock and pyproject.toml are unchanged.
set -eu
cd "$(dirname "$0")"
PATH=$(printf '%s' "$PATH" | sed "s#$PWD/.venv/bin:##g") # else we might remove our own Python

say() { printf '%s\n' "$*" >&2; }

# Runs apt-get without questions; fails where we are not allowed to.
apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then sudo=""; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else return 1; fi
    run="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120"
    run="$run -o Acquire::Retries=1 -o Acquire::http::Timeout=20"
    { [ -n "${updated:-}" ] || $run update; } </dev/null >&2 || return 1
    updated=yes
    $run install --no-install-recommends -y "$@" </dev/null >&2
}

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$python"
            return
        fi
    done
    say "Python 3.11 or newer is needed. Install it, or name it: make run PYTHON=/path/to/python3"
    exit 1
}

make_venv() {
    rm -rf .venv
    "$python" -m venv .venv >/dev/null 2>&1 && return
    say "This Python has no venv module; installing it..."
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if apt "python$version-venv" || apt python3-venv; then
        rm -rf .venv
        "$python" -m venv .venv && return
    fi
    rm -rf .venv
    if "$python" -m pip install --quiet --target .venv-tools virtualenv >&2; then
        PYTHONPATH=.venv-tools "$python" -m virtualenv --quiet .venv && rm -rf .venv-tools && return
    fi
    rm -rf .venv .venv-tools
    say "No virtual environment can be made here. As an administrator, run:"
    say "    apt-get install python3-venv"
    say "then start again."
    exit 1
}

install() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile "$@"
}

has_tesseract() {
    command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx fra
}

stamp=$(cat requirements.lock pyproject.toml setup.sh | cksum | cut -d' ' -f1)
if [ "$(cat .venv/stamp 2>/dev/null)" != "$stamp $PWD" ] || ! .venv/bin/python -c '' 2>/dev/null; then
    python=$(find_python)
    [ -x .venv/bin/python ] && [ "$(cut -d' ' -f2- .venv/stamp 2>/dev/null)" = "$PWD" ] || make_venv
    say "Installing the locked packages into .venv/ ..."
    # setuptools first: the few packages without a wheel are built with the locked one.
    awk '/^[^ ]/ { wanted = /^setuptools==/ } wanted' requirements.lock >.venv/setuptools.lock
    install --require-hashes -r .venv/setuptools.lock
    install --require-hashes --use-pep517 --no-build-isolation -r requirements.lock
    install --no-build-isolation -e .
    echo "$stamp $PWD" >.venv/stamp
fi

if ! has_tesseract; then
    say "Installing Tesseract with French, to read scanned pages..."
    apt tesseract-ocr tesseract-ocr-fra || say "Not installed: scanned documents will be listed as not read." \
        "As an administrator, run: apt-get install tesseract-ocr tesseract-ocr-fra"
fi
