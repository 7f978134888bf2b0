#!/bin/sh
# Makes the image that the reference server runs in, from the Debian packages below: no image is pulled, nothing is
# installed. Wants Debian 12 (apt-get, dpkg-deb), a docker client with its engine, and no rights beyond those.
#
#   make-image.sh TAG
#
# The server itself is no part of the image: it is copied into each container.
set -eu

tag=${1:?"usage: make-image.sh TAG"}
packages="
    busybox-static libbz2-1.0 libc6 libcrypt1 libexpat1 libffi8 libgcc-s1 liblzma5 libpython3.11-minimal
    libpython3.11-stdlib libssl3 libuuid1 python3-attr python3-automat python3-cffi-backend python3-constantly
    python3-cryptography python3-hyperlink python3-idna python3-incremental python3-minimal python3-openssl
    python3-pkg-resources python3-pyasn1 python3-pyasn1-modules python3-service-identity python3-six python3-twisted
    python3-typing-extensions python3-zope.interface python3.11-minimal zlib1g"

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$here/debs" "$here/image"

# The system's package lists where they are there, else lists of our own.
cd "$here/debs"
if ! apt-get -qq download $packages 2>"$here/refused"; then
    own="-o Dir::State=$here/state -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache=$here/cache"
    mkdir -p "$here/state/lists/partial" "$here/cache/archives/partial"
    if ! { apt-get -qq $own update && apt-get -qq $own download $packages; } 2>>"$here/refused"; then
        cat "$here/refused" >&2
        echo "make-image.sh: the Debian 12 packages could not be downloaded" >&2
        exit 1
    fi
fi
for deb in *.deb; do
    dpkg-deb -x "$deb" "$here/image"
done

cd "$here/image"
rm -rf usr/share
for unused in conch mail names news web words; do
    rm -rf "usr/lib/python3/dist-packages/twisted/$unused"
done
find usr/lib/python3 -type d -name test -prune -exec rm -rf {} +
ln -s /bin/busybox bin/sh
mkdir -p tmp ledger

# Compiled once here instead of at every start, which takes half as long then. The image's own Python does it, by way of
# the image's own loader: that needs no chroot.
loader=$(find lib lib64 -name 'ld-linux*' | head -n 1)
libraries=$(find "$here/image/lib" "$here/image/usr/lib" -maxdepth 1 -name '*-linux-gnu*' | paste -s -d :)
PYTHONHOME="$here/image/usr" "./$loader" --library-path "$libraries" usr/bin/python3.11 \
    -m compileall -q -s "$here/image" -p / usr/lib/python3.11 usr/lib/python3/dist-packages

tar -c . | docker import -c 'ENTRYPOINT ["/usr/bin/python3"]' -c 'ENV LANG=C.UTF-8' - "$tag"
