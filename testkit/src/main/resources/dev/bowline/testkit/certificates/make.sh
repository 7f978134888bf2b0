#!/bin/sh
# Makes the test certificates beside this script anew, all of them, with new keys. Wants OpenSSL 1.1.1 or newer.
#
#   sh make.sh
#
# They protect nothing: the private keys are published with the testkit. Those of the two authorities are thrown away here,
# so that nobody can sign more, and a change means that all are made again.
set -eu

cd "$(dirname -- "$0")"
out=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"

# Fixed dates instead of "from now on": a machine whose clock is behind takes them, too.
begin=20200101000000Z
end=21200101000000Z

touch index
cat >openssl.cnf <<'END'
[ca]
default_ca = test
[test]
database = index
unique_subject = no
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = names
copy_extensions = none
[names]
commonName = supplied
organizationName = supplied
[req]
distinguished_name = subject
[subject]

[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, DNS:*.bowline.example, IP:127.0.0.1, IP:::1
[elsewhere]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:elsewhere.example, IP:192.0.2.1
END

rsa="rsa -pkeyopt rsa_keygen_bits:2048"
ec="ec -pkeyopt ec_paramgen_curve:P-256"

# issue NAME COMMON-NAME EXTENSIONS BEGIN END SIGNER-OPTIONS KEY-OPTIONS: NAME.key in PKCS#8, and NAME.pem
issue() {
    openssl genpkey -algorithm $7 -out "$1.key" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    openssl req -new -config openssl.cnf -key "$1.key" -subj "/O=Bowline tests/CN=$2" -out "$1.csr"
    openssl ca -batch -notext -config openssl.cnf -extensions "$3" -startdate "$4" -enddate "$5" $6 \
        -in "$1.csr" -out "$1.pem" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}

signed_by="-cert authority.pem -keyfile authority.key"
issue authority "Bowline test authority" authority $begin $end "-selfsign -keyfile authority.key" "$ec"
issue other-authority "Another test authority" authority $begin $end "-selfsign -keyfile other-authority.key" "$ec"
issue rsa localhost server $begin $end "$signed_by" "$rsa"
issue ec localhost server $begin $end "$signed_by" "$ec"
issue expired localhost server $begin 20200201000000Z "$signed_by" "$ec"
issue wrong-host elsewhere.example elsewhere $begin $end "$signed_by" "$ec"
issue other-ca localhost server $begin $end "-cert other-authority.pem -keyfile other-authority.key" "$ec"
issue client "Bowline test client" client $begin $end "$signed_by" "$ec"

rm authority.key other-authority.key
rm -f "$out"/*.pem "$out"/*.key
chmod 644 -- *.pem *.key
cp -- authority.pem other-authority.pem "$out"
for pair in rsa ec expired wrong-host other-ca client; do
    cp -- "$pair.pem" "$pair.key" "$out"
done
