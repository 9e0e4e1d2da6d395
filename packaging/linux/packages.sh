#!/usr/bin/env bash
# Sees to the system packages that GreenAudit needs on Debian and Ubuntu: installs what is missing when it may,
# else names the exact line to run. Elsewhere it says nothing: the README names what is needed there.
set -euo pipefail

command -v dpkg-query >/dev/null || exit 0

needed=(
  python3-venv
  # what Qt needs to start
  libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libnss3 libpulse0 libx11-xcb1
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
  libxcb-xinerama0 libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0
  # what the tests look with: a screen without a monitor, a PDF reader and its certificate store, a tracer of system calls
  xvfb poppler-utils libnss3-tools strace
)

installed=$(dpkg-query -W -f='${Status} ${Package} ${Provides}\n')
missing=()
for name in "${needed[@]}"; do
  # a name may be provided by another package (libglib2.0-0t64 on newer systems)
  grep -qE "^install ok installed ($name |.*[ ,]$name([ ,(]|\$))" <<<"$installed" || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] && exit 0

line="apt-get install -y ${missing[*]}"
if [ "$(id -u)" = 0 ]; then
  echo "Installing system packages: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  echo "Installing system packages: ${missing[*]}"
  sudo apt-get update -qq
  sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
else
  echo "GreenAudit needs system packages that are missing here. Run this, then try again:" >&2
  echo "  sudo apt-get update && sudo $line" >&2
  exit 1
fi
