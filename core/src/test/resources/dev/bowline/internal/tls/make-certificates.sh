#!/usr/bin/env bash
# Makes the certificates beside it anew, with OpenSSL 3. All but the expired one are valid for 100 years or more; no key of an
# authority is kept, so that nothing can be added to the set without making it all.
#
#   ca.pem                    Bowline Test CA, which signs the intermediate; server and client chains contain the latter
#   other-ca.pem              an authority that signed none of these
#   server.pem, server-ec.pem for localhost, 127.0.0.1, ::1 and *.bowline.example
#   other-names.pem           for a.example and *.b.example
#   expired.pem, future.pem   the same as server.pem, at other times; the expired one was valid in January and February 2025
#   self-signed.pem           for localhost
#   server.key                belongs to all of these but server-ec.pem
#   client*.pem, client*.key  client certificates; the form of a key is in its name, PKCS#8 where there is none
#   client.p12                certificates and key of client.pem; its password, and that of every encrypted key, is "bowline"
#   certificates.p12          ca.pem, and no key
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
rm -f -- *.pem *.key *.p12

start=20250101000000Z
end=21250101000000Z
localhost='DNS:localhost, IP:127.0.0.1, IP:::1, DNS:*.bowline.example'

cat >"$work/openssl.cnf" <<CONF
[req]
distinguished_name = none
[none]
[ca]
default_ca = test
[test]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
copy_extensions = none
[any]
commonName = supplied
CONF
: >"$work/index"

rsa() { openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$1"; }
ec() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

# issue NAME KEY COMMON_NAME EXTENSIONS ISSUER [START END]: writes $work/NAME.pem; an authority issues itself.
issue() {
    local name=$1 key=$2 subject=$3 extensions=$4 issuer=$5 by
    openssl req -new -config "$work/openssl.cnf" -key "$key" -subj "/CN=$subject" -out "$work/$name.csr"
    printf '%s\n' "$extensions" >"$work/$name.ext"
    if [ "$issuer" = self ]; then
        by=(-selfsign -keyfile "$key")
    else
        by=(-cert "$work/$issuer.pem" -keyfile "$work/$issuer.key")
    fi
    openssl ca -batch -notext -config "$work/openssl.cnf" "${by[@]}" -extfile "$work/$name.ext" -startdate "${6-$start}" \
        -enddate "${7-$end}" -in "$work/$name.csr" -out "$work/$name.pem" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}

authority='basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash'

server() { printf 'subjectAltName = %s\nextendedKeyUsage = serverAuth' "$1"; }
client='extendedKeyUsage = clientAuth'

rsa "$work/ca.key"
ec "$work/intermediate.key"
ec "$work/other-ca.key"
issue ca "$work/ca.key" 'Bowline Test CA' "$authority" self
issue other-ca "$work/other-ca.key" 'Bowline Other CA' "$authority" self
issue intermediate "$work/intermediate.key" 'Bowline Test Intermediate' "$authority" ca
cp "$work/ca.pem" "$work/other-ca.pem" .

# chain NAME ...: as issue, by the intermediate, and its certificate behind.
chain() {
    issue "$1" "$2" "$3" "$4" intermediate "${@:5}"
    cat "$work/$1.pem" "$work/intermediate.pem" >"$1.pem"
}

rsa server.key
ec server-ec.key
chain server server.key 'Bowline Test Server' "$(server "$localhost")"
chain server-ec server-ec.key 'Bowline Test Server EC' "$(server "$localhost")"
chain other-names server.key 'Bowline Other Server' "$(server 'DNS:a.example, DNS:*.b.example')"
chain expired server.key 'Bowline Expired Server' "$(server "$localhost")" 20250101000000Z 20250301000000Z
chain future server.key 'Bowline Future Server' "$(server "$localhost")" 21000101000000Z 22000101000000Z
issue self-signed server.key 'Bowline Self-Signed Server' "$(server DNS:localhost)" self
cp "$work/self-signed.pem" .

rsa client.key
ec client-ec.key
openssl genpkey -quiet -algorithm ED25519 -out client-ed25519.key
chain client client.key 'Bowline Test Client' "$client"
chain client-ec client-ec.key 'Bowline Test Client EC' "$client"
chain client-ed25519 client-ed25519.key 'Bowline Test Client Ed25519' "$client"

openssl rsa -traditional -in client.key -out client-pkcs1.key 2>"$work/log"
openssl pkcs8 -topk8 -passout pass:bowline -in client.key -out client-encrypted.key
openssl rsa -traditional -aes128 -passout pass:bowline -in client.key -out client-pkcs1-encrypted.key 2>"$work/log"
{
    openssl ecparam -name prime256v1
    openssl ec -in client-ec.key 2>"$work/log"
} >client-ec-sec1.key
openssl pkcs12 -export -name client -passout pass:bowline -inkey client.key -in client.pem -out client.p12
openssl pkcs12 -export -nokeys -passout pass:bowline -in ca.pem -out certificates.p12
