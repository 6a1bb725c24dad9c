#!/usr/bin/env bash
# Puts a real Blender application into a folder, from Debian's archive: tests/app/chroot.sh SUITE ROOT
#
# trixie has Blender 4.3, sid the newest. Needs root and debootstrap; takes two minutes and 2 GB. Then
#
#   BUILDEE_APPLICATION=ROOT python -m pytest tests/app
set -euo pipefail
suite=$1 root=$2
mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)

[[ -x $root/usr/bin/apt-get ]] || debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"}
cp /etc/resolv.conf "$root/etc/"
cat >"$root/etc/dpkg/dpkg.cfg.d/small" <<'END'
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/locale/*
force-unsafe-io
END
apt=(chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3)
"${apt[@]}" update
# Blender's own Python modules come as packages here; Xvfb and xdotool are for the tests of the interface.
"${apt[@]}" install -y --no-install-recommends blender python3-numpy python3-cattr python3-requests \
  python3-zstandard xvfb xdotool libegl1 libgl1-mesa-dri
"${apt[@]}" clean
chroot "$root" blender --version | head -1
