#!/bin/sh
# Make .venv hold exactly what a lock file names, and this project in editable form.
#
#   sh .ci/venv.sh run    what the package needs      (requirements.lock)
#   sh .ci/venv.sh dev    and its tests and checks    (requirements-dev.lock)
#
# Needs Python 3.11 or later, and one of: its venv module, pip, uv. Does nothing when
# the lock and pyproject.toml are those of the last time.
set -eu

kind=${1:?usage: sh .ci/venv.sh run|dev}
case $kind in
    run) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) echo "usage: sh .ci/venv.sh run|dev" >&2; exit 2 ;;
esac
venv=.venv
unfinished=$venv/unfinished # there from the first moment to the last of a build
modern='import sys; sys.exit(sys.version_info < (3, 11))'

say() { echo "eventstudy: $*" >&2; }
die() { say "$*"; exit 1; }
works() { "$@" >/dev/null 2>&1; }
has() { command -v "$1" >/dev/null 2>&1; }

fingerprint() { cat pyproject.toml "$1" | cksum; }
current() { # current KIND LOCK: is .venv what this lock makes of it?
    [ ! -e "$unfinished" ] &&
        [ "$(cat "$venv/$1.stamp" 2>/dev/null)" = "$(fingerprint "$2")" ]
}

# ----------------------------------------------------------------- which python

find_python() {
    for name in python3 python3.13 python3.12 python3.11 python; do
        # A name on the path may be a shim with nothing behind it: ask it.
        if has "$name" && works "$name" -c "$modern"; then
            echo "$name"
            return
        fi
    done
}

# ----------------------------------------------------------------- an empty .venv

begin() { rm -rf "$venv"; mkdir "$venv"; : >"$unfinished"; }

with_uv() {
    has uv && begin && uv venv --quiet --allow-existing --python "${python:-3.13}" "$venv"
}
with_venv() { begin && works "$python" -m venv "$venv"; }
with_outer_pip() { # Debian's python3 without python3-venv
    works "$python" -m pip --version && begin && works "$python" -m venv --without-pip "$venv"
}

create() {
    python=$(find_python)
    with_uv && return
    [ -n "$python" ] || die "needs Python 3.11 or later, and found none." \
        "Install python3.13 (python.org, your system's packages, pyenv) or uv."
    with_venv && return
    with_outer_pip && return
    rm -rf "$venv"
    die "$python can make no virtual environment. Install its venv module" \
        "(Debian, Ubuntu: apt install python3-venv), its pip, or uv."
}

# ----------------------------------------------------------------- packages into it

pip_install() { # by whichever installer reaches .venv
    if works "$venv/bin/python" -m pip --version; then
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
    elif python=$(find_python) && [ -n "$python" ] && works "$python" -m pip --version; then
        "$python" -m pip --python "$venv/bin/python" install --quiet --disable-pip-version-check "$@"
    else
        say "no pip reaches $venv. Install python3-pip (or python3-venv), or repair uv."
        return 1
    fi
}

install() {
    if has uv && works uv pip list --python "$venv/bin/python"; then
        uv pip install --quiet --python "$venv/bin/python" "$@" && return
        say "uv could not install; trying pip."
    fi
    pip_install "$@"
}

install_all() {
    install --require-hashes -r "$lock" || die "could not install $lock (above: why)." \
        "The package index must be reachable; run the same command again."
    # The dev lock holds what the build needs; for a user the installer fetches it.
    isolation=
    [ "$kind" = run ] || isolation=--no-build-isolation
    install --no-deps $isolation -e . || die "could not install the project itself."
}

# ----------------------------------------------------------------- the work

current dev requirements-dev.lock && exit 0
[ "$kind" = run ] && current run requirements.lock && exit 0

if [ -e "$unfinished" ] || ! works "$venv/bin/python" -c "$modern"; then
    [ ! -e "$venv" ] || say "$venv is half-made or too old; making it anew."
    create
fi
: >"$unfinished"
rm -f "$venv"/*.stamp
say "installing $(grep -c '==' "$lock") packages of $lock into $venv (a minute or two) ..."
install_all
fingerprint "$lock" >"$venv/$kind.stamp"
rm "$unfinished"
